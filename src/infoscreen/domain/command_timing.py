"""When a command's time has come: deadlines, silence and return, the safety lockout, and what is overdue.

Everything is worked out from stored instants, so a server that was down goes on where it should be by now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from infoscreen.domain.commands import POWERED, REBOOTS, Action, Command, Signal, Status

# A publisher that has not noted the broker's confirmation (8 s) by then has died.
PUBLISH_NOTED_WITHIN = timedelta(seconds=10)
# The publisher of a new command is its own request; after this long somebody else sees to it.
QUEUED_FOR_ITS_ISSUER = timedelta(seconds=1)
GONE_AFTER = timedelta(seconds=10)
REBOOTED_WITHIN = timedelta(seconds=60)
SETTLES_WITHIN = timedelta(seconds=20)
COOLDOWN = timedelta(seconds=60)

# What a device sent before its power went may be read this much later.
ON_ITS_WAY = timedelta(seconds=3)

SILENT_WITH_HEALTH = timedelta(seconds=15)
SILENT_WITH_HEARTBEATS = timedelta(seconds=170)
SLOW_SHUTDOWN_EXPIRES_AFTER = timedelta(seconds=300)

# No command has longer, nor by the clock of another server that is a minute ahead: one that seems to was issued before
# the clock was set back.
LONGEST_EXPIRY = timedelta(seconds=360)
CLOCKS_DIFFER_BY = timedelta(seconds=60)

LOCKOUT_WINDOW = timedelta(minutes=15)
LOCKOUT_AFTER = 3

_OVERDUE = {
    Status.QUEUED: timedelta(seconds=5),
    Status.PUBLISH_IN_PROGRESS: timedelta(seconds=8),
    Status.PUBLISHED: timedelta(seconds=20),
    Status.ACK_RECEIVED: timedelta(seconds=25),
    Status.AWAITING_RECONNECT: timedelta(seconds=90),
    Status.RECOVERED: SETTLES_WITHIN,
}
# The power may stay off for a minute.
_POWER_IS_BACK_WITHIN = timedelta(seconds=80)
_APP_STARTS_WITHIN = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of a device's signs of life; `last_health` is the last of those that were health messages."""

    last_alive: datetime | None = None
    last_health: datetime | None = None
    boot_id: str | None = None
    is_crashed: bool = False

    @property
    def silent_after(self) -> timedelta:
        """How long a device may say nothing: one that sends health every few seconds is missed sooner."""
        if self.last_alive is None or self.last_health is None:
            return SILENT_WITH_HEARTBEATS
        recent = self.last_alive - self.last_health <= SILENT_WITH_HEARTBEATS
        return SILENT_WITH_HEALTH if recent else SILENT_WITH_HEARTBEATS

    def is_silent(self, now: datetime) -> bool:
        """Whether it has said nothing for too long, or never anything."""
        return self.last_alive is None or now - self.last_alive >= self.silent_after


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of life: when it came, the boot it speaks of, and what was known before it."""

    at: datetime
    boot_id: str | None
    before: Life


def expires_at(action: Action, issued_at: datetime, expiry: timedelta, life: Life) -> datetime:
    """Until when a command may be executed; it takes longer to be sure that a slow reporter was shut down."""
    if action is Action.SHUTDOWN_HOST and life.silent_after == SILENT_WITH_HEARTBEATS:
        expiry = max(expiry, SLOW_SHUTDOWN_EXPIRES_AFTER)
    return issued_at + expiry


def lockout_ends_at(issued: Sequence[datetime], now: datetime) -> datetime | None:
    """When a client may be restarted again, given when it was; None: now.

    At most three in any rolling fifteen minutes; those that were blocked are not among `issued`. What seems to lie
    further ahead than that was before the clock was set back: it locks nobody out until then.
    """
    counting = sorted((at for at in issued if abs(now - at) < LOCKOUT_WINDOW), reverse=True)
    return counting[LOCKOUT_AFTER - 1] + LOCKOUT_WINDOW if len(counting) >= LOCKOUT_AFTER else None


def overdue_since(command: Command, now: datetime) -> datetime | None:
    """Since when a command's present stage takes longer than usual; nothing but a mark."""
    usual = _OVERDUE.get(command.status)
    if command.status is Status.ACK_RECEIVED and command.action is Action.RESTART_APP:
        usual = _APP_STARTS_WITHIN
    if command.status is Status.PUBLISHED and command.action in POWERED:
        usual = _POWER_IS_BACK_WITHIN
    due = command.status_since + usual if usual else None
    return due if due and now > due else None


