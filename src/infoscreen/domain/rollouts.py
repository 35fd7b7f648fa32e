"""Rollouts: one command to many clients, in waves that go on only while few of them fail.

Pure rules over counts of commands. How clients are spread over waves is in `rollout_waves.py`.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from operator import add

from infoscreen.domain.commands import OPEN, Status
from infoscreen.domain.errors import Conflict

# More than one in so many failed or timed out commands of a wave halts the rollout: 5 %.
ONE_FAILURE_IN = 20
CANARY_LASTS = timedelta(days=7)


class State(StrEnum):
    """How far a rollout is."""

    RUNNING = "running"
    PAUSED = "paused"  # by a person
    HALTED = "halted"  # by itself
    WAITING = "waiting"  # the canary wave went well; a person has to release the rest
    COMPLETED = "completed"
    STOPPED = "stopped"  # by a person, for good


ENDED = (State.COMPLETED, State.STOPPED)


class Halt(StrEnum):
    """Why a rollout halted by itself."""

    TOO_MANY_FAILURES = "too_many_failures"
    WAVE_SILENT = "wave_silent"  # no command of the wave was completed
    WAVE_EMPTY = "wave_empty"  # every client of the wave is gone


class Outcome(StrEnum):
    """What became of one client's part; what counts alike has one word."""

    PENDING = "pending"  # no command yet
    OPEN = "open"
    COMPLETED = "completed"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    EXPIRED = "expired"
    CANCELED = "canceled"
    BLOCKED = "blocked"
    VANISHED = "vanished"  # the client was deleted before there was an outcome


class RolloutEnded(Conflict):
    """The rollout is over and cannot be moved any more."""

    code = "rollout_ended"


class RolloutNotPaused(Conflict):
    """The rollout goes on already."""

    code = "rollout_not_paused"


class RolloutNotRunning(Conflict):
    """The rollout does not go on anyway."""

    code = "rollout_not_running"


class WaveIsEmpty(Conflict):
    """The clients of this wave are gone: nothing shows whether the rest may follow."""

    code = "wave_is_empty"


class CanaryNotReady(Conflict):
    """The canary group has not been under the threshold for long enough."""

    code = "canary_not_ready"


def outcome_of(status: str) -> Outcome:
    """The outcome of a target whose command has this status; `pending` and `vanished` stand for themselves."""
    if status in OPEN:
        return Outcome.OPEN
    if status == Status.MANUAL_INTERVENTION_REQUIRED:
        return Outcome.TIMED_OUT
    return Outcome.BLOCKED if status == Status.BLOCKED_SAFETY else Outcome(status)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many clients of a wave have which outcome."""

    pending: int = 0
    open: int = 0
    completed: int = 0
    failed: int = 0
    timed_out: int = 0
    expired: int = 0
    canceled: int = 0
    blocked: int = 0
    vanished: int = 0

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Tally":
        """Count outcomes."""
        counts = dict.fromkeys((field.name for field in fields(cls)), 0)
        for outcome in outcomes:
            counts[outcome] += 1
        return cls(**counts)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*map(add, astuple(self), astuple(other)))

    @property
    def commands(self) -> int:
        """How many commands there are, or will be: clients that vanished have none."""
        everyone: tuple[int, ...] = astuple(self)
        return sum(everyone) - self.vanished

    @property
    def failures(self) -> int:
        """What counts against a wave; a device that was offline (`expired`) does not."""
        return self.failed + self.timed_out

    @property
    def failure_percent(self) -> float:
        """Failures in percent of the commands, with one decimal."""
        return round(100 * self.failures / self.commands, 1) if self.commands else 0.0

    def is_above_threshold(self, excused: int = 0) -> bool:
        """Whether more than 5 % of the commands failed; `excused` failures have been accepted by a person."""
        return max(0, self.failures - excused) * ONE_FAILURE_IN > self.commands


class Step(StrEnum):
    """What a running rollout does next."""

    ISSUE = "issue"
    AWAIT = "await"  # the wave's commands are out and not all have ended
    HALT = "halt"
    NEXT_WAVE = "next_wave"
    RELEASE = "release"  # wait for a person
    COMPLETE = "complete"


def next_step(wave: Tally, *, excused: int, is_last: bool, is_canary: bool) -> tuple[Step, Halt | None]:
    """What follows from how the present wave stands; with the reason of a halt."""
    if wave.is_above_threshold(excused):
        return Step.HALT, Halt.TOO_MANY_FAILURES
    if wave.commands == 0:
        return Step.HALT, Halt.WAVE_EMPTY
    if wave.pending:
        return Step.ISSUE, None
    if wave.open:
        return Step.AWAIT, None
    if wave.completed == 0:
        return Step.HALT, Halt.WAVE_SILENT
    if is_last:
        return Step.COMPLETE, None
    return (Step.RELEASE if is_canary else Step.NEXT_WAVE), None


@dataclass(frozen=True, slots=True)
class Canary:
    """How the canary group has done since its wave began; `tally` counts every command it has been given since."""

    began_at: datetime
    tally: Tally

    @property
    def ready_at(self) -> datetime:
        """When the group has been watched for long enough."""
        return self.began_at + CANARY_LASTS

    def is_ready(self, now: datetime) -> bool:
        """Whether a person may release the rest."""
        return now >= self.ready_at and self.tally.completed > 0 and not self.tally.is_above_threshold()
