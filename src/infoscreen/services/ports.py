"""What answers from outside the process, as protocols; the adapters are behind them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class NoticeKind(StrEnum):
    """What kind of thing changed; pages and the scheduler follow by kind."""

    CLIENTS = "clients"
    GROUPS = "groups"
    EVENTS = "events"
    MEDIA = "media"
    CONVERSIONS = "conversions"
    SCREENSHOTS = "screenshots"
    SETTINGS = "settings"
    HOLIDAYS = "holidays"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something changed and is committed: its kind and the ids concerned (none: all may be)."""

    kind: NoticeKind
    ids: tuple[int | str, ...] = ()


class Bus(Protocol):
    """The broker, for those who publish."""

    def publish(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> None:
        """Publish and, with QoS 1, wait for the broker's confirmation; raises `BusUnavailable` without one."""
        ...


class Announcer(Protocol):
    """Tells the other processes what changed. Losing a notice costs time, never truth."""

    def announce(self, notice: Notice) -> None:
        """Send a notice as soon as possible; never raises and never waits."""
        ...


class JobQueue(Protocol):
    """Hands work to the worker process."""

    def enqueue_conversion(self, conversion_id: int) -> None:
        """Ask for a conversion; doing so twice is harmless."""
        ...


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it came in: its sha256 (hex) and its size in bytes."""

    sha256: str
    size: int


class MediaStore(Protocol):
    """Keeps file contents by their sha256; the same content is kept once."""

    def keep(self, chunks: Iterator[bytes]) -> StoredFile:
        """Store a stream; nothing is left behind when it breaks off. Raises `DiskFull`."""
        ...

    def path(self, sha256: str) -> Path:
        """Where a content lies; raises `NotFound`."""
        ...

    def delete(self, sha256: str) -> None:
        """Forget a content; harmless when it is not there."""
        ...


class ScreenshotStore(Protocol):
    """Keeps the pictures that screens send."""

    def keep(self, uuid: str, jpeg: bytes, kind: str, taken_at: str) -> None:
        """Make a picture the latest of its client, and its priority one where the kind is not periodic."""
        ...

    def latest(self, uuid: str) -> Path | None:
        """The latest picture, if there is one."""
        ...

    def delete(self, uuid: str) -> None:
        """Forget all pictures of a client."""
        ...


class Converter(Protocol):
    """Turns an office document into a PDF."""

    def to_pdf(self, source: Path, name: str, target: Path) -> None:
        """Write the PDF of `source` (whose given name ends in its kind) to `target`; raises `ConversionFailed`."""
        ...


class PasswordHasher(Protocol):
    """Hashes people's passwords."""

    def hash(self, password: str) -> str:
        """A salted hash that `verify` understands."""
        ...

    def verify(self, hashed: str, password: str) -> bool:
        """Whether the password is the hashed one; takes its time on purpose."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside that a use case may need, built once per process."""

    bus: Bus
    announcer: Announcer
    jobs: JobQueue
    media: MediaStore
    screenshots: ScreenshotStore
    passwords: PasswordHasher


Effect = Callable[[Ports], None]
