"""What an event that is being planned would be: its next showings, what holidays take of it, and what else runs then.

Nothing is stored. Other events of the group are told and never forbidden.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from infoscreen.db.events import Event
from infoscreen.domain import events as event_rules
from infoscreen.domain import recurrence
from infoscreen.domain.closed_days import NONE, ClosedDays
from infoscreen.domain.recurrence import Schedule, Span
from infoscreen.services.event_schedules import closed_days, normalised, schedule_of
from infoscreen.services.events import EventOccurrence, get_event, list_occurrences
from infoscreen.services.settings import school_zone
from infoscreen.services.work import Work

NEXT = 5
# So far ahead, and so many showings of a series, are compared with what else runs.
LOOK_AHEAD = timedelta(days=92)
COMPARED = 100


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is being planned.

    `event_id` is the stored event that it changes; with `day`, it only replaces what that series has on the local date.
    """

    start: datetime
    end: datetime
    rule: str | None
    recurrence_end: datetime | None
    skip_holidays: bool
    academic_period_id: int | None
    group_id: int | None
    event_id: int | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Another event of the group: when the draft first meets it, and in how many of the draft's showings."""

    first: EventOccurrence
    times: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The next showings, the starts that holidays take before the last of them, and what else runs, by start."""

    showings: Sequence[Span]
    holidays: Sequence[datetime]
    meetings: Sequence[Meeting]


def preview_event(work: Work, draft: Draft) -> Preview:
    """What a draft would be: a series from now on, a single event whenever it is.

    Raises `Invalid`, and `NotFound` for the event that it changes.
    """
    event_rules.check_times(draft.start, draft.end)
    stored = get_event(work, draft.event_id) if draft.event_id is not None else None
    schedule = _schedule(work, draft, stored)
    if schedule.rule is None:
        once = [Span(draft.start, draft.end)]
        return Preview(once, [], _meetings(work, draft, once))
    zone = school_zone(work)
    showings = recurrence.next_spans(schedule, work.now, NEXT, zone)
    if not showings:
        return Preview([], [], [])
    ahead = recurrence.spans(schedule, work.now, showings[0].start + LOOK_AHEAD, zone)[:COMPARED]
    holidays = sorted(recurrence.holiday_starts(schedule, zone) - schedule.exceptions)
    left_out = [start for start in holidays if work.now <= start < showings[-1].start]
    return Preview(showings, left_out, _meetings(work, draft, ahead))


def _schedule(work: Work, draft: Draft, stored: Event | None) -> Schedule:
    """The draft as it would be stored; a changed series leaves out what it left out before."""
    plain = Schedule(draft.start, draft.end, draft.rule, draft.recurrence_end)
    if draft.rule is None:
        return plain
    zone = school_zone(work)
    closed = closed_days(work).for_period(draft.academic_period_id) if draft.skip_holidays else NONE
    schedule = replace(normalised(plain, zone), closed=closed)
    if stored is None or stored.recurrence_rule is None:
        return schedule
    before = schedule_of(stored, ClosedDays())
    moved = recurrence.moved_exceptions(before, replace(schedule, exceptions=before.exceptions), zone)
    return replace(schedule, exceptions=frozenset(moved.values()))


def _meetings(work: Work, draft: Draft, showings: Sequence[Span]) -> list[Meeting]:
    if draft.group_id is None:
        return []
    zone = school_zone(work)
    first: dict[int, EventOccurrence] = {}
    times: Counter[int] = Counter()
    for other in list_occurrences(work, showings[0].start, max(span.end for span in showings), draft.group_id):
        met = sum(span.start < other.end and other.start < span.end for span in showings)
        if met and not _is_replaced(draft, other, zone):
            first.setdefault(other.event.id, other)
            times[other.event.id] += met
    return [Meeting(each, times[event_id]) for event_id, each in first.items()]


def _is_replaced(draft: Draft, other: EventOccurrence, zone: ZoneInfo) -> bool:
    return other.event.id == draft.event_id and draft.day in (None, recurrence.to_local(other.start, zone).date())
