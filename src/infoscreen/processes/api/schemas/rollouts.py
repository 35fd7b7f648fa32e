"""Rollouts, as they are asked for and answered."""

from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from infoscreen.domain.commands import Action, Status
from infoscreen.domain.errors import FieldError, Invalid
from infoscreen.domain.rollout_waves import Wave
from infoscreen.domain.rollouts import Halt, Outcome, State
from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime, Id, visible
from infoscreen.processes.api.schemas.commands import CommandAnswer
from infoscreen.services.rollouts import Order

ClientIds = Annotated[list[UUID], Field(min_length=1, max_length=10_000)]
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), AfterValidator(visible)
]
# A power switch acts on one screen; see `POST /api/clients/{uuid}/power_cycle`.
BulkAction = Literal[Action.REBOOT_HOST, Action.SHUTDOWN_HOST, Action.RESTART_APP]


class WaveRequest(ApiRequest):
    """What a wave takes of the clients that are left: these, those of a group, or the next `size`."""

    client_ids: ClientIds | None = None
    group_id: Id | None = None
    size: Annotated[int, Field(ge=1, le=10_000)] | None = None

    def as_wave(self) -> Wave:
        """The wave as the rules see it; raises `Invalid`."""
        if sum(value is not None for value in (self.client_ids, self.group_id, self.size)) != 1:
            raise Invalid(waves=FieldError("wave_takes_one_kind"))
        uuids = None if self.client_ids is None else frozenset(map(str, self.client_ids))
        return Wave(uuids, self.group_id, self.size)


class BulkCommand(ApiRequest):
    """A command to the named clients or to a group's active ones, and why.

    Waves go out one after the other; who is in none is the last one. Without waves all are one wave.
    """

    client_ids: ClientIds | None = None
    group_id: Id | None = None
    action: BulkAction
    reason: Reason
    waves: Annotated[list[WaveRequest], Field(max_length=100, default_factory=list)]

    def as_order(self) -> Order:
        """What is asked for, as the use case takes it; raises `Invalid`."""
        if (self.client_ids is None) == (self.group_id is None):
            raise Invalid(clientIds=FieldError("clients_or_group"))
        return self._order()

    def _order(self) -> Order:
        return Order(
            action=Action(self.action),
            reason=self.reason,
            uuids=None if self.client_ids is None else [str(uuid) for uuid in self.client_ids],
            group_id=self.group_id,
            waves=[wave.as_wave() for wave in self.waves],
        )


class RolloutRequest(BulkCommand):
    """A command to the named clients, to a group's active ones or, with neither, to every active one.

    With `canary` the first wave is watched for seven days before a person can release the rest; a rollout to everyone
    needs that.
    """

    canary: bool = False

    def as_order(self) -> Order:
        """What is asked for, as the use case takes it; raises `Invalid`."""
        if self.client_ids is not None and self.group_id is not None:
            raise Invalid(clientIds=FieldError("clients_or_group"))
        return replace(self._order(), is_canary=self.canary)


class TallyAnswer(ApiModel):
    """How many clients have which outcome.

    `timedOut` holds those that need somebody to go there, too. `vanished` ones were deleted before there was an
    outcome; they are not among the `commands` that percentages are of.
    """

    pending: int
    open: int
    completed: int
    failed: int
    timed_out: int
    expired: int
    canceled: int
    blocked: int
    vanished: int
    commands: int
    failures: int
    failure_percent: float


class WaveAnswer(TallyAnswer):
    """One wave, numbered from 1."""

    number: int
    is_canary: bool
    state: Literal["ahead", "present", "passed"]


class CanaryAnswer(TallyAnswer):
    """How the canary group has done since it began, over every command it has been given since."""

    began_at: ApiTime
    ready_at: ApiTime
    is_ready: bool


class HaltAnswer(ApiModel):
    """Why a rollout halted by itself, as a code and in words."""

    code: Halt
    params: dict[str, Any]
    message: str


class RolloutAnswer(ApiModel):
    """A rollout with its report; `totals` counts all waves together."""

    id: int
    action: Action
    reason: str
    state: State
    state_since: ApiTime
    halt: HaltAnswer | None
    is_canary: bool
    created_by: int | None
    created_at: ApiTime
    wave: int
    waves: list[WaveAnswer]
    totals: TallyAnswer
    canary: CanaryAnswer | None


class TargetAnswer(ApiModel):
    """One client's part: what became of it, and its command, null before it has one or when it is gone."""

    client_uuid: str
    wave: int
    outcome: Outcome
    status: Status | None
    command_id: str | None
    error_code: str | None
    error_message: str | None


class RolloutDetail(RolloutAnswer):
    """A rollout with every client's part, by wave."""

    targets: list[TargetAnswer]


class RolloutsAnswer(ApiModel):
    """Rollouts, the newest first; `nextCursor` asks for older ones, null where there are none."""

    rollouts: list[RolloutAnswer]
    total: int
    next_cursor: int | None


class BulkAnswer(ApiModel):
    """The rollout, and the commands there are so far: one, or a block, for each client of the first wave."""

    success: bool = True
    message: str
    rollout: RolloutDetail
    commands: list[CommandAnswer]
