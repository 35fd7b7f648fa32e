"""Where alerts are sent on to: mail, a webhook, or any service of the notification library; and which, and how often.

A channel's target is secret as a whole where its address is a credential (webhook, service); of a mail server only the
password is.
"""

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.errors import Conflict

# What happens together is told together.
GATHER_FOR = timedelta(seconds=20)
PAUSE_BETWEEN = timedelta(seconds=60)
TOLD_AT_ONCE = 20
FIRST_RETRY, LAST_RETRY = timedelta(seconds=30), timedelta(minutes=30)
GIVE_UP_AFTER = timedelta(hours=24)
# A try takes at most half a minute; whoever has it longer was killed.
CLAIMED_FOR = timedelta(minutes=3)
KEPT_FOR = timedelta(days=30)
# A quiet time is a day at most.
LONGEST_WAIT = timedelta(days=1, minutes=1)


class ChannelKind(StrEnum):
    MAIL = "mail"
    WEBHOOK = "webhook"
    APPRISE = "apprise"


class MailSecurity(StrEnum):
    """How the connection to a mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Language(StrEnum):
    DE = "de"
    EN = "en"


class News(StrEnum):
    """What a message tells of an alert."""

    OPENED = "opened"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What became of something that was to be told."""

    SENT = "sent"
    DROPPED = "dropped"  # over, or seen by a person, before it was told
    FAILED = "failed"  # given up


class Failure(StrEnum):
    """Why something could not be sent, as far as a person can do something about it."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    TLS = "tls"
    LOGIN_REFUSED = "login_refused"
    REFUSED = "refused"
    NOT_ALLOWED = "not_allowed"
    UNKNOWN_SERVICE = "unknown_service"
    UNREADABLE = "unreadable"  # sealed with another key


class NotSent(Exception):
    """Something could not be sent."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


class ChannelsChanged(Conflict):
    """Somebody else has changed the channels meanwhile."""

    code = "channels_changed"


@dataclass(frozen=True, slots=True)
class MailTarget:
    """A mail server and who gets the mail; `sender` and `recipients` are addresses."""

    host: str
    port: int
    security: MailSecurity
    username: str | None
    password: str | None
    sender: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WebhookTarget:
    """Where alerts are posted to as JSON; with a secret they are signed."""

    url: str
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class AppriseTarget:
    """The address of a service in the notification library's form, `ntfy://…`."""

    url: str


Target = MailTarget | WebhookTarget | AppriseTarget


@dataclass(frozen=True, slots=True)
class Line:
    """One alert in a message; `about` is the name of its subject, `group` of the room group."""

    alert_id: int
    kind: AlertKind
    severity: Severity
    news: News
    about: str | None
    group: str | None
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AlertMessage:
    """What is sent: in words, and as data for programs."""

    title: str
    text: str
    lines: tuple[Line, ...]
    more: int = 0
    is_test: bool = False


def is_wanted(kind: str, severity: str, kinds: Collection[str], least: str) -> bool:
    """Whether a channel tells of an alert; without kinds it tells of all."""
    return (not kinds or kind in kinds) and (least == Severity.WARNING or severity == Severity.CRITICAL)


def due_at(now: datetime, last_told: datetime | None, quiet: timedelta) -> datetime:
    """When to tell of an alert whose cause was told before: not again within its quiet time."""
    soon = now + GATHER_FOR
    # What was told later than now was told by a clock that has been set back.
    return soon if last_told is None or last_told > now else max(soon, last_told + quiet)


def retry_at(now: datetime, failures: int) -> datetime:
    """When to try a channel again that has failed so many times in a row."""
    doubled: int = 2 ** min(max(0, failures - 1), 10)
    return now + min(LAST_RETRY, FIRST_RETRY * doubled)


def is_reachable_address(address: str, *, local: bool) -> bool:
    """Whether a message may go to an address.

    A school's own services are in its private networks, so those may be reached. The server itself (where `local` does
    not allow it), neighbours without an address of their own (cloud metadata) and what is nobody's may not.
    """
    found = ipaddress.ip_address(address.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_loopback:
        return local
    return not (found.is_link_local or found.is_unspecified or found.is_multicast or found.is_reserved)


def shown_address(url: str) -> str:
    """An address without what may be secret in it: its scheme, and of a web address the host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = parts.hostname if parts.scheme in ("http", "https") else None
    return f"{parts.scheme}://{host or ''}…" if parts.scheme else ""
