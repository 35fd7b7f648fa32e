"""What the processes tell each other: something of a kind changed, and is committed."""

from dataclasses import dataclass
from enum import StrEnum
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


class Announcer(Protocol):
    """Tells the other processes what changed. Losing a notice costs time, never truth."""

    def announce(self, notice: Notice) -> None:
        """Send a notice as soon as possible; never raises and never waits."""
        ...
