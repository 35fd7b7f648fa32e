"""Crash recovery: which screens the server restarts by itself.

Whether anything may be concluded from a screen's silence at all is in `outage.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from infoscreen.domain.health import CrashReason, crash_reason, is_alive

# At most one in so many screens of the fleet is under recovery at once, and at least one.
ONE_IN = 10
# A restart that has not helped so often will not help next time either: a person has to look.
MOST_A_DAY = 4
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Screen:
    """An active screen that has reported, when it last did, and what it said of its player."""

    uuid: str
    last_alive: datetime
    process_status: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A screen that a restart may help, and why it needs one."""

    uuid: str
    reason: CrashReason
    last_alive: datetime


def candidates(screens: Iterable[Screen], now: datetime, grace_seconds: float) -> list[Candidate]:
    """Screens whose player has crashed or that have been silent for longer than the grace."""
    found = []
    for screen in screens:
        alive = is_alive(screen.last_alive, now, grace_seconds)
        reason = crash_reason(is_alive=alive, process_status=screen.process_status)
        if reason is not None:
            found.append(Candidate(screen.uuid, reason, screen.last_alive))
    return found


def chosen(found: Iterable[Candidate], under_recovery: int, fleet: int) -> list[Candidate]:
    """Those whose turn it is: so many that no more than a tenth of the fleet is under recovery.

    Those that still report come first, then those heard of last: screens that have been gone for weeks keep no others
    from being helped.
    """
    room = max(1, fleet // ONE_IN) - under_recovery
    return sorted(found, key=_urgency, reverse=True)[: max(0, room)]


def _urgency(candidate: Candidate) -> tuple[bool, datetime, str]:
    return candidate.reason == "process_crashed", candidate.last_alive, candidate.uuid
