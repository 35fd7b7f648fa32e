"""When events are: from their rows and the holidays to schedules that `domain/recurrence.py` expands.

Holidays are left out when a series is expanded and stored nowhere, so nothing can get out of step with them.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from zoneinfo import ZoneInfo

from infoscreen.db.academic_calendar import closed_days as closed_days_of
from infoscreen.db.events import Event, detached_from
from infoscreen.domain import recurrence, recurrence_rules
from infoscreen.domain.closed_days import NONE, ClosedDays
from infoscreen.domain.errors import Invalid
from infoscreen.domain.recurrence import Schedule
from infoscreen.services.settings import school_zone
from infoscreen.services.work import Work


def closed_days(work: Work) -> ClosedDays:
    """Every holiday's dates as they are now."""
    return closed_days_of(work.session)


def schedule_of(event: Event, closed: ClosedDays) -> Schedule:
    """When an event is."""
    skips = event.skip_holidays and event.recurrence_rule is not None
    return Schedule(
        event.start_time,
        event.end_time,
        event.recurrence_rule,
        event.recurrence_end,
        recurrence.parse_exceptions(event.recurrence_exception),
        closed.for_period(event.academic_period_id) if skips else NONE,
    )


def normalised(schedule: Schedule, zone: ZoneInfo) -> Schedule:
    """A series with its rule in the one written form; raises `Invalid` for one that is wrong or yields nothing."""
    normal = replace(schedule, rule=recurrence_rules.normalise_rule(schedule.rule or "", zone))
    recurrence.check_rule(normal, zone)
    return normal


def complete_recurrence(work: Work, event: Event, before: Schedule | None) -> None:
    """Bring an event's recurrence into its stored form; raises `Invalid`.

    `before` is when a series was until it was changed: what it leaves out, and what was detached from it, follow.
    """
    zone = school_zone(work)
    schedule = schedule_of(event, ClosedDays())
    if schedule.rule is None:
        event.recurrence_exception = recurrence.format_exceptions(schedule.exceptions)
        return
    schedule = normalised(schedule, zone)
    moved = recurrence.moved_exceptions(before or schedule, schedule, zone)
    event.recurrence_rule = schedule.rule
    event.recurrence_exception = recurrence.format_exceptions(frozenset(moved.values()))
    for detached in detached_from(work.session, event.id) if before else ():
        if detached.detached_start is not None:
            detached.detached_start = moved.get(detached.detached_start, detached.detached_start)


def skipped_starts(work: Work, events: Iterable[Event]) -> dict[int, str | None]:
    """What each event leaves out, by its id, in the form of `recurrenceException`: exceptions and holidays."""
    zone, closed = school_zone(work), closed_days(work)
    return {event.id: _skipped(event, closed, zone) for event in events}


def _skipped(event: Event, closed: ClosedDays, zone: ZoneInfo) -> str | None:
    if not event.skip_holidays or event.recurrence_rule is None:
        return event.recurrence_exception
    try:
        schedule = schedule_of(event, closed)
        return recurrence.format_exceptions(schedule.exceptions | _holiday_starts(schedule.without_exceptions(), zone))
    except (ValueError, IndexError, Invalid):  # of older data; told when it is published
        return event.recurrence_exception


# A year of holidays takes milliseconds to expand, and the same series are listed again and again.
_holiday_starts = lru_cache(maxsize=16_384)(recurrence.holiday_starts)
