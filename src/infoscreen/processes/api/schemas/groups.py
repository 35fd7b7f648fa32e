"""Room groups."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel
from pydantic_core import PydanticCustomError

from infoscreen.domain.opening_hours import week_of
from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime, Color, Id, Name, SnakeModel
from infoscreen.processes.api.schemas.clients import Description


def _opening_hours(hours: dict[str, list[str]]) -> dict[str, list[str]]:
    if week_of(hours) is None:
        raise PydanticCustomError("opening_hours_wrong", "no opening hours")
    return hours


# Ranges of the wall's clock by day, `{"mon": ["07:00-12:30", "13:15-18:00"]}`; a day that is not named is closed.
OpeningHours = Annotated[dict[str, list[str]], AfterValidator(_opening_hours)]


class NewGroup(ApiRequest):
    name: Name
    description: Description | None = None
    color: Color | None = None
    is_active: bool = True
    opening_hours: OpeningHours | None = None


class GroupChange(ApiRequest):
    name: Name = ""
    description: Description | None = None
    color: Color | None = None
    is_active: bool = True
    opening_hours: OpeningHours | None = None
    version: int | None = None


class GroupAnswer(ApiModel):
    """A group; `pausedAt` is since when nothing is shown in it until it is released, null where it is not held."""

    id: int
    name: str
    description: str | None
    color: str | None
    is_active: bool
    is_unassigned: bool
    opening_hours: dict[str, list[str]] | None
    display_order: int
    created_at: ApiTime
    paused_at: ApiTime | None
    version: int


class GroupsAnswer(ApiModel):
    groups: list[GroupAnswer]


class GroupOrder(BaseModel):
    order: list[Id]


class AliveClient(SnakeModel):
    """A client of the older endpoints."""

    uuid: str
    hostname: str | None
    ip: str | None
    description: str | None
    last_alive: ApiTime | None
    is_active: bool
    is_alive: bool


class GroupWithClients(SnakeModel):
    id: int
    name: str
    created_at: ApiTime
    is_active: bool
    clients: list[AliveClient]
