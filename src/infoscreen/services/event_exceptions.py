"""Single occurrences of a series: skipped, or detached as an event of their own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from infoscreen.db.events import Event
from infoscreen.domain import recurrence
from infoscreen.domain.errors import NotFound
from infoscreen.domain.recurrence import Span
from infoscreen.services.event_schedules import closed_days, schedule_of
from infoscreen.services.events import add_event, locked_event, note_change
from infoscreen.services.settings import school_zone
from infoscreen.services.work import Work

# What a detached occurrence does not have in common with its series.
OWN = frozenset(
    {"id", "recurrence_rule", "recurrence_end", "recurrence_exception", "recurrence_id", "detached_start", "version"}
    | {"created_at", "created_by", "updated_at", "updated_by"}
)


def skip_occurrence(work: Work, event_id: int, day: date, version: int | None = None) -> Event:
    """Leave out what a series has on a local date; raises `NotFound`, `StaleVersion`."""
    event = locked_event(work, event_id, version)
    _except(work, event, _occurrence(work, event, day))
    return event


def detach_occurrence(
    work: Work, event_id: int, day: date, fields: Mapping[str, Any], version: int | None = None
) -> Event:
    """Make what a series has on a local date an event of its own, with some fields changed.

    The series only leaves it out. Raises `NotFound`, `StaleVersion`, `Invalid`.
    """
    series = locked_event(work, event_id, version)
    span = _occurrence(work, series, day)
    _except(work, series, span)
    shared = {column.key: getattr(series, column.key) for column in Event.__table__.columns if column.key not in OWN}
    own = {"start_time": span.start, "end_time": span.end, **fields}
    detached = Event(**(shared | own), recurrence_id=series.id, detached_start=span.start)
    return add_event(work, detached, type_changed=detached.type != series.type)


def _occurrence(work: Work, event: Event, day: date) -> Span:
    if event.recurrence_rule is None:
        raise NotFound
    span = recurrence.occurrence_on(schedule_of(event, closed_days(work)), day, school_zone(work))
    if span is None:
        raise NotFound
    return span


def _except(work: Work, event: Event, span: Span) -> None:
    skipped = recurrence.parse_exceptions(event.recurrence_exception) | {span.start}
    event.recurrence_exception = recurrence.format_exceptions(skipped)
    note_change(work, event)
