"""One reader per kind of message: from the wire's model to what the server stores of it.

They raise what their models raise; `reports.py` guards them.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from infoscreen.domain.client_state import StateChange
from infoscreen.domain.device_clocks import skew_seconds
from infoscreen.services.refusals import Reason, Unreadable
from infoscreen_wire.payloads.base import Message
from infoscreen_wire.payloads.from_device import (
    LOG_CONTEXT_LIMIT,
    LOG_MESSAGE_LIMIT,
    Dashboard,
    Discovery,
    Health,
    Heartbeat,
    LegacyScreenshot,
    Log,
    PowerState,
    ReceivedCommandAck,
    ServiceFailed,
)
from infoscreen_wire.topics import ReportKind, ReportTopic

DISCOVERY = "discovery"
TV_ERROR_LIMIT = 255

# Field of the message and column. A field that is missing, or null, tells nothing.
_Columns = tuple[tuple[str, str], ...]
_HEARTBEAT: _Columns = tuple(
    (name, name) for name in ("current_process", "process_pid", "process_status", "current_event_id", "boot_id")
)
_PROCESS_HEALTH: _Columns = (
    ("current_process", "current_process"),
    ("process_pid", "process_pid"),
    ("process_status", "process_status"),
    ("event_id", "current_event_id"),
)
_EXPECTED: _Columns = (("event_id", "expected_event_id"),)
_ACTUAL: _Columns = (("process", "current_process"), ("pid", "process_pid"), ("status", "process_status"))
_METRICS: _Columns = tuple((name, name) for name in ("screen_on", "last_frame_update", "screen_health"))
_CONNECTION: _Columns = (
    ("reconnect_count", "mqtt_reconnect_count"),
    ("last_disconnect_at", "mqtt_last_disconnect_at"),
)
_BOOT: _Columns = (("boot_id", "boot_id"),)
# Here null says something: that nothing is shown, or nothing is expected.
_NULL_TELLS = frozenset({"current_event_id", "expected_event_id"})


@dataclass(frozen=True, slots=True)
class SentPicture:
    """A picture as it came, still in base64, and why it was taken."""

    data: str
    kind: str


@dataclass(slots=True)
class Report:
    """What one message tells; a `complete` one names every fact of its kind, so that none is left to an older one."""

    uuid: str
    kind: str
    at: datetime
    change: StateChange = field(default_factory=StateChange)
    hardware: dict[str, Any] | None = None
    log: dict[str, Any] | None = None
    picture: SentPicture | None = None
    ack: ReceivedCommandAck | None = None
    failure: ServiceFailed | None = None
    complete: bool = False


def _tell(told: dict[str, Any], message: Message | None, columns: _Columns) -> bool:
    """Add what a message, or a block of it, tells of these columns; whether it names all of them."""
    if message is None:
        return False
    names_all = True
    for name, column in columns:
        value = getattr(message, name)
        if value is not None:
            told[column] = value
        elif name not in message.model_fields_set:
            names_all = False
        elif column in _NULL_TELLS:
            told[column] = None
    return names_all


def _alive(at: datetime, said: datetime | None = None) -> dict[str, Any]:
    """A sign of life, and what it tells of the device's clock."""
    return {"last_alive": at} if said is None else {"last_alive": at, "clock_skew_seconds": skew_seconds(said, at)}


def read_discovery(payload: bytes, at: datetime) -> Report:
    found = Discovery.model_validate_json(payload).model_dump(exclude_none=True)
    return Report(found.pop("uuid"), DISCOVERY, at, hardware=found)


def _heartbeat(topic: ReportTopic, payload: bytes, at: datetime) -> Report:
    heartbeat = Heartbeat.model_validate_json(payload)
    told = _alive(at, heartbeat.timestamp)
    complete = _tell(told, heartbeat, _HEARTBEAT)
    return Report(topic.uuid, topic.kind, at, cast("StateChange", told), complete=complete)


def _health(topic: ReportTopic, payload: bytes, at: datetime) -> Report:
    health = Health.model_validate_json(payload)
    told = _alive(at, health.timestamp)
    told["last_health"] = at
    complete = all(
        [
            _tell(told, health.expected_state, _EXPECTED),
            _tell(told, health.actual_state, _ACTUAL),
            _tell(told, health.health_metrics, _METRICS),
            _tell(told, health.broker_connection, _CONNECTION),
            _tell(told, health, _BOOT),
        ]
    )
    return Report(topic.uuid, topic.kind, at, cast("StateChange", told), complete=complete)


