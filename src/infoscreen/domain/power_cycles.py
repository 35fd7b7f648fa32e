"""Cycling a client's power: what is next for its switch, and when, told from stored instants alone.

A screen must not stay dark because somebody died between off and on. So a switch is marked before it is asked to turn
off, and the mark goes only when it has confirmed that it is on; until then somebody always sees to it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from infoscreen.domain.commands import Status

# Whoever has taken a step does it within this time (two questions of ten seconds each), or has died.
STEP_TAKES_AT_MOST = timedelta(seconds=30)
# A switch that does not turn on again: asked often for a minute, then told as a failure, and asked for ever.
FAILS_AFTER = timedelta(seconds=60)
# Nothing is put off for longer; what seems to be was noted before the clock was set back.
LATER_THAN_ANY = timedelta(seconds=90)
RETRY_SOON, RETRY_LATER = timedelta(seconds=2), timedelta(seconds=30)


class Step(StrEnum):
    """What a switch is asked to do."""

    OFF = "off"
    ON = "on"


@dataclass(frozen=True, slots=True)
class Cycle:
    """How far a switch is: since when it may be off, when to see to it, and where its command is.

    `status` is None where the command is gone; `is_wanted`: another command waits to begin.
    """

    off_since: datetime | None
    due_at: datetime | None
    status: Status | None
    is_wanted: bool = False


def next_step(cycle: Cycle, now: datetime) -> Step | None:
    """What to do now; None: nothing, or somebody else is at it.

    Turning off is repeated where nobody has noted that it was confirmed, and its command still stands.
    """
    if cycle.due_at is not None and now < cycle.due_at <= now + LATER_THAN_ANY:
        return None
    if cycle.off_since is None:
        return Step.OFF if cycle.is_wanted else None
    return Step.OFF if cycle.status is Status.PUBLISH_IN_PROGRESS else Step.ON


def has_failed(off_since: datetime, off_seconds: int, now: datetime) -> bool:
    """Whether a switch has refused to turn on again for so long that somebody should know."""
    return now - off_since >= timedelta(seconds=off_seconds) + FAILS_AFTER


def retry_at(off_since: datetime, off_seconds: int, now: datetime) -> datetime:
    """When to ask it again."""
    return now + (RETRY_LATER if has_failed(off_since, off_seconds, now) else RETRY_SOON)
