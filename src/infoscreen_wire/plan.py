"""Which occurrence is due at an instant. Pure, and the same for the server's lists and the device's player."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar


class Timed(Protocol):
    """Anything with a start (inclusive), an end (exclusive) and the event it belongs to."""

    @property
    def id(self) -> int: ...
    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...


T = TypeVar("T", bound=Timed)


def due(occurrences: Iterable[T], now: datetime) -> list[T]:
    """The occurrences active at `now`, ordered by start, then event id: the order of the published list."""
    return sorted(
        (each for each in occurrences if each.start <= now < each.end), key=lambda each: (each.start, each.id)
    )


def next_change(occurrences: Iterable[Timed], now: datetime) -> datetime | None:
    """The first start or end after `now`, or None when nothing changes any more."""
    return min((edge for each in occurrences for edge in (each.start, each.end) if edge > now), default=None)


def turn(active: list[T], now: datetime, seconds_each: float) -> T | None:
    """Which of several active occurrences has its turn at `now`; all devices of a group come to the same answer."""
    if not active:
        return None
    return active[int(now.timestamp() // seconds_each) % len(active)]
