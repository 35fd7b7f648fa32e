"""The store keeps contents whole and once, and leaves nothing behind of what broke off."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from infoscreen.adapters.disk_store import DiskStore
from infoscreen.domain.errors import DiskFull, NotFound

HELLO = sha256(b"hello").hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path, reserve=0)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]


def _keep(store: DiskStore, content: bytes) -> str:
    with store.receive(iter([content[:2], content[2:]])) as received:
        store.keep(received)
    return received.sha256


def _made_old(path: Path) -> Path:
    long_ago = (datetime.now(UTC) - timedelta(days=1)).timestamp()
    os.utime(path, (long_ago, long_ago))
    return path


def _an_hour_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


def test_a_content_lies_under_its_hash(store: DiskStore, tmp_path: Path) -> None:
    assert _keep(store, b"hello") == HELLO
    assert store.path(HELLO) == tmp_path / "media" / HELLO[:2] / HELLO
    assert store.path(HELLO).read_bytes() == b"hello"


def test_the_same_content_is_stored_once(store: DiskStore, tmp_path: Path) -> None:
    _keep(store, b"hello")
    _keep(store, b"hello")
    assert len(_files(tmp_path)) == 1


def test_what_is_not_kept_is_gone(store: DiskStore, tmp_path: Path) -> None:
    with store.receive(iter([b"hello"])) as received:
        assert received.path.read_bytes() == b"hello"
        assert (received.sha256, received.size) == (HELLO, 5)
    assert _files(tmp_path) == []


def test_a_stream_that_breaks_off_leaves_nothing_behind(store: DiskStore, tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError), store.receive(chunks()):
        pytest.fail("it never came in whole")
    assert _files(tmp_path) == []


def test_a_nearly_full_disk_refuses_and_leaves_nothing_behind(tmp_path: Path) -> None:
    store = DiskStore(tmp_path, reserve=1 << 62)
    with pytest.raises(DiskFull), store.receive(iter([b"x"])):
        pytest.fail("there was no room")
    with pytest.raises(DiskFull):
        store.keep_pdf(lambda path: path.touch())
    assert _files(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_is_full_in_the_middle_is_a_fact_of_its_own(store: DiskStore) -> None:
    def fill(_path: Path) -> None:
        with Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b"x")

    with pytest.raises(DiskFull):
        store.keep_pdf(fill)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 63, "G" * 64, HELLO + "\n", "/" + HELLO])
def test_only_a_hash_is_looked_for(store: DiskStore, name: str) -> None:
    for look in (store.path, store.thumbnail_path, store.pdf_path):
        with pytest.raises(NotFound):
            look(name)


def test_a_pdf_is_in_place_whole_or_not_at_all(store: DiskStore, tmp_path: Path) -> None:
    def break_off(path: Path) -> None:
        path.write_bytes(b"%PDF-half")
        raise TimeoutError

    with pytest.raises(TimeoutError):
        store.keep_pdf(break_off)
    assert _files(tmp_path) == []

    def write(path: Path) -> None:
        path.write_bytes(b"hello")

    kept = store.keep_pdf(write)
    assert kept.path == store.pdf_path(HELLO) == tmp_path / "converted" / HELLO[:2] / f"{HELLO}.pdf"


def test_old_files_are_idle_until_they_are_stored_again(store: DiskStore) -> None:
    _keep(store, b"hello")
    store.keep_thumbnail(HELLO, b"jpeg")
    assert store.idle(_an_hour_ago()) == set()
    _made_old(store.path(HELLO))
    _made_old(store.thumbnail_path(HELLO))
    assert store.idle(_an_hour_ago()) == {HELLO}
    _keep(store, b"hello")
    store.delete_idle(HELLO, _an_hour_ago())
    assert store.path(HELLO).exists()
    with pytest.raises(NotFound):
        store.thumbnail_path(HELLO)


def test_what_a_killed_upload_left_is_removed(store: DiskStore, tmp_path: Path) -> None:
    left = tmp_path / "media" / ".incoming" / "left"
    left.write_bytes(b"half")
    store.idle(_an_hour_ago())
    assert left.exists()
    _made_old(left)
    store.idle(_an_hour_ago())
    assert not left.exists()
