"""Rollouts as people handle them: start, look at, pause, resume, stop. They move by `rollout_pass.py`."""

from collections.abc import Sequence
from dataclasses import dataclass

from infoscreen.db import rollouts as table
from infoscreen.db.clients import members
from infoscreen.db.groups import Group
from infoscreen.db.rollouts import Rollout as Rollout
from infoscreen.db.rollouts import TargetState as TargetState
from infoscreen.domain.alerts import AlertKind, Closing
from infoscreen.domain.commands import Action, Signal
from infoscreen.domain.errors import BusUnavailable, FieldError, Invalid, NotFound
from infoscreen.domain.rollout_waves import Member, Wave, spread
from infoscreen.domain.rollouts import (
    ENDED,
    Canary,
    CanaryNotReady,
    Halt,
    RolloutEnded,
    RolloutNotPaused,
    RolloutNotRunning,
    State,
    Tally,
    WaveIsEmpty,
    outcome_of,
)
from infoscreen.services.alerts import close_alert
from infoscreen.services.clients import UnknownClients
from infoscreen.services.commands import move_all
from infoscreen.services.notices import NoticeKind
from infoscreen.services.rollout_pass import begin_wave, move
from infoscreen.services.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants done, to whom: the named clients, a group's active ones, or every active one."""

    action: Action
    reason: str
    uuids: Sequence[str] | None = None
    group_id: int | None = None
    waves: Sequence[Wave] = ()
    is_canary: bool = False

    @property
    def is_for_everyone(self) -> bool:
        """Whether it is for the whole school."""
        return self.uuids is None and self.group_id is None


@dataclass(frozen=True, slots=True)
class Report:
    """A rollout with how each of its waves stands, from the first on, and the canary group where it has one."""

    rollout: Rollout
    waves: Sequence[Tally]
    canary: Canary | None

    @property
    def total(self) -> Tally:
        """All waves together."""
        return sum(self.waves, Tally())


def start_rollout(work: Work, order: Order) -> Rollout:
    """Begin a rollout; its first step (`advance_rollout`) makes the first commands.

    Raises `UnknownClients`, `Invalid`, and `BusUnavailable`: without the broker every command would fail.
    """
    if not work.ports.bus.is_connected:
        raise BusUnavailable
    waves = spread(_members(work, order), order.waves)
    if not waves:
        raise Invalid(**{"groupId" if order.group_id else "clientIds": FieldError("no_clients")})
    if order.is_canary and len(waves) == 1:
        raise Invalid(waves=FieldError("canary_needs_two_waves"))
    if order.is_for_everyone and not order.is_canary:
        raise Invalid(canary=FieldError("canary_needed"))
    rollout = Rollout(
        action=order.action,
        reason=order.reason,
        state=State.RUNNING,
        is_canary=order.is_canary,
        waves=len(waves),
        created_by=work.actor.user_id,
        created_at=work.now,
        state_since=work.now,
    )
    work.session.add(rollout)
    work.session.flush()
    table.add_targets(work.session, rollout.id, [[member.uuid for member in wave] for wave in waves])
    work.announce(NoticeKind.ROLLOUTS, rollout.id)
    return rollout


def list_rollouts(work: Work, limit: int, before_id: int | None) -> tuple[list[Report], int]:
    """Reports of rollouts, the newest first, from before an id on, and how many there are in all."""
    return _reports(work, table.rollouts(work.session, limit, before_id)), table.count_rollouts(work.session)


def get_rollout(work: Work, rollout_id: int) -> Report:
    """The report of one rollout; raises `NotFound`."""
    rollout = work.session.get(Rollout, rollout_id)
    if rollout is None:
        raise NotFound
    return _reports(work, [rollout])[0]


def targets(work: Work, rollout_id: int) -> Sequence[TargetState]:
    """Every client's part of a rollout, by wave."""
    return table.target_states(work.session, rollout_id)


