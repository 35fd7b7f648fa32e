"""The media cache against a real web server."""

import asyncio
import os
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest

from device.files import Files
from device.samples import device_config
from infoscreen_device.media_cache import CACHE_LIMIT, MediaCache, MediaUnavailableError
from waiting import eventually

ACCOUNT = device_config().account
T = TypeVar("T")


@asynccontextmanager
async def cache_in(directory: Path, limit: int = CACHE_LIMIT) -> AsyncIterator[MediaCache]:
    media = MediaCache(directory / "cache", limit=limit)
    try:
        yield media
    finally:
        await media.close()


def fetched(directory: Path, *entries: dict[str, Any], limit: int = CACHE_LIMIT) -> list[bytes]:
    """What the cache gives for slide files, one after the other."""

    async def fetch_all() -> list[bytes]:
        async with cache_in(directory, limit) as media:
            return [(await _fetch(media, each)).read_bytes() for each in entries]

    return asyncio.run(fetch_all())


def _fetch(media: MediaCache, entry: dict[str, Any]) -> Coroutine[Any, Any, Path]:
    return media.fetch(entry["url"], entry["checksum"], entry["size"], ACCOUNT)


def kept(directory: Path) -> int:
    return len(list((directory / "cache").iterdir()))


def test_a_file_is_fetched_once_and_then_kept_also_for_the_next_start(files: Files, tmp_path: Path) -> None:
    entry = files.put("/a.pdf", b"content")
    assert fetched(tmp_path, entry, entry) == [b"content"] * 2
    assert fetched(tmp_path, entry) == [b"content"]
    assert len(files.asked) == 1


def test_devices_that_want_the_same_file_at_once_fetch_it_once(files: Files, tmp_path: Path) -> None:
    entry = files.put("/a.pdf", b"content")
    files.may_answer.clear()

    async def fetch_together() -> None:
        async with cache_in(tmp_path) as media:
            wanted = [asyncio.create_task(_fetch(media, entry)) for _ in range(20)]
            await asyncio.to_thread(eventually, lambda: files.asked)
            files.may_answer.set()
            assert len(set(await asyncio.gather(*wanted))) == 1

    asyncio.run(fetch_together())
    assert len(files.asked) == 1


def test_the_token_goes_to_the_devices_own_server_only(files: Files, tmp_path: Path) -> None:
    own, other = files.put("/own.pdf", b"own"), files.put("/other.pdf", b"other")
    other["url"] = other["url"].replace("127.0.0.1", "localhost")
    fetched(tmp_path, own, other)
    assert files.asked == [("/own.pdf", "Bearer the-token"), ("/other.pdf", None)]


@pytest.mark.parametrize(
    "change",
    [
        {"checksum": "sha256:" + "0" * 64},
        {"checksum": "sha256:../../../etc/passwd"},
        {"checksum": "md5:abc"},
        {"size": 6},
        {"size": 8},
        {"size": 0},
        {"size": -1},
        {"size": 10**12},
        {"url": "file:///etc/hostname"},
        {"url": "ftp://127.0.0.1/a.pdf"},
        {"url": "http://127.0.0.1:1/a.pdf"},
        {"url": "http://"},
        {"url": "http://[broken"},
    ],
    ids=str,
)
def test_what_is_not_exactly_as_announced_is_refused_and_leaves_nothing(
    files: Files, tmp_path: Path, change: dict[str, Any]
) -> None:
    entry = {**files.put("/a.pdf", b"content"), **change}
    with pytest.raises(MediaUnavailableError):
        fetched(tmp_path, entry)
    assert kept(tmp_path) == 0


@pytest.mark.parametrize("status", [301, 302, 401, 404, 500])
def test_an_answer_other_than_200_is_refused_and_a_redirect_not_followed(
    files: Files, tmp_path: Path, status: int
) -> None:
    files.put("/b.pdf", b"content")
    entry = files.put("/a.pdf", b"content", status=status, Location=files.url("/b.pdf"))
    with pytest.raises(MediaUnavailableError, match=str(status)):
        fetched(tmp_path, entry)
    assert [path for path, _ in files.asked] == ["/a.pdf"]


def test_an_error_never_names_the_signed_address(files: Files, tmp_path: Path) -> None:
    entry = files.put("/a.pdf?signature=0f3c", b"content")
    entry["url"] = entry["url"].replace(str(files.port), "1")
    with pytest.raises(MediaUnavailableError) as failure:
        fetched(tmp_path, entry)
    assert "0f3c" not in str(failure.value)


def test_the_file_used_least_recently_makes_room(files: Files, tmp_path: Path) -> None:
    first, second, third = (files.put(f"/{name}", name.encode() * 40) for name in "abc")
    fetched(tmp_path, first, second)
    for age, entry in enumerate((second, first)):
        path = tmp_path / "cache" / entry["checksum"].removeprefix("sha256:")
        os.utime(path, (1_000 + age, 1_000 + age))
    fetched(tmp_path, third, limit=100)
    fetched(tmp_path, first, limit=100)
    assert [path for path, _ in files.asked] == ["/a", "/b", "/c"]


def test_a_damaged_file_in_the_cache_is_fetched_again(files: Files, tmp_path: Path) -> None:
    entry = files.put("/a.pdf", b"content")
    fetched(tmp_path, entry)
    (tmp_path / "cache" / entry["checksum"].removeprefix("sha256:")).write_bytes(b"cut")
    assert fetched(tmp_path, entry) == [b"content"]


def test_a_device_without_a_token_sends_none(files: Files, tmp_path: Path) -> None:
    entry = files.put("/a.pdf", b"content")

    async def fetch_without_token() -> None:
        async with cache_in(tmp_path) as media:
            await media.fetch(entry["url"], entry["checksum"], entry["size"], replace(ACCOUNT, device_token=None))

    asyncio.run(fetch_without_token())
    assert files.asked == [("/a.pdf", None)]
