"""Remote commands, as they are asked for and answered."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from infoscreen.domain.commands import Action, Signal, Status
from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime, written

Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000), AfterValidator(written)]


class CommandRequest(ApiRequest):
    reason: Reason | None = None


class CommandAnswer(ApiModel):
    """One command; `overdueSince` marks a stage that takes longer than usual and changes nothing."""

    command_id: str
    client_uuid: str
    action: Action
    status: Status
    reason: str | None
    requested_by: int | None
    issued_at: ApiTime
    expires_at: ApiTime
    published_at: ApiTime | None
    acked_at: ApiTime | None
    execution_started_at: ApiTime | None
    recovered_at: ApiTime | None
    completed_at: ApiTime | None
    failed_at: ApiTime | None
    error_code: str | None
    error_message: str | None
    overdue_since: ApiTime | None
    created_at: ApiTime
    updated_at: ApiTime


class TransitionAnswer(ApiModel):
    """One step; `fromStatus` is null for the first."""

    at: ApiTime
    from_status: Status | None
    to_status: Status
    cause: Signal


class CommandDetail(CommandAnswer):
    """One command with every step of its life, the oldest first."""

    transitions: list[TransitionAnswer]


class IssuedCommand(ApiModel):
    """What became of a request: `success` is false where the command is blocked."""

    success: bool
    message: str
    command: CommandDetail


class RefusedCommand(ApiModel):
    """A command that could not be sent, or that the safety lockout blocked; it is kept."""

    success: bool = False
    message: str
    error: str
    code: str
    command: CommandDetail


class CommandsAnswer(ApiModel):
    """A part of the history, the newest first; `nextCursor` asks for what is older, null where there is no more."""

    commands: list[CommandAnswer]
    total: int
    next_cursor: int | None
