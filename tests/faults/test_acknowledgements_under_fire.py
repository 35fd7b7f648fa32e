"""Ten thousand acknowledgements of two hundred devices while the listener, or the database, is killed: none lost."""

import json
import random
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from paho.mqtt import publish
from sqlalchemy import func, select

from brokers import HOST, Installation, running_broker
from command_sites import CommandSite
from commanding import CommandedSchool
from databases import running_mariadb
from infoscreen.db.commands import ClientCommand, CommandTransition
from infoscreen.domain.commands import Action, Status
from infoscreen.services import commands
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from listener_processes import ListenerProcess, begin_session
from listening import add_screen
from waiting import eventually

# Listeners are started six times, which takes its time where much else runs.
pytestmark = [pytest.mark.service, pytest.mark.timeout(600)]

DEVICES = 200
COMMANDS_EACH = 9
STEPS = ("accepted", "execution_started", "completed")
ACKS = DEVICES * COMMANDS_EACH * len(STEPS) * 2
KILLS = 5
SENDERS = 4
Message = tuple[str, bytes, int, bool]


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running_broker(tmp_path_factory.mktemp("broker")) as broker:
        yield broker


def uuids() -> list[str]:
    return [f"{number:08x}-0000-4000-8000-0000000000ac" for number in range(0x1000, 0x1000 + DEVICES)]


@pytest.fixture(scope="module")
def accounts(broker: Installation) -> dict[str, tuple[str, str]]:
    made = {uuid: broker.add_device(uuid) for uuid in uuids()}
    last = made[uuids()[-1]]
    eventually(lambda: broker.can_connect(last.username, last.password), 60)
    return {uuid: (each.username, each.password) for uuid, each in made.items()}


def new_site(broker: Installation, accounts: dict[str, tuple[str, str]], url: str, directory: Path) -> CommandSite:
    site = CommandSite(broker, CommandedSchool(url, directory), directory)
    site.devices = accounts
    for uuid in accounts:
        add_screen(site.school.app, uuid)
    begin_session(broker)
    return site


def issue(site: CommandSite) -> dict[str, list[str]]:
    """Shutdowns, because the lockout does not count them: client → the ids of its commands."""
    with site.school.app.work() as work:
        return {
            uuid: [
                commands.issue_command(work, uuid, Action.SHUTDOWN_HOST, None).command_id for _ in range(COMMANDS_EACH)
            ]
            for uuid in site.devices
        }


def messages(uuid: str, command_ids: list[str]) -> list[Message]:
    """The steps of each command in order, every one on both topics, those of several commands mixed."""
    queues = [
        [(kind, command_id, step) for step in STEPS for kind in (ReportKind.COMMAND_ACK, ReportKind.COMMAND_ACK_ALIAS)]
        for command_id in command_ids
    ]
    order = [number for number, queue in enumerate(queues) for _ in queue]
    random.Random(uuid).shuffle(order)
    sent: list[Message] = []
    for number in order:
        kind, command_id, step = queues[number].pop(0)
        ack = {"command_id": command_id, "status": step, "error_code": None, "error_message": None}
        sent.append((topics.report(uuid, kind), json.dumps(ack).encode(), 1, False))
    return sent


def send(site: CommandSite, issued: dict[str, list[str]], part: int = 0, parts: int = 1) -> None:
    """Send every device's messages, or one part of as many."""

    def of_one(uuid: str) -> None:
        username, password = site.devices[uuid]
        auth: publish.AuthParameter = {"username": username, "password": password}
        every = messages(uuid, issued[uuid])
        some = every[len(every) * part // parts : len(every) * (part + 1) // parts]
        publish.multiple([*some], HOST, site.broker.port, client_id=username, auth=auth)

    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(of_one, issued))


def steps(site: CommandSite) -> int:
    with site.school.app.reading() as work:
        return work.session.scalar(select(func.count(CommandTransition.id))) or 0


def has_steps(site: CommandSite, number: int) -> bool:
    return steps(site) >= number


def check_that_each_counted_once(site: CommandSite) -> None:
    issued = DEVICES * COMMANDS_EACH
    eventually(lambda: steps(site) >= 4 * issued, 90)
    with site.school.app.reading() as work:
        rows = work.session.scalars(select(ClientCommand)).all()
        entered = Counter(work.session.scalars(select(CommandTransition.to_status)))
    assert Counter(row.status for row in rows) == {Status.COMPLETED: issued}
    assert all(row.acked_at and row.execution_started_at and row.completed_at for row in rows)
    path = (Status.QUEUED, Status.ACK_RECEIVED, Status.EXECUTION_STARTED, Status.COMPLETED)
    assert entered == dict.fromkeys(path, issued)


def test_a_listener_that_is_killed_five_times_loses_and_doubles_nothing(
    broker: Installation, accounts: dict[str, tuple[str, str]], database_url: str, tmp_path: Path
) -> None:
    site = new_site(broker, accounts, database_url, tmp_path)
    issued = issue(site)
    with ListenerProcess(broker, site.database_url) as listener:
        for part in range(KILLS):
            begun = steps(site)
            flood = threading.Thread(target=send, args=(site, issued, part, KILLS + 1))
            flood.start()
            eventually(partial(has_steps, site, begun + 1), 90)
            assert listener.process.poll() is None
            listener.kill()
            flood.join()
            listener.start()
        send(site, issued, KILLS, KILLS + 1)
        check_that_each_counted_once(site)


def test_a_database_that_is_killed_loses_and_doubles_nothing(
    broker: Installation, accounts: dict[str, tuple[str, str]], tmp_path: Path
) -> None:
    with running_mariadb(tmp_path / "mariadb", survives_kill=True) as server:
        site = new_site(broker, accounts, server.new_database(), tmp_path)
        issued = issue(site)
        begun, every = steps(site), DEVICES * COMMANDS_EACH
        flood = threading.Thread(target=send, args=(site, issued))
        with ListenerProcess(broker, site.database_url):
            flood.start()
            for number in (1, 2):
                eventually(partial(has_steps, site, begun + number * every), 90)
                server.stop()
                server.start()
            flood.join()
            check_that_each_counted_once(site)
