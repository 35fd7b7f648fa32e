"""Which addresses a message may go to, looked up once and connected to as they were looked up."""

import socket

from infoscreen.domain.alert_channels import Failure, NotSent, is_reachable_address


def addresses_of(host: str, port: int, *, local: bool) -> list[str]:
    """A host's addresses, all of them allowed; raises `NotSent`.

    One that is not allowed spoils the others: whoever gives a name such addresses means no good.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSent(Failure.UNREACHABLE) from None
    addresses = [str(each[4][0]) for each in found]
    if not all(is_reachable_address(address, local=local) for address in addresses):
        raise NotSent(Failure.NOT_ALLOWED)
    return list(dict.fromkeys(addresses))
