"""Clients (screens)."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime, Id, SnakeModel, written

Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000), AfterValidator(written)]


class ClientChange(ApiRequest):
    description: Description | None = None
    model: Annotated[str, StringConstraints(max_length=255)] | None = None
    is_active: bool = True
    version: int | None = None


class DescriptionChange(ApiRequest):
    description: Description | None


class GroupAssignment(ApiRequest):
    client_ids: Annotated[list[str], Field(min_length=1, max_length=10_000)]
    group_id: Id


class AdministeredClient(ApiModel):
    """What is known of a client but how it is."""

    uuid: str
    hostname: str | None
    ip: str | None
    description: str | None
    type: str | None
    hardware_token: str | None
    os_version: str | None
    software_version: str | None
    macs: list[str] | None
    model: str | None
    recovery_class: str | None
    watchdog_enabled: bool | None
    boot_source: str | None
    group_id: int
    is_active: bool
    has_power_switch: bool
    created_at: ApiTime
    version: int


class ClientAnswer(AdministeredClient):
    last_alive: ApiTime | None
    is_alive: bool


class ClientsAnswer(ApiModel):
    clients: list[ClientAnswer]
    total: int


class ClientStatus(ApiModel):
    """What the Dashboard needs of one client."""

    uuid: str
    hostname: str | None
    description: str | None
    ip: str | None
    group_id: int
    is_active: bool
    has_power_switch: bool
    is_alive: bool
    last_alive: ApiTime | None
    status: Literal["offline", "critical", "warning", "healthy"]
    warnings: list[str]
    current_event_id: int | None
    expected_event_id: int | None
    process_status: str | None
    screen_health: str | None
    screen_on: bool | None
    last_frame_update: ApiTime | None
    screenshot_url: str | None
    screenshot_at: ApiTime | None


class ClientStatusesAnswer(ApiModel):
    clients: list[ClientStatus]


class ClientWithAliveStatus(SnakeModel):
    """Frozen in snake_case."""

    uuid: str
    description: str | None
    ip: str | None
    last_alive: ApiTime | None
    is_active: bool
    is_alive: bool


class CrashedClient(SnakeModel):
    """Frozen in snake_case; `crash_reason` is `process_crashed` when the process says so, else `heartbeat_stale`."""

    uuid: str
    description: str | None
    hostname: str | None
    ip: str | None
    group_id: int
    is_alive: bool
    process_status: str | None
    screen_health_status: str | None
    last_alive: ApiTime | None
    crash_reason: Literal["process_crashed", "heartbeat_stale"]


class CrashedClientsAnswer(SnakeModel):
    """Frozen in snake_case."""

    crashed_count: int
    grace_period_seconds: int
    clients: list[CrashedClient]
