"""The product's own broker on a free port, and connections to it that remember what they are sent."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from applications import configuration
from infoscreen.bootstrap import App, PrivateBroker, build_app, private_broker
from infoscreen.db.broker_accounts import want_sync
from infoscreen.db.clients import Client as Screen
from infoscreen.db.groups import Group
from infoscreen.processes import broker as process
from infoscreen.processes.clock import utc_now
from infoscreen.services import broker_accounts
from infoscreen.services.broker_accounts import Credentials
from ports import free_port
from waiting import eventually

HOST = "127.0.0.1"
# Nothing is ever published here: asking for it only brings an answer, and that comes after all that was sent before.
NOTHING = "test/nothing"


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
    ) -> None:
        self.received: list[MQTTMessage] = []
        self.disconnects = 0
        self.is_refused: bool | None = None
        self._acknowledged: set[int] = set()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id, protocol=version, reconnect_on_failure=False)
        if username is not None:
            self._client.username_pw_set(username, password)
        if will:
            self._client.will_set(will[0], will[1], qos=1)
        self._client.on_connect = self._connected
        self._client.on_disconnect = self._disconnected
        self._client.on_message = lambda _client, _userdata, message: self.received.append(message)
        self._client.on_subscribe = lambda _client, _userdata, mid, _reasons, _properties: self._acknowledged.add(mid)
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

    def subscribe(self, *filters: str) -> None:
        """Subscribe at QoS 0 and wait for the answer."""
        _, mid = self._client.subscribe([(each, 0) for each in filters])
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


@dataclass
class Installation:
    """A database with every migration, in a directory of its own, and the private broker that goes with it."""

    app: App
    port: int
    broker: PrivateBroker = field(init=False)

    def __post_init__(self) -> None:
        self.broker = private_broker(self.app.config)

    @property
    def server_passwords(self) -> dict[str, str]:
        return self.broker.server_passwords

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

    def connect_server(self, actor: str) -> Peer:
        """Connect as the first process of a kind (`api`, `listener`, …), in MQTT 5."""
        username = f"infoscreen-server-{actor}-1"
        return Peer(self.port, username, self.server_passwords[username], version=MQTTProtocolVersion.MQTTv5)

    def is_ready(self) -> bool:
        """Whether the broker follows the database and lets in whom it should."""
        try:
            return self.is_applied() and self.can_connect(*next(iter(self.server_passwords.items())))
        except OSError:
            return False

    def can_connect(self, username: str, password: str) -> bool:
        with Peer(self.port, username, password) as peer:
            return not peer.is_refused


def new_installation(directory: Path) -> Installation:
    """A fresh installation; nothing runs yet."""
    port = free_port()
    app = build_app(configuration(directory, mqtt_broker_port=port), utc_now)
    app.upgrade_database()
    return Installation(app, port)


@contextmanager
def running_process(installation: Installation) -> Iterator[threading.Event]:
    """The process `broker` at work; setting the event ends it."""
    stop = threading.Event()
    thread = threading.Thread(target=process.run, args=(installation.app, stop))
    thread.start()
    try:
        eventually(installation.is_ready)
        yield stop
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


@contextmanager
def running_broker(directory: Path, groups: Sequence[int] = ()) -> Iterator[Installation]:
    """An installation whose broker runs and follows its database."""
    installation = new_installation(directory)
    installation.add_groups(*groups)
    with running_process(installation):
        yield installation
    installation.app.engine.dispose()
