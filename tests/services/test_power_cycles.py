"""A power cycle from the click to the end: what the switch confirms, what fails by name, and no screen left dark."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from commanding import CommandedSchool
from infoscreen.db.outage import save_watch
from infoscreen.domain.commands import Action, Status
from infoscreen.domain.errors import NotFound
from infoscreen.domain.outage import Cause, Outage, Watch
from infoscreen.domain.power_cycles import STEP_TAKES_AT_MOST
from infoscreen.domain.power_switches import (
    Driver,
    NoPowerSwitch,
    PowerCycleUnderWay,
    PowerSwitchFailed,
    PowerSwitchNotConfirmed,
    PowerSwitchRefused,
    PowerSwitchSettings,
    PowerSwitchUnreachable,
)
from infoscreen.services import commands, power_cycles, power_switches
from infoscreen.services.clients import delete_client
from infoscreen.services.commands import ClientCommand
from listening import STRANGER, UUID

S = Status
SWITCH = {"driver": Driver.SHELLY_HTTP, "address": "10.0.9.17", "outlet": "0"}
OLD, NEW = "boot-1", "boot-2"
OFF_SECONDS = 10


@dataclass
class Outlet:
    """The switch's place: does what it is asked, or fails as a test wants it to."""

    is_powered: bool = True
    asked: list[str] = field(default_factory=list)
    failing: dict[str, type[PowerSwitchFailed]] = field(default_factory=dict)
    meanwhile: Callable[[], None] = lambda: None

    def __call__(self, settings: PowerSwitchSettings) -> "Outlet":
        return self

    def is_on(self) -> bool:
        self._asked("is_on")
        return self.is_powered

    def turn_off(self) -> None:
        self._asked("off")
        self.is_powered = False

    def turn_on(self) -> None:
        self._asked("on")
        self.is_powered = True

    def _asked(self, what: str) -> None:
        self.asked.append(what)
        self.meanwhile()
        if what in self.failing:
            raise self.failing[what]


class PoweredSchool(CommandedSchool):
    """The school whose first screen has a power switch."""

    def __init__(self, database_url: str, data_dir: Path) -> None:
        super().__init__(database_url, data_dir)
        self.outlet = Outlet()
        self.app.ports = replace(self.app.ports, power_switch=self.outlet)
        with self.app.work() as work:
            power_switches.set_power_switch(work, UUID, SWITCH)

    def cycle(self, uuid: str = UUID) -> ClientCommand:
        with self.app.work(self.person) as work:
            return power_cycles.issue_power_cycle(work, uuid, "Bild steht")

    def look(self, seconds: float = 0) -> None:
        """What the scheduler's pass does, some time later."""
        self.clock.forward(seconds=seconds)
        with self.app.reading() as work:
            waiting = power_cycles.waiting_clients(work)
        for uuid in waiting:
            power_cycles.take_step(self.app.work, uuid)

    def switched_on_again(self, boot_id: str | None = OLD) -> ClientCommand:
        """A cycle whose switch has done its part."""
        self.health(boot_id)
        self.clock.forward(seconds=4)
        command = self.cycle()
        self.look()
        self.look(OFF_SECONDS)
        assert self.status(command) is S.EXECUTION_STARTED
        return command

    def wait(self, seconds: float) -> None:
        self.clock.forward(seconds=seconds)
        self.sweep()
        self.look()


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> PoweredSchool:
    return PoweredSchool(database_url, tmp_path)


def test_published_means_off_and_execution_started_means_on_again(school: PoweredSchool) -> None:
    command = school.cycle()
    assert school.status(command) is S.QUEUED
    school.look()
    assert (school.status(command), school.outlet.is_powered) == (S.PUBLISHED, False)
    assert school.row(command).published_at == school.clock.now
    school.look(OFF_SECONDS - 1)
    assert (school.status(command), school.outlet.is_powered) == (S.PUBLISHED, False)
    school.look(1)
    assert (school.status(command), school.outlet.is_powered) == (S.EXECUTION_STARTED, True)
    assert school.row(command).execution_started_at == school.clock.now
    assert school.outlet.asked == ["is_on", "off", "on"]
    assert school.bus.sent == []


def test_a_new_boot_after_it_is_the_recovery_and_steady_health_the_end(school: PoweredSchool) -> None:
    command = school.switched_on_again()
    school.wait(30)
    assert school.status(command) is S.AWAITING_RECONNECT
    school.health(NEW)
    assert school.status(command) is S.RECOVERED
    for _ in range(5):
        school.wait(5)
        school.health(NEW)
    school.sweep()
    assert school.path(command)[-2:] == [S.RECOVERED, S.COMPLETED]


