"""Screenshots on disk: which files there are, how many are kept, and that nobody ever reads half of one."""

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infoscreen.adapters.screenshot_store import DiskScreenshotStore

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
TAKEN = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> DiskScreenshotStore:
    return DiskScreenshotStore(tmp_path)


def test_the_names_are_those_of_the_contract(store: DiskScreenshotStore, tmp_path: Path) -> None:
    store.keep(UUID, b"jpeg", "event_start", TAKEN)
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{UUID}.jpg",
        f"{UUID}_20261123T090000123456_event_start.jpg",
        f"{UUID}_priority.jpg",
        f"{UUID}_meta.json",
    }


def test_a_periodic_picture_replaces_the_latest_and_leaves_the_priority_one(
    store: DiskScreenshotStore, tmp_path: Path
) -> None:
    store.keep(UUID, b"start", "event_start", TAKEN)
    store.keep(UUID, b"later", "periodic", TAKEN + timedelta(minutes=1))
    latest, priority = store.latest(UUID), store.priority(UUID)
    assert latest is not None
    assert priority is not None
    assert (latest.read_bytes(), priority.read_bytes()) == (b"later", b"start")
    meta = json.loads((tmp_path / f"{UUID}_meta.json").read_text())
    assert (meta["latest_screenshot_type"], meta["last_priority_screenshot_type"]) == ("periodic", "event_start")
    assert meta["last_priority_received_at"] == TAKEN.isoformat()


def test_twenty_pictures_are_kept_the_newest_first(store: DiskScreenshotStore) -> None:
    for minute in range(25):
        store.keep(UUID, b"jpeg", "periodic", TAKEN + timedelta(minutes=minute))
    assert [kept.taken_at for kept in store.history(UUID)] == [TAKEN + timedelta(minutes=24 - n) for n in range(20)]


def test_a_client_without_a_picture_has_none(store: DiskScreenshotStore) -> None:
    assert (store.latest(UUID), store.priority(UUID), store.history(UUID)) == (None, None, [])


def test_deleting_a_client_leaves_the_others_pictures(store: DiskScreenshotStore, tmp_path: Path) -> None:
    store.keep(UUID, b"jpeg", "event_stop", TAKEN)
    store.keep("other", b"jpeg", "periodic", TAKEN)
    store.delete(UUID)
    assert store.latest("other")
    assert not list(tmp_path.glob(f"{UUID}*"))


def test_a_broken_description_is_written_anew(store: DiskScreenshotStore, tmp_path: Path) -> None:
    (tmp_path / f"{UUID}_meta.json").write_text("{half")
    store.keep(UUID, b"jpeg", "periodic", TAKEN)
    assert json.loads((tmp_path / f"{UUID}_meta.json").read_text())["latest_screenshot_type"] == "periodic"


def test_a_reader_never_sees_half_a_picture(store: DiskScreenshotStore) -> None:
    pictures = {bytes([letter]) * 200_000 for letter in b"ab"}
    store.keep(UUID, next(iter(pictures)), "periodic", TAKEN)
    done, seen = threading.Event(), set()

    def read_on() -> None:
        while not done.is_set():
            path = store.latest(UUID)
            seen.add(path.read_bytes() if path else b"gone")

    reader = threading.Thread(target=read_on)
    reader.start()
    for number in range(100):
        store.keep(UUID, sorted(pictures)[number % 2], "periodic", TAKEN + timedelta(seconds=number))
    done.set()
    reader.join()
    assert seen <= pictures
