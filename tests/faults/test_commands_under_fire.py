"""Commands over several API processes and through kills at every named point: no fourth restart, nothing left open."""

import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from brokers import Installation, running_broker
from command_sites import ApiProcess, CommandSite, ObedientDevice, beginning
from commanding import CommandedSchool
from infoscreen.db.commands import ClientCommand
from infoscreen.domain.commands import ENDS, Status
from infoscreen.processes.clock import utc_now
from infoscreen.services import commands
from listening import UUID, add_screen
from waiting import eventually

# Five API processes are started at once, which takes its time where much else runs.
pytestmark = [pytest.mark.service, pytest.mark.timeout(600)]

POINTS = ("before_commit", "after_commit", "before_publish", "after_publish", "after_note")


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running_broker(tmp_path_factory.mktemp("broker")) as broker:
        yield broker


@pytest.fixture
def site(broker: Installation, database_url: str, tmp_path: Path) -> CommandSite:
    return CommandSite(broker, CommandedSchool(database_url, tmp_path), tmp_path)


def stored(site: CommandSite, uuid: str) -> list[ClientCommand]:
    with site.school.app.reading() as work:
        return list(commands.client_history(work, uuid, 100, None).rows)


def ten_at_once(apis: list[ApiProcess]) -> Counter[int]:
    def restart(number: int) -> int:
        return apis[number % len(apis)].restart(UUID).status_code

    with ThreadPoolExecutor(10) as pool:
        return Counter(pool.map(restart, range(10)))


def test_of_ten_parallel_restarts_over_two_processes_three_are_accepted(site: CommandSite) -> None:
    started = beginning()
    site.stop_clock_at(started)
    with site.apis({}, {}) as apis:
        answers = []
        for later in (0, 14 * 60 + 59, 15 * 60 + 1):
            site.stop_clock_at(started + timedelta(seconds=later))
            answers.append(ten_at_once(apis))
    assert answers == [{202: 3, 429: 7}, {429: 10}, {202: 3, 429: 7}]
    assert Counter(each.status for each in stored(site, UUID)) == {Status.PUBLISHED: 6, Status.BLOCKED_SAFETY: 24}


def uuid_of(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-00000000c0de"


@pytest.fixture
def victims(site: CommandSite, request: pytest.FixtureRequest) -> dict[str, str]:
    """A screen for each point; the broker's devices differ from test to test."""
    first = 0x100 if "mariadb" in request.node.name else 0x200
    found = {point: uuid_of(first + number) for number, point in enumerate(POINTS)}
    for uuid in found.values():
        add_screen(site.school.app, uuid)
    site.add_devices(*found.values())
    return found


def restart_and_die(api: ApiProcess, uuid: str) -> None:
    with pytest.raises(httpx.HTTPError):
        api.restart(uuid, "restart_app")
    assert api.process.wait(30) == -signal.SIGKILL


def test_a_publisher_killed_at_any_point_leaves_nothing_open_and_nothing_done_twice(
    site: CommandSite, victims: dict[str, str]
) -> None:
    with ExitStack() as stack:
        devices = {point: ObedientDevice(site, uuid) for point, uuid in victims.items()}
        for device in devices.values():
            stack.callback(device.close)
        apis = stack.enter_context(site.apis(*({"INFOSCREEN_DIE_AT": point} for point in POINTS)))
        stack.enter_context(site.listener())
        stack.enter_context(site.passes())
        for point, api in zip(POINTS, apis, strict=True):
            restart_and_die(api, victims[point])
        died_at = utc_now()
        eventually(lambda: all(each.status in ENDS for uuid in victims.values() for each in stored(site, uuid)), 30)
        assert utc_now() - died_at < timedelta(seconds=20)
        eventually(lambda: all(len(device.executed) <= 1 for device in devices.values()))
    ends = {point: [Status(each.status) for each in stored(site, uuid)] for point, uuid in victims.items()}
    assert ends == {
        "before_commit": [],
        "after_commit": [Status.COMPLETED],
        "before_publish": [Status.FAILED],
        "after_publish": [Status.COMPLETED],
        "after_note": [Status.COMPLETED],
    }
    assert {point: len(device.executed) for point, device in devices.items()} == {
        point: int(end == [Status.COMPLETED]) for point, end in ends.items()
    }
