"""What answers from outside the process, as protocols; the adapters are behind them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from infoscreen.domain.alert_channels import AlertMessage, Target
from infoscreen.domain.power_switches import PowerSwitchSettings
from infoscreen.services.file_ports import MediaProbe, MediaStore, ScreenshotStore
from infoscreen.services.notices import Announcer


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

    def close(self) -> None:
        """Let go of what is open; what is used afterwards opens it anew."""
        ...

    def answers(self) -> bool:
        """Whether the queue can be used now."""
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
