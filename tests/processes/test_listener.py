"""The listener against a real broker and database: poison, a kill at the worst moment, a database that is away."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from paho.mqtt import publish
from prometheus_client import REGISTRY
from sqlalchemy import select, text

from brokers import HOST, Installation, running_broker
from databases import running_mariadb
from infoscreen.adapters.mqtt.intake import MqttIntake
from infoscreen.bootstrap import build_app
from infoscreen.broker_bootstrap import open_intake
from infoscreen.config import load_config
from infoscreen.db.monitoring import ClientLog
from infoscreen.processes.clock import utc_now
from infoscreen.processes.listener import listen
from infoscreen.services.ports import Received
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind, qos_of
from listening import OTHER, UUID, School, example, received
from waiting import eventually

DEVICE_TOPICS = [topics.DISCOVERY, *(topics.report(UUID, kind) for kind in ReportKind)]
POISON: dict[str, bytes] = {
    "bad UTF-8": b'{"message": "\xff\xfe"}',
    "nested brackets": b"[" * 100_000,
    "nested braces": b'{"message": ' * 100_000,
    "wrong types": json.dumps({"timestamp": [], "message": 5, "uuid": {}, "data": 7, "metadata": "2.0"}).encode(),
    "1 MB string": json.dumps({"timestamp": "2026-11-23T09:00:00Z", "message": "x" * 1_000_000}).encode(),
    "1 MB of one string": json.dumps("x" * 1_000_000).encode(),
    "another's uuid": json.dumps({**example("dashboard"), "uuid": OTHER, "client_uuid": OTHER})
    .encode()
    .replace(UUID.encode(), OTHER.encode()),
    "nothing": b"",
}


def counted(kind: str, outcome: str) -> float:
    return REGISTRY.get_sample_value("infoscreen_messages_total", {"kind": kind, "outcome": outcome}) or 0.0


def attempts() -> float:
    return REGISTRY.get_sample_value("infoscreen_batch_commit_seconds_count") or 0.0


@dataclass
class ScriptedIntake:
    """Delivers given batches, then ends the listener; remembers in which order it was used."""

    batches: list[list[Received]]
    stop_event: threading.Event
    confirmed: list[Received] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    dropped: int = 0

    def start(self) -> None:
        self.used.append("start")

    def collect(self, at_most: int, within: float) -> list[Received]:
        self.stop_event.set()
        return self.batches.pop(0) if self.batches else []

    def confirm(self, messages: Iterable[Received]) -> None:
        self.confirmed.extend(messages)

    def pause(self) -> None:
        self.used.append("pause")

    def stop(self) -> None:
        self.used.append(f"stop after {len(self.confirmed)}")


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> School:
    return School(database_url, tmp_path)


def logged(school: School) -> list[str]:
    with school.app.reading() as work:
        return list(work.session.scalars(select(ClientLog.message).order_by(ClientLog.id)))


def has_process_pid(school: School, number: int) -> bool:
    return bool(school.state().process_pid == number)


def log(message: str) -> Received:
    return received(ReportKind.LOG_ERROR, {"message": message})


def test_a_stopped_listener_stores_and_confirms_what_it_has_already(school: School) -> None:
    stop = threading.Event()
    intake = ScriptedIntake([[log("first")], [log("second")], [log("third")]], stop)
    listen(school.app, intake, stop)
    assert logged(school) == ["first", "second", "third"]
    assert intake.used == ["start", "pause", "stop after 3"]


def test_one_row_that_the_database_refuses_keeps_no_other_out(tmp_path: Path) -> None:
    school = School(f"sqlite:///{tmp_path / 'test.db'}", tmp_path)
    with school.app.work() as work:
        refuse = "CREATE TRIGGER t BEFORE INSERT ON client_logs WHEN NEW.message = 'poison' BEGIN {} END"
        work.session.execute(text(refuse.format("SELECT RAISE(ABORT, 'refused');")))
    before = counted("logs/error", "refused_by_database")
    stop = threading.Event()
    intake = ScriptedIntake([[log("before"), log("poison"), log("after")]], stop)
    listen(school.app, intake, stop)
    assert logged(school) == ["before", "after"]
    assert len(intake.confirmed) == 3
    assert counted("logs/error", "refused_by_database") == before + 1


def test_messages_are_counted_by_kind_and_outcome(school: School) -> None:
    stranger = "ffffffff-ffff-4fff-8fff-ffffffffffff"
    expected = [
        (received(ReportKind.HEALTH, {}), "health", "recorded"),
        (received(ReportKind.HEALTH, {}, stranger), "health", "unknown_client"),
        (received(ReportKind.HEALTH, b"{"), "health", "not_json"),
        (received(ReportKind.COMMAND_ACK, example("command_ack")), "commands/ack", "unknown_command"),
        (Received("elsewhere", b"{}", received_at=0.0), "unknown", "unknown_topic"),
    ]
    before = [counted(kind, outcome) for _, kind, outcome in expected]
    stop = threading.Event()
    listen(school.app, ScriptedIntake([[message for message, _, _ in expected]], stop), stop)
    assert [counted(kind, outcome) - count for (_, kind, outcome), count in zip(expected, before, strict=True)] == [
        1
    ] * 5


@dataclass
class Site:
    """A broker with one device's account."""

    broker: Installation
    username: str
    password: str

    def send(self, *messages: tuple[str, bytes, int]) -> None:
        """Publish as the device, each confirmed before the next."""
        sent: publish.MessagesList = [(topic, payload, qos, False) for topic, payload, qos in messages]
        auth: publish.AuthParameter = {"username": self.username, "password": self.password}
        publish.multiple(sent, HOST, self.broker.port, client_id=self.username, auth=auth)

    def report(self, kind: ReportKind, payload: Any) -> None:
        self.send((topics.report(UUID, kind), json.dumps(payload).encode(), qos_of(kind)))

    def intake(self) -> MqttIntake:
        config = load_config(data_dir=self.broker.app.config.data_dir, mqtt_broker_port=self.broker.port)
        return open_intake(config, 1)

    @contextmanager
    def listener(self, school: School) -> Iterator[None]:
        """A listener at work, proved by a message that came through."""
        intake, stop = self.intake(), threading.Event()
        app = build_app(school.app.config, utc_now, intake)
        thread = threading.Thread(target=listen, args=(app, intake, stop))
        thread.start()
        try:
            eventually(lambda: self.is_heard(school))
            yield
        finally:
            stop.set()
            thread.join(10)
            app.engine.dispose()
        assert not thread.is_alive()

    def is_heard(self, school: School) -> bool:
        self.report(ReportKind.HEARTBEAT, {"timestamp": "2026-11-23T09:00:00Z", "boot_id": "heard"})
        return bool(school.state().boot_id == "heard")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_broker(tmp_path_factory.mktemp("site")) as broker:
        credentials = broker.add_device(UUID)
        eventually(lambda: broker.can_connect(credentials.username, credentials.password))
        yield Site(broker, credentials.username, credentials.password)


