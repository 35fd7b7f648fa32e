"""The whole system as a school runs it: `infoscreen up` on free ports, with real devices' accounts."""

import json
import os
import signal
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from paho.mqtt.client import Client, ConnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.reasoncodes import ReasonCode

from ports import free_port
from waiting import eventually

USERNAME = "superadmin"
PASSWORD = "a password of the tests"
START_SECONDS = 90


class Device:
    """A device's connection: keeps what it was sent, by topic."""

    def __init__(self, account: dict[str, Any]) -> None:
        self.account = account
        self.received: dict[str, list[bytes]] = {}
        self.connections = 0
        self._connected = threading.Event()
        self.client = Client(CallbackAPIVersion.VERSION2, account["username"], protocol=MQTTProtocolVersion.MQTTv311)
        self.client.username_pw_set(account["username"], account["password"])
        if account["tls"]:
            self.client.tls_set_context(ssl.create_default_context(cadata=account["caCertificate"]))
        self.client.on_connect = self._on_connect
        self.client.on_message = self._on_message
        self.client.reconnect_delay_set(1, 1)

    def __enter__(self) -> "Device":
        self.client.connect_async("127.0.0.1", self.account["port"])
        self.client.loop_start()
        assert self._connected.wait(10)
        return self

    def __exit__(self, *_error: object) -> None:
        self.client.disconnect()
        self.client.loop_stop()

    def last(self, topic: str) -> Any:
        """The newest message of a topic, read as JSON; None before the first."""
        messages = self.received.get(topic)
        return json.loads(messages[-1]) if messages else None

    def _on_connect(
        self, _client: Client, _userdata: object, _flags: ConnectFlags, reason: ReasonCode, _properties: object
    ) -> None:
        if not reason.is_failure:  # a new account is refused until the broker has it
            self.connections += 1
            self._connected.set()

    def _on_message(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        self.received.setdefault(message.topic, []).append(bytes(message.payload))


class System:
    """A running installation and a person who is logged in to it."""

    def __init__(self, data_dir: Path, *options: str, environment: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir
        self.http_port, self.mqtt_port = free_port(), free_port()
        self.base_url = f"http://127.0.0.1:{self.http_port}"
        self.http = httpx.Client(base_url=self.base_url, timeout=30)
        self._options = options
        self._environment = {
            "DEFAULT_SUPERADMIN_USERNAME": USERNAME,
            "DEFAULT_SUPERADMIN_PASSWORD": PASSWORD,
            **(environment or {}),
        }
        self._log = data_dir.with_suffix(".log")
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        program = Path(sys.executable).with_name("infoscreen")
        ports = ["--http-port", str(self.http_port), "--mqtt-port", str(self.mqtt_port)]
        with self._log.open("ab") as log:
            self._child = subprocess.Popen(
                [program, "up", "--data-dir", str(self.data_dir), *ports, *self._options],
                env=os.environ | self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        eventually(self._is_ready, timeout=START_SECONDS)

    def stop(self) -> int:
        """End it in good order; returns the exit code."""
        assert self._child
        self._child.terminate()
        try:
            return self._child.wait(30)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)

    def kill(self) -> None:
        """Kill what was started, and nothing else."""
        assert self._child
        self._child.kill()
        self._child.wait()

    @property
    def pid(self) -> int:
        """Of the process that was started."""
        assert self._child
        return self._child.pid

    def children(self) -> dict[str, int]:
        """The processes that run now: name → process id."""
        assert self._child
        listed = Path(f"/proc/{self._child.pid}/task/{self._child.pid}/children").read_text().split()
        return {name: int(pid) for pid in listed if (name := _name_of(pid))}

    def start_again(self) -> None:
        """Start what has died: `up` does so by itself."""

    def log_in(self) -> httpx.Client:
        """A client with the superadmin's session."""
        answer = self.http.post("/api/auth/login", json={"username": USERNAME, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return self.http

    def log(self) -> str:
        """Everything the processes have logged."""
        return self._log.read_text("utf-8", errors="replace")

    def make_group(self, name: str) -> int:
        group_id: int = self.http.post("/api/groups", json={"name": name}).raise_for_status().json()["id"]
        return group_id

    @contextmanager
    def device(self, uuid: str, group_id: int) -> Iterator[Device]:
        """A connected device with an account of its own, in a group, that follows the group's list."""
        account = self.http.post(f"/api/clients/{uuid}/broker-account").raise_for_status().json()
        self.http.put("/api/clients/group", json={"clientIds": [uuid], "groupId": group_id}).raise_for_status()
        with Device(account) as device:
            own = f"infoscreen/{uuid}/group_id"
            device.client.subscribe(own, 1)
            eventually(lambda: device.received.get(own, [b""])[-1] == str(group_id).encode())
            device.client.subscribe(f"infoscreen/events/{group_id}", 1)
            yield device

    def _is_ready(self) -> bool:
        assert self._child
        assert self._child.poll() is None, self.log()
        return self.answers_well()

    def answers_well(self) -> bool:
        """Whether it says that it is well."""
        with suppress(httpx.HTTPError):
            return self.http.get("/health").status_code == 200
        return False


def _name_of(pid: str) -> str | None:
    """`api` of `infoscreen api`; None for a process that has just begun or ended, or is not ours."""
    with suppress(OSError):
        title = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0].decode()
        program, _, name = title.partition(" ")
        return name if program == "infoscreen" and name else None
    return None


@contextmanager
def running(directory: Path, *options: str) -> Iterator[System]:
    """A running installation with a person logged in."""
    system = System(directory / "data", *options)
    system.start()
    system.log_in()
    try:
        yield system
    finally:
        system.stop()


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A running installation without demo data, one for the tests of a file."""
    with running(tmp_path_factory.mktemp("system")) as system:
        yield system


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The demo school with its virtual devices, one for the tests of a file."""
    with running(tmp_path_factory.mktemp("demo"), "--demo") as system:
        yield system
