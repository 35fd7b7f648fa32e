"""What the server itself concludes from a screen's pictures; what the device says of its screen is kept apart.

A picture is black by its brightness alone. It is frozen when it stays the same although what is shown must move.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypedDict

# Of 255: cameras and codecs make no pure black, and a dark slide with white text spreads far more.
BLACK_MEAN = 6.0
BLACK_SPREAD = 6.0
FROZEN_AFTER = timedelta(minutes=10)
# A picture comes about every minute (`device.md`); one that is much older says nothing of the screen as it is.
EVERY = timedelta(minutes=1)
CURRENT_FOR = timedelta(minutes=5)
OVERTAKEN_BY = timedelta(minutes=10)
PERIODIC = "periodic"


class PictureHealth(StrEnum):
    """What a screen's latest picture says."""

    OK = "OK"
    BLACK = "BLACK"
    FROZEN = "FROZEN"


@dataclass(frozen=True, slots=True)
class Luminance:
    """How bright a picture is, and how far its pixels lie apart (standard deviation); both 0 to 255."""

    mean: float
    spread: float

    @property
    def is_black(self) -> bool:
        """Whether nothing is to be seen: near zero on average, and nowhere much else."""
        return self.mean < BLACK_MEAN and self.spread < BLACK_SPREAD


class PictureState(TypedDict):
    """What is stored of a screen's pictures."""

    screenshot_at: datetime | None
    screenshot_hash: str | None
    screenshot_type: str | None
    screenshot_same_since: datetime | None
    picture_health: str | None
    priority_screenshot_at: datetime | None
    priority_screenshot_type: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture as it is judged: when it came, why it was taken, what it looks like."""

    at: datetime
    kind: str
    hash: str
    luminance: Luminance


def with_picture(known: PictureState, taken: Taken) -> PictureState:
    """What is known after one more picture; an older one, that another process was slower with, is not the latest."""
    state = known.copy()
    if taken.kind != PERIODIC and is_latest(taken.at, known["priority_screenshot_at"]):
        state["priority_screenshot_at"], state["priority_screenshot_type"] = taken.at, taken.kind
    if not is_latest(taken.at, known["screenshot_at"]):
        return state
    is_same = taken.hash == known["screenshot_hash"]
    state["screenshot_at"], state["screenshot_type"], state["screenshot_hash"] = taken.at, taken.kind, taken.hash
    if not is_same or known["screenshot_same_since"] is None:
        state["screenshot_same_since"] = taken.at
    if taken.luminance.is_black:
        state["picture_health"] = PictureHealth.BLACK
    elif not is_same or known["picture_health"] is None:  # frozen is what goes on
        state["picture_health"] = PictureHealth.OK
    return state


def is_latest(at: datetime, known: datetime | None) -> bool:
    """Whether a picture is the latest beside one that is known.

    A picture overtakes another by seconds: one that is much later is from before the server's clock was set back.
    """
    return known is None or at >= known or known - at > OVERTAKEN_BY


@dataclass(frozen=True, slots=True)
class Shown:
    """What an event puts on the screen, as far as it decides whether pictures must change; `interval` of its slides."""

    type: str
    pages: int | None = None
    interval: timedelta = timedelta(seconds=10)
    advances: bool = True
    loops: bool = True
    plays: bool = True


@dataclass(frozen=True, slots=True)
class Still:
    """Since when the pictures are the same and the event is shown, and when the latest picture was taken."""

    same_since: datetime
    shown_since: datetime
    taken_at: datetime


def must_move(shown: Shown) -> bool:
    """Whether two pictures ten minutes apart cannot be the same.

    A web page, a message or a substitution plan may stand still for hours. A video that does not loop ends in a still,
    and slides move only where there are several and they turn by themselves.
    """
    if shown.type == "video":
        return shown.plays and shown.loops
    if shown.type == "presentation":
        return shown.advances and (shown.pages or 0) > 1 and not _shows_one_page_to_the_camera(shown)
    return False


def _shows_one_page_to_the_camera(shown: Shown) -> bool:
    """Whether the pages go round in step with the pictures, or so slowly that one may last."""
    if shown.interval * 2 > FROZEN_AFTER:
        return True
    off = EVERY % (shown.interval * (shown.pages or 1))
    return min(off, shown.interval * (shown.pages or 1) - off) < shown.interval


def is_frozen(still: Still) -> bool:
    """Whether the same picture was there for ten minutes of an event that must move."""
    return still.taken_at - max(still.same_since, still.shown_since) >= FROZEN_AFTER


def is_current(taken_at: datetime | None, now: datetime) -> bool:
    """Whether a picture still says something of the screen."""
    return taken_at is not None and abs(now - taken_at) <= CURRENT_FOR
