"""What answers from outside the process, as protocols; the adapters are behind them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class Received:
    """A message as the broker delivered it; `payload` is None where it was too large to be kept."""

    topic: str
    payload: bytes | None
    received_at: float  # monotonic seconds
    qos: int = 0
    retained: bool = False
    redelivered: bool = False
    mid: int = 0
    session: int = 0  # which connection it came by; it can only be confirmed there


class Intake(Protocol):
    """The stream of what devices report."""

    def start(self) -> None:
        """Connect, now or as soon as the broker is there, and take in reports from then on."""
        ...

    def collect(self, at_most: int, within: float) -> list[Received]:
        """Wait up to `within` seconds for a report, then as long again for more of them; empty when none came."""
        ...

    def confirm(self, messages: Iterable[Received]) -> None:
        """Tell the broker that these are stored and need not be delivered again."""
        ...

    def pause(self) -> None:
        """Take in nothing more; the broker keeps what needs confirmation."""
        ...

    def stop(self) -> None:
        """Disconnect; the broker keeps the session."""
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


@dataclass(frozen=True, slots=True)
class KeptScreenshot:
    """One picture of a client's recent ones."""

    name: str
    kind: str
    taken_at: datetime


class ScreenshotStore(Protocol):
    """Keeps the pictures that screens send; who reads one meanwhile sees the old or the new one, never half of it."""

    def keep(self, uuid: str, jpeg: bytes, kind: str, taken_at: datetime) -> None:
        """Make a picture the latest of its client, and its priority one where the kind is not periodic."""
        ...

    def latest(self, uuid: str) -> Path | None:
        """The latest picture, if there is one."""
        ...

    def priority(self, uuid: str) -> Path | None:
        """The latest picture of an event's start or stop, if there is one."""
        ...

    def history(self, uuid: str) -> Sequence[KeptScreenshot]:
        """The recent pictures, the newest first."""
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
