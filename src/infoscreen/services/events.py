"""Events: make, change, delete, and expand into occurrences. Single occurrences of a series: `event_exceptions.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import delete, update

from infoscreen.db.academic_calendar import AcademicPeriod
from infoscreen.db.events import Event as Event
from infoscreen.db.events import events_between
from infoscreen.db.groups import UNASSIGNED_ID, Group
from infoscreen.db.media import Media
from infoscreen.domain import events, recurrence
from infoscreen.domain.closed_days import ClosedDays
from infoscreen.domain.errors import FieldError, Invalid, NotFound, StaleVersion
from infoscreen.domain.recurrence import Schedule, Span
from infoscreen.services.event_schedules import closed_days, complete_recurrence, schedule_of, skipped_starts
from infoscreen.services.notices import NoticeKind
from infoscreen.services.settings import all_settings, school_zone
from infoscreen.services.work import Work

log = structlog.get_logger()

SCHEDULE_FIELDS = {"start_time", "end_time", "recurrence_rule", "recurrence_end"}
ENDS = ("UNTIL=", "COUNT=")
LONGEST_RANGE = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class EventOccurrence:
    """One occurrence of an event, in UTC."""

    event: Event
    start: datetime
    end: datetime


def get_event(work: Work, event_id: int) -> Event:
    """One event; raises `NotFound`."""
    event = work.session.get(Event, event_id)
    if event is None:
        raise NotFound
    return event


def list_events(
    work: Work,
    start: datetime | None = None,
    end: datetime | None = None,
    group_id: int | None = None,
    academic_period_id: int | None = None,
    recurrence_id: int | None = None,
) -> Sequence[Event]:
    """Masters, not expanded, that have something in the range, skipped or not."""
    found = events_between(work.session, start, end, group_id, academic_period_id, recurrence_id)
    if start is None:
        return found
    zone = school_zone(work)
    return [event for event in found if not _is_over(event, start, zone)]


def _is_over(event: Event, start: datetime, zone: ZoneInfo) -> bool:
    if event.recurrence_rule is None or not any(end in event.recurrence_rule for end in ENDS):
        return False
    try:
        return recurrence.has_ended(schedule_of(event, ClosedDays()), start, zone)
    except (ValueError, IndexError, Invalid):  # of older data: shown, so that somebody can mend it
        return False


def list_occurrences(
    work: Work, start: datetime, end: datetime, group_id: int | None = None
) -> Sequence[EventOccurrence]:
    """Every occurrence that touches a range of at most 400 days, by start; raises `Invalid`.

    Of inactive events only what is over: nothing else of them is or will be shown.
    """
    if end <= start:
        raise Invalid(end=FieldError("end_not_after_start"))
    if end - start > LONGEST_RANGE:
        raise Invalid(end=FieldError("range_too_long", days=LONGEST_RANGE.days))
    zone, closed = school_zone(work), closed_days(work)
    found = [
        EventOccurrence(event, span.start, span.end)
        for event in events_between(work.session, start, end, group_id)
        for span in _spans(event, closed, start, end, zone)
        if event.is_active or span.end <= work.now
    ]
    return sorted(found, key=lambda occurrence: (occurrence.start, occurrence.event.id))


def _spans(event: Event, closed: ClosedDays, start: datetime, end: datetime, zone: ZoneInfo) -> list[Span]:
    try:
        return recurrence.spans(schedule_of(event, closed), start, end, zone)
    except (ValueError, IndexError, Invalid) as error:
        log.error("event_not_expanded", event_id=event.id, error=str(error))
        return []


def create_event(work: Work, fields: Mapping[str, Any]) -> Event:
    """Make an event; what is not given comes from the settings. Raises `Invalid` with every wrong field."""
    event = Event(**_defaults(work))
    _apply(event, fields)
    return add_event(work, event)


def add_event(work: Work, event: Event, *, type_changed: bool = True) -> Event:
    """Store a new event; raises `Invalid` with every wrong field."""
    event.created_at, event.created_by = work.now, work.actor.user_id
    complete_event(work, event, type_changed=type_changed)
    work.session.add(event)
    work.session.flush()
    work.announce(NoticeKind.EVENTS, event.id)
    return event


def change_event(work: Work, event_id: int, fields: Mapping[str, Any], version: int | None) -> Event:
    """Change some fields of an event; one that was over and is moved into the future is active again.

    Raises `NotFound`, `StaleVersion`, `Invalid`.
    """
    event = locked_event(work, event_id, version)
    type_before = event.type
    with work.session.no_autoflush:
        given = _without_holidays(work, event, fields)
        # Exceptions that are given are meant as they are; those that are not follow the series.
        before = None if "recurrence_exception" in given else schedule_of(event, ClosedDays())
        _apply(event, given)
        complete_event(work, event, type_changed=event.type != type_before, before=before)
        if "is_active" not in fields and SCHEDULE_FIELDS & fields.keys():
            zone = school_zone(work)
            event.is_active |= not recurrence.has_ended(schedule_of(event, ClosedDays()), work.now, zone)
    note_change(work, event)
    return event


def delete_event(work: Work, event_id: int, *, detached: bool = False) -> None:
    """Delete a single event or a whole series; what was detached from it stays as single events, or goes too."""
    event = locked_event(work, event_id, None)
    of_series = Event.recurrence_id == event_id
    if detached:
        work.session.execute(delete(Event).where(of_series))
    else:
        work.session.execute(update(Event).where(of_series).values(recurrence_id=None))
    work.session.delete(event)
    work.announce(NoticeKind.EVENTS, event_id)


def locked_event(work: Work, event_id: int, version: int | None) -> Event:
    """An event that nobody else can change until the commit, its next version; raises `NotFound`, `StaleVersion`."""
    event = work.session.get(Event, event_id, with_for_update=True, populate_existing=True)
    if event is None:
        raise NotFound
    stored = event.version
    if version is not None and version != stored:
        shown = skipped_starts(work, [event])[event_id]
        work.session.expunge(event)
        event.recurrence_exception = shown
        raise StaleVersion(event)
    event.version += 1
    return event


def note_change(work: Work, event: Event) -> None:
    """Note who changed an event, and tell it."""
    event.updated_at, event.updated_by = work.now, work.actor.user_id
    work.announce(NoticeKind.EVENTS, event.id)


def _without_holidays(work: Work, event: Event, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields without exceptions that were only holidays: whoever edits an event sends back what it was shown as."""
    if not fields.get("recurrence_exception") or not event.skip_holidays:
        return fields
    schedule = schedule_of(event, closed_days(work))
    holidays = recurrence.holiday_starts(schedule.without_exceptions(), school_zone(work)) - schedule.exceptions
    given = recurrence.parse_exceptions(fields["recurrence_exception"]) - holidays
    return {**fields, "recurrence_exception": recurrence.format_exceptions(given)}


