"""Old commands are forgotten, and never one that somebody waits for."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from commanding import CommandedSchool
from infoscreen.db.commands import ClientCommand, CommandTransition
from infoscreen.db.rollouts import Rollout
from infoscreen.domain.commands import Action, Signal
from infoscreen.domain.rollouts import State
from infoscreen.services import command_retention, commands, retention

KEEP = timedelta(days=30)


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> CommandedSchool:
    return CommandedSchool(database_url, tmp_path)


def forget(school: CommandedSchool) -> int:
    return command_retention.forget_old_commands(school.app.reading, school.app.work, KEEP)


def left(school: CommandedSchool) -> set[str]:
    with school.app.reading() as work:
        return set(work.session.scalars(select(ClientCommand.command_id)))


def ended(school: CommandedSchool, *signals: Signal, action: Action = Action.RESTART_APP) -> ClientCommand:
    command = school.issue(action)
    for signal in signals or (Signal.TAKEN, Signal.PUBLISHED, Signal.ACK_COMPLETED):
        with school.app.work() as work:
            commands.give_signal(work, command.command_id, signal)
    school.clock.forward(minutes=20)
    return command


def test_what_is_over_and_old_is_forgotten_with_its_steps(school: CommandedSchool) -> None:
    ended(school)
    ended(school, Signal.CANCELED)
    school.clock.forward(days=30)
    young = ended(school)
    assert forget(school) == 2
    assert left(school) == {young.command_id}
    with school.app.reading() as work:
        steps = work.session.scalar(select(func.count(CommandTransition.id)))
    assert steps == len(school.path(young))


def test_what_somebody_waits_for_is_kept_however_old_it_is(school: CommandedSchool) -> None:
    timed_out = (Signal.TAKEN, Signal.PUBLISHED, Signal.ACK_STARTED, Signal.EXPIRED)
    awaited = ended(school, *timed_out, action=Action.REBOOT_HOST)
    still_open = ended(school, Signal.TAKEN, Signal.PUBLISHED)
    school.clock.forward(days=400)
    assert forget(school) == 0
    assert left(school) == {awaited.command_id, still_open.command_id}


@pytest.mark.parametrize(("state", "kept"), [(State.WAITING, 1), (State.COMPLETED, 0)])
def test_what_a_rollout_that_goes_on_is_judged_by_is_kept(school: CommandedSchool, state: State, kept: int) -> None:
    now = school.clock.now
    with school.app.work() as work:
        rollout = Rollout(
            action=Action.RESTART_APP, reason="Update", state=state, is_canary=True, waves=2, created_at=now
        )
        rollout.state_since = now
        work.session.add(rollout)
        work.session.flush()
        rollout_id = rollout.id
    command = school.issue(Action.RESTART_APP, rollout_id=rollout_id)
    with school.app.work() as work:
        commands.give_signal(work, command.command_id, Signal.CANCELED)
    school.clock.forward(days=60)
    forget(school)
    assert len(left(school)) == kept


def test_many_are_forgotten_in_small_transactions(school: CommandedSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "FORGOTTEN_AT_ONCE", 2)
    for _ in range(5):
        ended(school)
    school.clock.forward(days=31)
    assert forget(school) == 5
    assert left(school) == set()
