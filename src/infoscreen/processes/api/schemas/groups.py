"""Room groups."""

from typing import Any

from pydantic import BaseModel

from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime, Color, Id, Name, SnakeModel
from infoscreen.processes.api.schemas.clients import Description


class NewGroup(ApiRequest):
    name: Name
    description: Description | None = None
    color: Color | None = None
    is_active: bool = True


class GroupChange(ApiRequest):
    name: Name = ""
    description: Description | None = None
    color: Color | None = None
    is_active: bool = True
    version: int | None = None


class GroupAnswer(ApiModel):
    id: int
    name: str
    description: str | None
    color: str | None
    is_active: bool
    is_unassigned: bool
    opening_hours: dict[str, Any] | None
    display_order: int
    created_at: ApiTime
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
