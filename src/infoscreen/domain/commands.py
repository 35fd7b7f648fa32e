"""The life of a remote command, as one table: who says what, in which state, and where that leads.

Nothing else assigns a status. What the clock and a device's reports say is told in `command_timing.py`; the picture in
`docs/commands.md` is drawn from this table.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from infoscreen.domain.errors import Conflict


class Action(StrEnum):
    """What a device is told to do; `power_cycle` is done to it, by the switch that feeds it."""

    REBOOT_HOST = "reboot_host"
    SHUTDOWN_HOST = "shutdown_host"
    RESTART_APP = "restart_app"
    POWER_CYCLE = "power_cycle"


class Status(StrEnum):
    """How far a command is, in the order of its life; the last seven are ends."""

    QUEUED = "queued"
    PUBLISH_IN_PROGRESS = "publish_in_progress"
    PUBLISHED = "published"
    ACK_RECEIVED = "ack_received"
    EXECUTION_STARTED = "execution_started"
    AWAITING_RECONNECT = "awaiting_reconnect"
    RECOVERED = "recovered"
    COMPLETED = "completed"
    FAILED = "failed"
    EXPIRED = "expired"
    TIMED_OUT = "timed_out"
    CANCELED = "canceled"
    BLOCKED_SAFETY = "blocked_safety"
    MANUAL_INTERVENTION_REQUIRED = "manual_intervention_required"


class Signal(StrEnum):
    """What happens to a command; kept with each transition as its cause."""

    ISSUED = "issued"
    LOCKED_OUT = "locked_out"
    TAKEN = "taken"  # a publisher has it
    PUBLISHED = "published"
    PUBLISH_FAILED = "publish_failed"
    ACK_ACCEPTED = "ack_accepted"
    ACK_STARTED = "ack_execution_started"
    ACK_COMPLETED = "ack_completed"
    ACK_FAILED = "ack_failed"
    GONE = "gone"  # the device may be expected to be down
    RETURNED = "returned"
    NOT_REBOOTED = "not_rebooted"
    STEADY = "steady"
    SILENT = "silent"
    CANCELED = "canceled"
    EXPIRED = "expired"
    SWITCHED_OFF = "switched_off"  # the power switch has confirmed it
    SWITCHED_ON = "switched_on"
    SWITCH_FAILED = "switch_failed"
    STILL_SILENT = "still_silent"  # nothing that can be done from here has helped


OPEN = tuple(Status)[: tuple(Status).index(Status.COMPLETED)]
ENDS = tuple(Status)[tuple(Status).index(Status.COMPLETED) :]
# What ends with the device starting anew.
REBOOTS = (Action.REBOOT_HOST, Action.POWER_CYCLE)
# What no device is told: its power switch does it.
POWERED = (Action.POWER_CYCLE,)
# What the safety lockout counts.
COUNTED = (Action.REBOOT_HOST, Action.RESTART_APP, Action.POWER_CYCLE)

LOCKOUT_THRESHOLD = "lockout_threshold"
MQTT_PUBLISH_FAILED = "mqtt_publish_failed"


class CommandTooLate(Conflict):
    """The command is past the point where it could be canceled."""

    code = "command_too_late"


@dataclass(frozen=True, slots=True)
class Rule:
    """In one of these states (None: not yet any), a signal leads to `target`; without a target it only stamps.

    `stamps` names the time that is noted, once; `error_code` is a failure's own, unless the signal brings one.
    """

    sources: tuple[Status | None, ...]
    signal: Signal
    target: Status | None
    stamps: str | None = None
    error_code: str | None = None
    actions: tuple[Action, ...] = tuple(Action)


def _before(status: Status) -> tuple[Status, ...]:
    return OPEN[: OPEN.index(status)]


def _from(status: Status) -> tuple[Status, ...]:
    return OPEN[OPEN.index(status) :]


S, G = Status, Signal

TABLE: tuple[Rule, ...] = (
    Rule((None,), G.ISSUED, S.QUEUED),
    Rule((None,), G.LOCKED_OUT, S.BLOCKED_SAFETY, "failed_at", LOCKOUT_THRESHOLD),
    Rule((S.QUEUED,), G.TAKEN, S.PUBLISH_IN_PROGRESS),
    Rule((S.PUBLISH_IN_PROGRESS,), G.PUBLISHED, S.PUBLISHED, "published_at"),
    # An acknowledgement, or an end, may come before the publisher has noted the broker's confirmation.
    Rule((*_from(S.ACK_RECEIVED), *ENDS), G.PUBLISHED, None, "published_at"),
    Rule((S.PUBLISH_IN_PROGRESS,), G.PUBLISH_FAILED, S.FAILED, "failed_at", MQTT_PUBLISH_FAILED),
    Rule(_before(S.ACK_RECEIVED), G.ACK_ACCEPTED, S.ACK_RECEIVED, "acked_at"),
    Rule(_from(S.EXECUTION_STARTED), G.ACK_ACCEPTED, None, "acked_at"),
    Rule(_before(S.EXECUTION_STARTED), G.ACK_STARTED, S.EXECUTION_STARTED, "execution_started_at"),
    # Nobody acknowledges a power cycle but the switch, by what it can be seen to do.
    Rule((S.PUBLISH_IN_PROGRESS,), G.SWITCHED_OFF, S.PUBLISHED, "published_at", actions=POWERED),
    Rule((S.PUBLISHED,), G.SWITCHED_ON, S.EXECUTION_STARTED, "execution_started_at", actions=POWERED),
    Rule(_before(S.ACK_RECEIVED), G.SWITCH_FAILED, S.FAILED, "failed_at", actions=POWERED),
    Rule((S.EXECUTION_STARTED,), G.GONE, S.AWAITING_RECONNECT, actions=REBOOTS),
    Rule((S.AWAITING_RECONNECT,), G.RETURNED, S.RECOVERED, "recovered_at", actions=REBOOTS),
    Rule((S.AWAITING_RECONNECT,), G.NOT_REBOOTED, S.FAILED, "failed_at", "not_rebooted", actions=REBOOTS),
    # A device that comes back too late changes nothing, but that it is back is noted.
    Rule((S.TIMED_OUT, S.MANUAL_INTERVENTION_REQUIRED), G.RETURNED, None, "recovered_at", actions=REBOOTS),
    Rule((S.RECOVERED,), G.STEADY, S.COMPLETED, "completed_at", actions=REBOOTS),
    Rule((S.EXECUTION_STARTED,), G.SILENT, S.COMPLETED, "completed_at", actions=(Action.SHUTDOWN_HOST,)),
    Rule(OPEN, G.ACK_COMPLETED, S.COMPLETED, "completed_at"),
    Rule(OPEN, G.ACK_FAILED, S.FAILED, "failed_at"),
    Rule(_before(S.ACK_RECEIVED), G.CANCELED, S.CANCELED, "failed_at", "canceled"),
    Rule(_before(S.ACK_RECEIVED), G.EXPIRED, S.EXPIRED, "failed_at", "expired"),
    Rule(_from(S.ACK_RECEIVED), G.EXPIRED, S.TIMED_OUT, "failed_at", "timed_out"),
    Rule((S.TIMED_OUT,), G.STILL_SILENT, S.MANUAL_INTERVENTION_REQUIRED, actions=REBOOTS),
)

_RULES = {(source, rule.signal, action): rule for rule in TABLE for source in rule.sources for action in rule.actions}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a device says that it failed: its code and its words, which may be any."""

    code: str | None
    message: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command as the rules see it; times are UTC by the server's clock.

    `boot_id` is the device's when the reboot began, `steady_since` since when it reports without a gap after it.
    """

    action: Action
    status: Status
    status_since: datetime
    expires_at: datetime
    published_at: datetime | None = None
    acked_at: datetime | None = None
    execution_started_at: datetime | None = None
    recovered_at: datetime | None = None
    completed_at: datetime | None = None
    failed_at: datetime | None = None
    error_code: str | None = None
    error_message: str | None = None
    boot_id: str | None = None
    steady_since: datetime | None = None
    is_followed: bool = True

    @property
    def is_open(self) -> bool:
        """Whether it has not come to an end."""
        return self.status in OPEN


@dataclass(frozen=True, slots=True)
class Transition:
    """One step of a life, as it is kept."""

    at: datetime
    before: Status | None
    after: Status
    cause: Signal


def beginning(action: Action, expires_at: datetime, at: datetime, *, is_locked_out: bool) -> tuple[Command, Transition]:
    """A new command: waiting to be published, or blocked."""
    rule = _RULES[None, Signal.LOCKED_OUT if is_locked_out else Signal.ISSUED, action]
    assert rule.target  # noqa: S101 - both rules have one
    command = Command(
        action=action,
        status=rule.target,
        status_since=at,
        expires_at=expires_at,
        failed_at=at if rule.stamps else None,
        error_code=rule.error_code,
    )
    return _followed(command), Transition(at, None, rule.target, rule.signal)


def advance(command: Command, signal: Signal, at: datetime, failure: Failure | None = None) -> Command | None:
    """The command after a signal; None where the signal means nothing to it (late, repeated, out of order)."""
    rule = _RULES.get((command.status, signal, command.action))
    if rule is None or (rule.target is None and rule.stamps and getattr(command, rule.stamps) is not None):
        return None
    stamped: dict[str, Any] = {}
    if rule.stamps and getattr(command, rule.stamps) is None:
        stamped = {rule.stamps: at}
    if rule.target is None:
        return _followed(replace(command, **stamped))
    moved = replace(command, status=rule.target, status_since=at, **stamped)
    if rule.target is Status.RECOVERED:
        moved = replace(moved, steady_since=at)
    if failure is not None or rule.error_code:
        told = failure or Failure(rule.error_code, None)
        moved = replace(moved, error_code=told.code, error_message=told.message)
    return _followed(moved)


def _followed(command: Command) -> Command:
    """Whether the clock and the device's reports still matter to it: while it is open, and until a late return."""
    awaited = command.status in (Status.TIMED_OUT, Status.MANUAL_INTERVENTION_REQUIRED) and command.action in REBOOTS
    return replace(command, is_followed=command.is_open or (awaited and command.recovered_at is None))
