"""Whether a client is alive, and how well it is: the status rules over what it last reported.

What is shown, whether the process lives and whether the picture moves are three facts; none is inferred from another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

# A player that is not running for longer than this is not just changing its content.
STUCK_AFTER = timedelta(minutes=2)
# The time a player may take from one event to the next.
EVENT_CHANGE_WITHIN = timedelta(seconds=60)
CRASHED = "crashed"
SERVICE_FAILED = "service_failed"
RECONNECTS_TOLERATED = 5
RECONNECTS_COUNT_FOR = timedelta(hours=1)
ERROR_LOG_COUNTS_FOR = timedelta(minutes=10)
WARN_LOG_COUNTS_FOR = timedelta(hours=1)
# Older lines say nothing of how a client is.
LOG_COUNTS_FOR = max(ERROR_LOG_COUNTS_FOR, WARN_LOG_COUNTS_FOR)
# A line that is to come later than this was stored while the clock was ahead; it must not hide those of now.
LOG_COMES_WITHIN = min(ERROR_LOG_COUNTS_FOR, WARN_LOG_COUNTS_FOR)


CrashReason = Literal["process_crashed", "heartbeat_stale"]


class ClientStatus(StrEnum):
    """How a client is, the worst first."""

    OFFLINE = "offline"
    CRITICAL = "critical"
    WARNING = "warning"
    HEALTHY = "healthy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules look at; times are UTC by the server's clock. `reconnects`: when it came back to the broker."""

    is_active: bool = True
    last_alive: datetime | None = None
    process_status: str | None = None
    process_status_since: datetime | None = None
    screen_health: str | None = None  # as the device says
    picture_health: str | None = None  # as the server sees it in its pictures
    event_mismatch_since: datetime | None = None
    reconnects: Sequence[datetime] = ()
    service_failed_at: datetime | None = None
    last_error_log_at: datetime | None = None
    last_warn_log_at: datetime | None = None
    has_overdue_command: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict; `warnings` are the codes of every reason that fits, the worst first."""

    is_alive: bool
    status: ClientStatus
    warnings: tuple[str, ...] = ()


def is_alive(last_alive: datetime | None, now: datetime, grace_seconds: float) -> bool:
    """Whether the last heartbeat or health message is younger than the grace period.

    One that has not come yet is from before the server's clock was set back, and proves nothing.
    """
    return last_alive is not None and abs(now - last_alive) < timedelta(seconds=grace_seconds)


def crash_reason(*, is_alive: bool, process_status: str | None) -> CrashReason | None:
    """Why an active client is listed as crashed: the process says so, or it does not report; None when it is not."""
    if process_status == CRASHED:
        return "process_crashed"
    return None if is_alive else "heartbeat_stale"


def assess(state: Facts, now: datetime, grace_seconds: int) -> Assessment:
    """The status of a client: the first of offline, critical, warning that fits, else healthy.

    What a silent client reported before its silence is no longer known to be true and is not named; a service that was
    given up stays so, and may be why the client is silent.
    """
    if not (state.is_active and is_alive(state.last_alive, now, grace_seconds)):
        known = () if state.service_failed_at is None else (SERVICE_FAILED,)
        return Assessment(is_alive=False, status=ClientStatus.OFFLINE, warnings=known)
    critical, warning = _critical(state, now), _warning(state, now)
    status = ClientStatus.CRITICAL if critical else ClientStatus.WARNING if warning else ClientStatus.HEALTHY
    return Assessment(is_alive=True, status=status, warnings=(*critical, *warning))


def _critical(state: Facts, now: datetime) -> tuple[str, ...]:
    reasons = {
        "process_crashed": state.process_status == CRASHED,
        "screen_black": "BLACK" in (state.screen_health, state.picture_health),
        SERVICE_FAILED: state.service_failed_at is not None,
        "error_log": _within(ERROR_LOG_COUNTS_FOR, state.last_error_log_at, now),
    }
    return tuple(code for code, fits in reasons.items() if fits)


def _warning(state: Facts, now: datetime) -> tuple[str, ...]:
    stuck = _longer_than(STUCK_AFTER, state.process_status_since, now)
    reasons = {
        "process_stopped": stuck and state.process_status == "stopped",
        "process_starting": stuck and state.process_status == "starting",
        "screen_frozen": "FROZEN" in (state.screen_health, state.picture_health),
        "wrong_event": _longer_than(EVENT_CHANGE_WITHIN, state.event_mismatch_since, now),
        "warn_log": _within(WARN_LOG_COUNTS_FOR, state.last_warn_log_at, now),
        "reconnects": sum(_within(RECONNECTS_COUNT_FOR, at, now) for at in state.reconnects) > RECONNECTS_TOLERATED,
        "command_overdue": state.has_overdue_command,
    }
    return tuple(code for code, fits in reasons.items() if fits)


def _longer_than(limit: timedelta, since: datetime | None, now: datetime) -> bool:
    return since is not None and now - since > limit


def _within(length: timedelta, last: datetime | None, now: datetime) -> bool:
    return last is not None and abs(now - last) < length
