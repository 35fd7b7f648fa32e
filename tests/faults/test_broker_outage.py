"""The broker is stopped for five minutes with crash recovery on: one alert, and not one reboot.

Broker, database, connections and processes are real; only the clock is the test's, so that minutes take no time.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from alerting import closed_alerts
from applications import Clock, configuration
from brokers import Installation, Peer, running_process
from infoscreen.adapters.mqtt.connection import Connection
from infoscreen.bootstrap import App, build_app
from infoscreen.broker_bootstrap import connect
from infoscreen.db.clients import ClientState
from infoscreen.db.commands import ClientCommand
from infoscreen.processes.passes import every_pass
from infoscreen.services import academic_calendar, alerts, settings
from infoscreen.services.broker_accounts import Credentials
from infoscreen_wire import topics
from infoscreen_wire.access import Actor
from infoscreen_wire.topics import ReportKind
from listener_processes import listening
from ports import free_port
from waiting import eventually

pytestmark = pytest.mark.service

UUIDS = [f"{number:08x}-ff34-4864-a726-12de072d0f77" for number in range(5)]
LOOK_EVERY = 40


@dataclass
class School:
    """Five screens, a listener and the scheduler's passes over a Mosquitto that can be stopped."""

    installation: Installation
    clock: Clock
    app: App
    connection: Connection
    credentials: list[Credentials]
    devices: list[Peer]

    def __post_init__(self) -> None:
        self.passes = every_pass()

    def restart_scheduler(self) -> None:
        """Whatever a scheduler kept in its memory is gone."""
        self.passes = every_pass()

    @contextmanager
    def broker(self) -> Iterator[None]:
        """The broker runs, and everybody has found it."""
        with self.installation.running_mosquitto(), ExitStack() as connections:
            eventually(lambda: self.connection.is_connected, timeout=30)
            self.devices = [
                connections.enter_context(self.installation.connect(each.username, each.password))
                for each in self.credentials
            ]
            for uuid, device in zip(UUIDS, self.devices, strict=True):
                device.subscribe(topics.commands(uuid))
            yield
        eventually(lambda: not self.connection.is_connected, timeout=30)

    def run(self, seconds: int, *, reporting: bool, process_status: str = "running") -> None:
        """Let time pass: who reports does so, and the scheduler looks."""
        for _ in range(seconds // LOOK_EVERY):
            self.clock.forward(seconds=LOOK_EVERY)
            if reporting:
                self._report(process_status)
            for each in self.passes:
                each.look(self.app)

    def _report(self, process_status: str) -> None:
        timestamp = f"{self.clock.now:%Y-%m-%dT%H:%M:%SZ}"
        heartbeat = json.dumps({"timestamp": timestamp, "process_status": process_status})
        for uuid, device in zip(UUIDS, self.devices, strict=True):
            device.publish((topics.report(uuid, ReportKind.HEARTBEAT), heartbeat))
        eventually(self._have_all_reported, timeout=30)

    def _have_all_reported(self) -> bool:
        with self.app.reading() as work:
            states = work.session.query(ClientState).all()
        ages = [(self.clock.now - state.last_alive).total_seconds() for state in states if state.last_alive]
        return len(ages) == len(UUIDS) and max(ages) < LOOK_EVERY

    def open_alerts(self) -> list[str]:
        with self.app.reading() as work:
            return [alert.kind for alert in alerts.open_alerts(work)]

    def closed_alerts(self) -> list[str]:
        with self.app.reading() as work:
            return [alert.kind for alert in closed_alerts(work)]

    def commands(self) -> int:
        """How many commands were ever issued."""
        with self.app.reading() as work:
            return work.session.query(ClientCommand).count()


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> Iterator[School]:
    port, clock = free_port(), Clock()
    config = configuration(tmp_path / "data", db_conn=database_url, mqtt_broker_port=port, crash_recovery_enabled=True)
    keeper = build_app(config, clock)
    keeper.upgrade_database()
    with keeper.work() as work:
        settings.seed_settings(work)
        academic_calendar.seed_periods(work)  # else it is told that there is no school year
    installation = Installation(keeper, port)
    credentials = [installation.add_device(uuid) for uuid in UUIDS]
    with running_process(installation):  # which gives the broker its accounts
        pass
    connection = connect(config, Actor.SCHEDULER, 1)
    app = build_app(config, clock, connection)
    with listening(config, clock):
        yield School(installation, clock, app, connection, credentials, [])
    connection.stop()
    app.engine.dispose()
    keeper.engine.dispose()


def test_a_broker_that_is_stopped_for_five_minutes_is_one_alert_and_no_reboot(school: School) -> None:
    with school.broker():
        school.run(240, reporting=True)
        assert school.open_alerts() == []
    school.run(160, reporting=False)
    school.restart_scheduler()
    school.run(160, reporting=False)
    assert school.open_alerts() == ["broker_outage"]
    with school.broker():
        school.run(80, reporting=False)  # screens take a while to find it
        school.run(600, reporting=True)
        assert (school.open_alerts(), school.closed_alerts()) == ([], ["broker_outage"])
        assert school.commands() == 0
        for uuid, device in zip(UUIDS, school.devices, strict=True):
            device.hear_out()
            assert device.payloads(topics.commands(uuid)) == []
        # The same recovery does act where a screen is at fault.
        school.run(40, reporting=True, process_status="crashed")
        assert school.commands() == 1
        school.run(40, reporting=True)
        reached = [device.payloads(topics.commands(uuid)) for uuid, device in zip(UUIDS, school.devices, strict=True)]
        assert sorted(map(len, reached)) == [0, 0, 0, 0, 1]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_restart_of_the_broker_is_no_alert_at_all(school: School) -> None:
    with school.broker():
        school.run(240, reporting=True)
    school.clock.forward(seconds=20)
    with school.broker():
        school.run(600, reporting=True)
    assert (school.open_alerts(), school.closed_alerts(), school.commands()) == ([], [], 0)
