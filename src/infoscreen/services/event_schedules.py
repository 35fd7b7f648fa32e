"""When events are: from their rows and the holidays to schedules that `domain/recurrence.py` expands.

Holidays are left out when a series is expanded and stored nowhere, so nothing can get out of step with them.
"""

from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import ZoneInfo

from infoscreen.db.academic_calendar import closed_days as closed_days_of
from infoscreen.db.events import Event
from infoscreen.domain import recurrence
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
