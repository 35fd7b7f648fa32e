"""The overview of all clients as plain dictionaries: a model for each of 1,000 clients would cost most of its time.

Times are left to orjson, which writes one without a zone as the API does.
"""

from datetime import datetime
from typing import Any

from infoscreen.domain.health import ClientStatus
from infoscreen.services.monitoring_overview import ClientOverview, LogLine, OpenCommand, Overview


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
            "errorLogs": sum(client.logged.error for client in clients),
            "warnLogs": sum(client.logged.warn for client in clients),
            "activePriorityScreenshots": sum(client.has_active_priority_screenshot for client in clients),
        },
        "since": _time(found.since),
        "clients": [_client(client) for client in clients],
    }


def _client(client: ClientOverview) -> dict[str, Any]:
    row, logged = client.row, client.logged
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
        "logCounts": {"error": logged.error, "warn": logged.warn, "info": logged.info, "debug": logged.debug},
        "latestLog": _line(client.latest_log),
        "latestError": _line(client.latest_error),
        "mqttReconnectCount": row.mqtt_reconnect_count,
        "mqttLastDisconnectAt": _time(row.mqtt_last_disconnect_at),
        "serviceFailedAt": _time(row.service_failed_at),
        "openCommand": _command(client.open_command),
    }


def _line(line: LogLine | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {"id": line.id, "level": line.level, "message": line.message, "createdAt": _time(line.created_at)}


def _command(command: OpenCommand | None) -> dict[str, Any] | None:
    if command is None:
        return None
    row = command.row
    return {
        "commandId": row.command_id,
        "action": row.action,
        "status": row.status,
        "issuedAt": _time(row.issued_at),
        "expiresAt": _time(row.expires_at),
        "overdueSince": _time(command.overdue_since),
    }


def _time(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=None) if at else None
