"""Certificates of the broker's TLS as values: how long they live, when they are renewed, when somebody is warned.

Keys and files are in `adapters/pki.py`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address

CA_LIFE = timedelta(days=3652)
CERTIFICATE_LIFE = timedelta(days=365)
# A Raspberry Pi has no clock of its own and may be hours behind when it connects for the first time.
BACKDATED = timedelta(days=1)
RENEWED_AFTER = 2 / 3
# Days left at which the operator is warned, again and more urgently; 0 is expired.
WARNED_AT = (30, 14, 7, 1, 0)

_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\Z")
_CLIENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")

Host = str | IPv4Address | IPv6Address


class PkiRefused(Exception):
    """What is asked of the PKI cannot be done; the text says why, and what to do."""


class PkiMissing(PkiRefused):
    """There is no PKI yet."""


class Purpose(StrEnum):
    """What a certificate is for."""

    CA = "ca"
    SERVER = "server"
    CLIENT = "client"


class Stage(StrEnum):
    """Where the renewal of the CA stands: each stage waits until every device has heard of the one before."""

    STEADY = "steady"  # one CA
    BOTH_TRUSTED = "both_trusted"  # the next CA is trusted too, and has issued nothing yet
    SWITCHED = "switched"  # the server's certificate is from the new CA, the old one is still trusted


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate as it is told to people and metrics; times in UTC."""

    purpose: Purpose
    subject: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    hosts: tuple[str, ...] = ()

    def is_renewal_due(self, now: datetime) -> bool:
        """Whether two thirds of its life are over."""
        return now >= self.not_before + (self.not_after - self.not_before) * RENEWED_AFTER

    def seconds_left(self, now: datetime) -> float:
        """Negative when it has expired."""
        return (self.not_after - now).total_seconds()

    def threshold(self, now: datetime) -> int | None:
        """The tightest of `WARNED_AT` that is crossed; None while nobody needs to care."""
        left = self.not_after - now
        return min((days for days in WARNED_AT if left <= timedelta(days=days)), default=None)


@dataclass(frozen=True, slots=True)
class PkiStatus:
    """Every certificate that this installation has, and where the renewal of its CA stands.

    Held: somebody took a change back, and nothing is renewed by itself.
    """

    stage: Stage
    certificates: tuple[Certificate, ...]
    is_held: bool = False

    def threshold(self, now: datetime) -> int | None:
        """The tightest threshold that any of the certificates has crossed."""
        crossed = (each.threshold(now) for each in self.certificates)
        return min((days for days in crossed if days is not None), default=None)

    def server(self) -> Certificate | None:
        """The certificate that the broker shows."""
        return next((each for each in self.certificates if each.purpose is Purpose.SERVER), None)


def parse_host(text: str) -> Host:
    """A name or an address that a certificate can be for; raises `PkiRefused`."""
    try:
        return ip_address(text.strip("[]"))
    except ValueError:
        pass
    name = text.lower().rstrip(".")
    if not _NAME.match(name):
        raise PkiRefused(f"{text!r} is neither a host name nor an IP address.")
    return name


def server_hosts(asked: Iterable[str]) -> tuple[Host, ...]:
    """What a server's certificate is for: what is asked, and the machine itself, each once."""
    return tuple(dict.fromkeys(parse_host(each) for each in (*asked, "localhost", "127.0.0.1", "::1")))


def parse_client(text: str) -> str:
    """The name of a client's certificate, which also names its file; raises `PkiRefused`."""
    if not _CLIENT.match(text):
        raise PkiRefused(f"{text!r} cannot name a certificate: letters, digits, “.”, “_” and “-”, at most 64.")
    return text
