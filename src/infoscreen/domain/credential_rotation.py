"""The life of a device's new password, as one table; the device's side is in `infoscreen_device/credentials.py`.

At every moment the broker lets in with the old or with the new password, and from `CONFIRMED` on the device keeps both:
so it does not matter which of them a crash, an outage or a switch back leaves in force.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from infoscreen.domain.errors import Conflict

# Devices ask at every connect and once a day: one that has not fetched its password by then is away for good.
FETCH_WITHIN = timedelta(days=7)
BROKER_FOLLOWS_WITHIN = timedelta(minutes=10)
RETURN_WITHIN = timedelta(seconds=60)
# What the device sent by its old connection may still be on its way when the broker has switched.
LAST_WORDS = timedelta(seconds=1)


class State(StrEnum):
    """How far a rotation is."""

    WAITING = "waiting"  # the new password waits for the device
    CONFIRMED = "confirmed"  # the device keeps both; the broker is being told
    SWITCHED = "switched"  # the broker follows; the device has to come back
    DONE = "done"
    REVERTED = "reverted"  # the old password holds again
    EXPIRED = "expired"  # never fetched, or not readable any more


SWITCHING = (State.CONFIRMED, State.SWITCHED)
ENDED = (State.DONE, State.REVERTED, State.EXPIRED)


class RotationUnderWay(Conflict):
    """A new password already waits for the device."""

    code = "rotation_under_way"


class RotationEnded(Conflict):
    """What the device confirms is no longer wanted."""

    code = "rotation_ended"


@dataclass(frozen=True, slots=True)
class Rotation:
    """One rotation as it stands: its state, and since when it has it."""

    state: State
    since: datetime


@dataclass(frozen=True, slots=True)
class Observed:
    """What is known at an instant: whether the broker follows the switch, and when the device last reported."""

    now: datetime
    broker_follows: bool
    last_alive: datetime | None


def next_state(rotation: Rotation, seen: Observed) -> State | None:
    """Where a rotation goes by itself, None while it stays.

    Proof counts however late it is looked at: a server that was down for an hour finds the device back, not lost.
    """
    match rotation.state:
        case State.WAITING:
            return State.EXPIRED if _is_over(rotation, seen, FETCH_WITHIN) else None
        case State.CONFIRMED:
            if seen.broker_follows:
                return State.SWITCHED
            return State.REVERTED if _is_over(rotation, seen, BROKER_FOLLOWS_WITHIN) else None
        case State.SWITCHED:
            if seen.last_alive is not None and seen.last_alive > rotation.since + LAST_WORDS:
                return State.DONE
            return State.REVERTED if _is_over(rotation, seen, RETURN_WITHIN) else None
        case _:
            return None


def _is_over(rotation: Rotation, seen: Observed, patience: timedelta) -> bool:
    return seen.now - rotation.since > patience
