"""The product's broker on a free port, private or a service, and connections to it that remember what they are sent."""

import os
import pwd
import re
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from applications import configuration
from infoscreen.bootstrap import App, build_app
from infoscreen.broker_bootstrap import KeptBroker, kept_broker
from infoscreen.config import Config
from infoscreen.db.broker_accounts import want_sync
from infoscreen.db.clients import Client as Screen
from infoscreen.db.groups import Group
from infoscreen.domain.broker_accounts import SERVER_USERNAMES
from infoscreen.processes import broker as process
from infoscreen.processes.clock import utc_now
from infoscreen.services import broker_accounts, server_accounts
from infoscreen.services.broker_accounts import Credentials
from ports import free_port
from waiting import eventually

HOST = "127.0.0.1"
DEPLOYED = Path(__file__).parents[1] / "deploy" / "mosquitto"
# The two ways to run a broker.
PRIVATE, SERVICE = "private", "service"
# Nothing is ever published here: asking for it only brings an answer, and that comes after all that was sent before.
NOTHING = "test/nothing"
# Until its session is back, a broker that was just started is not reloaded.
LISTENER = "infoscreen-server-listener-1"


class Peer:
    """One connection, as a device (MQTT 3.1.1) or a server process (5) has it."""

    def __init__(
        self,
        port: int,
        username: str | None,
        password: str | None,
        *,
        client_id: str = "",
        version: MQTTProtocolVersion = MQTTProtocolVersion.MQTTv311,
        will: tuple[str, str] | None = None,
        retain_will: bool = False,
        kept_for: int = 0,
    ) -> None:
        self.received: list[MQTTMessage] = []
        self.disconnects = 0
        self.is_refused: bool | None = None
        self._acknowledged: set[int] = set()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id, protocol=version, reconnect_on_failure=False)
        if username is not None:
            self._client.username_pw_set(username, password)
        if will:
            self._client.will_set(will[0], will[1], qos=1, retain=retain_will)
        self._client.on_connect = self._connected
        self._client.on_disconnect = self._disconnected
        self._client.on_message = lambda _client, _userdata, message: self.received.append(message)
        self._client.on_subscribe = lambda _client, _userdata, mid, _reasons, _properties: self._acknowledged.add(mid)
        if kept_for:
            kept: Any = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
            kept.SessionExpiryInterval = kept_for
            self._client.connect(HOST, port, clean_start=False, properties=kept)
        else:
            self._client.connect(HOST, port)
        self._client.loop_start()
        eventually(lambda: self.is_refused is not None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_connected(self) -> bool:
        return self._client.is_connected()

    def subscribe(self, *filters: str, qos: int = 0) -> None:
        """Subscribe and wait for the answer."""
        _, mid = self._client.subscribe([(each, qos) for each in filters])
        assert mid is not None
        eventually(lambda: mid in self._acknowledged)

    def hear_out(self) -> None:
        """Wait until everything that is on its way has come: the answer to a question asked now comes after it."""
        self.subscribe(NOTHING)

    def publish(self, *messages: tuple[str, str], retain: bool = False) -> None:
        """Publish at QoS 1 and wait until the broker has confirmed, and so routed, every message."""
        sent = [self._client.publish(topic, payload, 1, retain) for topic, payload in messages]
        for each in sent:
            each.wait_for_publish(10)

    def send(self, topic: str, payload: str) -> None:
        """Publish at QoS 0, as what may be lost."""
        self._client.publish(topic, payload, 0)

    def payloads(self, topic: str) -> list[str]:
        return [message.payload.decode() for message in self.received if message.topic == topic]

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def vanish(self) -> None:
        """End without a farewell, so that the broker publishes the will."""
        cast("socket.socket", self._client.socket()).shutdown(socket.SHUT_RDWR)
        eventually(lambda: self.disconnects)
        self._client.loop_stop()

    def _connected(self, _client: Client, _userdata: Any, _flags: Any, reason: Any, _properties: Any) -> None:
        self.is_refused = reason.is_failure

    def _disconnected(self, *_details: Any) -> None:
        self.disconnects += 1


class Service:
    """A Mosquitto run from deploy/mosquitto/ as systemd would: its step before each start, and again when it ends."""

    def __init__(self, directory: Path, port: int, listener: str = "plain.conf") -> None:
        self.directory = directory
        self._port = port
        self._listener = listener
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        for source in (DEPLOYED / "mosquitto.conf", DEPLOYED / "conf.d" / self._listener):
            target = self.directory / source.relative_to(DEPLOYED)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(self._placed(source.read_text()))
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _placed(self, text: str) -> str:
        for place in ("/var/log/mosquitto", "/run/mosquitto", "/var/lib/mosquitto", "/etc/mosquitto"):
            text = text.replace(place, str(self.directory))
        text = re.sub(r"^listener \d+$", f"listener {self._port} {HOST}", text, flags=re.MULTILINE)
        return text.replace("log_dest file", f"user {pwd.getpwuid(os.getuid()).pw_name}\nlog_dest file")

    def _run(self) -> None:
        before = [DEPLOYED / "move-broken-database-aside", self.directory / "mosquitto.log"]
        while not self._stop.is_set():
            subprocess.run([*before, self.directory / "mosquitto.db"], check=True, capture_output=True)
            command = ["/usr/sbin/mosquitto", "-c", str(self.directory / "mosquitto.conf")]
            with subprocess.Popen(command, stderr=subprocess.DEVNULL) as child:
                while child.poll() is None and not self._stop.wait(0.05):
                    pass
                child.terminate()


@dataclass
class Installation:
    """A database with every migration, in a directory of its own, and the broker that goes with it."""

    app: App
    port: int
    broker: KeptBroker = field(init=False)
    server_passwords: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.broker = kept_broker(self.app.config)
        self.server_passwords = self.broker.server_passwords or self._make_server_accounts()

    @property
    def is_service(self) -> bool:
        """Whether the broker is a service of its own, and not the private one."""
        return not self.app.config.broker.private

    def _make_server_accounts(self) -> dict[str, str]:
        with self.app.work() as work:
            existing = {account.username for account in server_accounts.all_accounts(work)}
            return {
                username: server_accounts.add_account(work, username, None)
                for username in SERVER_USERNAMES
                if username not in existing
            }

    @contextmanager
    def running_mosquitto(self) -> Iterator[None]:
        """The broker itself, as its files are."""
        runner = Service(service_directory(self.app.config), self.port) if self.is_service else self.broker.mosquitto
        runner.start()
        try:
            yield
        finally:
            runner.stop()

    def add_groups(self, *ids: int) -> None:
        with self.app.work() as work:
            work.session.add_all(Group(id=each, name=f"Room {each}", created_at=work.now) for each in ids)

    def add_device(self, uuid: str, group_id: int | None = None) -> Credentials:
        with self.app.work() as work:
            credentials = broker_accounts.make_client_account(work, uuid)
            if group_id is not None:
                work.session.get_one(Screen, uuid).group_id = group_id
        return credentials

    def move_device(self, uuid: str, group_id: int) -> None:
        with self.app.work() as work:
            work.session.get_one(Screen, uuid).group_id = group_id
            want_sync(work.session)

    def is_applied(self) -> bool:
        with self.app.reading() as work:
            wanted, applied = broker_accounts.sync_state(work)
        return applied >= wanted

    def connect(self, username: str, password: str) -> Peer:
        """Connect as a device does, in MQTT 3.1.1."""
        return Peer(self.port, username, password)

    def connect_server(self, actor: str, kept_for: int = 0) -> Peer:
        """Connect as the first process of a kind (`api`, `listener`, …), in MQTT 5; with a session of some seconds."""
        username = f"infoscreen-server-{actor}-1"
        password, version = self.server_passwords[username], MQTTProtocolVersion.MQTTv5
        return Peer(self.port, username, password, version=version, kept_for=kept_for)

    def is_ready(self) -> bool:
        """Whether the broker follows the database and lets in whom it should."""
        try:
            return self.is_applied() and self.can_connect(LISTENER, self.server_passwords[LISTENER])
        except OSError:
            return False

    def is_listening(self) -> bool:
        """Whether anything answers on the broker's port."""
        try:
            socket.create_connection((HOST, self.port), 1).close()
        except OSError:
            return False
        return True

    def can_connect(self, username: str, password: str) -> bool:
        with Peer(self.port, username, password) as peer:
            return not peer.is_refused


def new_installation(directory: Path, kind: str = PRIVATE) -> Installation:
    """A fresh installation; nothing runs yet."""
    port = free_port()
    config = (
        service_configuration(directory, port) if kind == SERVICE else configuration(directory, mqtt_broker_port=port)
    )
    app = build_app(config, utc_now)
    app.upgrade_database()
    return Installation(app, port)


def service_configuration(directory: Path, port: int, **given: object) -> Config:
    """An installation whose broker is a service of its own."""
    service = directory / SERVICE
    return configuration(
        directory,
        mqtt_broker_host=HOST,
        mqtt_broker_port=port,
        mqtt_broker_files_dir=service / "infoscreen",
        mqtt_broker_pid_file=service / "mosquitto.pid",
        mqtt_broker_log_file=service / "mosquitto.log",
        **given,
    )


def service_directory(config: Config) -> Path:
    return config.data_dir / SERVICE


@contextmanager
def running_process(installation: Installation) -> Iterator[threading.Event]:
    """What keeps the broker, at work; setting the event ends it."""
    stop = threading.Event()
    if not installation.is_service:
        keep = threading.Thread(target=process.run, args=(installation.app, stop))
        with _running(keep, stop, installation):
            yield stop
        return
    with installation.running_mosquitto(), watching(installation):
        yield stop


@contextmanager
def watching(installation: Installation) -> Iterator[None]:
    """`broker sync --watch` at work beside a broker that runs already."""
    stop = threading.Event()
    keep = threading.Thread(target=process.watch, args=(installation.app, installation.broker, stop))
    with _running(keep, stop, installation):
        yield


@contextmanager
def _running(thread: threading.Thread, stop: threading.Event, installation: Installation) -> Iterator[None]:
    thread.start()
    try:
        eventually(installation.is_ready)
        yield
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def mosquitto_pid(installation: Installation) -> int | None:
    """Which Mosquitto runs, whoever has started it."""
    return mosquitto_of(installation.app.config.data_dir)


def mosquitto_of(data_dir: Path) -> int | None:
    """Which Mosquitto runs with a data directory, whoever has started it."""
    for each in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (each / "cmdline").read_bytes().decode().split("\0")
            is_zombie = (each / "stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
        except OSError:
            continue
        is_mosquitto = any(word.startswith(str(data_dir)) and word.endswith("mosquitto.conf") for word in arguments)
        if is_mosquitto and not is_zombie:
            return int(each.name)
    return None


def kill_mosquitto(installation: Installation) -> None:
    """As if its power was cut; who keeps it starts it again."""
    killed = mosquitto_pid(installation)
    assert killed
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: mosquitto_pid(installation) not in (None, killed), 60)


@contextmanager
def running_broker(directory: Path, groups: Sequence[int] = (), kind: str = PRIVATE) -> Iterator[Installation]:
    """An installation whose broker runs and follows its database."""
    installation = new_installation(directory, kind)
    installation.add_groups(*groups)
    with running_process(installation):
        yield installation
    installation.app.engine.dispose()
