"""Log lines and failed services of forty devices while listener and database are killed: none lost, none doubled."""

import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from paho.mqtt import publish
from sqlalchemy import func, select

from brokers import HOST, Installation, running_broker
from databases import running_mariadb
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

DEVICES = 40
# Fewer than the hundred a minute from which on lines are left out.
LINES = 60
KILLS = 2
SENDERS = 4
FAILED_AT = "2026-11-21T07:00:05Z"
Message = tuple[str, str, int, bool]


def uuids() -> list[str]:
    return [f"{number:08x}-0000-4000-8000-0000000000ad" for number in range(0x1000, 0x1000 + DEVICES)]


def messages(uuid: str) -> list[Message]:
    """A device's lines, and in their middle the service that it gives up on."""
    topic = topics.report(uuid, ReportKind.LOG_ERROR)
    lines = [
        (topic, json.dumps({"timestamp": f"2026-11-23T09:00:{number:02}Z", "message": f"{uuid} {number}"}), 1, False)
        for number in range(LINES)
    ]
    failed = {"event": "service_failed", "unit": "a.service", "client_uuid": uuid, "failed_at": FAILED_AT}
    failure = (topics.report(uuid, ReportKind.SERVICE_FAILED), json.dumps(failed), 1, True)
    return [*lines[: LINES // 2], failure, *lines[LINES // 2 :]]


def send(broker: Installation, accounts: dict[str, Credentials]) -> None:
    def of_one(uuid: str) -> None:
        name, password = accounts[uuid].username, accounts[uuid].password
        auth: publish.AuthParameter = {"username": name, "password": password}
        publish.multiple([*messages(uuid)], HOST, broker.port, client_id=name, auth=auth)

    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(of_one, accounts))


def has_stored(school: School, lines: int, failures: int = 0) -> bool:
    with school.app.reading() as work:
        stored = work.session.scalar(select(func.count(ClientLog.id))) or 0
        failed = select(func.count()).select_from(ClientState).where(ClientState.service_failed_at.is_not(None))
        return stored >= lines and (work.session.scalar(failed) or 0) >= failures


def test_killed_listeners_and_a_killed_database_lose_and_double_nothing(tmp_path: Path) -> None:
    with (
        running_broker(tmp_path / "broker") as broker,
        running_mariadb(tmp_path / "mariadb", survives_kill=True) as server,
    ):
        school = School(server.new_database(), tmp_path)
        accounts = {uuid: broker.add_device(uuid) for uuid in uuids()}
        for uuid in accounts:
            add_screen(school.app, uuid)
        last = accounts[uuids()[-1]]
        eventually(lambda: broker.can_connect(last.username, last.password), 60)
        begin_session(broker)
        flood = threading.Thread(target=send, args=(broker, accounts))
        every, seen = DEVICES * LINES, 0
        with ListenerProcess(broker, school.app.engine.url.render_as_string(hide_password=False)) as listener:
            flood.start()
            for _ in range(KILLS):
                eventually(partial(has_stored, school, seen + 1), 90)
                listener.kill()
                seen = number_of_lines(school)
                listener.start()
            eventually(partial(has_stored, school, min(seen + 1, every)), 90)
            server.stop()
            server.start()
            flood.join()
            eventually(partial(has_stored, school, every, DEVICES), 120)
        check_that_each_is_there_once(school)


def number_of_lines(school: School) -> int:
    with school.app.reading() as work:
        return work.session.scalar(select(func.count(ClientLog.id))) or 0


def check_that_each_is_there_once(school: School) -> None:
    with school.app.reading() as work:
        lines = list(work.session.scalars(select(ClientLog.message).order_by(ClientLog.id)))
        alerts = work.session.execute(select(Alert.subject, Alert.count).where(Alert.kind == "service_failed")).all()
    assert Counter(lines) == {f"{uuid} {number}": 1 for uuid in uuids() for number in range(LINES)}
    # What was handed out and not confirmed comes again in its order, so each device's lines are in theirs.
    for uuid in uuids():
        assert [line for line in lines if line.startswith(uuid)] == [f"{uuid} {number}" for number in range(LINES)]
    assert sorted((subject, count) for subject, count in alerts) == [(uuid, 1) for uuid in uuids()]
