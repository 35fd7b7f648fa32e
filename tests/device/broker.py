"""A real Mosquitto, and the product's side of it as played by a test."""

import contextlib
import getpass
import json
import socket
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from device.samples import UUID
from infoscreen_wire import topics
from infoscreen_wire.payloads.base import to_z
from waiting import eventually

MOSQUITTO = "/usr/sbin/mosquitto"


@dataclass
class Mosquitto:
    """Debian's broker on a free port; it remembers nothing over a restart. `settings` say who may come in and how."""

    directory: Path
    port: int
    settings: str = "allow_anonymous true"
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        config = self.directory / "mosquitto.conf"
        # Started by root it would become another user, who may not read the test's files.
        user = getpass.getuser()
        config.write_text(f"user {user}\nlistener {self.port} 127.0.0.1\n{self.settings}\npersistence false\n")
        self.process = subprocess.Popen([MOSQUITTO, "-c", str(config)], stderr=subprocess.DEVNULL)
        eventually(self._answers)

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False


@dataclass
class Server:
    """The product's side of the broker, played by the test: hears every device and publishes what it is told.

    With `answers` it answers each announcement as the product does, and with the command in `send_again`, if any.
    """

    port: int
    answers: bool = False
    heard: list[MQTTMessage] = field(default_factory=list)
    send_again: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __enter__(self) -> "Server":
        self._paho = Client(CallbackAPIVersion.VERSION2)
        self._paho.on_connect = lambda client, *_: client.subscribe([("infoscreen/#", 1), ("$SYS/broker/uptime", 0)])
        self._paho.on_message = self._on_message
        self._paho.reconnect_delay_set(1, 1)
        self._paho.connect("127.0.0.1", self.port)
        self._paho.loop_start()
        eventually(lambda: self.on("$SYS/broker/uptime"))
        return self

    def __exit__(self, *_: object) -> None:
        self._paho.disconnect()
        self._paho.loop_stop()

    @property
    def is_connected(self) -> bool:
        return self._paho.is_connected()

    def _on_message(self, client: Client, _userdata: object, message: MQTTMessage) -> None:
        self.heard.append(message)
        if self.answers and message.topic == topics.DISCOVERY:
            uuid = json.loads(message.payload)["uuid"]
            client.publish(topics.discovery_ack(uuid), json.dumps({"server_time": to_z(datetime.now(UTC))}), qos=1)
            if uuid in self.send_again:
                client.publish(topics.commands(uuid), json.dumps(self.send_again[uuid]), qos=1)

    def publish(self, topic: str, payload: object, *, retain: bool = False) -> None:
        content = payload if isinstance(payload, str | bytes) else json.dumps(payload)
        self._paho.publish(topic, content, qos=1, retain=retain).wait_for_publish(5)

    def on(self, topic: str) -> list[bytes]:
        return [bytes(message.payload) for message in self.heard if message.topic == topic]

    def reports(self, kind: topics.ReportKind, uuid: str = UUID) -> list[dict[str, Any]]:
        return [json.loads(payload) for payload in self.on(topics.report(uuid, kind))]

    def acknowledge(self, uuid: str = UUID, now: datetime | None = None) -> None:
        """Answer a device's announcement, which tells it the time."""
        ack = {"status": "ok", "server_time": to_z(now or datetime.now(UTC))}
        self.publish(topics.discovery_ack(uuid), ack)

    def command(self, command: dict[str, Any], legacy: bool = False) -> None:
        """Send a command as the product does: on the canonical topic, its alias and, if asked to, the oldest one."""
        uuid = command["client_uuid"]
        self.publish(topics.commands(uuid), command)
        self.publish(topics.commands_alias(uuid), command)
        if legacy:
            self.publish(topics.legacy_restart(uuid), {"action": "restart"})

    def steps(self, command: dict[str, Any], kind: topics.ReportKind = topics.ReportKind.COMMAND_ACK) -> list[str]:
        """What was acknowledged about a command on one of the topics, without what was only sent again."""
        acks = self.reports(kind, command["client_uuid"])
        return list(dict.fromkeys(each["status"] for each in acks if each["command_id"] == command["command_id"]))

    def put_into_group(self, group: int) -> None:
        self.publish(topics.group_id(UUID), str(group), retain=True)

    def publish_events(self, group: int, events: object) -> None:
        self.publish(topics.events(group), events, retain=True)

    def captures(self) -> list[tuple[str, int | None]]:
        """Type of capture and event id of each screenshot so far."""
        return [
            (each["metadata"]["capture"]["type"], each["runtime"]["process_health"]["event_id"])
            for each in self.reports(topics.ReportKind.DASHBOARD)
        ]
