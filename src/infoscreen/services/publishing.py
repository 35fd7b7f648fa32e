"""What the broker should hold for the devices, from the database; the scheduler process brings it there.

The board (`event_board.py`) remembers between two looks what each topic holds, so that only differences are published.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import orjson
from sqlalchemy import delete, insert

from infoscreen.db.broker_accounts import sync_state
from infoscreen.db.clients import group_assignments
from infoscreen.db.events import set_inactive
from infoscreen.db.groups import group_ids as all_group_ids
from infoscreen.db.plans import next_revisions, plan_epoch
from infoscreen.db.publishing import RetainedTopic, retained_topics
from infoscreen.domain.broadcasts import Overruled
from infoscreen.domain.recurrence import has_ended
from infoscreen.domain.timeline import Occurrence, Timeline
from infoscreen.services.broadcasts import overruled_groups
from infoscreen.services.event_board import Board, follow_events, formatted
from infoscreen.services.event_payloads import Addresses, Showable, announced, announcement_in
from infoscreen.services.notices import NoticeKind
from infoscreen.services.plans import COVERED, Draft, draft_plan, is_due, is_news, numbered_plan
from infoscreen.services.work import Work
from infoscreen_wire import topics

EMPTY_LIST = b"[]"
CLEARED = b""


def event_lists(work: Work, board: Board, addresses: Addresses) -> dict[str, bytes]:
    """What every group's event topic should hold now: topic → payload."""
    active = follow_events(work, board).active()
    board.overruled = overruled_groups(work)
    forms = formatted(work, board, {each.id for occurrences in active.values() for each in occurrences})
    return {
        topics.events(group_id): _overruled_list(board.overruled[group_id], group_id, addresses)
        if group_id in board.overruled
        else _list_of(active.get(group_id, ()), forms, addresses)
        for group_id in all_group_ids(work.session)
    }


def _overruled_list(overruled: Overruled, group_id: int, addresses: Addresses) -> bytes:
    announcement = overruled.announcement
    if announcement is None:
        return EMPTY_LIST
    return orjson.dumps([announced(announcement).at(announcement_in(announcement, group_id), addresses)])


def _list_of(active: Iterable[Occurrence], forms: Mapping[int, Showable], addresses: Addresses) -> bytes:
    return orjson.dumps([forms[each.id].at(each, addresses) for each in active if each.id in forms])


def plan_drafts(work: Work, board: Board, addresses: Addresses, at_most: int | None = None) -> dict[int, Draft]:
    """The plans that tell something new, by group; follows `event_lists`, which brings the board up to date.

    Of many that have to be made so many are; `board.are_plans_waiting` tells whether others are left.
    """
    timeline = board.timeline
    if timeline is None or board.pending:
        return {}
    groups = all_group_ids(work.session)
    for group_id in board.plans.keys() - groups:
        del board.plans[group_id]
    wanted = [group_id for group_id in sorted(groups) if _is_plan_due(board, group_id, work.now)]
    drafts = {group_id: _draft(work, board, timeline, addresses, group_id) for group_id in wanted[:at_most]}
    board.are_plans_waiting = len(wanted) > len(drafts)
    board.overruled_plans |= {group_id: board.overruled.get(group_id, Overruled()) for group_id in drafts}
    news = {group_id: each for group_id, each in drafts.items() if is_news(board.plans.get(group_id), each, work.now)}
    board.dirty -= drafts.keys() - news.keys()
    return news


def _is_plan_due(board: Board, group_id: int, now: datetime) -> bool:
    was, is_now = (each.get(group_id, Overruled()) for each in (board.overruled_plans, board.overruled))
    return group_id in board.dirty or was != is_now or is_due(board.plans.get(group_id), now)


def _draft(work: Work, board: Board, timeline: Timeline, addresses: Addresses, group_id: int) -> Draft:
    overruled = board.overruled.get(group_id, Overruled())
    due = [] if overruled.is_held else timeline.occurrences(group_id, work.now, work.now + COVERED)
    forms = formatted(work, board, {each.id for each in due})
    return draft_plan(due, forms, addresses, work.now, _first_of(overruled, group_id))


def _first_of(overruled: Overruled, group_id: int) -> tuple[Occurrence, Showable] | None:
    announcement = overruled.announcement
    return (announcement_in(announcement, group_id), announced(announcement)) if announcement else None


def number_plans(work: Work, board: Board, drafts: Mapping[int, Draft]) -> None:
    """Give drafts their numbers and keep them as what the broker should hold."""
    epoch = plan_epoch(work.session, work.now)
    for group_id, revision in next_revisions(work.session, drafts.keys()).items():
        board.plans[group_id] = numbered_plan(drafts[group_id], group_id, epoch, revision, work.now)
    board.dirty -= drafts.keys()


def plans(board: Board) -> dict[str, bytes]:
    """What every group's plan topic should hold: topic → payload."""
    return {topics.plan(group_id): kept.payload for group_id, kept in board.plans.items()}


def plan_topics(work: Work) -> set[str]:
    """The plan topics of every group, those whose plan is still to be made too."""
    return {topics.plan(group_id) for group_id in all_group_ids(work.session)}


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


def ended_events(work: Work, board: Board) -> list[int]:
    """Active events that are over: single ones after their end, series after the end of their recurrence.

    Only those are looked at that have nothing ahead in the index; what has something further ahead is left alone then.
    """
    timeline = board.timeline
    if timeline is None:
        return []
    idle = timeline.idle()
    ended = [event_id for event_id, schedule in idle.items() if has_ended(schedule, work.now, timeline.zone)]
    timeline.rest(idle.keys() - set(ended))
    return ended


def deactivate_events(work: Work, ids: Sequence[int]) -> None:
    """Deactivate these events."""
    set_inactive(work.session, ids)
    work.announce(NoticeKind.EVENTS, *ids)
