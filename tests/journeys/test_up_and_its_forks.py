"""`infoscreen up` forks its processes: nothing gets over the fork that must not, and none of them outlives it."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from brokers import mosquitto_of
from systems import System
from waiting import eventually

pytestmark = pytest.mark.service
PROCESSES = {"broker", "api", "listener", "scheduler", "worker"}


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    system = System(tmp_path / "data", "--demo")
    system.start()
    yield system
    system.stop()


def open_files(pid: int) -> list[str]:
    found = []
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            found.append(str(descriptor.readlink()))
    return found


def is_running(pid: int) -> bool:
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def test_it_has_one_thread_no_database_open_and_starts_again_what_has_died(system: System) -> None:
    assert len(list(Path(f"/proc/{system.pid}/task").iterdir())) == 1
    assert not [file for file in open_files(system.pid) if ".db" in file and "/metrics/" not in file]
    eventually(lambda: system.children().keys() == PROCESSES)
    killed = system.children()["api"]
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: system.children().get("api", killed) != killed, timeout=60)
    eventually(system.answers_well, timeout=60)


def test_killed_it_takes_everything_with_it_and_can_be_started_again(system: System) -> None:
    eventually(lambda: system.children().keys() == PROCESSES)
    processes = system.children().values()
    system.kill()
    eventually(lambda: not any(map(is_running, processes)), timeout=60)
    eventually(lambda: mosquitto_of(system.data_dir) is None, timeout=60)
    system.start()
