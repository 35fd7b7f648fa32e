"""What the scheduler remembers of the calendar between two looks, and how it follows the database.

A look costs what changed: an event is expanded when it changed, and formatted anew when it or its medium did.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from infoscreen.db.conversions import conversions_of
from infoscreen.db.events import Event, active_versions, events_by_id, skipping_holidays
from infoscreen.db.media import MediaStamp, media_by_id, media_stamps
from infoscreen.domain.broadcasts import Overruled
from infoscreen.domain.closed_days import ClosedDays
from infoscreen.domain.errors import InfoscreenError
from infoscreen.domain.timeline import Timeline
from infoscreen.services.event_payloads import Showable, showable
from infoscreen.services.event_schedules import closed_days, schedule_of
from infoscreen.services.plans import COVERED, KeptPlan
from infoscreen.services.settings import school_zone
from infoscreen.services.work import Work

log = structlog.get_logger()

RULE_BROKEN, NOT_SHOWABLE = "rule_broken", "not_showable"
# A clock that was set back further makes the index begin anew; what lies between has been forgotten.
CLOCK_SLACK = timedelta(seconds=1)
# Of many events that change at once so many are followed in one look, so that no start or end has to wait for all.
FOLLOWED_AT_ONCE = 500


@dataclass(slots=True)
class Board:
    """The scheduler's memory: the index with what its events were, their forms, and what each topic holds.

    `pending` are changed events that a later look follows, shown as they were until then; `broken` those that cannot be
    published, with why; `dirty` the groups whose plan may have changed. `overruled` are those that show something else
    than their plan, as `overruled_groups` tells, and `overruled_plans` those whose plan was last made so.
    """

    window: timedelta
    lookback: timedelta = timedelta(0)
    timeline: Timeline | None = None
    closed: ClosedDays = field(default_factory=ClosedDays)
    versions: dict[int, int] = field(default_factory=dict)
    pending: set[int] = field(default_factory=set)
    is_complete: bool = False
    media_of: dict[int, int] = field(default_factory=dict)
    stamps: dict[int, MediaStamp] = field(default_factory=dict)
    forms: dict[int, Showable | None] = field(default_factory=dict)
    broken: dict[int, str] = field(default_factory=dict)
    # None: not told since the start, when alerts of an earlier scheduler may be open.
    told_broken: dict[int, str] | None = None
    dirty: set[int] = field(default_factory=set)
    overruled: dict[int, Overruled] = field(default_factory=dict)
    overruled_plans: dict[int, Overruled] = field(default_factory=dict)
    are_plans_waiting: bool = False
    plans: dict[int, KeptPlan] = field(default_factory=dict)
    published: dict[str, bytes] = field(default_factory=dict)

    @property
    def next_end(self) -> datetime | None:
        """When the first emergency message ends, or None where there is none."""
        found = (each.announcement for each in self.overruled.values())
        return min((each.end for each in found if each is not None), default=None)

    def forget_published(self) -> None:
        """Assume that the broker holds nothing, so that everything is published again."""
        self.published.clear()


def follow_events(work: Work, board: Board) -> Timeline:
    """Bring the board up to date with the database and the present."""
    timeline = _current_timeline(work, board)
    timeline.advance(work.now)
    versions = active_versions(work.session)
    changed = {event_id for event_id, version in versions.items() if board.versions.get(event_id) != version}
    closed = closed_days(work)
    if closed != board.closed:
        changed |= versions.keys() & skipping_holidays(work.session)
    for event_id in board.versions.keys() - versions.keys():
        _forget(board, timeline, event_id)
        timeline.drop(event_id)
    board.pending = (board.pending | changed) & versions.keys()
    board.versions, board.closed = versions, closed
    # Nothing is published from an index that has never been complete.
    followed = sorted(board.pending)[: FOLLOWED_AT_ONCE if board.is_complete else None]
    for event in events_by_id(work.session, followed):
        _put(board, timeline, event, closed)
    board.pending.difference_update(followed)
    board.is_complete = True
    _follow_media(work, board, timeline)
    return timeline


def formatted(work: Work, board: Board, event_ids: Collection[int]) -> dict[int, Showable]:
    """The forms of those of these events that can be shown now."""
    _format(work, board, [event_id for event_id in event_ids if event_id not in board.forms])
    return {event_id: form for event_id in event_ids if (form := board.forms.get(event_id)) is not None}


def _current_timeline(work: Work, board: Board) -> Timeline:
    zone = school_zone(work)
    timeline = board.timeline
    if timeline is None or timeline.zone != zone or work.now < timeline.now - CLOCK_SLACK:
        timeline = Timeline(zone, work.now, max(board.window, COVERED), board.lookback)
        board.timeline, board.versions, board.media_of = timeline, {}, {}
        board.is_complete = False
        board.pending.clear()
        board.plans.clear()
    return timeline


def _put(board: Board, timeline: Timeline, event: Event, closed: ClosedDays) -> None:
    _forget(board, timeline, event.id)
    if event.event_media_id is not None:
        board.media_of[event.id] = event.event_media_id
    try:
        timeline.put(event.id, event.group_id, schedule_of(event, closed))
    except Exception as error:  # noqa: BLE001 - a broken rule must not keep other events from being published
        timeline.drop(event.id)
        board.broken[event.id] = RULE_BROKEN
        log.error("event_not_expanded", event_id=event.id, error=str(error))
    board.dirty.add(event.group_id)


def _forget(board: Board, timeline: Timeline, event_id: int) -> None:
    group_id = timeline.group_of(event_id)
    if group_id is not None:
        board.dirty.add(group_id)
    board.media_of.pop(event_id, None)
    board.broken.pop(event_id, None)
    board.forms.pop(event_id, None)


def _follow_media(work: Work, board: Board, timeline: Timeline) -> None:
    stamps = media_stamps(work.session)
    changed = {media_id for media_id, _stamp in stamps.items() ^ board.stamps.items()}
    if changed:
        for event_id in [event_id for event_id, media_id in board.media_of.items() if media_id in changed]:
            group_id = timeline.group_of(event_id)
            if group_id is not None:
                board.dirty.add(group_id)
                board.broken.pop(event_id, None)
            board.forms.pop(event_id, None)
    board.stamps = stamps


def _format(work: Work, board: Board, event_ids: Iterable[int]) -> None:
    events = events_by_id(work.session, list(event_ids))
    used = {event.event_media_id for event in events if event.event_media_id is not None}
    media, conversions = media_by_id(work.session, used), conversions_of(work.session, used)
    for event in events:
        of_event = event.event_media_id or 0
        try:
            board.forms[event.id] = showable(event, media.get(of_event), conversions.get(of_event))
        except Exception as error:  # noqa: BLE001 - one event that cannot be formatted never stops the others
            board.forms[event.id] = None
            board.broken[event.id] = error.code if isinstance(error, InfoscreenError) else NOT_SHOWABLE
            log.error("event_left_out", event_id=event.id, error=str(error))
