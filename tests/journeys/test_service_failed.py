"""A failed service from the device to its acknowledgement, over a real broker that is away at the worst moment."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from paho.mqtt import publish
from sqlalchemy import select

from brokers import HOST, Installation, new_installation, running_process
from infoscreen.bootstrap import App, build_app
from infoscreen.broker_bootstrap import connect, open_intake
from infoscreen.db.alerts import Alert
from infoscreen.db.clients import ClientState
from infoscreen.processes.clock import utc_now
from infoscreen.processes.passes import every_pass, running_passes
from infoscreen.services import service_failures
from infoscreen_wire import topics
from infoscreen_wire.access import Actor
from infoscreen_wire.topics import ReportKind
from listener_processes import listening
from listening import UUID
from waiting import eventually

pytestmark = pytest.mark.service
TOPIC = topics.report(UUID, ReportKind.SERVICE_FAILED)
FAILED = {"event": "service_failed", "unit": "a.service", "client_uuid": UUID, "failed_at": "2026-11-21T07:00:05Z"}


class Screen:
    """A device whose service fails, and what the database and the broker say of it."""

    def __init__(self, broker: Installation) -> None:
        self.broker, self.app = broker, broker.app
        self.account = broker.add_device(UUID)

    def fails(self, failed_at: str = FAILED["failed_at"]) -> None:
        name, port = self.account.username, self.broker.port
        auth: publish.AuthParameter = {"username": name, "password": self.account.password}
        publish.single(TOPIC, json.dumps({**FAILED, "failed_at": failed_at}), 1, True, HOST, port, name, auth=auth)

    def state(self) -> ClientState:
        with self.app.reading() as work:
            return work.session.get_one(ClientState, UUID)

    def is_open(self) -> bool:
        return self.state().service_failed_at is not None

    def is_cleared_everywhere(self) -> bool:
        return not self.state().service_failed_clearing

    def alerts(self) -> list[tuple[int, str | None]]:
        """Count and closing of every alert about it."""
        with self.app.reading() as work:
            rows = work.session.execute(select(Alert.count, Alert.closing).where(Alert.kind == "service_failed"))
            return [(count, closing) for count, closing in rows]

    def is_retained(self) -> bool:
        """Whether the broker still hands it to who subscribes; a listener of a test's own asks."""
        intake = open_intake(self.app.config, 1)
        intake.start()
        eventually(lambda: intake.is_connected)
        found = [each for each in intake.collect(10, 0.5) if each.topic == TOPIC and each.retained and each.payload]
        intake.stop()
        return bool(found)


@contextmanager
def api_and_scheduler(screen: Screen) -> Iterator[App]:
    """Who acknowledges, and who repeats the clearing."""
    api = connect(screen.app.config, Actor.API, 1)
    scheduler = connect(screen.app.config, Actor.SCHEDULER, 1)
    passes = [each for each in every_pass() if each.name.startswith("service_failures")]
    try:
        with running_passes(build_app(screen.app.config, utc_now, scheduler), threading.Event(), passes):
            yield build_app(screen.app.config, utc_now, api)
    finally:
        api.stop()
        scheduler.stop()


def acknowledge(app: App) -> None:
    with app.work() as work:
        assert service_failures.clear_failure(work, UUID)


def test_it_is_seen_after_a_restart_acknowledged_while_the_broker_is_away_and_gone_when_it_is_back(
    tmp_path: Path,
) -> None:
    broker = new_installation(tmp_path)
    screen = Screen(broker)
    with running_process(broker):
        eventually(lambda: broker.can_connect(screen.account.username, screen.account.password))
        screen.fails()  # nobody has ever listened: only its being retained keeps it
        with listening(screen.app.config, utc_now) as intake:
            eventually(lambda: intake.is_connected)
            eventually(screen.is_open)
        with listening(screen.app.config, utc_now) as intake:
            eventually(lambda: intake.is_connected)
        assert screen.alerts() == [(1, None)]
    with api_and_scheduler(screen) as api:
        acknowledge(api)
        assert not screen.is_open()
        assert not screen.is_cleared_everywhere()
        assert screen.alerts() == [(1, "resolved")]
        with running_process(broker):
            eventually(screen.is_cleared_everywhere, 60)
            assert not screen.is_retained()
            with listening(screen.app.config, utc_now) as intake:
                eventually(lambda: intake.is_connected)
                screen.fails()  # the same once more: delivered again, not failed again
                screen.fails("2026-11-23T08:00:00Z")
                eventually(screen.is_open)
    assert sorted(screen.alerts(), key=str) == [(1, "resolved"), (1, None)]
