"""What the clock does to commands, and what a crash has left: the scheduler process looks every second.

Timers are stored instants, so there is nothing to rebuild after a start.
"""

from infoscreen.db import commands as table
from infoscreen.db.command_publishing import commands_to_publish_again, unpublished_commands
from infoscreen.db.power_cycles import untried_power
from infoscreen.domain.command_timing import QUEUED_FOR_ITS_ISSUER, due_signal
from infoscreen.domain.commands import Action, Signal, Status
from infoscreen.services.command_publishing import give_up_publishing, publish_again, publish_commands
from infoscreen.services.commands import Path, issue_command
from infoscreen.services.outage import is_outage_suspected
from infoscreen.services.work import OpenWork, Work

MOVED_AT_ONCE = 200
# What a publisher that dies leaves unpublished and to fail; so few are on the broker in a moment.
PUBLISHED_AT_ONCE = 50
# The reason of a power cycle that nobody asked for.
REBOOT_TIMED_OUT = "reboot_timed_out"


def due_commands(work: Work) -> list[str]:
    """Ids of the commands whose time has come; asked without holding the database's write lock."""
    followed = table.followed_commands(work.session)
    untried = {each.command_id for each in untried_power(work.session)}
    return [
        row.command_id
        for row, life in followed
        if due_signal(row.as_command(), life, work.now, is_power_pending=row.command_id in untried)
    ]


def move_due_commands(open_reading: OpenWork, open_work: OpenWork) -> None:
    """Move on every command whose time has come: deadlines, silence, settling, escalation."""
    with open_reading() as work:
        due = due_commands(work)
    for start in range(0, len(due), MOVED_AT_ONCE):
        with open_work() as work:
            for command_id in due[start : start + MOVED_AT_ONCE]:
                _move(work, command_id)


def _move(work: Work, command_id: str) -> None:
    row = table.locked_command(work.session, command_id)
    if row is None:
        return
    life = table.life_of(work.session, row.client_uuid)
    path = Path(row.as_command())
    timed_out = path.command.status is Status.TIMED_OUT
    is_power_pending = timed_out and any(each.command_id == command_id for each in untried_power(work.session))
    while signal := due_signal(path.command, life, work.now, is_power_pending=is_power_pending):
        if not path.take(signal, work.now, life):
            break
    path.save(work, row)


def try_managed_power(open_reading: OpenWork, open_work: OpenWork) -> None:
    """Cycle the power of screens that a reboot has not brought back, once each, where they have a power switch.

    It counts in the lockout like any restart; one that is blocked has been tried. None begins while the broker is
    suspected to be what is silent.
    """
    with open_reading() as work:
        if is_outage_suspected(work):
            return
        lives = {row.command_id: (row.as_command(), life) for row, life in table.followed_commands(work.session)}
        helpless = [
            each.client_uuid
            for each in untried_power(work.session)
            if not each.has_begun and due_signal(*lives[each.command_id], work.now) is Signal.STILL_SILENT
        ]
    for uuid in helpless:
        with open_work() as work:
            _cycle_power(work, uuid)


def _cycle_power(work: Work, uuid: str) -> None:
    """Unless somebody was first."""
    if table.lock_client(work.session, uuid) and any(
        each.client_uuid == uuid and not each.has_begun for each in untried_power(work.session)
    ):
        issue_command(work, uuid, Action.POWER_CYCLE, REBOOT_TIMED_OUT)


def publish_waiting_commands(open_reading: OpenWork, open_work: OpenWork, *, legacy_restart: bool) -> None:
    """Publish what its issuer could not. Where the broker does not answer, the rest fails at once as well."""
    with open_reading() as work:
        waiting = unpublished_commands(work.session, work.now - QUEUED_FOR_ITS_ISSUER, work.now)
    answers = True
    for begun in range(0, len(waiting), PUBLISHED_AT_ONCE):
        together = waiting[begun : begun + PUBLISHED_AT_ONCE]
        if answers:
            answers = publish_commands(open_work, together, legacy_restart=legacy_restart)
        else:
            with open_work() as work:
                give_up_publishing(work, together)


def publish_commands_again(open_reading: OpenWork, open_work: OpenWork) -> None:
    """Publish again what its device has not acknowledged and is there for now. Raises `BusUnavailable`."""
    with open_reading() as work:
        wanted = commands_to_publish_again(work.session, work.now)
    for begun in range(0, len(wanted), PUBLISHED_AT_ONCE):
        publish_again(open_work, wanted[begun : begun + PUBLISHED_AT_ONCE])