def due_signal(command: Command, life: Life, now: datetime, *, is_power_pending: bool = False) -> Signal | None:
    """What the clock says to a command by now.

    What should have happened before it expired counts, however late somebody looks. Where the clock was set back, it
    ends rather than wait until that has caught up.
    `is_power_pending`: managed power has not been tried yet.
    """
    if command.status is Status.TIMED_OUT:
        cooled = not -CLOCKS_DIFFER_BY < now - command.status_since < COOLDOWN
        helpless = cooled and _never_came_back(command, life, now) and not is_power_pending
        return Signal.STILL_SILENT if helpless else None
    if not command.is_open:
        return None
    happened = _before_expiry(command, life, min(now, command.expires_at), now)
    if happened is not None:
        return happened
    has_time = timedelta() < command.expires_at - now <= LONGEST_EXPIRY + CLOCKS_DIFFER_BY
    return None if has_time else Signal.EXPIRED


def _before_expiry(command: Command, life: Life, instant: datetime, now: datetime) -> Signal | None:
    match command.status:
        case Status.PUBLISH_IN_PROGRESS if (
            command.action not in POWERED and now - command.status_since >= PUBLISH_NOTED_WITHIN
        ):
            return Signal.PUBLISH_FAILED
        case Status.EXECUTION_STARTED if command.action in REBOOTS:
            return Signal.GONE if instant - _started(command) >= GONE_AFTER else None
        case Status.EXECUTION_STARTED if command.action is Action.SHUTDOWN_HOST:
            return Signal.SILENT if instant - _last_heard(command, life) >= life.silent_after else None
        case Status.RECOVERED if not life.is_silent(now) and not life.is_crashed:
            steady_since = command.steady_since or command.status_since
            return Signal.STEADY if instant - steady_since >= SETTLES_WITHIN else None
        case _:
            return None


def sign_signal(command: Command, sign: Sign) -> Signal | None:
    """What a device's sign of life says to a command that restarts it."""
    if command.action not in REBOOTS:
        return None
    match command.status:
        case Status.EXECUTION_STARTED:
            expected = sign.at - _started(command) >= GONE_AFTER
            return Signal.GONE if expected or _is_return(command, sign) else None
        case Status.AWAITING_RECONNECT:
            return Signal.RETURNED if _is_return(command, sign) else _not_rebooted(command, sign)
        case Status.TIMED_OUT | Status.MANUAL_INTERVENTION_REQUIRED:
            late = _has_new_boot(command, sign) or _never_came_back(command, sign.before, sign.at)
            return Signal.RETURNED if late else None
        case _:
            return None


def is_answered(command: Command, sign: Sign) -> bool:
    """Whether a sign of life ends the waiting for a late return: the device is there after the end."""
    return not command.is_open and command.failed_at is not None and sign.at > command.failed_at


def is_boot_learnt(command: Command, sign: Sign) -> bool:
    """Whether a sign tells which boot the reboot began in: nothing newer was known, and it is not back yet."""
    waiting = command.status in (Status.EXECUTION_STARTED, Status.AWAITING_RECONNECT)
    return waiting and command.boot_id is None and sign.boot_id is not None and not _is_return(command, sign)


def boot_at_start(command: Command, life: Life, now: datetime) -> str | None:
    """The boot in which a reboot begins.

    Of a device that was silent until now it is not known: it may have started anew meanwhile. A power switch acts on
    what was there before.
    """
    is_known = command.action is Action.POWER_CYCLE or not life.is_silent(now)
    return life.boot_id if is_known else None


def is_unsteady(command: Command, sign: Sign) -> bool:
    """Whether a sign of life interrupts the settling of a device that is back: a gap, or one more boot."""
    rebooted = None not in (sign.boot_id, sign.before.boot_id) and sign.boot_id != sign.before.boot_id
    return command.status is Status.RECOVERED and (rebooted or sign.before.is_silent(sign.at))


def _is_return(command: Command, sign: Sign) -> bool:
    """A new boot proves it, where the device tells; else the first sign after silence does.

    A device whose power was off must have been silent then, and may be back sooner than its silence counts as one; one
    that was heard meanwhile has its power from elsewhere.
    """
    if command.boot_id is not None:
        return _has_new_boot(command, sign)
    if command.action in POWERED and command.published_at is not None:
        heard = sign.before.last_alive
        return heard is None or heard <= command.published_at + ON_ITS_WAY
    return sign.at - _last_heard(command, sign.before) >= sign.before.silent_after


def _has_new_boot(command: Command, sign: Sign) -> bool:
    return None not in (command.boot_id, sign.boot_id) and sign.boot_id != command.boot_id


def _not_rebooted(command: Command, sign: Sign) -> Signal | None:
    same = command.boot_id is not None and sign.boot_id == command.boot_id
    return Signal.NOT_REBOOTED if same and sign.at - _started(command) >= REBOOTED_WITHIN else None


def _never_came_back(command: Command, life: Life, now: datetime) -> bool:
    """Silent, and since before the waiting ended."""
    ended = command.failed_at or command.status_since
    return life.is_silent(now) and (life.last_alive is None or life.last_alive <= ended)


def _started(command: Command) -> datetime:
    return command.execution_started_at or command.status_since


def _last_heard(command: Command, life: Life) -> datetime:
    """The last proof of life; that execution began is one."""
    return max(life.last_alive or _started(command), _started(command))
