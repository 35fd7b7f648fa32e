"""Commands over a real broker: API processes with accounts of their own, a listener, passes, and devices that obey."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from brokers import HOST, Installation
from commanding import PASSWORD, CommandedSchool
from infoscreen.bootstrap import App, build_app
from infoscreen.broker_bootstrap import connect
from infoscreen.config import Config, load_config
from infoscreen.processes.clock import utc_now
from infoscreen.processes.passes import running_passes
from infoscreen.services import server_accounts
from infoscreen_wire import topics
from infoscreen_wire.access import Actor
from infoscreen_wire.topics import ReportKind
from listener_processes import listening
from ports import free_port
from waiting import eventually

STARTS_WITHIN = 60.0


class ObedientDevice:
    """Executes each command once, however often and on however many topics it comes, and acknowledges every step."""

    def __init__(self, site: "CommandSite", uuid: str) -> None:
        self.uuid = uuid
        self.executed: list[str] = []
        self._is_subscribed = threading.Event()
        username, password = site.devices[uuid]
        self._client = Client(CallbackAPIVersion.VERSION2, username, protocol=MQTTProtocolVersion.MQTTv311)
        self._client.username_pw_set(username, password)
        self._client.on_connect = self._on_connect
        self._client.on_subscribe = lambda *_: self._is_subscribed.set()
        self._client.on_message = self._on_message
        self._client.connect(HOST, site.broker.port)
        self._client.loop_start()
        assert self._is_subscribed.wait(10)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _on_connect(self, client: Client, *_details: object) -> None:
        client.subscribe([(topics.commands(self.uuid), 1), (topics.commands_alias(self.uuid), 1)])

    def _on_message(self, client: Client, _userdata: object, message: MQTTMessage) -> None:
        command_id = json.loads(message.payload)["command_id"]
        if command_id in self.executed:
            return
        self.executed.append(command_id)
        for status in ("accepted", "execution_started", "completed"):
            ack = {"command_id": command_id, "status": status, "error_code": None, "error_message": None}
            for kind in (ReportKind.COMMAND_ACK, ReportKind.COMMAND_ACK_ALIAS):
                client.publish(topics.report(self.uuid, kind), json.dumps(ack), 1)


@dataclass
class ApiProcess:
    """One API process and a person who is logged in to it; `http` speaks to it."""

    process: subprocess.Popen[bytes]
    base_url: str
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.base_url, timeout=60)

    def restart(self, uuid: str, path: str = "restart") -> httpx.Response:
        return self.http.post(f"/api/clients/{uuid}/{path}")

    def log_in(self) -> None:
        login = {"username": "hausmeister", "password": PASSWORD}
        self.http.post("/api/auth/login", json=login).raise_for_status()

    def is_ready(self) -> bool:
        assert self.process.poll() is None
        with suppress(httpx.HTTPError):
            failing: list[str] = self.http.get("/health", timeout=5).json()["failing"]
            return failing in ([], ["scheduler"])  # of which there need not be one
        return False


class CommandSite:
    """A school's database, and a broker that knows its devices and as many API processes as a test needs."""

    def __init__(self, broker: Installation, school: CommandedSchool, directory: Path) -> None:
        self.broker = broker
        self.school = school
        self.clock_file = directory / "clock"
        self.clock_file.write_text("")
        self.devices: dict[str, tuple[str, str]] = {}
        self.database_url = school.app.engine.url.render_as_string(hide_password=False)

    def config(self, **given: object) -> Config:
        return load_config(
            data_dir=self.broker.app.config.data_dir,
            mqtt_broker_port=self.broker.port,
            db_conn=self.database_url,
            **given,
        )

    def stop_clock_at(self, instant: datetime) -> None:
        """From now on it is this instant for the API processes."""
        written = self.clock_file.with_suffix(".new")
        written.write_text(instant.isoformat())
        written.rename(self.clock_file)

    def add_devices(self, *uuids: str) -> None:
        """Let devices in; one that is known is let in by the account that it has."""
        for uuid in uuids:
            credentials = self.broker.add_device(uuid)
            self.devices[uuid] = (credentials.username, credentials.password)
        last = self.devices[uuids[-1]]
        eventually(lambda: self.broker.can_connect(*last), 30)

    def api_account(self, number: int) -> dict[str, str]:
        """The environment in which an API process of this number finds its account."""
        username = f"infoscreen-server-api-{number}"
        with self.broker.app.work() as work:
            known = {account.username for account in server_accounts.all_accounts(work)}
            renew = username in known
            password = (
                server_accounts.renew_account(work, username)
                if renew
                else server_accounts.add_account(work, username, None)
            )
        eventually(lambda: self.broker.can_connect(username, password), 30)
        return {"MQTT_USER": username, "MQTT_PASSWORD": password}

    def start_api(self, number: int, **environment: str) -> ApiProcess:
        """Start an API process; it is not ready yet."""
        port = free_port()
        script = Path(__file__).with_name("clocked_api.py")
        data_dir = str(self.broker.app.config.data_dir)
        places = [data_dir, str(self.broker.port), self.database_url, str(port), str(self.clock_file)]
        process = subprocess.Popen(
            [sys.executable, str(script), *places], env=os.environ | self.api_account(number) | environment
        )
        return ApiProcess(process, f"http://{HOST}:{port}")

    @contextmanager
    def apis(self, *environments: dict[str, str]) -> Iterator[list[ApiProcess]]:
        """API processes, ready, each with a person logged in."""
        started = [self.start_api(number, **each) for number, each in enumerate(environments, 11)]
        try:
            for each in started:
                eventually(each.is_ready, STARTS_WITHIN)
                each.log_in()
            yield started
        finally:
            for each in started:
                each.process.kill()
                each.process.wait()

    @contextmanager
    def listener(self) -> Iterator[None]:
        """A listener at work."""
        with listening(self.config(), utc_now) as intake:
            eventually(lambda: intake.is_connected)
            yield

    @contextmanager
    def passes(self) -> Iterator[App]:
        """The scheduler process's passes at work."""
        connection = connect(self.config(), Actor.SCHEDULER, 1)
        app = build_app(self.config(), utc_now, connection)
        eventually(lambda: connection.is_connected)
        try:
            with running_passes(app, threading.Event()):
                yield app
        finally:
            connection.stop()
            app.engine.dispose()


def beginning() -> datetime:
    """Now, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)
