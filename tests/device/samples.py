"""A device and events as the tests need them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from infoscreen_device.config import Account, Broker, DeviceConfig, Hardware, Intervals
from infoscreen_wire.payloads.base import to_z
from infoscreen_wire.payloads.to_device import PublishedEvent, occurrence_id

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"


def device_config(port: int = 1883, **changes: Any) -> DeviceConfig:
    settings: dict[str, Any] = {
        "account": Account(
            UUID, "infoscreen-client-9b8d1856", "secret", Broker("127.0.0.1", port), "the-token", "127.0.0.1"
        ),
        "hardware": Hardware("pi-aula-1", "10.0.3.17", "Raspberry Pi 5", "Aula links"),
        "intervals": Intervals(heartbeat=0.3, health=0.2, screenshot=30),
    }
    return DeviceConfig(**{**settings, **changes})


def wire_event(
    number: int = 1, start: datetime | None = None, minutes: float = 30, group: int = 12, **blocks: Any
) -> dict[str, Any]:
    """A published event as it is on the wire; without a block a message, without a start due now."""
    begin = start or datetime.now(UTC) - timedelta(minutes=1)
    content = blocks or {"message": {"type": "html", "content": "<p>Heute schulfrei</p>"}}
    return {
        "id": number,
        "occurrence_id": occurrence_id(number, begin),
        "title": f"Termin {number}",
        "start": to_z(begin),
        "end": to_z(begin + timedelta(minutes=minutes)),
        "group_id": group,
        "event_type": next(iter(content)),
        "recurrence_rule": None,
        "recurrence_end": None,
        **content,
    }


def event(*args: Any, **blocks: Any) -> PublishedEvent:
    return PublishedEvent.model_validate(wire_event(*args, **blocks))


def slideshow(*files: dict[str, Any], interval: int = 10, **changes: Any) -> dict[str, Any]:
    flags = {"auto_advance": True, "page_progress": True, "auto_progress": True}
    return {"type": "slideshow", "files": list(files), "slide_interval": interval, **flags, **changes}


def power_intent(
    desired_state: str = "off", *, group: int = 12, uuid: str | None = None, expires_in: float = 300
) -> bytes:
    """An intent as it is on the wire: for a group, or with `uuid` for one device; valid for so many seconds."""
    now = datetime.now(UTC)
    reason = "active_event" if desired_state == "on" else "no_active_event"
    told = {
        "schema_version": "1.0",
        "intent_id": str(uuid4()),
        "desired_state": desired_state,
        "issued_at": to_z(now - timedelta(minutes=1)),
        "expires_at": to_z(now + timedelta(seconds=expires_in)),
        "poll_interval_sec": 15,
        "active_event_ids": [],
        "event_window_start": None,
        "event_window_end": None,
    }
    whose = {"client_uuid": uuid, "reason": "operator_override"} if uuid else {"group_id": group, "reason": reason}
    return json.dumps(told | whose).encode()


def wire_command(number: int = 1, issued_at: datetime | None = None, **changes: Any) -> dict[str, Any]:
    """A command as it is on the wire, a reboot for this device; it lives for 240 s from now, or from `issued_at`."""
    issued = issued_at or datetime.now(UTC)
    command = {
        "schema_version": "1.0",
        "command_id": f"{number:08x}-7e85-44fb-8f38-3f5d5da5e2e4",
        "client_uuid": UUID,
        "action": "reboot_host",
        "issued_at": to_z(issued),
        "expires_at": to_z(issued + timedelta(seconds=240)),
        "requested_by": 1,
        "reason": None,
    }
    return command | changes
