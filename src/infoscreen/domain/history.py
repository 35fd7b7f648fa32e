"""What is kept of each hour for the charts: how a look at a client changes its hour, and what the hours say.

A look repeated changes nothing, and looks that were missed are known as such: an hour nobody watched is not an outage.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

HOUR = timedelta(hours=1)
HOURS_KEPT = 24 * 366
# Log lines are stored even while nobody looks; they are counted later, up to so many hours back.
HOURS_MADE_UP_FOR = 24 * 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """One client's hour. `watched` and `alive` have a bit for each minute; `counted` is its message count so far."""

    messages: int = 0
    errors: int = 0
    warnings: int = 0
    watched: int = 0
    alive: int = 0
    counted: int = 0


@dataclass(frozen=True, slots=True)
class Sight:
    """What a look finds: the messages the client has ever sent, its log lines of the hour, whether it is alive."""

    counted: int
    is_alive: bool
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over clients, or over hours; times are in minutes."""

    messages: int = 0
    errors: int = 0
    warnings: int = 0
    watched: int = 0
    alive: int = 0

    @property
    def availability(self) -> float | None:
        """The share of the watched time in which clients were alive; None where nobody watched."""
        return self.alive / self.watched if self.watched else None


def hour_number(at: datetime) -> int:
    """Hours since 1970."""
    return int(at.timestamp()) // 3600


def start_of(hour: int) -> datetime:
    """When an hour begins."""
    return datetime.fromtimestamp(hour * 3600, UTC)


def looked_at(this: Hour | None, previous: Hour | None, sight: Sight, now: datetime) -> Hour:
    """The hour after a look; without one and without the previous hour, nobody knows what came before the look."""
    known = this or Hour(counted=previous.counted if previous else sight.counted)
    minute = 1 << now.minute
    return Hour(
        messages=known.messages + max(0, sight.counted - known.counted),
        errors=sight.errors,
        warnings=sight.warnings,
        watched=known.watched | minute,
        alive=known.alive | (minute if sight.is_alive else 0),
        counted=sight.counted,
    )


def sums(hours: Iterable[Hour]) -> Sums:
    """The sums over the hours of many clients."""
    found = list(hours)
    return Sums(
        sum(hour.messages for hour in found),
        sum(hour.errors for hour in found),
        sum(hour.warnings for hour in found),
        sum(hour.watched.bit_count() for hour in found),
        sum(hour.alive.bit_count() for hour in found),
    )
