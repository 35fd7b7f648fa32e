"""Events: make, change, delete, and expand into occurrences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import update

from infoscreen.db.academic_calendar import AcademicPeriod
from infoscreen.db.events import Event, events_between
from infoscreen.db.groups import UNASSIGNED_ID, Group
from infoscreen.db.media import Media
from infoscreen.domain import events, recurrence
from infoscreen.domain.errors import FieldError, Invalid, NotFound
from infoscreen.domain.recurrence import Schedule, Span
from infoscreen.services.ports import NoticeKind
from infoscreen.services.settings import all_settings, school_zone
from infoscreen.services.versions import next_version
from infoscreen.services.work import Work

log = structlog.get_logger()

SCHEDULE_FIELDS = {"start_time", "end_time", "recurrence_rule", "recurrence_end"}
LONGEST_RANGE = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class EventOccurrence:
    """One occurrence of an event, in UTC."""

    event: Event
    start: datetime
    end: datetime


def schedule_of(event: Event) -> Schedule:
    """When an event is."""
    return Schedule(
        event.start_time,
        event.end_time,
        event.recurrence_rule,
        event.recurrence_end,
        recurrence.parse_exceptions(event.recurrence_exception),
    )


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
) -> Sequence[Event]:
    """Masters, not expanded, that may have something in the range."""
    return events_between(work.session, start, end, group_id, academic_period_id)


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
    zone = school_zone(work)
    found = [
        EventOccurrence(event, span.start, span.end)
        for event in events_between(work.session, start, end, group_id)
        for span in _spans(event, start, end, zone)
        if event.is_active or span.end <= work.now
    ]
    return sorted(found, key=lambda occurrence: (occurrence.start, occurrence.event.id))


def _spans(event: Event, start: datetime, end: datetime, zone: ZoneInfo) -> list[Span]:
    try:
        return recurrence.spans(schedule_of(event), start, end, zone)
    except (ValueError, IndexError, Invalid) as error:
        log.error("event_not_expanded", event_id=event.id, error=str(error))
        return []


def create_event(work: Work, fields: Mapping[str, Any]) -> Event:
    """Make an event; what is not given comes from the settings. Raises `Invalid` with every wrong field."""
    event = Event(**_defaults(work), created_at=work.now, created_by=work.actor.user_id)
    _apply(event, fields)
    _complete(work, event, type_changed=True)
    work.session.add(event)
    work.session.flush()
    work.announce(NoticeKind.EVENTS, event.id)
    return event


def change_event(work: Work, event_id: int, fields: Mapping[str, Any], version: int | None) -> Event:
    """Change some fields of an event; one that was over and is moved into the future is active again.

    Raises `NotFound`, `StaleVersion`, `Invalid`.
    """
    event = get_event(work, event_id)
    next_version(work, event, version)
    type_before = event.type
    with work.session.no_autoflush:
        _apply(event, fields)
        _complete(work, event, type_changed=event.type != type_before)
        if "is_active" not in fields and SCHEDULE_FIELDS & fields.keys():
            event.is_active |= not recurrence.has_ended(schedule_of(event), work.now, school_zone(work))
    event.updated_at, event.updated_by = work.now, work.actor.user_id
    work.announce(NoticeKind.EVENTS, event.id)
    return event


def delete_event(work: Work, event_id: int) -> None:
    """Delete a single event or a whole series; occurrences detached from it stay as single events."""
    event = get_event(work, event_id)
    work.session.execute(update(Event).where(Event.recurrence_id == event_id).values(recurrence_id=None))
    work.session.delete(event)
    work.announce(NoticeKind.EVENTS, event_id)


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


def _complete(work: Work, event: Event, *, type_changed: bool) -> None:
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
    skipped = recurrence.parse_exceptions(event.recurrence_exception)
    event.recurrence_exception = recurrence.format_exceptions(skipped)
    if event.recurrence_rule is not None:
        event.recurrence_rule = recurrence.normalise_rule(event.recurrence_rule)
        recurrence.check_rule(schedule_of(event), school_zone(work))


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
