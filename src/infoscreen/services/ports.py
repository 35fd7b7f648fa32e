"""What answers from outside the process, as protocols; the adapters are behind them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol

from infoscreen.domain.alert_channels import AlertMessage, Target
from infoscreen.domain.disk import Room
from infoscreen.domain.media import Kind, MediaFacts
from infoscreen.domain.power_switches import PowerSwitchSettings


class NoticeKind(StrEnum):
    """What kind of thing changed; pages and the scheduler follow by kind."""

    CLIENTS = "clients"
    GROUPS = "groups"
    EVENTS = "events"
    MEDIA = "media"
    CONVERSIONS = "conversions"
    SCREENSHOTS = "screenshots"
    SETTINGS = "settings"
    PERIODS = "periods"
    HOLIDAYS = "holidays"
    ALERTS = "alerts"
    COMMANDS = "commands"  # ids: of commands, and of the clients they are for
    LEADERSHIP = "leadership"  # among schedulers only
    ROLLOUTS = "rollouts"
    BROADCASTS = "broadcasts"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something changed and is committed: its kind and the ids concerned (none: all may be)."""

    kind: NoticeKind
    ids: tuple[int | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """Something to publish with QoS 1, not retained."""

    topic: str
    payload: bytes


class Bus(Protocol):
    """The broker, for those who publish."""

    @property
    def is_connected(self) -> bool:
        """Whether the broker is there and has let us in."""
        ...

    def publish(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> None:
        """Publish and, with QoS 1, wait for the broker's confirmation; raises `BusUnavailable` without one."""
        ...

    def publish_all(self, messages: Sequence[Message]) -> Sequence[bool]:
        """Publish many in their order, waiting for the broker once for all; which of them it has confirmed."""
        ...


class Announcer(Protocol):
    """Tells the other processes what changed. Losing a notice costs time, never truth."""

    def announce(self, notice: Notice) -> None:
        """Send a notice as soon as possible; never raises and never waits."""
        ...


class Received(NamedTuple):
    """A message as the broker delivered it; `payload` is None where it was too large to be kept."""

    topic: str
    payload: bytes | None
    received_at: float  # monotonic seconds
    qos: int = 0
    retained: bool = False
    redelivered: bool = False  # or may be
    mid: int = 0
    session: int = 0  # which connection it came by; it can only be confirmed there


class Intake(Protocol):
    """The stream of what devices report."""

    def start(self) -> None:
        """Connect, now or as soon as the broker is there, and take in reports from then on."""
        ...

    @property
    def dropped(self) -> int:
        """How many reports without confirmation had to make room, since the start."""
        ...

    def collect(self, at_most: int, within: float) -> list[Received]:
        """Wait up to `within` seconds for a report, then until the oldest has waited as long; empty when none came."""
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

    def is_empty(self) -> bool:
        """Whether nothing waits for a worker."""
        ...

    def answers(self) -> bool:
        """Whether the queue can be used now."""
        ...


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

    def keep(self, uuid: str, jpeg: bytes, kind: str, taken_at: datetime) -> None:
        """Make a picture the latest of its client, and its priority one where the kind is not periodic."""
        ...

    def latest(self, uuid: str) -> Path | None:
        """The latest picture, if there is one."""
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


class PasswordHasher(Protocol):
    """Hashes people's passwords."""

    @property
    def nobodys_hash(self) -> str:
        """A hash that no password fits and that takes as long to verify as any."""
        ...

    def hash(self, password: str) -> str:
        """A salted hash that `verify` understands."""
        ...

    def verify(self, hashed: str, password: str) -> bool:
        """Whether the password is the hashed one; takes its time on purpose."""
        ...


class Unsealable(Exception):
    """A sealed text was sealed with another key, or is damaged."""


class Seal(Protocol):
    """Keeps short secrets unreadable in the database."""

    def seal(self, text: str) -> str:
        """The text, unreadable without the installation's key."""
        ...

    def unseal(self, sealed: str) -> str:
        """The text again; raises `Unsealable`."""
        ...

    def fingerprint(self, text: str) -> str:
        """Always the same for a text, and no way back to it."""
        ...


class Notifier(Protocol):
    """Sends messages to people and programs elsewhere."""

    def send(self, target: Target, message: AlertMessage) -> None:
        """Send, within half a minute; raises `NotSent`."""
        ...

    def knows(self, url: str) -> bool:
        """Whether an address is one of a service that messages can be sent to."""
        ...


class PowerSwitch(Protocol):
    """What feeds one screen; each question takes at most some seconds, and raises `PowerSwitchFailed`."""

    def is_on(self) -> bool:
        """Read the state from the switch."""
        ...

    def turn_off(self) -> None:
        """Turn off, and return when the switch has confirmed that it is."""
        ...

    def turn_on(self) -> None:
        """Turn on, and return when the switch has confirmed that it is."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside that a use case may need, built once per process."""

    bus: Bus
    announcer: Announcer
    jobs: JobQueue
    media: MediaStore
    probe: MediaProbe
    screenshots: ScreenshotStore
    passwords: PasswordHasher
    seal: Seal
    notifier: Notifier
    power_switch: Callable[[PowerSwitchSettings], PowerSwitch]


Effect = Callable[[Ports], None]
