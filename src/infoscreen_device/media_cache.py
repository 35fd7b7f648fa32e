"""Files that screens show, fetched once for all devices of a process and kept by their SHA-256 sum.

What is in the directory is whole and checked: a file gets its name only after its sum was right.
"""

import asyncio
import hashlib
import os
import re
import ssl
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from weakref import WeakValueDictionary

import httpx

from infoscreen_device.config import Account

MIB = 1024 * 1024
CACHE_LIMIT = 2048 * MIB
FILE_LIMIT = 512 * MIB
FETCH_LIMIT_SECONDS = 300
ABANDONED_SECONDS = 3600
_CHECKSUM = re.compile(r"sha256:([0-9a-f]{64})\Z")
_FILE_NAME = re.compile(r"[0-9a-f]{64}\Z")


class MediaUnavailableError(Exception):
    """A file cannot be had, with the reason; it never holds an address, which may carry a signature."""


class MediaCache:
    """A directory of checked files; the least recently used ones make room for new ones."""

    def __init__(
        self,
        directory: Path,
        *,
        limit: int = CACHE_LIMIT,
        file_limit: int = FILE_LIMIT,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self._limit = limit
        self._file_limit = min(file_limit, limit)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        # No redirects: an address is used as it is, and the token must not travel on.
        self._http = httpx.AsyncClient(
            verify=tls or True,
            timeout=10,
            follow_redirects=False,
            trust_env=False,
            limits=httpx.Limits(max_connections=8),
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def fetch(self, url: str, checksum: str, size: int, account: Account) -> Path:
        """The local file with this sum and size, fetched if it is not here yet. MediaUnavailableError says why not."""
        found = _CHECKSUM.match(checksum)
        if not found or not 0 < size <= self._file_limit:
            raise MediaUnavailableError("checksum or size cannot be accepted")
        path = self._directory / found[1]
        async with self._locks.setdefault(found[1], asyncio.Lock()):
            if not _is_here(path, size):
                await self._download(url, path, size, account)
        return path

    async def _download(self, url: str, path: Path, size: int, account: Account) -> None:
        try:
            self._make_room(size)
            async with asyncio.timeout(FETCH_LIMIT_SECONDS):
                with _whole_or_not_at_all(path) as file:
                    await self._receive(url, file, path.name, size, account)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            raise MediaUnavailableError(f"not received: {type(error).__name__}") from error

    async def _receive(self, url: str, file: BinaryIO, digest: str, size: int, account: Account) -> None:
        summed, received = hashlib.sha256(), 0
        address = _checked(url)
        async with self._http.stream("GET", address, headers=_headers(address, account)) as response:
            if response.status_code != httpx.codes.OK:
                raise MediaUnavailableError(f"server answered {response.status_code}")
            async for chunk in response.aiter_bytes(65536):
                received += len(chunk)
                if received > size:
                    raise MediaUnavailableError("larger than announced")
                summed.update(chunk)
                file.write(chunk)
        if received != size or summed.hexdigest() != digest:
            raise MediaUnavailableError("size or checksum is wrong")

    def _make_room(self, size: int) -> None:
        kept = []
        for path in self._directory.iterdir():
            status = path.stat()
            if _FILE_NAME.match(path.name):
                kept.append((status.st_mtime, status.st_size, path))
            elif path.suffix == ".part" and time.time() - status.st_mtime > ABANDONED_SECONDS:
                path.unlink(missing_ok=True)
        used = sum(each_size for _, each_size, _ in kept)
        for _, each_size, path in sorted(kept):
            if used + size <= self._limit:
                break
            path.unlink(missing_ok=True)
            used -= each_size


def _is_here(path: Path, size: int) -> bool:
    if not path.is_file() or path.stat().st_size != size:
        return False
    os.utime(path)
    return True


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[BinaryIO]:
    """A file that gets its name only when the block ends well, on disk before it has it."""
    descriptor, name = tempfile.mkstemp(suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _checked(url: str) -> httpx.URL:
    address = httpx.URL(url)
    if address.scheme not in ("http", "https") or not address.host or address.userinfo:
        raise MediaUnavailableError("address is not plain http or https")
    return address


def _headers(address: httpx.URL, account: Account) -> dict[str, str]:
    """The device token goes to its own server only; the address carries what any other one needs."""
    headers = {"Accept-Encoding": "identity"}
    if account.device_token and account.server_host and address.host == account.server_host:
        headers["Authorization"] = f"Bearer {account.device_token}"
    return headers
