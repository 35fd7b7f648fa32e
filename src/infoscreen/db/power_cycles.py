"""Power cycles among the commands: those that wait to begin, and the reboots that call for one."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from infoscreen.db.commands import ClientCommand
from infoscreen.db.power_switches import PowerSwitch
from infoscreen.domain.commands import ENDS, Action, Status


def queued_power_cycles(session: Session, uuid: str | None = None) -> Sequence[ClientCommand]:
    """Power cycles that nobody has begun, of one client or of all, in their order."""
    waiting = select(ClientCommand).where(
        ClientCommand.status == Status.QUEUED, ClientCommand.action == Action.POWER_CYCLE
    )
    if uuid is not None:
        waiting = waiting.where(ClientCommand.client_uuid == uuid)
    return session.scalars(waiting.order_by(ClientCommand.id)).all()


def has_unfinished_power_cycle(session: Session, uuid: str) -> bool:
    """Whether a client's power is off by a command, or about to be."""
    wanted = select(ClientCommand.id).where(
        ClientCommand.client_uuid == uuid,
        ClientCommand.action == Action.POWER_CYCLE,
        ClientCommand.status.in_((Status.QUEUED, Status.PUBLISH_IN_PROGRESS, Status.PUBLISHED)),
    )
    return session.scalars(wanted).first() is not None


class Untried(NamedTuple):
    """A reboot that timed out where managed power has not ended its try yet, and whether it has begun one."""

    command_id: str
    client_uuid: str
    has_begun: bool


def untried_power(session: Session) -> Sequence[Untried]:
    """Reboots that timed out, of clients with a power switch that has not been tried to its end since then."""
    cycle = aliased(ClientCommand)
    since = (
        select(cycle.id)
        .where(cycle.client_uuid == ClientCommand.client_uuid, cycle.action == Action.POWER_CYCLE)
        .where(cycle.created_at >= ClientCommand.status_since)
    )
    tried = since.where(cycle.status.in_(ENDS)).exists()
    wanted = (
        select(ClientCommand.command_id, ClientCommand.client_uuid, since.exists())
        .join(PowerSwitch, PowerSwitch.client_uuid == ClientCommand.client_uuid)
        .where(ClientCommand.is_followed, ClientCommand.status == Status.TIMED_OUT)
        .where(ClientCommand.action == Action.REBOOT_HOST, ~tried)
        .order_by(ClientCommand.id)
    )
    return [Untried(*row) for row in session.execute(wanted)]
