"""Single occurrences of a series: skipped, taken back in, or detached as an event of their own."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from infoscreen.db.events import Event, detached_from
from infoscreen.domain import recurrence
from infoscreen.domain.errors import NotFound
from infoscreen.domain.recurrence import Span, to_local
from infoscreen.services.event_schedules import closed_days, schedule_of
from infoscreen.services.events import add_event, get_event, locked_event, note_change
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


def skipped_occurrences(work: Work, event_id: int) -> Sequence[datetime]:
    """The starts that people left out of a series and that can be taken back in; raises `NotFound`."""
    return sorted(_skipped_starts(work, get_event(work, event_id)))


def restore_occurrence(work: Work, event_id: int, day: date, version: int | None = None) -> Event:
    """Take back in what was left out on a local date; raises `NotFound`, `StaleVersion`."""
    event, zone = locked_event(work, event_id, version), school_zone(work)
    restored = {start for start in _skipped_starts(work, event) if to_local(start, zone).date() == day}
    if not restored:
        raise NotFound
    skipped = recurrence.parse_exceptions(event.recurrence_exception) - restored
    event.recurrence_exception = recurrence.format_exceptions(skipped)
    note_change(work, event)
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


def _skipped_starts(work: Work, event: Event) -> frozenset[datetime]:
    """What was detached is an exception as well, but has its own event."""
    detached = {each.detached_start for each in detached_from(work.session, event.id)}
    return recurrence.parse_exceptions(event.recurrence_exception) - detached


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
