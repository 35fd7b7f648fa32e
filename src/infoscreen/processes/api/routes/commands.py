"""`/api/clients/{uuid}/restart` and its like, and the lives of commands."""

import math
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from infoscreen.bootstrap import App
from infoscreen.domain.access import Actor
from infoscreen.domain.commands import MQTT_PUBLISH_FAILED, Action, Status
from infoscreen.processes.api.deps import Administrator, AdminWork, CurrentApp
from infoscreen.processes.api.problems import RETRY_AFTER_SECONDS
from infoscreen.processes.api.schemas.base import Id, Problem
from infoscreen.processes.api.schemas.commands import (
    CommandAnswer,
    CommandDetail,
    CommandRequest,
    CommandsAnswer,
    IssuedCommand,
    RefusedCommand,
    TransitionAnswer,
)
from infoscreen.processes.api.sentences import sentence
from infoscreen.services import commands, power_cycles
from infoscreen.services.command_publishing import publish_command
from infoscreen.services.commands import ClientCommand
from infoscreen.services.work import Work

router = APIRouter(prefix="/api", tags=["commands"])

REFUSALS: dict[int | str, dict[str, Any]] = {
    429: {"model": RefusedCommand, "description": "Blocked by the safety lockout"},
    503: {
        "model": RefusedCommand | Problem,
        "description": "The broker did not accept it, and the command has failed; or the database is away",
    },
}
LOCKED_OUT: dict[int | str, dict[str, Any]] = {429: REFUSALS[429]}
Limit = Annotated[int, Query(ge=1, le=1_000)]
Cursor = Annotated[Id | None, Query(description="`nextCursor` of the answer before")]


@router.post("/clients/{uuid}/restart", status_code=202, responses=REFUSALS, response_model=IssuedCommand)
def restart_client(
    uuid: str, asked: Request, app: CurrentApp, actor: Administrator, request: CommandRequest | None = None
) -> Response:
    """Reboot a client. Answered after the broker has confirmed; what the device does is told by the command."""
    return _issue(asked, app, actor, uuid, Action.REBOOT_HOST, request)


@router.post("/clients/{uuid}/shutdown", status_code=202, responses=REFUSALS, response_model=IssuedCommand)
def shut_client_down(
    uuid: str, asked: Request, app: CurrentApp, actor: Administrator, request: CommandRequest | None = None
) -> Response:
    """Power a client off; somebody has to switch it on again."""
    return _issue(asked, app, actor, uuid, Action.SHUTDOWN_HOST, request)


@router.post("/clients/{uuid}/restart_app", status_code=202, responses=REFUSALS, response_model=IssuedCommand)
def restart_client_app(
    uuid: str, asked: Request, app: CurrentApp, actor: Administrator, request: CommandRequest | None = None
) -> Response:
    """Restart a client's display, without a reboot."""
    return _issue(asked, app, actor, uuid, Action.RESTART_APP, request)


@router.post("/clients/{uuid}/power_cycle", status_code=202, responses=LOCKED_OUT, response_model=IssuedCommand)
def cycle_client_power(
    uuid: str, asked: Request, app: CurrentApp, actor: Administrator, request: CommandRequest | None = None
) -> Response:
    """Turn a client's power off and on again by its power switch; 409 `no_power_switch` where it has none.

    Answered at once: `published` means that the switch has confirmed *off*, `execution_started` *on* again.
    """
    with app.work(actor) as work:
        row = power_cycles.issue_power_cycle(work, uuid, request.reason if request else None)
    with app.reading(actor) as work:
        return issued_answer(asked, work, row.command_id, taken="power_cycle_taken")


@router.get("/clients/commands/{command_id}")
def get_command(command_id: str, work: AdminWork) -> CommandDetail:
    """One command with every step of its life."""
    return detail(commands.get_command(work, command_id), work)


@router.post("/clients/commands/{command_id}/cancel")
def cancel_command(command_id: str, work: AdminWork) -> CommandDetail:
    """Call a command back; 409 once its device has acknowledged it. A device that has it already may still obey."""
    return detail(commands.cancel_command(work, command_id), work)


@router.get("/clients/{uuid}/commands")
def client_commands(uuid: str, work: AdminWork, limit: Limit = 100, cursor: Cursor = None) -> CommandsAnswer:
    """A client's commands, the newest first."""
    return _page(commands.client_history(work, uuid, limit, cursor), limit, work)


@router.get("/commands")
def list_commands(
    work: AdminWork,
    status: Annotated[Sequence[Status], Query()] = (),
    action: Annotated[Sequence[Action], Query()] = (),
    limit: Limit = 100,
    cursor: Cursor = None,
) -> CommandsAnswer:
    """All clients' commands, the newest first; `status` and `action` may be repeated."""
    return _page(commands.history(work, status, action, limit, cursor), limit, work)


def detail(row: ClientCommand, work: Work) -> CommandDetail:
    """A command with its transitions, as it is answered."""
    steps = [TransitionAnswer.model_validate(step) for step in row.transitions]
    return CommandDetail(**command_answer(row, work).model_dump(), transitions=steps)


def command_answer(row: ClientCommand, work: Work) -> CommandAnswer:
    """A command as it is answered."""
    known = {name: getattr(row, name) for name in CommandAnswer.model_fields if hasattr(row, name)}
    return CommandAnswer(**known, overdue_since=commands.overdue_since(row, work.now))


def _page(page: commands.Page, limit: int, work: Work) -> CommandsAnswer:
    more = len(page.rows) == limit and page.rows[-1].id > 1
    return CommandsAnswer(
        commands=[command_answer(row, work) for row in page.rows],
        total=page.total,
        next_cursor=page.rows[-1].id if more else None,
    )


def _issue(
    asked: Request, app: App, actor: Actor, uuid: str, action: Action, request: CommandRequest | None
) -> Response:
    """Issue, publish, and answer with the command as it is then."""
    with app.work(actor) as work:
        row = commands.issue_command(work, uuid, action, request.reason if request else None)
    if row.status == Status.QUEUED:
        publish_command(app.work, row.command_id, legacy_restart=app.config.commands.legacy_restart)
    with app.reading(actor) as work:
        return issued_answer(asked, work, row.command_id)


def issued_answer(asked: Request, work: Work, command_id: str, taken: str = "command_sent") -> Response:
    """202 with the command; 429 where the lockout blocked it, 503 where the broker did not take it."""
    row = commands.get_command(work, command_id)
    if row.status == Status.BLOCKED_SAFETY:
        ends_at = commands.lockout_ends_at(work, row.client_uuid) or work.now
        seconds = max(1, math.ceil((ends_at - work.now).total_seconds()))
        text = sentence(asked, "lockout_active", {"minutes": math.ceil(seconds / 60)})
        return _refused(429, seconds, text, "lockout_active", detail(row, work))
    if row.status == Status.FAILED and row.error_code == MQTT_PUBLISH_FAILED:
        text = sentence(asked, "command_not_sent")
        return _refused(503, RETRY_AFTER_SECONDS, text, "broker_unavailable", detail(row, work))
    issued = IssuedCommand(success=True, message=sentence(asked, taken), command=detail(row, work))
    return JSONResponse(issued.model_dump(mode="json", by_alias=True), 202)


def _refused(status: int, seconds: int, text: str, code: str, command: CommandDetail) -> Response:
    refused = RefusedCommand(message=text, error=text, code=code, command=command)
    answer = refused.model_dump(mode="json", by_alias=True)
    return JSONResponse(answer, status, headers={"Retry-After": str(seconds)})
