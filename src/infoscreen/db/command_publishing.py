"""Which commands wait to be published, for the first time or again."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from infoscreen.db.commands import ClientCommand
from infoscreen.domain.commands import POWERED, Status


def unpublished_commands(session: Session, queued_before: datetime, now: datetime) -> Sequence[str]:
    """Ids of commands that wait for a publisher longer than their issuer takes, and may still be carried out."""
    waiting = select(ClientCommand.command_id).where(
        ClientCommand.status == Status.QUEUED,
        ClientCommand.created_at <= queued_before,
        ClientCommand.expires_at > now,
        ClientCommand.action.not_in(POWERED),
    )
    return session.scalars(waiting.order_by(ClientCommand.id)).all()


def commands_to_take(session: Session, command_ids: Collection[str]) -> Sequence[int]:
    """Those of the named commands that still wait for a publisher; what a power switch does never does."""
    waiting = select(ClientCommand.id).where(
        ClientCommand.command_id.in_(command_ids),
        ClientCommand.status == Status.QUEUED,
        ClientCommand.action.not_in(POWERED),
    )
    return session.scalars(waiting).all()


def commands_to_publish_again(session: Session, now: datetime) -> Sequence[str]:
    """Ids of commands whose devices were heard of again and have not acknowledged them; none that has expired."""
    wanted = select(ClientCommand.command_id).where(
        ClientCommand.status == Status.PUBLISHED,
        ClientCommand.republish,
        ClientCommand.action.not_in(POWERED),
        ClientCommand.expires_at > now,
    )
    return session.scalars(wanted.order_by(ClientCommand.id)).all()


def mark_republish(session: Session, command_ids: Iterable[int], *, wanted: bool) -> None:
    """Note that commands are to be published again, or that they were."""
    ids = list(command_ids)
    if ids:
        marked = update(ClientCommand).where(ClientCommand.id.in_(ids)).values(republish=wanted)
        session.execute(marked, execution_options={"synchronize_session": False})
