"""Cycling a client's power: claimed in one transaction, switched outside of any, noted in another.

Whoever dies on the way leaves a mark at the switch (`off_since`, `due_at`), and the next one to look goes on from it.
Setting a switch up is in `power_switches.py`; when what is due, in `domain/power_cycles.py`.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from infoscreen import faults
from infoscreen.db import commands as commands_table
from infoscreen.db import power_cycles as cycles_table
from infoscreen.db import power_switches as table
from infoscreen.db.commands import ClientCommand
from infoscreen.db.power_switches import PowerSwitch
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.commands import Action, Failure, Signal, Status
from infoscreen.domain.power_cycles import (
    LATER_THAN_ANY,
    STEP_TAKES_AT_MOST,
    Cycle,
    Step,
    has_failed,
    next_step,
    retry_at,
)
from infoscreen.domain.power_switches import NoPowerSwitch, PowerCycleUnderWay, PowerSwitchFailed
from infoscreen.services import ports, power_switches
from infoscreen.services.alerts import close_alert, raise_alert
from infoscreen.services.commands import give_signal, issue_command
from infoscreen.services.work import OpenWork, Work

log = structlog.get_logger()

BEFORE: dict[Step, faults.Point] = {Step.OFF: "before_power_off", Step.ON: "before_power_on"}
AFTER: dict[Step, faults.Point] = {Step.OFF: "after_power_off", Step.ON: "after_power_on"}


@dataclass(frozen=True, slots=True)
class _Claim:
    """A step that is ours; `is_first`: the switch has not been asked for anything yet."""

    uuid: str
    command_id: str
    step: Step
    switch: ports.PowerSwitch
    is_first: bool


def issue_power_cycle(work: Work, uuid: str, reason: str | None) -> ClientCommand:
    """Store a power cycle; the scheduler's pass begins it within a second, unless the lockout has blocked it.

    Raises `NotFound`, `NoPowerSwitch`, and `PowerCycleUnderWay` where one is waiting or the power is off by it.
    """
    uuid = uuid.lower()
    power_switches.check_client(work, uuid)
    if table.locked_power_switch(work.session, uuid) is None:
        raise NoPowerSwitch
    if cycles_table.has_unfinished_power_cycle(work.session, uuid):
        raise PowerCycleUnderWay
    return issue_command(work, uuid, Action.POWER_CYCLE, reason)


def waiting_clients(work: Work) -> list[str]:
    """The clients whose power somebody has to see to now."""
    queued = [row.client_uuid for row in cycles_table.queued_power_cycles(work.session)]
    due = table.due_power_switches(work.session, work.now, work.now + LATER_THAN_ANY)
    return list(dict.fromkeys([*due, *queued]))


def is_any_dark(work: Work) -> bool:
    """Whether any power is off by a command, or may be."""
    return table.is_any_dark(work.session)


def hasten(work: Work) -> list[str]:
    """Have what is off turned on now, and say whose it is: the process is ending, and nobody may follow it soon."""
    hastened = []
    for row in table.dark_power_switches(work.session):
        if next_step(replace(_cycle(work, row), due_at=None), work.now) is Step.ON:
            row.due_at = work.now
            hastened.append(row.client_uuid)
    return hastened


def take_step(open_work: OpenWork, uuid: str) -> None:
    """Do what is next for a client's power, if nobody else is at it; takes as long as the switch does."""
    with open_work() as work:
        claim = _claim(work, uuid)
    if claim is None:
        return
    faults.may_die(BEFORE[claim.step])
    is_untouched = False
    try:
        if claim.is_first:
            is_untouched = True
            claim.switch.is_on()  # an address, a login or an outlet that is wrong shows here, with nothing done yet
            is_untouched = False
        (claim.switch.turn_off if claim.step is Step.OFF else claim.switch.turn_on)()
    except PowerSwitchFailed as failure:
        log.warning("power_switch_failed", client=uuid, step=claim.step, code=failure.code)
        with open_work() as work:
            _note_failure(work, claim, failure, is_untouched=is_untouched)
        return
    faults.may_die(AFTER[claim.step])
    with open_work() as work:
        _note_success(work, claim)


def _claim(work: Work, uuid: str) -> _Claim | None:
    row = table.locked_power_switch(work.session, uuid)
    queued = cycles_table.queued_power_cycles(work.session, uuid)
    if row is None:
        for each in queued:
            give_signal(work, each.command_id, Signal.SWITCH_FAILED, Failure(NoPowerSwitch.code, None))
        return None
    step = next_step(_cycle(work, row, is_wanted=bool(queued)), work.now)
    if step is None:
        return None
    is_first = row.off_since is None
    if is_first:
        row.command_id = queued[0].command_id
        if not give_signal(work, row.command_id, Signal.TAKEN):
            return None
        row.off_since = work.now
    row.due_at = work.now + STEP_TAKES_AT_MOST
    command_id = row.command_id or ""
    try:
        switch = work.ports.power_switch(power_switches.settings_of(work, row))
    except PowerSwitchFailed as failure:
        _settle_failure(work, row, command_id, step, failure, is_untouched=is_first)
        return None
    return _Claim(uuid, command_id, step, switch, is_first)


def _cycle(work: Work, row: PowerSwitch, *, is_wanted: bool = False) -> Cycle:
    command = commands_table.command_by_id(work.session, row.command_id) if row.command_id else None
    status = Status(command.status) if command else None
    return Cycle(row.off_since, row.due_at, status, is_wanted)


def _note_success(work: Work, claim: _Claim) -> None:
    row = table.locked_power_switch(work.session, claim.uuid)
    if row is None:
        log.error("power_switch_gone", client=claim.uuid, step=claim.step)
        return
    if claim.step is Step.OFF:
        stands = give_signal(work, claim.command_id, Signal.SWITCHED_OFF)
        # Somebody may have thought us dead and turned it on already: it is off now, so it is marked again.
        row.off_since = row.off_since or work.now
        row.due_at = work.now + timedelta(seconds=row.off_seconds if stands else 0)
        return
    give_signal(work, claim.command_id, Signal.SWITCHED_ON)
    row.off_since = row.due_at = row.command_id = None
    close_alert(work, AlertKind.POWER_STUCK_OFF, claim.uuid)


def _note_failure(work: Work, claim: _Claim, failure: PowerSwitchFailed, *, is_untouched: bool) -> None:
    row = table.locked_power_switch(work.session, claim.uuid)
    if row is not None:
        _settle_failure(work, row, claim.command_id, claim.step, failure, is_untouched=is_untouched)


def _settle_failure(
    work: Work, row: PowerSwitch, command_id: str, step: Step, failure: PowerSwitchFailed, *, is_untouched: bool
) -> None:
    """Fail the command, and see to it that the power comes back where it may be off."""
    told = Failure(failure.code, None)
    if is_untouched:
        give_signal(work, command_id, Signal.SWITCH_FAILED, told)
        row.off_since = row.due_at = row.command_id = None
    elif step is Step.OFF:
        give_signal(work, command_id, Signal.SWITCH_FAILED, told)
        row.off_since = row.off_since or work.now
        row.due_at = work.now
    else:
        off_since = row.off_since or work.now
        row.due_at = retry_at(off_since, row.off_seconds, work.now)
        if has_failed(off_since, row.off_seconds, work.now):
            give_signal(work, command_id, Signal.SWITCH_FAILED, told)
            raise_alert(work, AlertKind.POWER_STUCK_OFF, row.client_uuid, Severity.CRITICAL, errorCode=failure.code)
