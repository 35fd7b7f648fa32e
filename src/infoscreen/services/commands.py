"""Remote commands: issue, cancel, look up, and the one way in which a command moves.

Publishing is in `command_publishing.py`, what devices report of them in `command_reports.py`, what the clock does to
them in `command_sweep.py`.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from infoscreen import faults
from infoscreen.db import commands as table
from infoscreen.db.clients import Client
from infoscreen.db.commands import ClientCommand as ClientCommand
from infoscreen.db.commands import CommandTransition as CommandTransition
from infoscreen.db.commands import Page as Page
from infoscreen.domain import command_timing
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.command_timing import Life
from infoscreen.domain.commands import (
    COUNTED,
    MQTT_PUBLISH_FAILED,
    Action,
    Command,
    CommandTooLate,
    Failure,
    Signal,
    Status,
    Transition,
    advance,
    beginning,
)
from infoscreen.domain.errors import NotFound
from infoscreen.services import rollout_alerts
from infoscreen.services.alerts import close_alert, raise_alert
from infoscreen.services.notices import NoticeKind
from infoscreen.services.settings import get_setting
from infoscreen.services.work import Work


def issue_command(
    work: Work,
    uuid: str,
    action: Action,
    reason: str | None,
    *,
    rollout_id: int | None = None,
    expiry_seconds: int | None = None,
) -> ClientCommand:
    """Store a command for a client; it still has to be published (`publish_command`), unless it is blocked.

    Without an expiry of its own it gets that of the settings. Raises `NotFound`.
    """
    uuid = uuid.lower()
    if not table.lock_client(work.session, uuid):
        raise NotFound
    issued_at = work.now.replace(microsecond=0)  # devices in the field know whole seconds
    expiry = timedelta(seconds=expiry_seconds or int(get_setting(work, "command_expiry_seconds")))
    expires_at = command_timing.expires_at(action, issued_at, expiry, table.life_of(work.session, uuid))
    is_locked_out = action in COUNTED and lockout_ends_at(work, uuid) is not None
    command, begun = beginning(action, expires_at, work.now, is_locked_out=is_locked_out)
    row = ClientCommand(
        command_id=str(uuid4()),
        client_uuid=uuid,
        reason=reason,
        requested_by=work.actor.user_id,
        rollout_id=rollout_id,
        issued_at=issued_at,
        republish=False,
        created_at=work.now,
        updated_at=work.now,
        **table.columns_of(command),
    )
    table.add_command(work.session, row, begun)
    _announce(work, row)
    faults.may_die("before_commit")
    return row


def lockout_ends_at(work: Work, uuid: str) -> datetime | None:
    """When a client may be restarted again; None: now."""
    since = work.now - command_timing.LOCKOUT_WINDOW
    return command_timing.lockout_ends_at(table.counted_times(work.session, uuid.lower(), since), work.now)


def get_command(work: Work, command_id: str) -> ClientCommand:
    """One command; raises `NotFound`."""
    row = table.command_by_id(work.session, command_id.lower())
    if row is None:
        raise NotFound
    return row


def cancel_command(work: Work, command_id: str) -> ClientCommand:
    """Call back a command that its device has not acknowledged; raises `NotFound`, `CommandTooLate`."""
    row = get_command(work, command_id)
    if not give_signal(work, row.command_id, Signal.CANCELED):
        raise CommandTooLate
    return row


def client_history(work: Work, uuid: str, limit: int, before_id: int | None) -> Page:
    """A client's commands, the newest first; raises `NotFound`."""
    if work.session.get(Client, uuid.lower()) is None:
        raise NotFound
    return table.history(work.session, [ClientCommand.client_uuid == uuid.lower()], limit, before_id)


def history(
    work: Work, statuses: Sequence[Status], actions: Sequence[Action], limit: int, before_id: int | None
) -> Page:
    """All clients' commands of any of these statuses and actions (none: of every one), the newest first."""
    conditions = []
    if statuses:
        conditions.append(ClientCommand.status.in_(statuses))
    if actions:
        conditions.append(ClientCommand.action.in_(actions))
    return table.history(work.session, conditions, limit, before_id)


