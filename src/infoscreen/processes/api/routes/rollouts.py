"""`/api/rollouts` and `/api/clients/commands/bulk`: one command to many clients, in waves."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy.exc import OperationalError

from infoscreen.bootstrap import App
from infoscreen.domain.access import Actor
from infoscreen.domain.rollouts import Outcome, State, Step, Tally, outcome_of
from infoscreen.processes.api.deps import Administrator, AdminWork, CurrentApp
from infoscreen.processes.api.routes.commands import command_answer
from infoscreen.processes.api.schemas.base import Id
from infoscreen.processes.api.schemas.rollouts import (
    BulkAnswer,
    BulkCommand,
    CanaryAnswer,
    HaltAnswer,
    RolloutAnswer,
    RolloutDetail,
    RolloutRequest,
    RolloutsAnswer,
    TallyAnswer,
    TargetAnswer,
    WaveAnswer,
)
from infoscreen.processes.api.sentences import sentence
from infoscreen.services import rollouts
from infoscreen.services.rollout_pass import advance_rollout
from infoscreen.services.rollouts import Order, Report, Rollout, TargetState
from infoscreen.services.work import Work

router = APIRouter(prefix="/api", tags=["rollouts"])
Cursor = Annotated[Id | None, Query(description="`nextCursor` of the answer before")]
# A wave of hundreds takes longer to write down than a person looks at a button.
ANSWERED_WITHIN_SECONDS = 4.0


@router.post("/clients/commands/bulk", status_code=202)
def command_many(asked: Request, request: BulkCommand, app: CurrentApp, actor: Administrator) -> BulkAnswer:
    """Command several clients or a whole group; needs a reason.

    Answered with one command, or one block by the safety lockout, for each client of the first wave; of a wave of
    hundreds, those that are `pending` follow within seconds. They are published in the background; 503 where the broker
    is away, and then nothing is stored.
    """
    return _start(asked, app, actor, request.as_order())


@router.get("/rollouts")
def list_rollouts(
    asked: Request, work: AdminWork, limit: Annotated[int, Query(ge=1, le=1_000)] = 100, cursor: Cursor = None
) -> RolloutsAnswer:
    """Every rollout with its report, the newest first."""
    reports, total = rollouts.list_rollouts(work, limit, cursor)
    more = len(reports) == limit and reports[-1].rollout.id > 1
    return RolloutsAnswer(
        rollouts=[_answer(asked, work, report) for report in reports],
        total=total,
        next_cursor=reports[-1].rollout.id if more else None,
    )


@router.post("/rollouts", status_code=202)
def start_rollout(asked: Request, request: RolloutRequest, app: CurrentApp, actor: Administrator) -> BulkAnswer:
    """The same as a bulk command, with a canary group and for the whole school where that is asked for."""
    return _start(asked, app, actor, request.as_order())


@router.get("/rollouts/{rollout_id}")
def get_rollout(asked: Request, rollout_id: Id, work: AdminWork) -> RolloutDetail:
    """One rollout with its report and every client's part."""
    return _detail(asked, work, rollout_id)


@router.post("/rollouts/{rollout_id}/pause")
def pause_rollout(asked: Request, rollout_id: Id, work: AdminWork) -> RolloutDetail:
    """Let nothing more go out for now; 409 where it does not go on anyway."""
    return _moved(asked, work, rollout_id, rollouts.pause_rollout)


@router.post("/rollouts/{rollout_id}/resume")
def resume_rollout(asked: Request, rollout_id: Id, work: AdminWork) -> RolloutDetail:
    """Go on after a pause or a halt, or release what follows the canary group.

    Going on after too many failures accepts those of now. Of a wave in which no command was completed, every client is
    given a new one. 409 `canary_not_ready` while the canary group has not been under the threshold for seven days.
    """
    return _moved(asked, work, rollout_id, rollouts.resume_rollout)


@router.post("/rollouts/{rollout_id}/stop")
def stop_rollout(asked: Request, rollout_id: Id, work: AdminWork) -> RolloutDetail:
    """End a rollout for good; commands that no device has acknowledged are called back."""
    return _moved(asked, work, rollout_id, rollouts.stop_rollout)


