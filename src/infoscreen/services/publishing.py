"""What the broker should hold for the devices, from the database; the scheduler process brings it there.

The board remembers between two looks what each topic holds, so that only differences are published.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import orjson
import structlog
from sqlalchemy import delete, insert

from infoscreen.db.broker_accounts import sync_state
from infoscreen.db.clients import group_assignments
from infoscreen.db.events import (
    Event,
    active_versions,
    ended_single_events,
    events_by_id,
    series_with_an_end,
    set_inactive,
    skipping_holidays,
)
from infoscreen.db.groups import UNASSIGNED_ID, all_groups
from infoscreen.db.publishing import RetainedTopic, retained_topics
from infoscreen.domain.closed_days import ClosedDays
from infoscreen.domain.recurrence import has_ended
from infoscreen.domain.timeline import Occurrence, Timeline
from infoscreen.services.event_payloads import Addresses, published_event
from infoscreen.services.event_schedules import closed_days, schedule_of
from infoscreen.services.ports import NoticeKind
from infoscreen.services.settings import school_zone
from infoscreen.services.work import Work
from infoscreen_wire import topics

log = structlog.get_logger()

REBUILD_EVERY = timedelta(days=1)
EMPTY_LIST = b"[]"
CLEARED = b""


@dataclass(slots=True)
class Board:
    """The scheduler's memory: the timeline with the versions of its events, and what each topic holds."""

    window: timedelta
    timeline: Timeline | None = None
    rebuild_at: datetime | None = None
    versions: dict[int, int] = field(default_factory=dict)
    closed: ClosedDays = field(default_factory=ClosedDays)
    published: dict[str, bytes] = field(default_factory=dict)
    left_out: set[tuple[int, int]] = field(default_factory=set)

    def forget_published(self) -> None:
        """Assume that the broker holds nothing, so that everything is published again."""
        self.published.clear()


def follow_events(work: Work, board: Board) -> Timeline:
    """Bring the board's timeline up to date with the database and the present; expands only what changed."""
    timeline = _current_timeline(work, board)
    timeline.advance(work.now)
    versions = active_versions(work.session)
    for event_id in board.versions.keys() - versions.keys():
        timeline.drop(event_id)
    changed = {event_id for event_id, version in versions.items() if board.versions.get(event_id) != version}
    closed = closed_days(work)
    if closed != board.closed:
        changed |= versions.keys() & skipping_holidays(work.session)
        board.closed = closed
    for event in events_by_id(work.session, changed):
        _put(timeline, event, closed)
    board.versions = versions
    return timeline


def _current_timeline(work: Work, board: Board) -> Timeline:
    zone = school_zone(work)
    timeline = board.timeline
    if timeline is None or timeline.zone != zone or board.rebuild_at is None or work.now >= board.rebuild_at:
        timeline = Timeline(zone, work.now, board.window + REBUILD_EVERY)
        board.timeline, board.rebuild_at, board.versions = timeline, work.now + REBUILD_EVERY, {}
    return timeline


def _put(timeline: Timeline, event: Event, closed: ClosedDays) -> None:
    try:
        timeline.put(event.id, event.group_id, schedule_of(event, closed))
    except Exception as error:  # noqa: BLE001 - a broken rule must not keep other events from being published
        timeline.drop(event.id)
        log.error("event_not_expanded", event_id=event.id, error=str(error))


def event_lists(work: Work, board: Board, addresses: Addresses) -> dict[str, bytes]:
    """What every group's event topic should hold now: topic → payload."""
    active = follow_events(work, board).active()
    on = {occurrence.id for occurrences in active.values() for occurrence in occurrences}
    events = {event.id: event for event in events_by_id(work.session, on)}
    return {
        topics.events(group.id): _list_of(work, board, addresses, events, active.get(group.id, ()))
        if group.is_active and group.id != UNASSIGNED_ID
        else EMPTY_LIST
        for group in all_groups(work.session)
    }


def _list_of(
    work: Work, board: Board, addresses: Addresses, events: Mapping[int, Event], active: Iterable[Occurrence]
) -> bytes:
    found = []
    for occurrence in active:
        event = events[occurrence.id]
        try:
            published = published_event(work, event, occurrence, addresses)
        except Exception as error:  # noqa: BLE001 - one event that cannot be formatted never stops the others
            _log_once(board, event, str(error))
            continue
        if published is not None:
            found.append(published.to_wire())
    return orjson.dumps(found)


def _log_once(board: Board, event: Event, error: str) -> None:
    key = (event.id, event.version)
    if key not in board.left_out:
        board.left_out.add(key)
        log.error("event_left_out", event_id=event.id, error=error)


def group_ids(work: Work) -> dict[str, bytes]:
    """What every client's group topic should hold: topic → payload."""
    assignments = group_assignments(work.session)
    return {topics.group_id(uuid): str(group_id).encode() for uuid, group_id in assignments.items()}


def is_broker_in_step(work: Work) -> bool:
    """Whether the broker has followed every change of rights: only then may devices be told of their new group."""
    wanted, applied = sync_state(work.session)
    return applied >= wanted


def forgotten_topics(work: Work, wanted: Iterable[str]) -> set[str]:
    """Topics that hold something on the broker and should no longer, because their group or client is gone."""
    return retained_topics(work.session) - set(wanted)


def remember_topics(work: Work, names: Iterable[str]) -> None:
    """Note, before it happens, that these topics get a retained message."""
    known = retained_topics(work.session)
    rows = [{"topic": name} for name in names if name not in known]
    if rows:
        work.session.execute(insert(RetainedTopic), rows)


def forget_topics(work: Work, names: Iterable[str]) -> None:
    """Note that these topics were cleared."""
    work.session.execute(delete(RetainedTopic).where(RetainedTopic.topic.in_(list(names))))


def ended_events(work: Work) -> list[int]:
    """Active events that are over: single ones after their end, series after their last occurrence."""
    zone = school_zone(work)
    series = series_with_an_end(work.session)
    return ended_single_events(work.session, work.now) + [event.id for event in series if _is_over(event, work, zone)]


def _is_over(event: Event, work: Work, zone: ZoneInfo) -> bool:
    try:
        return has_ended(schedule_of(event, ClosedDays()), work.now, zone)
    except Exception:  # noqa: BLE001 - a broken rule is told when it is expanded, and ends nothing
        return False


def deactivate_events(work: Work, ids: Sequence[int]) -> None:
    """Deactivate these events."""
    set_inactive(work.session, ids)
    work.announce(NoticeKind.EVENTS, *ids)
