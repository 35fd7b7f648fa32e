"""Emergency messages, as they are asked for and answered."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from infoscreen.domain.broadcasts import LONGEST, ScreenStatus, Severity
from infoscreen.domain.errors import FieldError, Invalid
from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime, Id, visible
from infoscreen.services.broadcasts import Order

# As long as a wall screen can show it to somebody who walks by.
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000), AfterValidator(visible)]
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), AfterValidator(visible)
]
MOST_MINUTES = int(LONGEST.total_seconds()) // 60


class NewBroadcast(ApiRequest):
    """A message for some groups, or with `all` for the whole school; it begins at once and lasts for `minutes`.

    The text is plain: what looks like markup is shown as it is typed. `drill` marks an exercise, on the screens too.
    """

    message: Text
    severity: Severity = Severity.WARNING
    group_ids: Annotated[list[Id], Field(min_length=1, max_length=10_000)] | None = None
    all: bool = False
    minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES)]
    reason: Reason | None = None
    drill: bool = False

    def as_order(self) -> Order:
        """What is asked for, as the use case takes it; raises `Invalid`."""
        if self.all == (self.group_ids is not None):
            raise Invalid(groupIds=FieldError("groups_or_all"))
        return Order(self.message, self.severity, self.minutes, self.group_ids, self.reason, self.drill)


class RollCallCounts(ApiModel):
    """How many screens have which status: now, or as it was at the end.

    `everShown` counts those that were known to show the message at some time.
    """

    shown: int
    preparing: int
    tv_off: int
    offline: int
    overruled: int
    total: int
    ever_shown: int


class BroadcastAnswer(ApiModel):
    """A message. `eventId` is the number that devices report while they show it; `endedAt` is null unless it is over.

    `endedBy` is null where it ended by itself. `groupIds` are the groups that it was meant for, all of now with `all`.
    """

    id: int
    event_id: int
    title: str
    message: str
    severity: Severity
    drill: bool
    all: bool
    group_ids: list[int]
    reason: str | None
    started_at: ApiTime
    ends_at: ApiTime
    ended_at: ApiTime | None
    ended_by: int | None
    created_by: int | None
    created_by_name: str | None
    is_running: bool
    counts: RollCallCounts


class RollCallScreen(ApiModel):
    """One screen's line; `shownAt` is when it was first known to show the message.

    `shown`: it says so, and its TV does not say that it is off. `preparing`: it is there and does not say so yet.
    `tv_off`: it says so, and its TV is off. `offline`: it has been silent. `overruled`: another message comes first.
    """

    uuid: str
    name: str
    group_id: int
    status: ScreenStatus
    shown_at: ApiTime | None
    last_alive: ApiTime | None


class BroadcastDetail(BroadcastAnswer):
    """A message with its roll-call.

    `unreached` is how many active screens are in *Nicht zugeordnet*, where nothing is ever shown; `tellsTvs` is whether
    this installation turns TVs on at all.
    """

    screens: list[RollCallScreen]
    unreached: int
    tells_tvs: bool


class BroadcastsAnswer(ApiModel):
    """Messages, the newest first; `nextCursor` asks for older ones, null where there are none."""

    broadcasts: list[BroadcastAnswer]
    total: int
    next_cursor: int | None
