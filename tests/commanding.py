"""A school whose commands are issued, published and acknowledged in the test's own process."""

from pathlib import Path
from typing import Any

from infoscreen.db.commands import ClientCommand
from infoscreen.domain.access import Actor, Role
from infoscreen.domain.commands import Action, Status
from infoscreen.services import command_sweep, commands
from infoscreen.services.alerts import open_alerts
from infoscreen.services.command_publishing import publish_command
from infoscreen.services.intake import record_reports
from infoscreen.services.ports import Received
from infoscreen.services.report_batches import Batch, gather
from infoscreen.services.users import add_user
from infoscreen_wire.topics import ReportKind
from listening import UUID, School, discovery, received

GRACE = 180
PASSWORD = "a long enough password"


class CommandedSchool(School):
    """The school of `listening.py`, with a person who gives commands and devices that answer them."""

    def __init__(self, database_url: str, data_dir: Path) -> None:
        super().__init__(database_url, data_dir)
        with self.app.work() as work:
            person = add_user(work, "hausmeister", PASSWORD, Role.ADMIN)
        self.person = Actor(person.id, Role.ADMIN, person.username)

    def issue(self, action: Action = Action.REBOOT_HOST, uuid: str = UUID, **options: Any) -> ClientCommand:
        with self.app.work(self.person) as work:
            return commands.issue_command(work, uuid, action, "Bild steht", **options)

    def publish(self, command: ClientCommand, *, legacy_restart: bool = True) -> bool:
        return publish_command(self.app.work, command.command_id, legacy_restart=legacy_restart)

    def sent(self, action: Action = Action.REBOOT_HOST, uuid: str = UUID) -> ClientCommand:
        """A command that was issued and published."""
        command = self.issue(action, uuid)
        self.publish(command)
        return command

    def sweep(self) -> None:
        """What the scheduler's passes do in one turn."""
        command_sweep.try_managed_power(self.app.reading, self.app.work)
        command_sweep.move_due_commands(self.app.reading, self.app.work)
        command_sweep.publish_waiting_commands(self.app.reading, self.app.work, legacy_restart=True)
        command_sweep.publish_commands_again(self.app.reading, self.app.work)

    def hear(self, *messages: Received) -> Batch:
        """Take a batch of reports, all of which arrive now."""
        batch = gather(messages, lambda _message: self.clock.now)
        with self.app.work() as work:
            record_reports(work, batch, GRACE)
        return batch

    def ack(self, command: ClientCommand, status: str, uuid: str = UUID, **error: Any) -> Batch:
        message = {"command_id": command.command_id, "status": status, "error_code": None, "error_message": None}
        return self.hear(received(ReportKind.COMMAND_ACK, message | error, uuid))

    def health(self, boot_id: str | None = None, uuid: str = UUID) -> None:
        self.hear(received(ReportKind.HEALTH, {"boot_id": boot_id} if boot_id else {}, uuid))

    def heartbeat(self, boot_id: str | None = None, uuid: str = UUID) -> None:
        told = {"timestamp": "2026-11-23T09:00:00Z"} | ({"boot_id": boot_id} if boot_id else {})
        self.hear(received(ReportKind.HEARTBEAT, told, uuid))

    def announce(self) -> None:
        self.hear(discovery())

    def row(self, command: ClientCommand) -> ClientCommand:
        with self.app.reading() as work:
            found = commands.get_command(work, command.command_id)
            assert found.transitions
            return found

    def status(self, command: ClientCommand) -> Status:
        return Status(self.row(command).status)

    def path(self, command: ClientCommand) -> list[str]:
        """Every status the command had, in order."""
        return [step.to_status for step in self.row(command).transitions]

    def alerts(self) -> set[tuple[str, str]]:
        with self.app.reading() as work:
            return {(each.kind, each.subject) for each in open_alerts(work)}