@pytest.fixture
def forgotten(site: Site) -> None:
    """Whatever earlier tests left in the listener's session on the broker is taken and confirmed first."""
    intake = site.intake()
    intake.start()
    eventually(lambda: intake.is_connected)
    while left := intake.collect(1_000, 0.2):
        intake.confirm(left)
    intake.stop()


@pytest.mark.service
@pytest.mark.usefixtures("forgotten")
def test_after_any_poison_the_next_good_message_is_stored_within_a_second(school: School, site: Site) -> None:
    with site.listener(school):
        for number, topic in enumerate(DEVICE_TOPICS):
            site.send(*((topic, payload, 1) for payload in POISON.values()))
            site.report(ReportKind.HEARTBEAT, {"timestamp": "2026-11-23T09:00:00Z", "process_pid": number})
            eventually(partial(has_process_pid, school, number), timeout=1)
    assert school.state(OTHER).last_alive is None
    assert logged(school) == []


@pytest.mark.service
@pytest.mark.usefixtures("forgotten")
def test_a_discovery_is_answered_over_the_broker(school: School, site: Site) -> None:
    with site.listener(school), site.broker.connect(site.username, site.password) as device:
        device.subscribe(topics.discovery_ack(UUID))
        device.publish((topics.DISCOVERY, json.dumps({"uuid": UUID, "hostname": "pi-aula-1"})))
        (ack,) = eventually(lambda: device.payloads(topics.discovery_ack(UUID)))
    assert json.loads(ack)["status"] == "ok"
    assert school.client().hostname == "pi-aula-1"


@pytest.mark.service
@pytest.mark.usefixtures("forgotten")
def test_killed_between_commit_and_confirmation_loses_and_doubles_nothing(school: School, site: Site) -> None:
    sent = [f"line {number}" for number in range(60)]
    script = Path(__file__).with_name("killed_listener.py")
    data_dir, port = str(site.broker.app.config.data_dir), str(site.broker.port)
    database_url = school.app.engine.url.render_as_string(hide_password=False)
    victim = subprocess.Popen([sys.executable, str(script), data_dir, port, database_url])
    for line in sent:
        site.report(ReportKind.LOG_ERROR, {"timestamp": "2026-11-23T09:00:00Z", "message": line})
    assert victim.wait(30) == -9
    committed = logged(school)
    assert committed, "it was to be killed after a commit"
    with site.listener(school):
        eventually(lambda: len(logged(school)) >= len(sent))
    assert logged(school) == sent


@pytest.mark.service
@pytest.mark.usefixtures("forgotten")
def test_a_database_that_is_away_is_waited_for_and_nothing_is_lost(site: Site, tmp_path: Path) -> None:
    with running_mariadb(tmp_path / "mariadb", survives_kill=True) as server:
        school = School(server.new_database(), tmp_path)
        with site.listener(school):
            server.stop()
            for number in range(5):
                site.report(ReportKind.LOG_WARN, {"timestamp": "2026-11-23T09:00:00Z", "message": f"{number}"})
            before = attempts()
            eventually(lambda: attempts() > before)
            server.start()
            eventually(lambda: logged(school) == ["0", "1", "2", "3", "4"], timeout=20)
            site.report(ReportKind.HEARTBEAT, {"timestamp": "2026-11-23T09:00:00Z", "process_pid": 7})
            eventually(lambda: school.state().process_pid == 7)
