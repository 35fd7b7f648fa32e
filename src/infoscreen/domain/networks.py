"""Whose attempts an address counts for, where attempts are limited."""

import ipaddress


def network_of(address: str) -> str:
    """Of IPv6 the /64 that one household has, else the address itself; `unknown` for what is none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        # A server that listens on :: sees IPv4 addresses in this form: all of them are one /64.
        return str(found.ipv4_mapped or ipaddress.IPv6Network((found, 64), strict=False))
    return str(found)
