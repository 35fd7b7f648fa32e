"""What keeps, examines and converts files, as protocols; the adapters are behind them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from infoscreen.domain.disk import Room
from infoscreen.domain.media import Kind, MediaFacts


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on disk: where it lies for now, its sha256 (hex) and its size in bytes."""

    path: Path
    sha256: str
    size: int


class MediaStore(Protocol):
    """Keeps contents, their thumbnails and converted PDFs by sha256; the same content is kept once."""

    def receive(self, chunks: Iterator[bytes]) -> AbstractContextManager[StoredFile]:
        """Write a stream to a file that is gone when the block ends, unless it was kept. Raises `DiskFull`."""
        ...

    def keep(self, received: StoredFile) -> None:
        """Put a received file in its place."""
        ...

    def path(self, sha256: str) -> Path:
        """Where a content lies; raises `NotFound`."""
        ...

    def keep_thumbnail(self, sha256: str, jpeg: bytes) -> None:
        """Keep the small picture of a content."""
        ...

    def thumbnail_path(self, sha256: str) -> Path:
        """Where the small picture of a content lies; raises `NotFound`."""
        ...

    def keep_pdf(self, write: Callable[[Path], None]) -> StoredFile:
        """Have a PDF written to a path and put it in its place, whole or not at all. Raises `DiskFull`."""
        ...

    def pdf_path(self, sha256: str) -> Path:
        """Where a converted PDF lies, by its own sha256; raises `NotFound`."""
        ...

    def room(self) -> Room:
        """What is free on the disk that all data of the installation is on."""
        ...

    def idle(self, since: datetime) -> set[str]:
        """What nobody has stored (again) since an instant, by sha256; leftovers of crashes are removed on the way."""
        ...

    def delete_idle(self, sha256: str, since: datetime) -> None:
        """Forget a content, its thumbnail and a PDF of this sha256, unless it was stored again since the instant."""
        ...


class MediaProbe(Protocol):
    """Looks into files, believing nothing they or their names say."""

    def examine(self, path: Path, name: str) -> MediaFacts:
        """What a file is by its content; raises `WrongKind` or `UnreadableMedia`."""
        ...

    def thumbnail(self, path: Path, kind: Kind) -> bytes | None:
        """A small JPEG of what the file shows, None where there is none."""
        ...

    def is_protected(self, path: Path) -> bool:
        """Whether an office document asks for a password."""
        ...


@dataclass(frozen=True, slots=True)
class KeptScreenshot:
    """One picture of a client's recent ones."""

    name: str
    kind: str
    taken_at: datetime


class ScreenshotStore(Protocol):
    """Keeps the pictures that screens send; who reads one meanwhile sees the old or the new one, never half of it."""

    def keep(self, uuid: str, jpeg: bytes, kind: str, taken_at: datetime, thumbnail: bytes | None = None) -> None:
        """Make a picture the latest of its client, and its priority one where the kind is not periodic."""
        ...

    def latest(self, uuid: str) -> Path | None:
        """The latest picture, if there is one."""
        ...

    def thumbnail(self, uuid: str) -> Path | None:
        """The latest picture as it was made small, if it was."""
        ...

    def priority(self, uuid: str) -> Path | None:
        """The latest picture of an event's start or stop, if there is one."""
        ...

    def recent(self, uuid: str, name: str) -> Path | None:
        """One of the recent pictures by its name in the history."""
        ...

    def history(self, uuid: str) -> Sequence[KeptScreenshot]:
        """The recent pictures, the newest first."""
        ...

    def clients(self) -> set[str]:
        """The clients that pictures are kept of."""
        ...

    def delete(self, uuid: str) -> None:
        """Forget all pictures of a client."""
        ...


class Converter(Protocol):
    """Turns an office document into a PDF."""

    def to_pdf(self, source: Path, kind: Kind, target: Path) -> None:
        """Write the PDF of `source` to `target`; raises `ConversionFailed`, or `ConversionInterrupted` after `stop`."""
        ...

    def stop(self) -> None:
        """Break off what runs, and refuse what comes: the process is ending."""
        ...
