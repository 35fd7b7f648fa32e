"""`/api/broadcasts`: emergency messages with their roll-calls."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query

from infoscreen.bootstrap import App
from infoscreen.domain.broadcasts import ScreenStatus
from infoscreen.processes.api.deps import AdminWork, CurrentApp, UserWork
from infoscreen.processes.api.schemas.base import Id
from infoscreen.processes.api.schemas.broadcasts import (
    BroadcastAnswer,
    BroadcastDetail,
    BroadcastsAnswer,
    NewBroadcast,
    RollCallCounts,
    RollCallScreen,
)
from infoscreen.services import broadcasts, roll_calls
from infoscreen.services.broadcasts import Broadcast
from infoscreen.services.roll_calls import Line, Tally
from infoscreen.services.work import Work

router = APIRouter(prefix="/api/broadcasts", tags=["broadcasts"])


@router.get("")
def list_broadcasts(
    work: UserWork,
    app: CurrentApp,
    *,
    running: Annotated[bool, Query(description="Only those that last now")] = False,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
    cursor: Annotated[Id | None, Query(description="`nextCursor` of the answer before")] = None,
) -> BroadcastsAnswer:
    """Every emergency message, the newest first."""
    found, total = broadcasts.list_broadcasts(work, limit, cursor, only_running=running)
    more = len(found) == limit and found[-1].id > 1
    return BroadcastsAnswer(
        broadcasts=_answers(work, app, found), total=total, next_cursor=found[-1].id if more else None
    )


@router.post("", status_code=201)
def start_broadcast(request: NewBroadcast, work: AdminWork, app: CurrentApp) -> BroadcastDetail:
    """Show a message at once, instead of everything else, and turn the TVs on.

    Of several in one group the newest is shown, but no drill while there is something real. It is also shown in groups
    that are held or switched off, and never in *Nicht zugeordnet*.
    """
    return _detail(work, app, broadcasts.start_broadcast(work, request.as_order()))


@router.get("/{broadcast_id}")
def get_broadcast(broadcast_id: Id, work: UserWork, app: CurrentApp) -> BroadcastDetail:
    """One message with its roll-call: as it is now, or as it was at the end."""
    return _detail(work, app, broadcasts.get_broadcast(work, broadcast_id))


@router.post("/{broadcast_id}/end")
def end_broadcast(broadcast_id: Id, work: AdminWork, app: CurrentApp) -> BroadcastDetail:
    """End a message at once: the plan is shown again. 409 where it is over."""
    grace = app.config.monitoring.grace_period_seconds
    return _detail(work, app, broadcasts.end_broadcast(work, broadcast_id, grace))


def _detail(work: Work, app: App, broadcast: Broadcast) -> BroadcastDetail:
    lines = roll_calls.roll_call(work, broadcast, app.config.monitoring.grace_period_seconds)
    (answer,) = _answers(work, app, [broadcast])
    return BroadcastDetail(
        **answer.model_dump(),
        screens=[_screen(line) for line in lines],
        unreached=roll_calls.count_unreached(work),
        tells_tvs=app.config.power.publish_enabled,
    )


def _answers(work: Work, app: App, found: Iterable[Broadcast]) -> list[BroadcastAnswer]:
    rows = list(found)
    tallies = roll_calls.tallies(work, rows, app.config.monitoring.grace_period_seconds)
    groups, names = broadcasts.groups_of(work, rows), broadcasts.authors_of(work, rows)
    return [_answer(work, row, groups[row.id], names.get(row.created_by or 0), tallies[row.id]) for row in rows]


def _answer(work: Work, row: Broadcast, group_ids: list[int], author: str | None, tally: Tally) -> BroadcastAnswer:
    return BroadcastAnswer(
        id=row.id,
        event_id=row.announcement.event_id,
        title=row.announcement.title,
        message=row.message,
        severity=row.announcement.severity,
        drill=row.is_drill,
        all=row.is_for_all,
        group_ids=group_ids,
        reason=row.reason,
        started_at=row.started_at,
        ends_at=row.ends_at,
        ended_at=None if row.is_running(work.now) else row.announcement.end,
        ended_by=row.ended_by,
        created_by=row.created_by,
        created_by_name=author,
        is_running=row.is_running(work.now),
        counts=RollCallCounts(
            **{status.value: tally.by_status.get(status, 0) for status in ScreenStatus},
            total=tally.total,
            ever_shown=tally.ever_shown,
        ),
    )


def _screen(line: Line) -> RollCallScreen:
    client = line.client
    return RollCallScreen(
        uuid=line.uuid,
        name=line.name,
        group_id=line.group_id,
        status=line.status,
        shown_at=line.shown_at,
        last_alive=client.state.last_alive if client else None,
    )
