"""The queue hands every id to a worker, on a SQLite file and on a real Redis."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import redis

from infoscreen.adapters.queue import HueyQueue, open_queue
from ports import free_port
from waiting import eventually

KEY = "k" * 40


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis of the tests' own on a free port, without a file on disk."""
    port = free_port()
    program = shutil.which("redis-server") or "redis-server"
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    child = subprocess.Popen([program, *options], cwd=tmp_path_factory.mktemp("redis"), stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    eventually(lambda: _answers(url))
    yield url
    child.terminate()
    child.wait()


def _answers(url: str) -> bool:
    with suppress(redis.ConnectionError), closing(redis.Redis.from_url(url)) as connection:
        return bool(connection.ping())
    return False


@pytest.fixture(params=["sqlite", pytest.param("redis", marks=pytest.mark.service)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str | None]]:
    """Where a queue is: its directory, or the address of an empty Redis."""
    if request.param == "sqlite":
        yield tmp_path, None
        return
    url: str = request.getfixturevalue("redis_url")
    with closing(redis.Redis.from_url(url)) as connection:
        connection.flushdb()
    yield tmp_path, url


def _open(place: tuple[Path, str | None], key: str = KEY) -> HueyQueue:
    return open_queue(*place, key)


def test_an_id_goes_from_one_process_to_another(place: tuple[Path, str | None]) -> None:
    done: list[int] = []
    worker = _open(place).work(done.append)
    asking = _open(place)
    asking.enqueue_conversion(7)
    asking.enqueue_conversion(8)
    eventually(lambda: done == [7, 8])
    assert asking.is_empty()
    worker.take_no_more()
    assert worker.has_ended(within=5)


def test_what_waits_survives_until_a_worker_comes(place: tuple[Path, str | None]) -> None:
    _open(place).enqueue_conversion(7)
    waiting = _open(place)
    assert not waiting.is_empty()
    done: list[int] = []
    worker = waiting.work(done.append)
    eventually(lambda: done == [7])
    worker.take_no_more()
    assert worker.has_ended(within=5)


def test_a_queue_that_was_closed_is_opened_anew_by_its_use(place: tuple[Path, str | None]) -> None:
    queue = _open(place)
    queue.enqueue_conversion(7)
    queue.close()
    assert not queue.is_empty()
    queue.close()


def test_a_conversion_that_breaks_does_not_end_the_worker(place: tuple[Path, str | None]) -> None:
    done: list[int] = []

    def convert(conversion_id: int) -> None:
        if conversion_id == 7:
            raise RuntimeError("broke")
        done.append(conversion_id)

    queue = _open(place)
    worker = queue.work(convert)
    queue.enqueue_conversion(7)
    queue.enqueue_conversion(8)
    eventually(lambda: done == [8])
    worker.take_no_more()
    assert worker.has_ended(within=5)


def test_an_entry_signed_with_another_key_is_not_run(place: tuple[Path, str | None]) -> None:
    done: list[int] = []
    _open(place, "x" * 40).enqueue_conversion(7)
    queue = _open(place)
    worker = queue.work(done.append)
    queue.enqueue_conversion(8)
    eventually(lambda: done == [8])
    worker.take_no_more()
    assert worker.has_ended(within=5)


def test_a_queue_that_is_there_answers(place: tuple[Path, str | None]) -> None:
    assert _open(place).answers()


def test_a_redis_that_is_away_does_not(tmp_path: Path) -> None:
    assert not open_queue(tmp_path, f"redis://127.0.0.1:{free_port()}/0", KEY).answers()


def test_it_makes_no_file_before_it_is_used(tmp_path: Path) -> None:
    queue = open_queue(tmp_path / "data", None, KEY)
    assert not (tmp_path / "data").exists()
    queue.enqueue_conversion(1)
    assert (tmp_path / "data" / "queue.db").exists()
