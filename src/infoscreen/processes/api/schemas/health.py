"""Whether the system works."""

from typing import Literal

from infoscreen.processes.api.schemas.base import ApiModel


class HealthAnswer(ApiModel):
    status: Literal["ok", "failing"]
    failing: list[Literal["database", "broker", "queue", "scheduler"]]
