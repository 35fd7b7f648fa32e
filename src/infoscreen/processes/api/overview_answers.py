"""The overview of all clients as plain dictionaries: a model for each of 1,000 clients would cost most of its time."""

from datetime import datetime
from typing import Any

from infoscreen.domain.health import ClientStatus
from infoscreen.processes.api.schemas.base import without_suffix
from infoscreen.services.monitoring_overview import LEVELS, ClientOverview, LogLine, OpenCommand, Overview


def overview_answer(found: Overview) -> dict[str, Any]:
    """What the overview says of the clients."""
    by_status, clients = found.by_status, found.clients
    return {
        "summary": {
            "totalClients": len(clients),
            "healthyClients": by_status[ClientStatus.HEALTHY],
            "warningClients": by_status[ClientStatus.WARNING],
            "criticalClients": by_status[ClientStatus.CRITICAL],
            "offlineClients": by_status[ClientStatus.OFFLINE],
            "errorLogs": _lines(found, "error"),
            "warnLogs": _lines(found, "warn"),
            "activePriorityScreenshots": sum(client.has_active_priority_screenshot for client in clients),
        },
        "since": without_suffix(found.since),
        "clients": [_client(client) for client in clients],
    }


def _client(client: ClientOverview) -> dict[str, Any]:
    row = client.row
    return {
        "uuid": row.uuid,
        "hostname": row.hostname,
        "description": row.description,
        "ip": row.ip,
        "model": row.model,
        "groupId": row.group_id,
        "groupName": row.group_name,
        "isAlive": client.assessment.is_alive,
        "lastAlive": _time(row.last_alive),
        "status": client.assessment.status,
        "currentEventId": row.current_event_id,
        "currentProcess": row.current_process,
        "processPid": row.process_pid,
        "processStatus": row.process_status,
        "screenHealthStatus": row.screen_health,
        "lastScreenshotAnalyzed": _time(row.screenshot_at),
        "lastScreenshotHash": row.screenshot_hash,
        "latestScreenshotType": row.screenshot_type,
        "priorityScreenshotType": row.priority_screenshot_type,
        "priorityScreenshotReceivedAt": _time(row.priority_screenshot_at),
        "hasActivePriorityScreenshot": client.has_active_priority_screenshot,
        "screenshotUrl": f"/screenshots/{row.uuid}.jpg" if row.screenshot_at else None,
        "logCounts": {level: _number(client, level) for level in LEVELS},
        "latestLog": _line(client.latest_log),
        "latestError": _line(client.latest_error),
        "mqttReconnectCount": row.mqtt_reconnect_count,
        "mqttLastDisconnectAt": _time(row.mqtt_last_disconnect_at),
        "serviceFailedAt": _time(row.service_failed_at),
        "openCommand": _command(client.open_command),
    }


def _lines(found: Overview, level: str) -> int:
    return sum(_number(client, level) for client in found.clients)


def _number(client: ClientOverview, level: str) -> int:
    logged = client.logged.get(level)
    return logged.number if logged else 0


def _line(line: LogLine | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {"id": line.id, "level": line.level, "message": line.message, "createdAt": without_suffix(line.created_at)}


def _command(command: OpenCommand | None) -> dict[str, Any] | None:
    if command is None:
        return None
    row = command.row
    return {
        "commandId": row.command_id,
        "action": row.action,
        "status": row.status,
        "issuedAt": without_suffix(row.issued_at),
        "expiresAt": without_suffix(row.expires_at),
        "overdueSince": _time(command.overdue_since),
    }


def _time(at: datetime | None) -> str | None:
    return without_suffix(at) if at else None