def test_without_boot_ids_the_first_sign_after_the_dark_is_the_recovery(school: PoweredSchool) -> None:
    school.heartbeat()
    command = school.cycle()
    school.look()
    school.look(OFF_SECONDS)
    school.wait(40)
    school.heartbeat()
    assert school.status(command) is S.RECOVERED


def test_a_screen_that_is_heard_while_its_power_is_off_is_fed_from_elsewhere(school: PoweredSchool) -> None:
    command = school.cycle()
    school.look()
    school.clock.forward(seconds=5)
    school.health()
    school.look(5)
    for _ in range(5):
        school.wait(60)
        school.health()
    assert school.path(command)[-2:] == [S.AWAITING_RECONNECT, S.TIMED_OUT]


def test_the_same_boot_after_it_is_a_failure(school: PoweredSchool) -> None:
    command = school.switched_on_again()
    for _ in range(14):
        school.wait(5)
        school.health(OLD)
    assert (school.status(command), school.row(command).error_code) == (S.FAILED, "not_rebooted")


def test_a_screen_that_never_comes_back_needs_a_person(school: PoweredSchool) -> None:
    command = school.switched_on_again()
    school.wait(240)
    assert school.status(command) is S.TIMED_OUT
    school.wait(60)
    assert school.status(command) is S.MANUAL_INTERVENTION_REQUIRED


def test_without_a_switch_there_is_no_power_cycle(school: PoweredSchool) -> None:
    with school.app.work() as work:
        power_switches.remove_power_switch(work, UUID)
    with pytest.raises(NoPowerSwitch):
        school.cycle()
    with pytest.raises(NotFound):
        school.cycle(STRANGER)
    bulk = school.issue(Action.POWER_CYCLE)
    school.look()
    assert (school.status(bulk), school.row(bulk).error_code) == (S.FAILED, "no_power_switch")


def test_a_second_click_does_not_cycle_twice(school: PoweredSchool) -> None:
    school.cycle()
    with pytest.raises(PowerCycleUnderWay):
        school.cycle()
    school.look()
    with pytest.raises(PowerCycleUnderWay):
        school.cycle()
    school.look(OFF_SECONDS)
    assert school.cycle().status == S.QUEUED


def test_it_counts_in_the_lockout(school: PoweredSchool) -> None:
    for _ in range(3):
        school.cycle()
        school.look()
        school.look(OFF_SECONDS)
    blocked = school.cycle()
    school.look()
    assert (blocked.status, school.outlet.is_powered) == (S.BLOCKED_SAFETY, True)
    assert school.issue(Action.REBOOT_HOST).status == S.BLOCKED_SAFETY
    assert school.outlet.asked.count("off") == 3


@pytest.mark.parametrize("failure", [PowerSwitchUnreachable, PowerSwitchRefused])
def test_a_switch_that_cannot_be_asked_fails_the_command_and_is_left_alone(
    school: PoweredSchool, failure: type[PowerSwitchFailed]
) -> None:
    school.outlet.failing = {"is_on": failure}
    command = school.cycle()
    school.look()
    assert (school.status(command), school.row(command).error_code) == (S.FAILED, failure.code)
    assert ("command_failed", UUID) in school.alerts()
    school.look(3600)
    assert school.outlet.asked == ["is_on"]


def test_an_outlet_that_does_not_confirm_off_is_turned_on_to_be_sure(school: PoweredSchool) -> None:
    school.outlet.failing = {"off": PowerSwitchNotConfirmed}
    command = school.cycle()
    school.look()
    assert (school.status(command), school.row(command).error_code) == (S.FAILED, "power_switch_not_confirmed")
    school.look()
    assert school.outlet.asked == ["is_on", "off", "on"]
    school.look(3600)
    assert school.outlet.asked == ["is_on", "off", "on"]


def test_a_switch_that_dies_between_off_and_on_is_asked_until_it_is_back(school: PoweredSchool) -> None:
    command = school.cycle()
    school.look()
    school.outlet.failing = {"on": PowerSwitchUnreachable}
    school.look(OFF_SECONDS)
    assert school.status(command) is S.PUBLISHED
    assert ("power_stuck_off", UUID) not in school.alerts()
    for _ in range(32):
        school.look(2)
    assert (school.status(command), school.row(command).error_code) == (S.FAILED, "power_switch_unreachable")
    assert ("power_stuck_off", UUID) in school.alerts()
    before = len(school.outlet.asked)
    for _ in range(10):
        school.look(60)
    assert len(school.outlet.asked) - before == 10
    school.outlet.failing = {}
    school.look(60)
    assert school.outlet.is_powered
    assert ("power_stuck_off", UUID) not in school.alerts()
    assert school.status(command) is S.FAILED