def pause_rollout(work: Work, rollout_id: int) -> Rollout:
    """Let nothing more go out for now; raises `NotFound`, `RolloutEnded`, `RolloutNotRunning`."""
    rollout = _movable(work, rollout_id)
    if rollout.state != State.RUNNING:
        raise RolloutNotRunning
    move(work, rollout, State.PAUSED)
    return rollout


def resume_rollout(work: Work, rollout_id: int) -> Rollout:
    """Go on after a pause or a halt, or release what follows the canary group.

    After too many failures those of now are accepted; of a wave in which nobody answered, whoever did not gets a new
    command. Raises `NotFound`, `RolloutEnded`, `RolloutNotPaused`, `WaveIsEmpty`, `CanaryNotReady`.
    """
    rollout = _movable(work, rollout_id)
    if rollout.state == State.RUNNING:
        raise RolloutNotPaused
    if rollout.state == State.WAITING:
        _check_canary(work, rollout)
        begin_wave(work, rollout, rollout.wave + 1)
    if rollout.halt == Halt.WAVE_EMPTY:
        raise WaveIsEmpty
    if rollout.halt == Halt.TOO_MANY_FAILURES:
        rollout.excused = table.tallies(work.session, [rollout.id])[rollout.id, rollout.wave].failures
    if rollout.halt == Halt.WAVE_SILENT:
        table.keep_outcomes(work.session)
        table.try_again(work.session, rollout.id, rollout.wave)
        rollout.excused = 0
    _answer_alert(work, rollout)
    move(work, rollout, State.RUNNING)
    return rollout


def stop_rollout(work: Work, rollout_id: int) -> Rollout:
    """End a rollout; what its clients have not acknowledged yet is called back. Raises `NotFound`, `RolloutEnded`."""
    rollout = _movable(work, rollout_id)
    move_all(work, table.open_commands(work.session, rollout.id), Signal.CANCELED)
    _answer_alert(work, rollout)
    move(work, rollout, State.STOPPED)
    return rollout


def _members(work: Work, order: Order) -> list[Member]:
    if order.group_id is not None and work.session.get(Group, order.group_id) is None:
        raise Invalid(groupId=FieldError("no_such_group"))
    uuids = None if order.uuids is None else {uuid.lower() for uuid in order.uuids}
    found = [Member(uuid, group_id) for uuid, group_id in members(work.session, uuids, order.group_id)]
    missing = (uuids or set()) - {member.uuid for member in found}
    if missing:
        raise UnknownClients(uuids=", ".join(sorted(missing)))
    return found


def _movable(work: Work, rollout_id: int) -> Rollout:
    rollout = table.locked_rollout(work.session, rollout_id)
    if rollout is None:
        raise NotFound
    if rollout.state in ENDED:
        raise RolloutEnded
    return rollout


def _check_canary(work: Work, rollout: Rollout) -> None:
    canary = _canary(work, rollout)
    if not canary.is_ready(work.now):
        ready_at = canary.ready_at.replace(tzinfo=None)  # as every time in the API
        raise CanaryNotReady(ready_at=ready_at, percent=canary.tally.failure_percent, completed=canary.tally.completed)


def _canary(work: Work, rollout: Rollout) -> Canary:
    statuses = table.statuses_since(work.session, rollout.id, 1, rollout.created_at)
    return Canary(rollout.created_at, Tally.of(outcome_of(status) for status in statuses))


def _reports(work: Work, found: Sequence[Rollout]) -> list[Report]:
    counted = table.tallies(work.session, [rollout.id for rollout in found])
    return [
        Report(
            rollout,
            [counted.get((rollout.id, number), Tally()) for number in range(1, rollout.waves + 1)],
            _canary(work, rollout) if rollout.is_canary else None,
        )
        for rollout in found
    ]


def _answer_alert(work: Work, rollout: Rollout) -> None:
    close_alert(work, AlertKind.ROLLOUT_HALTED, str(rollout.id), Closing.RESOLVED)
