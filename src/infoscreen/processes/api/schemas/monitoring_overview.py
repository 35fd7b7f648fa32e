"""The overview of all clients, a frozen shape. It documents the answer; the rows go past it, for speed."""

from typing import Literal

from infoscreen.domain.commands import Action, Status
from infoscreen.processes.api.schemas.base import ApiModel, ApiTime


class OverviewSummary(ApiModel):
    total_clients: int
    healthy_clients: int
    warning_clients: int
    critical_clients: int
    offline_clients: int
    error_logs: int
    warn_logs: int
    active_priority_screenshots: int


class LogCounts(ApiModel):
    error: int
    warn: int
    info: int
    debug: int


class LatestLog(ApiModel):
    """A log line; `createdAt` is when the server received it."""

    id: int
    level: str
    message: str
    created_at: ApiTime


class OpenCommandAnswer(ApiModel):
    """The latest command that has not come to its end."""

    command_id: str
    action: Action
    status: Status
    issued_at: ApiTime
    expires_at: ApiTime
    overdue_since: ApiTime | None


class ClientOverviewAnswer(ApiModel):
    """One client; `latestLog` is its last line however old, `latestError` and the counts are of the time asked for."""

    uuid: str
    hostname: str | None
    description: str | None
    ip: str | None
    model: str | None
    group_id: int
    group_name: str
    is_alive: bool
    last_alive: ApiTime | None
    status: Literal["offline", "critical", "warning", "healthy"]
    current_event_id: int | None
    current_process: str | None
    process_pid: int | None
    process_status: str | None
    screen_health_status: str | None
    last_screenshot_analyzed: ApiTime | None
    last_screenshot_hash: str | None
    latest_screenshot_type: str | None
    priority_screenshot_type: str | None
    priority_screenshot_received_at: ApiTime | None
    has_active_priority_screenshot: bool
    screenshot_url: str | None
    log_counts: LogCounts
    latest_log: LatestLog | None
    latest_error: LatestLog | None
    mqtt_reconnect_count: int | None
    mqtt_last_disconnect_at: ApiTime | None
    service_failed_at: ApiTime | None
    open_command: OpenCommandAnswer | None


class OverviewAnswer(ApiModel):
    """Every client by name, its log lines counted since `since`."""

    summary: OverviewSummary
    period_hours: int
    grace_period_seconds: int
    since: ApiTime
    timestamp: ApiTime
    clients: list[ClientOverviewAnswer]