def test_a_switch_that_is_back_soon_lets_the_command_go_on(school: PoweredSchool) -> None:
    command = school.cycle()
    school.look()
    school.outlet.failing = {"on": PowerSwitchUnreachable}
    for _ in range(20):
        school.look(2)
    school.outlet.failing = {}
    school.look(2)
    assert (school.status(command), school.outlet.is_powered) == (S.EXECUTION_STARTED, True)


def test_a_canceled_cycle_still_turns_the_power_on_again(school: PoweredSchool) -> None:
    command = school.cycle()
    school.look()
    with school.app.work(school.person) as work:
        commands.cancel_command(work, command.command_id)
    school.look(OFF_SECONDS)
    assert (school.status(command), school.outlet.is_powered) == (S.CANCELED, True)


def test_one_that_is_canceled_before_it_began_switches_nothing(school: PoweredSchool) -> None:
    command = school.cycle()
    with school.app.work(school.person) as work:
        commands.cancel_command(work, command.command_id)
    school.look()
    assert school.outlet.asked == []


def test_one_that_is_canceled_while_the_switch_is_asked_is_turned_on_at_once(school: PoweredSchool) -> None:
    command = school.cycle()

    def cancel() -> None:
        if school.outlet.asked[-1] == "off":
            with school.app.work(school.person) as work:
                commands.cancel_command(work, command.command_id)

    school.outlet.meanwhile = cancel
    school.look()
    school.look()
    assert (school.status(command), school.outlet.is_powered) == (S.CANCELED, True)


class PowerCut(BaseException):
    """The process dies here."""


@pytest.mark.parametrize("dies_at", ["is_on", "off", "on"])
def test_after_a_death_at_any_step_the_next_one_goes_on_and_turns_on(school: PoweredSchool, dies_at: str) -> None:
    command = school.cycle()

    def die() -> None:
        if school.outlet.asked[-1] == dies_at and school.outlet.asked.count(dies_at) == 1:
            raise PowerCut

    school.outlet.meanwhile = die
    if dies_at == "on":
        school.look()
    with pytest.raises(PowerCut):
        school.look(OFF_SECONDS)
    for _ in range(4):
        school.look(STEP_TAKES_AT_MOST.total_seconds())
    assert (school.status(command), school.outlet.is_powered) == (S.EXECUTION_STARTED, True)


def test_a_command_that_expired_while_nobody_looked_still_gets_its_power_back(school: PoweredSchool) -> None:
    command = school.cycle()
    school.look()
    school.clock.forward(seconds=3600)
    school.sweep()
    assert school.status(command) is S.EXPIRED
    school.look()
    assert school.outlet.is_powered


def test_whoever_wakes_late_and_turns_off_what_is_on_again_turns_it_on(school: PoweredSchool) -> None:
    command = school.cycle()

    def another_takes_over() -> None:
        if school.outlet.asked.count("off") == 1 and school.outlet.asked[-1] == "off":
            school.outlet.meanwhile = lambda: None
            school.look(STEP_TAKES_AT_MOST.total_seconds())
            school.look(OFF_SECONDS)
            assert school.outlet.is_powered

    school.outlet.meanwhile = another_takes_over
    school.look()
    assert not school.outlet.is_powered
    school.look()
    assert (school.status(command), school.outlet.is_powered) == (S.EXECUTION_STARTED, True)


def test_it_never_goes_over_the_devices_mqtt(school: PoweredSchool) -> None:
    command = school.cycle()
    school.publish(command)
    assert school.status(command) is S.QUEUED
    school.look()
    school.clock.forward(seconds=200)
    school.announce()
    school.heartbeat()
    school.sweep()
    assert [topic for topic, _ in school.bus.sent if "command" in topic or "restart" in topic] == []


def test_a_clock_that_is_set_back_does_not_leave_the_screen_dark(school: PoweredSchool) -> None:
    command = school.cycle()
    school.look()
    school.clock.forward(hours=-1)
    school.look()
    assert (school.status(command), school.outlet.is_powered) == (S.EXECUTION_STARTED, True)


def test_two_schedulers_do_not_take_the_same_step(school: PoweredSchool) -> None:
    school.cycle()
    school.outlet.meanwhile = lambda: power_cycles.take_step(school.app.work, UUID)
    school.look()
    assert school.outlet.asked == ["is_on", "off"]


