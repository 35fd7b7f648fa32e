"""What the TVs of a group should be, on or off, and what makes one intent another.

Who wins: a client's override, then an emergency message (on), then opening hours and holidays (off; only where hours
are set), then events.
`services/power_intents.py` keeps the intents.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from infoscreen.domain.broadcasts import Announcement
from infoscreen.domain.recurrence import Span
from infoscreen.domain.timeline import Occurrence

ZERO = timedelta(0)


class TvState(StrEnum):
    """What a TV should be."""

    ON = "on"
    OFF = "off"


class Reason(StrEnum):
    """Why; a group's two and that of a client's override."""

    ACTIVE_EVENT = "active_event"
    NO_ACTIVE_EVENT = "no_active_event"
    OPERATOR_OVERRIDE = "operator_override"


@dataclass(frozen=True, slots=True)
class PowerRules:
    """How intents are made, in seconds; the names are those of the settings `POWER_INTENT_…`."""

    publish_enabled: bool = False
    heartbeat_enabled: bool = True
    expiry_multiplier: int = 3
    min_expiry_seconds: int = 90
    gap_seconds: int = 0
    poll_interval_seconds: int = 30

    @property
    def lifetime(self) -> timedelta:
        """How long an intent is valid."""
        return timedelta(seconds=max(self.expiry_multiplier * self.poll_interval_seconds, self.min_expiry_seconds))

    @property
    def gap(self) -> timedelta:
        """Gaps between events that are shorter are bridged."""
        return timedelta(seconds=self.gap_seconds)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the TVs of a group should be now; when off, no event is named and there is no window."""

    state: TvState
    event_ids: tuple[int, ...] = ()
    window: Span | None = None

    @property
    def reason(self) -> Reason:
        """Why."""
        return Reason.ACTIVE_EVENT if self.state is TvState.ON else Reason.NO_ACTIVE_EVENT


OFF = Wish(TvState.OFF)


@dataclass(frozen=True, slots=True)
class Intent:
    """A wish with a name, which it keeps until another state or reason holds."""

    intent_id: str
    state: TvState
    reason: Reason

    def holds(self, wish: Wish) -> bool:
        """Whether the wish is still the same one."""
        return (self.state, self.reason) == (wish.state, wish.reason)


@dataclass(slots=True)
class Window:
    """Events that touch, overlap or are less than a gap apart: for a TV they are one."""

    start: datetime
    end: datetime
    occurrences: list[Occurrence] = field(default_factory=list)


def windows(occurrences: Iterable[Occurrence], gap: timedelta = ZERO) -> list[Window]:
    """Windows of events, by start."""
    found: list[Window] = []
    for each in sorted(occurrences, key=lambda each: (each.start, each.id)):
        last = found[-1] if found else None
        if last is None or (each.start > last.end and each.start - last.end >= gap):
            found.append(last := Window(each.start, each.end))
        last.end = max(last.end, each.end)
        last.occurrences.append(each)
    return found


def wish_for(occurrences: Iterable[Occurrence], now: datetime, gap: timedelta, *, is_open: bool = True) -> Wish:
    """What the TVs of a group with these occurrences (past ones back to a gap, and those to come) should be now."""
    if not is_open:
        return OFF
    for window in windows(occurrences, gap):
        if window.start <= now < window.end:
            return Wish(TvState.ON, _ids_at(window.occurrences, now), Span(window.start, window.end))
    return OFF


def wish_during(announcement: Announcement) -> Wish:
    """What TVs should be while an emergency message lasts, at any hour."""
    return Wish(TvState.ON, (announcement.event_id,), Span(announcement.start, announcement.end))


def next_intent(kept: Intent | None, wish: Wish, new_id: Callable[[], str]) -> Intent:
    """The intent for a wish: the kept one where it still holds."""
    if kept is not None and kept.holds(wish):
        return kept
    return Intent(new_id(), wish.state, wish.reason)


def _ids_at(occurrences: Sequence[Occurrence], now: datetime) -> tuple[int, ...]:
    """The events that are on; in a bridged gap, those that it lies between."""
    active = {each.id for each in occurrences if each.start <= now < each.end}
    if not active:
        ended = max((each.end for each in occurrences if each.end <= now), default=None)
        begins = min((each.start for each in occurrences if each.start > now), default=None)
        active = {each.id for each in occurrences if each.end == ended or each.start == begins}
    return tuple(sorted(active))
