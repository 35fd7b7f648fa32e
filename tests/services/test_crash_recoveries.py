"""Crash recovery restarts a few screens that need it, and never a school whose broker was down."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from threading import Barrier

import pytest

from applications import Clock, RememberingBus
from fleets import Fleet, uuid_of
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client
from infoscreen.domain.commands import Action, Signal, Status
from infoscreen.processes.fleet_watch import FleetWatch
from infoscreen.services.commands import issue_command
from infoscreen.services.work import Work


@pytest.fixture
def fleet(app_on_sqlite: App, clock: Clock, bus: RememberingBus) -> Fleet:
    return settled(app_on_sqlite, clock, bus)


def settled(app: App, clock: Clock, bus: RememberingBus) -> Fleet:
    fleet = Fleet(app, clock, bus, 6)
    fleet.settle()
    return fleet


def test_it_is_off_unless_it_is_switched_on(fleet: Fleet) -> None:
    fleet.state(0, process_status="crashed")
    fleet.run(60)
    assert fleet.commands() == []


def test_a_crashed_screen_is_restarted_by_nobody_in_particular(app: App, clock: Clock, bus: RememberingBus) -> None:
    fleet = settled(app, clock, bus)
    fleet.enable_recovery(command_expiry_seconds=300)
    fleet.state(2, process_status="crashed")
    fleet.run(10)
    (command,) = fleet.commands()
    assert (command.client_uuid, command.action, command.reason) == (uuid_of(2), "reboot_host", "process_crashed")
    assert command.requested_by is None
    assert command.expires_at - command.issued_at == timedelta(seconds=300)


def test_a_silent_screen_is_restarted_when_its_grace_is_over(fleet: Fleet) -> None:
    fleet.enable_recovery(grace_seconds=240)
    fleet.silent = {2}
    fleet.run(230)
    assert fleet.commands() == []
    fleet.run(20)
    assert [(each.client_uuid, each.reason) for each in fleet.commands()] == [(uuid_of(2), "heartbeat_stale")]


@pytest.mark.parametrize("action", [Action.REBOOT_HOST, Action.RESTART_APP, Action.POWER_CYCLE])
def test_whoever_restarted_a_screen_keeps_recovery_away_for_the_lockout(fleet: Fleet, action: Action) -> None:
    fleet.enable_recovery(lockout_minutes=15)
    with fleet.app.work() as work:
        issue_command(work, uuid_of(2), action, "Bild steht")
    fleet.end()
    fleet.state(2, process_status="crashed")
    fleet.run(14 * 60)
    assert len(fleet.commands()) == 1
    fleet.run(120)
    assert len(fleet.commands()) == 2


def test_a_screen_that_a_restart_does_not_help_is_given_up_for_the_day(fleet: Fleet) -> None:
    fleet.enable_recovery()
    fleet.state(2, process_status="crashed")
    for _ in range(8):
        fleet.run(60)
        fleet.end()
        fleet.clock.forward(minutes=20)
        fleet.run(200)
    assert len(fleet.commands()) == 4
    fleet.clock.forward(days=1)
    fleet.run(220)
    assert len(fleet.commands()) == 5


def test_neither_an_inactive_screen_nor_one_that_never_reported_is_restarted(fleet: Fleet) -> None:
    fleet.enable_recovery()
    fleet.silent = {0, 1}
    fleet.state(0, last_alive=None)
    fleet.state(1, process_status="crashed")
    with fleet.app.work() as work:
        work.session.get_one(Client, uuid_of(1)).is_active = False
    fleet.run(600)
    assert fleet.commands() == []


def test_a_broker_that_is_down_for_five_minutes_reboots_nobody(app: App, clock: Clock, bus: RememberingBus) -> None:
    fleet = settled(app, clock, bus)
    fleet.enable_recovery()
    fleet.bus.is_connected = False
    fleet.run(300)
    fleet.bus.is_connected = True
    fleet.run(1200)
    assert fleet.commands() == []


def test_screens_that_all_fall_silent_are_not_rebooted(fleet: Fleet) -> None:
    fleet.enable_recovery()
    fleet.silent = set(range(6))
    fleet.run(1200)
    assert fleet.commands() == []
    assert fleet.open() == [("broker_outage", "broker")]


def test_nothing_is_issued_while_the_broker_is_away_not_even_for_a_second(fleet: Fleet) -> None:
    fleet.enable_recovery()
    fleet.state(2, process_status="crashed")
    fleet.bus.is_connected = False
    fleet.run(10)
    assert fleet.commands() == []


def test_one_at_a_time_in_a_small_school_and_the_next_when_that_has_ended(fleet: Fleet) -> None:
    fleet.enable_recovery()
    for number in range(3):
        fleet.state(number, process_status="crashed")
    fleet.run(60)
    assert len(fleet.commands()) == 1
    fleet.end((Signal.TAKEN, Signal.PUBLISH_FAILED))
    fleet.run(60)
    assert [each.status for each in fleet.commands()] == [Status.FAILED, Status.QUEUED]


def test_two_schedulers_at_once_hold_the_cap_together(
    app: App, clock: Clock, bus: RememberingBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    fleet = Fleet(app, clock, bus, 40)
    schedulers = [FleetWatch() for _ in range(4)]
    for scheduler in schedulers:
        scheduler.look(app)
    fleet.settle()
    for number in range(20):
        fleet.state(number, process_status="crashed")
    fleet.look()  # so that nothing but recovery is left to do, and nothing else keeps them apart
    fleet.enable_recovery()
    all_have_decided, begin = Barrier(len(schedulers)), app.work

    def begin_together() -> AbstractContextManager[Work]:
        all_have_decided.wait()
        return begin()

    monkeypatch.setattr(app, "work", begin_together)
    with ThreadPoolExecutor(len(schedulers)) as pool:
        list(pool.map(lambda scheduler: scheduler.look(app), schedulers))
    assert [each.status for each in fleet.commands()] == [Status.QUEUED] * 4