def overdue_since(row: ClientCommand, now: datetime) -> datetime | None:
    """Since when a command's present stage takes longer than usual."""
    return command_timing.overdue_since(row.as_command(), now)


def count_by_status(work: Work) -> dict[Status, int]:
    """How many commands have each status."""
    return dict.fromkeys(Status, 0) | table.count_by_status(work.session)


def clients_with_overdue(work: Work) -> set[str]:
    """Every client that has an overdue command."""
    followed = [row for row, _life in table.followed_commands(work.session)]
    return {row.client_uuid for row in followed if overdue_since(row, work.now)}


def give_signal(work: Work, command_id: str, signal: Signal, failure: Failure | None = None) -> bool:
    """Tell a command what happened to it, now; whether that moved it to another status."""
    while (row := table.locked_command(work.session, command_id)) is not None:
        path = Path(row.as_command())
        path.take(signal, work.now, table.life_of(work.session, row.client_uuid), failure)
        if path.save(work, row):
            return bool(path.steps)
    return False


def give_signal_to_all(work: Work, ids: Collection[int], signal: Signal) -> list[ClientCommand]:
    """Tell many commands the same, now, as `give_signal` does, in a few statements; returns those that it changed."""
    return move_all(work, table.locked_commands(work.session, ids), signal)


def move_all(work: Work, rows: Sequence[ClientCommand], signal: Signal) -> list[ClientCommand]:
    """Move locked commands by a signal of publishers and persons, which brings no failure and needs no device."""
    alike: defaultdict[tuple[str, str, bool], list[ClientCommand]] = defaultdict(list)
    for row in rows:
        alike[row.status, row.action, row.published_at is None].append(row)
    changed = []
    for group in alike.values():
        path = Path(group[0].as_command())
        if path.take(signal, work.now, Life()):
            table.save_alike(work.session, group, path.command, path.steps, work.now)
            changed += group
    for row in changed:
        _announce(work, row)
    return sorted(changed, key=lambda row: row.id)


class Path:
    """A command on its way: where it is by now, and the steps that led there, to be saved at once."""

    def __init__(self, command: Command) -> None:
        self._before = command
        self.command = command
        self.steps: list[Transition] = []

    def take(self, signal: Signal, at: datetime, life: Life, failure: Failure | None = None) -> bool:
        """Follow a signal, with what is known of the device then; False where it means nothing."""
        after = advance(self.command, signal, at, failure)
        if after is None:
            return False
        if after.execution_started_at != self.command.execution_started_at:
            after = replace(after, boot_id=command_timing.boot_at_start(after, life, at))
        if after.status is not self.command.status:
            self.steps.append(Transition(at, self.command.status, after.status, signal))
        self.command = after
        return True

    def note(self, **facts: Any) -> None:
        """Keep what was learnt on the way."""
        self.command = replace(self.command, **facts)

    def save(self, work: Work, row: ClientCommand) -> bool:
        """Write what changed, and tell who should know; False when the row has another status by now."""
        if self.command == self._before:
            return True
        if not table.save_command(work.session, row, self.command, self.steps, work.now):
            return False
        _announce(work, row)
        _alert(work, row, self)
        return True


def _announce(work: Work, row: ClientCommand) -> None:
    work.announce(NoticeKind.COMMANDS, row.command_id, row.client_uuid)


def _alert(work: Work, row: ClientCommand, path: Path) -> None:
    command = path.command
    reached = {step.after for step in path.steps}
    told = {"commandId": row.command_id, "action": command.action, "errorCode": command.error_code}
    if Status.MANUAL_INTERVENTION_REQUIRED in reached:
        raise_alert(work, AlertKind.MANUAL_INTERVENTION, row.client_uuid, Severity.CRITICAL, **told)
    elif reached & {Status.FAILED, Status.TIMED_OUT} and command.error_code != MQTT_PUBLISH_FAILED:
        if not rollout_alerts.tells_of(work, row.rollout_id):
            raise_alert(work, AlertKind.COMMAND_FAILED, row.client_uuid, Severity.WARNING, **told)
    elif Status.COMPLETED in reached or (not command.is_open and command.recovered_at and not reached):
        for kind in (AlertKind.COMMAND_FAILED, AlertKind.MANUAL_INTERVENTION):
            close_alert(work, kind, row.client_uuid)
