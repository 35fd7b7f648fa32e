"""A thousand devices over one connection, each at its real rates.

Health every 5 s, a heartbeat every 65 s, a picture every minute and a line of its log every minute; the lines need
confirmation.
"""

import base64
import json
import time
from datetime import UTC, datetime
from io import BytesIO

from flood import HOST, health, uuid
from paho.mqtt.client import Client as Paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from PIL import Image

from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind, qos_of

DEVICES = 1_000
EVERY_SECONDS = {ReportKind.HEALTH: 5, ReportKind.HEARTBEAT: 65, ReportKind.DASHBOARD: 60, ReportKind.LOG_ERROR: 60}
TURN_SECONDS = 0.02


def picture() -> str:
    content = BytesIO()
    Image.effect_noise((640, 360), 40).convert("RGB").save(content, "JPEG", quality=60)
    return base64.b64encode(content.getvalue()).decode()


class Devices:
    """A thousand devices over one connection."""

    def __init__(self, port: int) -> None:
        self.client = Paho(CallbackAPIVersion.VERSION2, "devices", protocol=MQTTProtocolVersion.MQTTv311)
        self.client.max_inflight_messages_set(1_000)
        self.client.connect(HOST, port)
        self.client.loop_start()
        self.sent = self.lines = 0
        self._picture = picture()

    def run(self, seconds: float) -> None:
        begun, turn = time.monotonic(), 0.0
        while turn < seconds:
            until = time.monotonic() - begun
            for kind, every in EVERY_SECONDS.items():
                first, last = int(turn * DEVICES / every), int(until * DEVICES / every)
                for number in range(first, last):
                    self._send(uuid(number % DEVICES), kind)
            turn = until
            time.sleep(TURN_SECONDS)

    def _send(self, device: str, kind: ReportKind) -> None:
        self.client.publish(topics.report(device, kind), self._payload(device, kind), qos_of(kind))
        self.sent += 1
        if qos_of(kind):
            self.lines += 1

    def _payload(self, device: str, kind: ReportKind) -> bytes:
        now = datetime.now(UTC).isoformat()
        if kind is ReportKind.HEALTH:
            return health(self.sent % 30_000)
        if kind is ReportKind.HEARTBEAT:
            return json.dumps({"timestamp": now, "process_status": "running", "current_event_id": 42}).encode()
        if kind is ReportKind.LOG_ERROR:
            return json.dumps({"timestamp": now, "message": f"line {self.lines}", "context": {"of": device}}).encode()
        return json.dumps(
            {
                "message": {"client_id": device, "status": "alive"},
                "content": {"screenshot": {"filename": "a.jpg", "data": self._picture, "timestamp": now}},
                "runtime": {"process_health": {"event_id": 42, "process_status": "running"}},
                "metadata": {"schema_version": "2.0", "capture": {"type": "periodic"}},
            }
        ).encode()
