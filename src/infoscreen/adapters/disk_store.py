"""The media store on disk: contents, thumbnails and converted PDFs under the data directory, named by their sha256.

Everything is written to a file of its own first, forced to disk and then renamed: no half file is ever in place.
"""

import errno
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from infoscreen.domain.disk import Room
from infoscreen.domain.errors import DiskFull, NotFound
from infoscreen.services.file_ports import StoredFile

# The database, the logs and the screenshots need room as well, in bytes.
RESERVE = 256 * 1024 * 1024
CHUNK = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


class DiskStore:
    """Keeps files of one installation; several processes may use the same directory."""

    def __init__(self, data_dir: Path, reserve: int = RESERVE) -> None:
        self._contents = Shelf(data_dir / "media", "")
        self._thumbnails = Shelf(data_dir / "thumbnails", ".jpg")
        self._pdfs = Shelf(data_dir / "converted", ".pdf")
        self._incoming = data_dir / "media" / ".incoming"
        self._incoming.mkdir(parents=True, exist_ok=True)
        self._lock = data_dir / "media" / ".lock"
        self._reserve = reserve

    @contextmanager
    def receive(self, chunks: Iterator[bytes]) -> Iterator[StoredFile]:
        """Write a stream to a file that is gone when the block ends, unless it was kept. Raises `DiskFull`."""
        with tempfile.NamedTemporaryFile(dir=self._incoming, delete=False) as file:
            path = Path(file.name)
            try:
                with _full_disk_as_fact():
                    sha256, size = self._write(file, chunks)
                yield StoredFile(path, sha256, size)
            finally:
                path.unlink(missing_ok=True)

    def _write(self, file: IO[bytes], chunks: Iterator[bytes]) -> tuple[str, int]:
        digest, size, next_look = hashlib.sha256(), 0, 0
        for chunk in chunks:
            if size >= next_look:
                self._check_room()
                next_look = size + 16 * CHUNK
            digest.update(chunk)
            size += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
        return digest.hexdigest(), size

    def room(self) -> Room:
        """What is free on the disk that all data of the installation is on."""
        usage = shutil.disk_usage(self._incoming)
        return Room(usage.free, usage.total)

    def _check_room(self) -> None:
        if shutil.disk_usage(self._incoming).free < self._reserve:
            raise DiskFull

    def keep(self, received: StoredFile) -> None:
        """Put a received file in its place; of two of the same content the later one stays."""
        with self._locked():
            self._contents.put(received.path, received.sha256)

    def path(self, sha256: str) -> Path:
        """Where a content lies; raises `NotFound`."""
        return self._contents.find(sha256)

    def keep_thumbnail(self, sha256: str, jpeg: bytes) -> None:
        """Keep the small picture of a content."""
        with self.receive(iter([jpeg])) as received, self._locked():
            self._thumbnails.put(received.path, sha256)

    def thumbnail_path(self, sha256: str) -> Path:
        """Where the small picture of a content lies; raises `NotFound`."""
        return self._thumbnails.find(sha256)

    def keep_pdf(self, write: Callable[[Path], None]) -> StoredFile:
        """Have a PDF written to a path and put it in its place, whole or not at all. Raises `DiskFull`."""
        self._check_room()
        with tempfile.TemporaryDirectory(dir=self._incoming) as folder, _full_disk_as_fact():
            draft = Path(folder) / "converted.pdf"
            write(draft)
            with draft.open("rb+") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                os.fsync(file.fileno())
            size = draft.stat().st_size
            with self._locked():
                self._pdfs.put(draft, sha256)
        return StoredFile(self._pdfs.find(sha256), sha256, size)

    def pdf_path(self, sha256: str) -> Path:
        """Where a converted PDF lies, by its own sha256; raises `NotFound`."""
        return self._pdfs.find(sha256)

    def idle(self, since: datetime) -> set[str]:
        """What nobody has stored (again) since an instant, by sha256; leftovers of crashes are removed on the way."""
        for leftover in self._incoming.iterdir():
            if _is_idle(leftover, since):
                _remove(leftover)
        return {path.stem for shelf in self._shelves() for path in shelf.files() if _is_idle(path, since)}

    def delete_idle(self, sha256: str, since: datetime) -> None:
        """Forget a content, its thumbnail and a PDF of this sha256, unless it was stored again since the instant."""
        with self._locked():
            for shelf in self._shelves():
                path = shelf.place(sha256)
                if _is_idle(path, since):
                    path.unlink(missing_ok=True)

    def _shelves(self) -> tuple["Shelf", "Shelf", "Shelf"]:
        return self._contents, self._thumbnails, self._pdfs

    @contextmanager
    def _locked(self) -> Iterator[None]:
        # Between looking at a file's age and deleting it, no other process may store the same content again.
        with self._lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Shelf:
    """Files of one sort, spread over folders by the first two characters of their names."""

    def __init__(self, root: Path, ending: str) -> None:
        self._root = root
        self._ending = ending

    def place(self, sha256: str) -> Path:
        """Where the file of this sha256 belongs; raises `NotFound` for anything that is none."""
        if not _SHA256.fullmatch(sha256):
            raise NotFound
        return self._root / sha256[:2] / f"{sha256}{self._ending}"

    def find(self, sha256: str) -> Path:
        """Where the file lies; raises `NotFound`."""
        path = self.place(sha256)
        if not path.is_file():
            raise NotFound
        return path

    def put(self, file: Path, sha256: str) -> None:
        """Move a file, already forced to disk, to its place."""
        path = self.place(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        file.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def files(self) -> Iterator[Path]:
        """Every file here."""
        return self._root.glob(f"[0-9a-f][0-9a-f]/*{self._ending}")


def _remove(leftover: Path) -> None:
    if leftover.is_dir():
        shutil.rmtree(leftover, ignore_errors=True)
    else:
        leftover.unlink(missing_ok=True)


def _is_idle(path: Path, since: datetime) -> bool:
    try:
        return path.stat().st_mtime < since.timestamp()
    except FileNotFoundError:
        return False


@contextmanager
def _full_disk_as_fact() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull from error
        raise
