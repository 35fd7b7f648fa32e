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
    assert {path.name for path in tmp_path.iterdir() if path.name != ".lock"} == {
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
    assert datetime.fromisoformat(meta["last_priority_received_at"]) == TAKEN


def test_twenty_pictures_are_kept_the_newest_first(store: DiskScreenshotStore) -> None:
    for minute in range(25):
        store.keep(UUID, b"jpeg", "periodic", TAKEN + timedelta(minutes=minute))
    assert [kept.taken_at for kept in store.history(UUID)] == [TAKEN + timedelta(minutes=24 - n) for n in range(20)]


def test_an_older_picture_that_comes_late_joins_the_recent_ones_and_is_not_the_latest(
    store: DiskScreenshotStore,
) -> None:
    store.keep(UUID, b"newer", "periodic", TAKEN + timedelta(seconds=1))
    store.keep(UUID, b"older", "periodic", TAKEN)
    latest = store.latest(UUID)
    assert latest is not None
    assert latest.read_bytes() == b"newer"
    assert [kept.taken_at for kept in store.history(UUID)] == [TAKEN + timedelta(seconds=1), TAKEN]


def test_what_is_left_of_pictures_that_nothing_lists_is_found_again(store: DiskScreenshotStore, tmp_path: Path) -> None:
    for minute in range(25):
        (tmp_path / f"{UUID}_20261123T08{minute:02}00000000_periodic.jpg").write_bytes(b"before")
    store.keep(UUID, b"jpeg", "periodic", TAKEN)
    assert len(store.history(UUID)) == len(list(tmp_path.glob(f"{UUID}_2*.jpg"))) == 20


def test_only_what_the_history_names_can_be_read_by_its_name(store: DiskScreenshotStore, tmp_path: Path) -> None:
    store.keep(UUID, b"jpeg", "periodic", TAKEN)
    (tmp_path / "secret").write_text("x")
    assert store.recent(UUID, store.history(UUID)[0].name)
    assert [store.recent(UUID, name) for name in ("secret", "../secret", f"{UUID}_meta.json", f"{UUID}.jpg")] == [
        None
    ] * 4


def test_whoever_was_killed_in_the_middle_of_a_picture_leaves_nothing_that_stays(
    store: DiskScreenshotStore, tmp_path: Path
) -> None:
    (tmp_path / ".part").write_bytes(b"ha")
    store.keep(UUID, b"whole", "periodic", TAKEN)
    assert not (tmp_path / ".part").exists()


def test_a_client_without_a_picture_has_none(store: DiskScreenshotStore) -> None:
    assert (store.latest(UUID), store.priority(UUID), store.history(UUID)) == (None, None, [])


def test_deleting_a_client_leaves_the_others_pictures(store: DiskScreenshotStore, tmp_path: Path) -> None:
    store.keep(UUID, b"jpeg", "event_stop", TAKEN)
    store.keep("other", b"jpeg", "periodic", TAKEN)
    store.delete(UUID)
    assert store.latest("other")
    assert not list(tmp_path.glob(f"{UUID}*"))


def test_the_thumbnail_is_the_latest_pictures_and_goes_with_its_client(store: DiskScreenshotStore) -> None:
    store.keep(UUID, b"newer", "periodic", TAKEN + timedelta(seconds=1), b"newer, small")
    store.keep(UUID, b"older", "periodic", TAKEN, b"older, small")
    small = store.thumbnail(UUID)
    assert small is not None
    assert small.read_bytes() == b"newer, small"
    assert store.clients() == {UUID}
    store.delete(UUID)
    assert store.thumbnail(UUID) is None


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


def test_pictures_of_a_clock_that_was_ahead_make_room_for_those_that_come_now(store: DiskScreenshotStore) -> None:
    ahead = TAKEN + timedelta(days=300)
    for minute in range(20):
        store.keep(UUID, b"ahead", "event_start", ahead + timedelta(minutes=minute))
    for minute in range(5):
        store.keep(UUID, b"now", "periodic", TAKEN + timedelta(minutes=minute))
    latest = store.latest(UUID)
    assert latest is not None
    assert latest.read_bytes() == b"now"
    assert [kept.taken_at for kept in store.history(UUID)][:6] == [
        *(TAKEN + timedelta(minutes=minute) for minute in (4, 3, 2, 1, 0)),
        ahead + timedelta(minutes=19),
    ]
    assert len(store.history(UUID)) == 20


def test_it_tells_whose_pictures_there_are(store: DiskScreenshotStore) -> None:
    assert store.clients() == set()
    store.keep(UUID, b"jpeg", "event_start", TAKEN)
    assert store.clients() == {UUID}
    store.delete(UUID)
    assert store.clients() == set()