def _defaults(work: Work) -> dict[str, Any]:
    stored = all_settings(work)
    return {
        "is_active": True,
        "skip_holidays": False,
        "slideshow_interval": int(stored["presentation_interval"]),
        "page_progress": stored["presentation_page_progress"] == "true",
        "auto_progress": stored["presentation_auto_progress"] == "true",
        "autoplay": stored["video_autoplay"] == "true",
        "loop": stored["video_loop"] == "true",
        "volume": float(stored["video_volume"]),
        "muted": stored["video_muted"] == "true",
    }


def _apply(event: Event, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(event, name, value)


def complete_event(work: Work, event: Event, *, type_changed: bool, before: Schedule | None = None) -> None:
    """Check an event and bring it into its stored form; raises `Invalid` with every wrong field.

    `before` is when a series was until it was changed.
    """
    _check_links(work, event)
    if event.type == "webuntis" and type_changed:
        event.website_url = _supplement_table_url(work)
    media = work.session.get(Media, event.event_media_id) if event.event_media_id else None
    events.check(
        events.Draft(
            type=event.type,
            start=event.start_time,
            end=event.end_time,
            media_kind=media.kind if media else None,
            website_url=event.website_url,
            message_content=event.message_content,
        )
    )
    complete_recurrence(work, event, before)


def _check_links(work: Work, event: Event) -> None:
    if work.session.get(Group, event.group_id) is None:
        raise Invalid(groupId=FieldError("no_such_group"))
    if event.group_id == UNASSIGNED_ID:
        raise Invalid(groupId=FieldError("no_events_there"))
    if event.academic_period_id and work.session.get(AcademicPeriod, event.academic_period_id) is None:
        raise Invalid(academicPeriodId=FieldError("no_such_period"))


def _supplement_table_url(work: Work) -> str:
    stored = all_settings(work)
    if stored["supplement_table_enabled"] != "true" or not stored["supplement_table_url"]:
        raise Invalid(type=FieldError("supplement_table_not_set"))
    return stored["supplement_table_url"]
