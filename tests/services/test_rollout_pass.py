"""Rollouts on a real database: who gets a command when, what halts them, and what people can do about it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from applications import Clock, RememberingBus
from fleets import add_screens, uuid_of
from infoscreen.bootstrap import App
from infoscreen.db import rollouts as rollouts_table
from infoscreen.db.clients import Client
from infoscreen.db.commands import ClientCommand
from infoscreen.db.groups import Group
from infoscreen.db.rollouts import assign_command
from infoscreen.domain.access import Actor, Role
from infoscreen.domain.commands import Action, Signal
from infoscreen.domain.errors import BusUnavailable, Invalid, NotFound
from infoscreen.domain.rollout_waves import Wave
from infoscreen.domain.rollouts import (
    CanaryNotReady,
    RolloutEnded,
    RolloutNotPaused,
    RolloutNotRunning,
    State,
    Step,
    Tally,
    WaveIsEmpty,
)
from infoscreen.services import rollouts, users
from infoscreen.services.alerts import open_alerts
from infoscreen.services.clients import UnknownClients
from infoscreen.services.commands import give_signal, issue_command
from infoscreen.services.rollout_pass import ISSUED_AT_MOST, advance_rollout, advance_rollouts
from infoscreen.services.rollouts import Order, Report
from infoscreen.services.work import Work

AULA, REST = 2, 3
DONE = (Signal.TAKEN, Signal.PUBLISHED, Signal.ACK_COMPLETED)
FAILED = (Signal.TAKEN, Signal.PUBLISHED, Signal.ACK_FAILED)
EXPIRED = (Signal.TAKEN, Signal.PUBLISHED, Signal.EXPIRED)
TIMED_OUT = (Signal.TAKEN, Signal.PUBLISHED, Signal.ACK_STARTED, Signal.EXPIRED)
NEEDS_A_PERSON = (*TIMED_OUT, Signal.STILL_SILENT)


class Screens:
    """Twenty screens in the hall, thirty elsewhere, and a person who commands them."""

    def __init__(self, app: App, clock: Clock) -> None:
        self.app, self.clock = app, clock
        with app.work() as work:
            work.session.add_all(Group(id=each, name=f"Room {each}", created_at=work.now) for each in (AULA, REST))
            person = users.add_user(work, "hausmeister", "a long enough password", Role.ADMIN)
        self.person = Actor(person.id, Role.ADMIN, person.username)
        add_screens(app, 20, group_id=AULA)
        add_screens(app, 30, group_id=REST, since=20)

    def start(self, *waves: Wave, size: int | None = None, is_canary: bool = False) -> int:
        """A restart of all (or the first `size`), in waves."""
        uuids = [uuid_of(number) for number in range(size or 50)]
        order = Order(action=Action.REBOOT_HOST, reason="Update", uuids=uuids, waves=waves, is_canary=is_canary)
        return self.begin(order)

    def begin(self, order: Order) -> int:
        """Start it, with the first commands, as the API does."""
        with self.app.work(self.person) as work:
            rollout_id = rollouts.start_rollout(work, order).id
        while self._step(rollout_id) is Step.ISSUE:
            pass
        return rollout_id

    def _step(self, rollout_id: int) -> Step | None:
        with self.app.work() as work:
            return advance_rollout(work, rollout_id, may_issue=True)

    def go_on(self, times: int = 1) -> None:
        """So many passes of the scheduler."""
        for _ in range(times):
            self.clock.forward(seconds=2)
            advance_rollouts(self.app.reading, self.app.work)

    def end(self, *lives: tuple[Signal, ...], otherwise: tuple[Signal, ...] = DONE) -> None:
        """Every open command comes to its end: the first ones as said, the others alike."""
        with self.app.reading() as work:
            found = [row.command_id for row in self._rows(work) if row.is_followed and row.failed_at is None]
        for index, command_id in enumerate(found):
            with self.app.work() as work:
                for signal in lives[index] if index < len(lives) else otherwise:
                    give_signal(work, command_id, signal)

    def commands(self) -> list[ClientCommand]:
        with self.app.reading() as work:
            return self._rows(work)

    def report(self, rollout_id: int) -> Report:
        with self.app.reading() as work:
            return rollouts.get_rollout(work, rollout_id)

    def state(self, rollout_id: int) -> tuple[str, int, str | None]:
        """State, present wave, and why it halted."""
        rollout = self.report(rollout_id).rollout
        return rollout.state, rollout.wave, rollout.halt

    def pause(self, rollout_id: int) -> None:
        with self.app.work(self.person) as work:
            rollouts.pause_rollout(work, rollout_id)

    def resume(self, rollout_id: int) -> None:
        with self.app.work(self.person) as work:
            rollouts.resume_rollout(work, rollout_id)

    def stop(self, rollout_id: int) -> None:
        with self.app.work(self.person) as work:
            rollouts.stop_rollout(work, rollout_id)

    def delete(self, *numbers: int) -> None:
        with self.app.work() as work:
            for number in numbers:
                work.session.delete(work.session.get_one(Client, uuid_of(number)))

    def alerts(self) -> list[tuple[str, str]]:
        with self.app.reading() as work:
            return [(alert.kind, alert.subject) for alert in open_alerts(work)]

    @staticmethod
    def _rows(work: Work) -> list[ClientCommand]:
        return list(work.session.query(ClientCommand).order_by(ClientCommand.id))


@pytest.fixture
def screens(app_on_sqlite: App, clock: Clock) -> Screens:
    return Screens(app_on_sqlite, clock)


@pytest.fixture
def screens_on_both(app: App, clock: Clock) -> Screens:
    return Screens(app, clock)


HALL_FIRST = Wave(group_id=AULA)


def test_a_canary_of_twenty_with_one_failure_goes_on(screens_on_both: Screens) -> None:
    screens = screens_on_both
    rollout = screens.start(HALL_FIRST)
    assert len(screens.commands()) == 20
    screens.end(FAILED)
    screens.go_on()
    assert screens.state(rollout) == (State.RUNNING, 2, None)
    screens.go_on(2)
    assert len(screens.commands()) == 50
    screens.end()
    screens.go_on()
    assert screens.state(rollout) == (State.COMPLETED, 2, None)
    assert screens.report(rollout).waves == [Tally(completed=19, failed=1), Tally(completed=30)]


@pytest.mark.parametrize("second", [FAILED, TIMED_OUT, NEEDS_A_PERSON])
def test_with_two_it_halts_by_itself_and_says_why(screens: Screens, second: tuple[Signal, ...]) -> None:
    rollout = screens.start(HALL_FIRST)
    screens.end(FAILED, second)
    screens.go_on(3)
    assert screens.state(rollout) == (State.HALTED, 1, "too_many_failures")
    assert len(screens.commands()) == 20
    assert ("rollout_halted", str(rollout)) in screens.alerts()


def test_few_failures_are_each_its_screens_alert_and_many_are_one_that_counts(screens_on_both: Screens) -> None:
    screens = screens_on_both
    rollout = str(screens.start(HALL_FIRST))
    screens.end(FAILED, otherwise=(Signal.TAKEN,))
    screens.go_on()
    assert [kind for kind, _ in screens.alerts()] == ["command_failed"]
    screens.end(FAILED, otherwise=(Signal.PUBLISHED,))
    screens.go_on(2)
    assert screens.alerts() == [("rollout_halted", rollout)]
    screens.end(*[(Signal.ACK_FAILED,)] * 3, otherwise=(Signal.PUBLISHED,))
    screens.go_on()
    assert screens.alerts() == [("rollout_halted", rollout)]
    with screens.app.reading() as work:
        assert open_alerts(work)[0].details["failures"] == 5


def test_a_screen_that_needs_a_person_is_told_beside_its_rollout(screens: Screens) -> None:
    rollout = screens.start(HALL_FIRST)
    screens.end(FAILED, FAILED, otherwise=(Signal.TAKEN, Signal.PUBLISHED, Signal.ACK_STARTED))
    screens.go_on()
    screens.end((Signal.EXPIRED, Signal.STILL_SILENT), otherwise=(Signal.ACK_ACCEPTED,))
    screens.go_on()
    assert sorted(kind for kind, _ in screens.alerts()) == ["manual_intervention", "rollout_halted"]
    screens.resume(rollout)
    assert [kind for kind, _ in screens.alerts()] == ["manual_intervention"]


def test_devices_that_were_offline_do_not_count(screens: Screens) -> None:
    rollout = screens.start(HALL_FIRST)
    screens.end(*[EXPIRED] * 12)
    screens.go_on()
    assert screens.state(rollout)[:2] == (State.RUNNING, 2)


def test_it_halts_as_soon_as_it_is_clear_and_not_when_all_have_ended(screens: Screens) -> None:
    rollout = screens.start(HALL_FIRST)
    screens.end(FAILED, FAILED, otherwise=(Signal.TAKEN,))
    screens.go_on()
    assert screens.state(rollout) == (State.HALTED, 1, "too_many_failures")


def test_a_silent_wave_never_advances_and_is_tried_again_when_a_person_says_so(screens: Screens) -> None:
    rollout = screens.start(HALL_FIRST)
    screens.end(otherwise=EXPIRED)
    screens.go_on(5)
    assert screens.state(rollout) == (State.HALTED, 1, "wave_silent")
    screens.resume(rollout)
    screens.go_on()
    assert len(screens.commands()) == 40
    screens.end()
    screens.go_on()
    assert screens.state(rollout)[:2] == (State.RUNNING, 2)
    assert ("rollout_halted", str(rollout)) not in screens.alerts()


def test_a_wave_whose_clients_are_gone_never_advances(screens: Screens) -> None:
    rollout = screens.start(Wave(size=1), Wave(size=2))
    screens.delete(1, 2)
    screens.end()
    screens.go_on(3)
    assert screens.state(rollout) == (State.HALTED, 2, "wave_empty")
    with pytest.raises(WaveIsEmpty):
        screens.resume(rollout)
    screens.stop(rollout)
    assert screens.state(rollout)[0] == State.STOPPED


def test_a_client_that_is_deleted_while_its_command_is_open_holds_nothing_up(screens_on_both: Screens) -> None:
    screens = screens_on_both
    rollout = screens.start(HALL_FIRST)
    screens.delete(0, 1)
    screens.end()
    screens.go_on()
    assert screens.report(rollout).waves[0] == Tally(completed=18, vanished=2)
    assert screens.state(rollout)[:2] == (State.RUNNING, 2)


def test_clients_that_are_deleted_later_do_not_change_percentages(screens: Screens) -> None:
    rollout = screens.start(HALL_FIRST)
    screens.end(FAILED, otherwise=DONE)
    screens.go_on()
    screens.delete(*range(20))
    assert screens.report(rollout).waves[0] == Tally(completed=19, failed=1)
    screens.go_on(3)
    screens.end()
    screens.go_on()
    assert screens.state(rollout)[0] == State.COMPLETED


def test_going_on_after_a_halt_accepts_the_failures_of_now(screens: Screens) -> None:
    rollout = screens.start(HALL_FIRST)
    screens.end(FAILED, FAILED)
    screens.go_on()
    screens.resume(rollout)
    screens.go_on()
    assert screens.state(rollout) == (State.RUNNING, 2, None)
    assert screens.alerts() == [alert for alert in screens.alerts() if alert[0] != "rollout_halted"]


def test_a_pause_holds_back_what_has_not_gone_out(screens: Screens) -> None:
    rollout = screens.start(Wave(size=10))
    screens.end()
    screens.go_on()
    screens.pause(rollout)
    screens.go_on(3)
    assert len(screens.commands()) == 10
    with pytest.raises(RolloutNotRunning):
        screens.pause(rollout)
    screens.resume(rollout)
    with pytest.raises(RolloutNotPaused):
        screens.resume(rollout)
    screens.go_on()
    assert len(screens.commands()) == 10 + ISSUED_AT_MOST


def test_a_stop_is_for_good_and_calls_back_what_nobody_has_acknowledged(screens: Screens) -> None:
    rollout = screens.start(HALL_FIRST)
    screens.end((Signal.TAKEN, Signal.PUBLISHED, Signal.ACK_ACCEPTED), otherwise=(Signal.TAKEN, Signal.PUBLISHED))
    screens.stop(rollout)
    screens.go_on(2)
    assert screens.report(rollout).waves == [Tally(open=1, canceled=19), Tally(pending=30)]
    for move in (screens.pause, screens.resume, screens.stop):
        with pytest.raises(RolloutEnded):
            move(rollout)


def test_a_stop_takes_as_many_statements_for_fifty_as_for_five(screens: Screens) -> None:
    few, many = screens.start(size=5), screens.start()
    asked: list[str] = []
    event.listen(screens.app.engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))
    screens.stop(few)
    of_few = len(asked)
    asked.clear()
    screens.stop(many)
    assert len(asked) == of_few
    assert {row.status for row in screens.commands()} == {"canceled"}


def test_a_client_that_is_sent_a_new_command_keeps_nothing_of_the_old_one(
    screens_on_both: Screens, monkeypatch: pytest.MonkeyPatch
) -> None:
    rollout = screens_on_both.start(size=5)
    screens_on_both.end(otherwise=EXPIRED)
    with screens_on_both.app.reading() as work:
        looked_before = rollouts_table._changed(work.session)
    screens_on_both.go_on()
    screens_on_both.resume(rollout)
    monkeypatch.setattr(rollouts_table, "_changed", lambda _session: looked_before)
    with screens_on_both.app.work() as work:
        rollouts_table.keep_outcomes(work.session)
    assert screens_on_both.report(rollout).total == Tally(pending=5)


def test_a_wave_goes_out_a_few_at_a_time(screens: Screens) -> None:
    screens.start(Wave(size=1))
    screens.end()
    screens.go_on()
    issued = []
    for _ in range(4):
        before = len(screens.commands())
        screens.go_on()
        issued.append(len(screens.commands()) - before)
    assert issued == [ISSUED_AT_MOST, ISSUED_AT_MOST, 49 - 2 * ISSUED_AT_MOST, 0]


def test_what_goes_out_later_is_asked_for_by_the_person_who_began(screens: Screens) -> None:
    rollout = screens.start(Wave(size=1))
    screens.end()
    screens.go_on(2)
    assert {(row.requested_by, row.reason, row.rollout_id) for row in screens.commands()} == {
        (screens.person.user_id, "Update", rollout)
    }


def test_nothing_goes_out_while_the_broker_is_away(screens: Screens, bus: RememberingBus) -> None:
    rollout = screens.start(Wave(size=1))
    screens.end()
    bus.is_connected = False
    screens.go_on(3)
    assert len(screens.commands()) == 1
    assert screens.state(rollout)[:2] == (State.RUNNING, 2)
    with pytest.raises(BusUnavailable):
        screens.start()
    bus.is_connected = True
    screens.go_on()
    assert len(screens.commands()) == 1 + ISSUED_AT_MOST


def test_the_lockout_blocks_and_the_report_names_it(screens: Screens) -> None:
    for _ in range(3):
        with screens.app.work() as work:
            issue_command(work, uuid_of(0), Action.RESTART_APP, None)
    screens.end()
    rollout = screens.start(size=20)
    assert screens.report(rollout).waves == [Tally(open=19, blocked=1)]


def test_the_rest_waits_seven_days_and_for_a_person(screens: Screens) -> None:
    rollout = screens.start(HALL_FIRST, is_canary=True)
    screens.end(FAILED)
    screens.go_on(2)
    assert screens.state(rollout) == (State.WAITING, 1, None)
    with pytest.raises(CanaryNotReady) as refused:
        screens.resume(rollout)
    assert refused.value.params == {"ready_at": datetime(2026, 11, 30, 7), "percent": 5.0, "completed": 19}
    screens.clock.forward(days=7)
    screens.go_on(2)
    assert screens.state(rollout) == (State.WAITING, 1, None)
    screens.resume(rollout)
    screens.go_on()
    assert screens.state(rollout) == (State.RUNNING, 2, None)
    assert len(screens.commands()) == 20 + ISSUED_AT_MOST


def test_whatever_goes_wrong_with_the_canary_group_in_its_seven_days_counts(screens: Screens) -> None:
    rollout = screens.start(HALL_FIRST, is_canary=True)
    screens.end(FAILED)
    screens.go_on()
    screens.clock.forward(days=7)
    with screens.app.work() as work:
        issue_command(work, uuid_of(3), Action.RESTART_APP, "Bild steht")
    screens.end(FAILED)
    with pytest.raises(CanaryNotReady):
        screens.resume(rollout)
    canary = screens.report(rollout).canary
    assert canary
    assert canary.tally == Tally(completed=19, failed=2)
    assert canary.ready_at - canary.began_at == timedelta(days=7)


def test_a_rollout_to_everyone_needs_a_canary_group(screens: Screens) -> None:
    order = Order(action=Action.REBOOT_HOST, reason="Update")
    with pytest.raises(Invalid), screens.app.work(screens.person) as work:
        rollouts.start_rollout(work, order)
    with pytest.raises(Invalid):
        screens.start(is_canary=True)
    assert screens.commands() == []


def test_an_order_for_nobody_or_for_strangers_is_refused_as_a_whole(screens: Screens) -> None:
    for order, error in [
        (Order(action=Action.REBOOT_HOST, reason="x", uuids=[uuid_of(0), uuid_of(999)]), UnknownClients),
        (Order(action=Action.REBOOT_HOST, reason="x", group_id=1), Invalid),
        (Order(action=Action.REBOOT_HOST, reason="x", group_id=99), Invalid),
    ]:
        with pytest.raises(error), screens.app.work(screens.person) as work:
            rollouts.start_rollout(work, order)
    assert screens.commands() == []
    with pytest.raises(NotFound):
        screens.report(1)


def test_a_group_means_its_active_clients(screens: Screens) -> None:
    with screens.app.work() as work:
        work.session.get_one(Client, uuid_of(0)).is_active = False
    screens.begin(Order(action=Action.RESTART_APP, reason="x", group_id=AULA))
    assert {row.client_uuid for row in screens.commands()} == {uuid_of(number) for number in range(1, 20)}


def test_two_schedulers_at_once_give_nobody_two_commands(screens_on_both: Screens) -> None:
    screens = screens_on_both
    screens.start(Wave(size=1))
    screens.end()
    screens.go_on()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: advance_rollouts(screens.app.reading, screens.app.work), range(8)))
    uuids = [row.client_uuid for row in screens.commands()]
    assert len(uuids) == len(set(uuids)) == 50


def test_a_pass_that_dies_in_the_middle_leaves_nothing_half_done(
    screens_on_both: Screens, monkeypatch: pytest.MonkeyPatch
) -> None:
    screens = screens_on_both
    rollout = screens.start(Wave(size=1))
    screens.end()
    screens.go_on()
    alive_for = iter(range(7))

    def die_soon(*target: Any) -> bool:
        next(alive_for)  # raises at the eighth client
        return assign_command(*target)

    with monkeypatch.context() as patched:
        patched.setattr(rollouts_table, "assign_command", die_soon)
        with pytest.raises((StopIteration, RuntimeError)):
            screens.go_on()
    assert len(screens.commands()) == 1
    screens.go_on(4)
    uuids = [row.client_uuid for row in screens.commands()]
    assert len(uuids) == len(set(uuids)) == 50
    assert screens.report(rollout).waves[1] == Tally(open=49)
