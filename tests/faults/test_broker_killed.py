"""Mosquitto is killed while screens log: what it had confirmed is stored, and what it tells twice is stored once."""

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from sqlalchemy import func, select

from brokers import HOST, Installation, kill_mosquitto, mosquitto_pid, running_broker
from infoscreen.db.alerts import Alert
from infoscreen.db.clients import ClientState
from infoscreen.db.monitoring import ClientLog
from infoscreen.services.broker_accounts import Credentials
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from listener_processes import ListenerProcess, begin_session
from listening import School, add_screen
from waiting import eventually

pytestmark = [pytest.mark.service, pytest.mark.timeout(600)]

DEVICES = 8
# Fewer than the hundred a minute from which on lines are left out.
LINES = 45
KILLS = 2
FAILED = {"event": "service_failed", "unit": "a.service", "failed_at": "2026-11-21T07:00:05Z"}


class LoggingDevice:
    """A screen that sends a line when the one before is confirmed, and again what was not, as the real ones do."""

    def __init__(self, port: int, uuid: str, account: Credentials) -> None:
        self.uuid = uuid
        self._confirmed: set[int] = set()
        self._news = threading.Condition()
        self._client = Client(
            CallbackAPIVersion.VERSION2, account.username, clean_session=False, protocol=MQTTProtocolVersion.MQTTv311
        )
        self._client.username_pw_set(account.username, account.password)
        self._client.reconnect_delay_set(1, 1)
        self._client.on_publish = self._note
        self._client.connect_async(HOST, port)
        self._client.loop_start()

    def say(self, kind: ReportKind, payload: dict[str, Any], *, retain: bool = False) -> None:
        """Send, and return when the broker has confirmed it."""
        mid = self._client.publish(topics.report(self.uuid, kind), json.dumps(payload), 1, retain).mid
        with self._news:
            assert self._news.wait_for(lambda: mid in self._confirmed, 120)

    def log(self, number: int) -> None:
        timestamp = f"2026-11-23T09:{number // 60:02}:{number % 60:02}Z"
        self.say(ReportKind.LOG_ERROR, {"timestamp": timestamp, "message": f"{self.uuid} {number}"})

    def end(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _note(self, _client: Client, _userdata: Any, mid: int, _reason: Any, _properties: Any) -> None:
        with self._news:
            self._confirmed.add(mid)
            self._news.notify_all()


def uuids() -> list[str]:
    return [f"{number:08x}-0000-4000-8000-0000000000ae" for number in range(0x1000, 0x1000 + DEVICES)]


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running_broker(tmp_path_factory.mktemp("broker")) as broker:
        yield broker


@pytest.fixture(scope="module")
def accounts(broker: Installation) -> dict[str, Credentials]:
    made = {uuid: broker.add_device(uuid) for uuid in uuids()}
    last = made[uuids()[-1]]
    eventually(lambda: broker.can_connect(last.username, last.password), 60)
    return made


@pytest.fixture
def school(broker: Installation, accounts: dict[str, Credentials], database_url: str, tmp_path: Path) -> School:
    school = School(database_url, tmp_path)
    for uuid in accounts:
        add_screen(school.app, uuid)
    begin_session(broker)
    return school


@contextmanager
def devices(broker: Installation, accounts: dict[str, Credentials]) -> Iterator[list[LoggingDevice]]:
    connected = [LoggingDevice(broker.port, uuid, account) for uuid, account in accounts.items()]
    try:
        yield connected
    finally:
        for device in connected:
            device.end()


@contextmanager
def listener(broker: Installation, school: School) -> Iterator[ListenerProcess]:
    with ListenerProcess(broker, school.app.engine.url.render_as_string(hide_password=False)) as process:
        yield process


def stored(school: School) -> list[str]:
    with school.app.reading() as work:
        return list(work.session.scalars(select(ClientLog.message).order_by(ClientLog.id)))


def has_stored(school: School, number: int) -> bool:
    with school.app.reading() as work:
        return (work.session.scalar(select(func.count(ClientLog.id))) or 0) >= number


def tell_everything(device: LoggingDevice) -> None:
    for number in range(LINES):
        device.log(number)
        if number == LINES // 2:
            device.say(ReportKind.SERVICE_FAILED, FAILED | {"client_uuid": device.uuid}, retain=True)


def test_what_a_killed_broker_had_confirmed_is_stored_once(
    broker: Installation, accounts: dict[str, Credentials], school: School
) -> None:
    every = DEVICES * LINES
    with listener(broker, school), devices(broker, accounts) as screens, ThreadPoolExecutor(DEVICES) as pool:
        sent = [pool.submit(tell_everything, device) for device in screens]
        for kill in range(1, KILLS + 1):
            eventually(partial(has_stored, school, every * kill // (KILLS + 1)), 120)
            kill_mosquitto(broker)
        for each in sent:
            each.result()
        eventually(partial(has_stored, school, every), 60)
    expected = Counter({f"{uuid} {number}": 1 for uuid in uuids() for number in range(LINES)})
    assert Counter(stored(school)) == expected
    with school.app.reading() as work:
        alerts = work.session.execute(select(Alert.subject, Alert.count).where(Alert.kind == "service_failed")).all()
        failed = work.session.scalars(select(ClientState.client_uuid).where(ClientState.service_failed_at.is_not(None)))
        assert sorted(failed) == uuids()
    assert sorted((subject, count) for subject, count in alerts) == [(uuid, 1) for uuid in uuids()]


def test_what_the_broker_has_forgotten_to_have_handed_out_is_not_stored_twice(
    broker: Installation, accounts: dict[str, Credentials], school: School
) -> None:
    with listener(broker, school) as process, devices(broker, accounts) as screens:
        screens[0].log(0)
        eventually(partial(has_stored, school, 1), 60)
        process.kill()
        for number in range(1, 20):
            screens[0].log(number)
        # It saves its queue, hands it out, and dies before it saves again.
        mosquitto = mosquitto_pid(broker)
        assert mosquitto
        database = broker.app.config.data_dir / "broker" / "mosquitto.db"
        os.kill(mosquitto, signal.SIGUSR1)
        eventually(lambda: database.exists() and f"{screens[0].uuid} 19".encode() in database.read_bytes(), 60)
        process.start()
        eventually(partial(has_stored, school, 20), 60)
        kill_mosquitto(broker)
        screens[0].log(20)
        eventually(partial(has_stored, school, 21), 60)
    assert stored(school) == [f"{screens[0].uuid} {number}" for number in range(21)]
