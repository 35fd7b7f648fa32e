"""What screens log."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from infoscreen.processes.api.schemas.base import ApiModel, ApiTime


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


# Older scripts write the level in capitals.
LogLevel = Annotated[Literal["error", "warn", "info", "debug"], BeforeValidator(_lower)]


class LogLineAnswer(ApiModel):
    """One line; `createdAt` is when the server had it, `deviceTime` what the device said.

    A line with `leftOut` above 0 is the server's own: so many lines of that minute were left out of a flood.
    """

    id: int
    client_uuid: str
    description: str | None
    hostname: str | None
    level: str
    message: str
    context: dict[str, Any]
    device_time: ApiTime | None
    created_at: ApiTime
    left_out: int


class LogLinesAnswer(ApiModel):
    """The newest first; `nextCursor` asks for what is older, null where there is no more."""

    logs: list[LogLineAnswer]
    next_cursor: int | None


class RecentErrorsAnswer(ApiModel):
    """The newest first."""

    errors: list[LogLineAnswer]
    period_hours: int


class LevelCounts(ApiModel):
    """How many lines of each level there are."""

    error: int = 0
    warn: int = 0
    info: int = 0
    debug: int = 0


class ClientSummary(ApiModel):
    uuid: str
    description: str | None
    hostname: str | None
    log_counts: LevelCounts


class LogSummaryAnswer(ApiModel):
    """Every client by name, those without a line included."""

    summary: list[ClientSummary]
    period_hours: int
    since: ApiTime
    timestamp: ApiTime


class LogTestAnswer(ApiModel):
    """That log lines arrive: counts, and nothing of what they say."""

    success: bool = True
    period_hours: int
    log_counts: LevelCounts
    total: int
