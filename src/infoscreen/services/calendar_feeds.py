"""Calendar subscriptions: a person's own secret address of a group's plan, renewed and revoked at will.

The token lets whoever has it read this one plan and nothing else, for as long as its person is active.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from infoscreen.db.calendar_feeds import CalendarFeed as CalendarFeed
from infoscreen.db.calendar_feeds import feed_by_token, feed_of, feeds_of
from infoscreen.db.events import Event
from infoscreen.db.groups import Group
from infoscreen.domain.calendar_feeds import FeedEvent, feed
from infoscreen.domain.errors import Invalid, NotFound, NotLoggedIn
from infoscreen.domain.recurrence import Schedule, first_span, has_ended
from infoscreen.services.event_schedules import closed_days, schedule_of
from infoscreen.services.events import list_events
from infoscreen.services.groups import get_group
from infoscreen.services.settings import school_zone
from infoscreen.services.users import me, token_hash
from infoscreen.services.work import Work

log = structlog.get_logger()

# What is over stays this long in people's calendars.
KEPT = timedelta(days=365)
YEARS_AHEAD = 3
# The last use is noted this coarsely, so that programs that look every minute do not write every minute.
NOTED_EVERY = timedelta(hours=1)


class WrongCalendarToken(NotLoggedIn):
    """No subscription has this token, or its person is deactivated."""

    code = "wrong_calendar_token"


@dataclass(frozen=True, slots=True)
class Plan:
    """A group's plan as a file; `is_due_for_note` asks for `note_read`."""

    content: bytes
    etag: str
    changed_at: datetime
    is_due_for_note: bool


def list_feeds(work: Work) -> Sequence[CalendarFeed]:
    """The caller's subscriptions."""
    return feeds_of(work.session, me(work).id)


def subscribe(work: Work, group_id: int) -> tuple[CalendarFeed, str]:
    """Make or renew the caller's address of a group's plan; the token is told here and nowhere else.

    The address before it, if any, ends. Raises `NotFound`.
    """
    group, token, person = get_group(work, group_id), secrets.token_urlsafe(32), me(work)
    # Two requests of one person come one after the other.
    work.session.refresh(person, with_for_update=True)
    found = feed_of(work.session, person.id, group.id) or CalendarFeed(user_id=person.id, group_id=group.id)
    found.token_hash, found.created_at, found.changed_at = token_hash(token), work.now, work.now
    found.last_used_at = found.etag = None
    work.session.add(found)
    work.session.flush()
    return found, token


def unsubscribe(work: Work, group_id: int) -> None:
    """End the caller's address of a group's plan; raises `NotFound`."""
    found = feed_of(work.session, me(work).id, group_id)
    if found is None:
        raise NotFound
    work.session.delete(found)


def read_plan(work: Work, group_id: int, token: str) -> Plan:
    """The plan that a token opens; raises `WrongCalendarToken`."""
    found = _opened(work, group_id, token)
    content = _content(work, get_group(work, group_id))
    etag = hashlib.sha256(content).hexdigest()
    is_new = etag != found.etag
    is_due = is_new or found.last_used_at is None or work.now - found.last_used_at > NOTED_EVERY
    return Plan(content, etag, work.now if is_new else found.changed_at, is_due_for_note=is_due)


def note_read(work: Work, group_id: int, token: str, plan: Plan) -> None:
    """Note that a plan was fetched, and since when it is as it is."""
    found = _opened(work, group_id, token)
    found.last_used_at, found.etag, found.changed_at = work.now, plan.etag, plan.changed_at


def _opened(work: Work, group_id: int, token: str) -> CalendarFeed:
    found = feed_by_token(work.session, token_hash(token)) if token else None
    if found is None or found.group_id != group_id or not found.user.is_active:
        raise WrongCalendarToken
    return found


def _content(work: Work, group: Group) -> bytes:
    zone, closed = school_zone(work), closed_days(work)
    planned = (
        _planned(work, event, schedule_of(event, closed), zone)
        for event in list_events(work, work.now - KEPT, group_id=group.id)
    )
    years = range(work.now.year - 1, work.now.year + YEARS_AHEAD)
    return feed(group.name, [each for each in planned if each is not None], zone, years)


def _planned(work: Work, event: Event, schedule: Schedule, zone: ZoneInfo) -> FeedEvent | None:
    """An event as calendars have it; None for one that nobody will see: switched off, or with a broken rule."""
    try:
        # What is over is inactive because it is over.
        is_seen = event.is_active or has_ended(schedule, work.now, zone)
        if not is_seen or first_span(schedule, zone) is None:
            return None
    except (ValueError, IndexError, Invalid) as error:  # of older data
        log.error("event_not_in_calendar", event_id=event.id, error=str(error))
        return None
    return FeedEvent(
        uid=f"{event.id}-{event.created_at:%Y%m%dT%H%M%SZ}@infoscreen",
        title=event.subject,
        description=event.description,
        kind=event.type,
        schedule=schedule,
        changed_at=event.updated_at or event.created_at,
        revision=event.version - 1,
    )