def _dashboard(topic: ReportTopic, payload: bytes, at: datetime) -> Report:
    dashboard = Dashboard.model_validate_json(payload)
    _must_be_own(topic, dashboard.message.client_id)
    sent = dashboard.content.screenshot
    picture = SentPicture(sent.data, dashboard.metadata.capture.type) if sent else None
    told = _alive(at)
    _tell(told, dashboard.runtime.process_health, _PROCESS_HEALTH)
    return Report(topic.uuid, topic.kind, at, cast("StateChange", told), picture=picture)


def _screenshot(topic: ReportTopic, payload: bytes, at: datetime) -> Report:
    sent = LegacyScreenshot.model_validate_json(payload)
    picture = SentPicture(sent.data, sent.screenshot_type)
    return Report(topic.uuid, topic.kind, at, StateChange(last_alive=at), picture=picture)


def _log(topic: ReportTopic, payload: bytes, at: datetime) -> Report:
    line = Log.model_validate_json(payload)
    columns = {
        "client_uuid": topic.uuid,
        "level": topic.kind.removeprefix("logs/"),
        "message": line.message[:LOG_MESSAGE_LIMIT],
        "context": _storable(line.context),
        "device_time": line.timestamp,
        "created_at": at,
    }
    return Report(topic.uuid, topic.kind, at, log=columns)


def _storable(context: dict[str, Any]) -> dict[str, Any]:
    """The context within its limit in bytes; NaN and infinity, which no JSON column takes, become null."""
    text = json.dumps(context)
    if len(text) > LOG_CONTEXT_LIMIT:
        return {"truncated": _start_of(text)}
    return cast("dict[str, Any]", json.loads(text, parse_constant=lambda _constant: None))


def _start_of(text: str) -> str:
    # Quotes and backslashes of the text are escaped once more when it is stored: half the limit holds them all.
    return text[: LOG_CONTEXT_LIMIT // 2 - len('{"truncated": ""}')]


def _command_ack(topic: ReportTopic, payload: bytes, at: datetime) -> Report:
    return Report(topic.uuid, topic.kind, at, ack=ReceivedCommandAck.model_validate_json(payload))


def _service_failed(topic: ReportTopic, payload: bytes, at: datetime) -> Report:
    if not payload:  # a clear in transit
        return Report(topic.uuid, topic.kind, at)
    failure = ServiceFailed.model_validate_json(payload)
    _must_be_own(topic, failure.client_uuid)
    return Report(topic.uuid, topic.kind, at, failure=failure)


def _power_state(topic: ReportTopic, payload: bytes, at: datetime) -> Report:
    told = PowerState.model_validate_json(payload)
    _must_be_own(topic, told.client_uuid)
    change: StateChange = {
        "tv_state": told.observed_state,
        "tv_method": told.method,
        "tv_result": told.result,
        "tv_error": told.error and told.error[:TV_ERROR_LIMIT],
        "tv_intent_id": told.intent_id,
        "tv_reported_at": at,
    }
    return Report(topic.uuid, topic.kind, at, change)


def _must_be_own(topic: ReportTopic, uuid: str) -> None:
    if uuid != topic.uuid:
        raise Unreadable(Reason.ANOTHER_CLIENT)


READERS: dict[ReportKind, Callable[[ReportTopic, bytes, datetime], Report]] = {
    ReportKind.HEARTBEAT: _heartbeat,
    ReportKind.HEALTH: _health,
    ReportKind.LOG_ERROR: _log,
    ReportKind.LOG_WARN: _log,
    ReportKind.LOG_INFO: _log,
    ReportKind.DASHBOARD: _dashboard,
    ReportKind.SCREENSHOT: _screenshot,
    ReportKind.COMMAND_ACK: _command_ack,
    ReportKind.COMMAND_ACK_ALIAS: _command_ack,
    ReportKind.SERVICE_FAILED: _service_failed,
    ReportKind.POWER_STATE: _power_state,
}
