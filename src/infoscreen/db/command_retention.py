"""Which commands are over and old enough to be forgotten; their steps go with them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from infoscreen.db.commands import ClientCommand
from infoscreen.db.rollouts import UNSETTLED, Rollout, RolloutTarget
from infoscreen.domain.commands import ENDS
from infoscreen.domain.rollouts import ENDED


def forgettable_commands(session: Session, before: datetime, at_most: int) -> Sequence[int]:
    """The oldest commands issued before an instant that nobody follows any more.

    None that is open or whose screen is still awaited, nor what a rollout counts: one that has not ended, or one that
    has not noted yet how the command ended.
    """
    unended = select(Rollout.id).where(Rollout.state.not_in(ENDED))
    unnoted = select(RolloutTarget.command_id).where(
        RolloutTarget.status.in_(UNSETTLED), RolloutTarget.command_id.is_not(None)
    )
    wanted = select(ClientCommand.id).where(
        ClientCommand.created_at < before,
        ClientCommand.status.in_(ENDS),
        ClientCommand.is_followed.is_(False),
        ClientCommand.rollout_id.is_(None) | ClientCommand.rollout_id.not_in(unended),
        ClientCommand.command_id.not_in(unnoted),
    )
    return session.scalars(wanted.order_by(ClientCommand.id).limit(at_most)).all()


def forget_commands(session: Session, ids: Sequence[int]) -> None:
    """Delete commands that have ended."""
    ended = delete(ClientCommand).where(ClientCommand.id.in_(ids), ClientCommand.status.in_(ENDS))
    session.execute(ended, execution_options={"synchronize_session": False})
