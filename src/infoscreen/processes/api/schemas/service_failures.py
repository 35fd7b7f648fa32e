"""Services that devices gave up on."""

from infoscreen.processes.api.schemas.base import ApiModel, ApiTime, SnakeModel


class FailedClient(SnakeModel):
    """Frozen in snake_case; `service_failed_at` is the device's own time."""

    uuid: str
    description: str | None
    hostname: str | None
    ip: str | None
    group_id: int
    service_failed_at: ApiTime
    service_failed_unit: str | None
    is_alive: bool
    last_alive: ApiTime | None


class FailedClientsAnswer(SnakeModel):
    """Frozen in snake_case; the newest first."""

    service_failed_count: int
    clients: list[FailedClient]


class ClearedFailure(ApiModel):
    success: bool
    message: str
