"""Emergency messages (*Durchsagen*): which one a group shows, what a screen shows of it, and what the roll-call tells.

While one lasts it is the only event of its groups; `services/publishing.py` brings it to the devices.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from infoscreen.domain.health import CRASHED, is_alive
from infoscreen.domain.messages import paragraphs

LONGEST = timedelta(days=1)
# Devices name what they show by a number; those of events never come near.
FIRST_EVENT_ID = 1_000_000_000
# A screen that tells its health every five seconds, and has not for so long, cannot be counted on to show anything.
SILENT_AFTER = timedelta(seconds=30)


class Severity(StrEnum):
    """How grave a message is."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


# The screens speak German, as their fallback picture does.
HEADINGS = {Severity.INFO: "Durchsage", Severity.WARNING: "Wichtige Durchsage", Severity.CRITICAL: "Notfall"}
DRILL_HEADING = "Übung"


@dataclass(frozen=True, slots=True)
class Announcement:
    """A message that lasts from `start` to `end`, whole seconds in UTC."""

    id: int
    text: str
    severity: Severity
    is_drill: bool
    start: datetime
    end: datetime

    @property
    def event_id(self) -> int:
        """The number by which devices know it."""
        return FIRST_EVENT_ID + self.id

    @property
    def title(self) -> str:
        """What it is, in the language of the screens."""
        heading = HEADINGS[self.severity]
        return f"{DRILL_HEADING}: {heading}" if self.is_drill else heading

    @property
    def html(self) -> str:
        """What the screens show: the text as it was typed is text and never markup."""
        return f"<h1>{self.title}</h1>{paragraphs(self.text)}"


@dataclass(frozen=True, slots=True)
class Running:
    """A message that lasts, and its groups; None: every group but *Nicht zugeordnet*."""

    announcement: Announcement
    group_ids: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Overruled:
    """What a group shows instead of its plan: a message, else nothing; `is_held` is whether its plan is kept back."""

    announcement: Announcement | None = None
    is_held: bool = False


def announcements(running: Iterable[Running], group_ids: Collection[int]) -> dict[int, Announcement]:
    """What each of these groups shows: of several the newest, but no drill while there is something real."""
    found: dict[int, Announcement] = {}
    for each in sorted(running, key=lambda each: (not each.announcement.is_drill, each.announcement.id)):
        meant = group_ids if each.group_ids is None else each.group_ids.intersection(group_ids)
        found.update(dict.fromkeys(meant, each.announcement))
    return found


class ScreenStatus(StrEnum):
    """What a screen makes of a message, by what it reports."""

    SHOWN = "shown"
    PREPARING = "preparing"
    TV_OFF = "tv_off"
    OFFLINE = "offline"
    OVERRULED = "overruled"  # its group shows another message


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a screen last reported; times are the server's."""

    last_alive: datetime | None
    last_health: datetime | None
    process_status: str | None
    current_event_id: int | None
    tv_state: str | None
    screen_on: bool | None


def screen_status(
    screen: Reported, event_id: int, now: datetime, grace_seconds: float, *, is_overruled: bool
) -> ScreenStatus:
    """The screen's line in the roll-call of the message with this number."""
    if is_silent(screen, now, grace_seconds):
        return ScreenStatus.OFFLINE
    if is_overruled:
        return ScreenStatus.OVERRULED
    if screen.current_event_id != event_id or screen.process_status in (CRASHED, "stopped"):
        return ScreenStatus.PREPARING
    is_dark = screen.tv_state == "off" or screen.screen_on is False
    return ScreenStatus.TV_OFF if is_dark else ScreenStatus.SHOWN


def is_silent(screen: Reported, now: datetime, grace_seconds: float) -> bool:
    """Whether nothing is known of a screen now: not alive, or its health has stopped coming."""
    if screen.last_alive is None or not is_alive(screen.last_alive, now, grace_seconds):
        return True
    told_health = screen.last_health is not None and screen.last_alive - screen.last_health < SILENT_AFTER
    return told_health and now - screen.last_alive >= SILENT_AFTER