def test_while_its_power_is_off_neither_switch_nor_client_can_be_taken_away(school: PoweredSchool) -> None:
    school.cycle()
    school.look()
    with pytest.raises(PowerCycleUnderWay), school.app.work() as work:
        power_switches.set_power_switch(work, UUID, SWITCH | {"address": "10.0.9.18"})
    with pytest.raises(PowerCycleUnderWay), school.app.work() as work:
        power_switches.remove_power_switch(work, UUID)
    with pytest.raises(PowerCycleUnderWay), school.app.work() as work:
        delete_client(work, UUID)
    school.look(OFF_SECONDS)
    with school.app.work() as work:
        delete_client(work, UUID)


def test_a_dead_switch_can_be_replaced_in_the_end(school: PoweredSchool) -> None:
    school.cycle()
    school.look()
    school.outlet.failing = {"on": PowerSwitchUnreachable}
    school.look(OFF_SECONDS)
    school.clock.forward(minutes=10)
    with school.app.work() as work:
        power_switches.set_power_switch(work, UUID, SWITCH | {"address": "10.0.9.18"})
    school.outlet.failing = {}
    school.look()
    assert school.outlet.is_powered


def _timed_out_reboot(school: PoweredSchool) -> ClientCommand:
    school.health(OLD)
    reboot = school.sent()
    school.ack(reboot, "accepted")
    school.ack(reboot, "execution_started")
    school.wait(240)
    assert school.status(reboot) is S.TIMED_OUT
    return reboot


def _cycles(school: PoweredSchool) -> list[ClientCommand]:
    with school.app.reading() as work:
        return list(commands.history(work, [], [Action.POWER_CYCLE], 100, None).rows)


def test_a_reboot_that_timed_out_tries_managed_power_before_it_calls_for_a_person(school: PoweredSchool) -> None:
    reboot = _timed_out_reboot(school)
    school.wait(59)
    assert _cycles(school) == []
    school.wait(1)
    (cycle,) = _cycles(school)
    assert (cycle.requested_by, cycle.reason) == (None, "reboot_timed_out")
    school.wait(OFF_SECONDS)
    school.wait(200)
    assert school.status(reboot) is S.TIMED_OUT
    school.wait(30)
    school.wait(1)
    assert (school.status(cycle), school.status(reboot)) == (S.TIMED_OUT, S.MANUAL_INTERVENTION_REQUIRED)
    school.wait(600)
    assert len(_cycles(school)) == 1


def test_no_power_is_cycled_by_itself_while_the_broker_is_what_is_silent(school: PoweredSchool) -> None:
    reboot = _timed_out_reboot(school)
    now = school.clock.now
    outage = Outage(Cause.CONNECTION_LOST, began_at=now, told_from=now, first=now, last=now, affected=3)
    with school.app.work() as work:
        save_watch(work.session, Watch(outage=outage))
    school.wait(600)
    assert (_cycles(school), school.status(reboot)) == ([], S.TIMED_OUT)
    with school.app.work() as work:
        save_watch(work.session, Watch())
    school.wait(1)
    assert len(_cycles(school)) == 1


def test_a_screen_that_managed_power_brings_back_needs_nobody(school: PoweredSchool) -> None:
    reboot = _timed_out_reboot(school)
    school.wait(60)
    school.wait(OFF_SECONDS)
    school.wait(30)
    school.health(NEW)
    for _ in range(30):
        school.wait(5)
        school.health(NEW)
    (cycle,) = _cycles(school)
    assert (school.status(cycle), school.status(reboot)) == (S.COMPLETED, S.TIMED_OUT)
    assert school.row(reboot).recovered_at is not None


def test_a_power_cycle_that_the_lockout_blocks_has_been_tried(school: PoweredSchool) -> None:
    for _ in range(2):
        school.issue(Action.RESTART_APP)
    reboot = _timed_out_reboot(school)
    school.wait(60)
    (cycle,) = _cycles(school)
    assert (school.status(cycle), school.status(reboot)) == (S.BLOCKED_SAFETY, S.MANUAL_INTERVENTION_REQUIRED)
    assert school.outlet.asked == []


def test_a_screen_without_managed_power_calls_for_a_person_at_once(school: PoweredSchool) -> None:
    with school.app.work() as work:
        power_switches.remove_power_switch(work, UUID)
    reboot = _timed_out_reboot(school)
    school.wait(60)
    assert school.status(reboot) is S.MANUAL_INTERVENTION_REQUIRED
    assert _cycles(school) == []