def _start(asked: Request, app: App, actor: Actor, order: Order) -> BulkAnswer:
    """Begin, make as many commands as a person can wait for, and leave the others to the scheduler's passes."""
    deadline = time.monotonic() + ANSWERED_WITHIN_SECONDS
    with app.work(actor) as work:
        rollout_id = rollouts.start_rollout(work, order).id
    # It has begun: from here on a database in trouble is no reason to have a person ask for it again.
    with suppress(OperationalError):
        step: Step | None = Step.ISSUE
        while step is Step.ISSUE and time.monotonic() < deadline:
            with app.work() as work:
                step = advance_rollout(work, rollout_id, may_issue=True)
    with app.reading(actor) as work:
        return _started(asked, work, rollout_id)


def _started(asked: Request, work: Work, rollout_id: int) -> BulkAnswer:
    detail = _detail(asked, work, rollout_id)
    issued = [each.command for each in rollouts.targets(work, rollout_id) if each.command]
    told = "rollout_started" if len(detail.waves) > 1 else "rollout_started_at_once"
    message = sentence(asked, told, {"clients": detail.totals.commands, "waves": len(detail.waves)})
    return BulkAnswer(message=message, rollout=detail, commands=[command_answer(row, work) for row in issued])


def _moved(asked: Request, work: Work, rollout_id: int, move: Callable[[Work, int], Rollout]) -> RolloutDetail:
    move(work, rollout_id)
    work.session.flush()
    return _detail(asked, work, rollout_id)


def _detail(asked: Request, work: Work, rollout_id: int) -> RolloutDetail:
    answer = _answer(asked, work, rollouts.get_rollout(work, rollout_id))
    targets = [_target(each) for each in rollouts.targets(work, rollout_id)]
    return RolloutDetail(**answer.model_dump(), targets=targets)


def _answer(asked: Request, work: Work, report: Report) -> RolloutAnswer:
    rollout, canary = report.rollout, report.canary
    known = {name: getattr(rollout, name) for name in ("id", "action", "reason", "state", "state_since", "is_canary")}
    return RolloutAnswer(
        **known,
        created_by=rollout.created_by,
        created_at=rollout.created_at,
        halt=_halt(asked, report),
        wave=rollout.wave,
        waves=[_wave(rollout, number, tally) for number, tally in enumerate(report.waves, 1)],
        totals=TallyAnswer.model_validate(report.total),
        canary=canary
        and CanaryAnswer(
            **_counts(canary.tally),
            began_at=canary.began_at,
            ready_at=canary.ready_at,
            is_ready=canary.is_ready(work.now),
        ),
    )


def _wave(rollout: Rollout, number: int, tally: Tally) -> WaveAnswer:
    is_over = number < rollout.wave or rollout.state == State.COMPLETED
    state = "passed" if is_over else "present" if number == rollout.wave else "ahead"
    return WaveAnswer(**_counts(tally), number=number, is_canary=rollout.is_canary and number == 1, state=state)


def _halt(asked: Request, report: Report) -> HaltAnswer | None:
    rollout = report.rollout
    if rollout.halt is None:
        return None
    wave = report.waves[rollout.wave - 1]
    params = {
        "wave": rollout.wave,
        "failed": wave.failed,
        "timedOut": wave.timed_out,
        "failures": wave.failures,
        "commands": wave.commands,
        "percent": wave.failure_percent,
    }
    return HaltAnswer(code=rollout.halt, params=params, message=sentence(asked, f"rollout_{rollout.halt}", params))


def _target(each: TargetState) -> TargetAnswer:
    command, outcome = each.command, outcome_of(each.status)
    return TargetAnswer(
        client_uuid=each.target.client_uuid,
        wave=each.target.wave,
        outcome=outcome,
        status=None if outcome in (Outcome.PENDING, Outcome.VANISHED) else each.status,
        command_id=command and command.command_id,
        error_code=command and command.error_code,
        error_message=command and command.error_message,
    )


def _counts(tally: Tally) -> dict[str, int | float]:
    totals = {"commands": tally.commands, "failures": tally.failures, "failure_percent": tally.failure_percent}
    return asdict(tally) | totals
