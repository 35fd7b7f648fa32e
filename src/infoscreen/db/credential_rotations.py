"""Rotations of devices' passwords: one row per account, the newest rotation. A state changes by compare-and-set."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, ForeignKey, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base, UtcDateTime, exact_string
from infoscreen.db.broker_accounts import BrokerAccount
from infoscreen.db.clients import ClientState
from infoscreen.domain.credential_rotation import SWITCHING, State


class CredentialRotation(Base):
    """`sealed_password` is there while the device may fetch it, `old_hash` while the switch can be taken back.

    `change` is the number of the change (`broker_sync`) that switches the broker, or switches it back.
    """

    __tablename__ = "credential_rotations"

    username: Mapped[str] = mapped_column(
        exact_string(64), ForeignKey("broker_accounts.username", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[str] = mapped_column(exact_string(32), unique=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed_password: Mapped[str | None] = mapped_column(Text)
    old_hash: Mapped[str | None] = mapped_column(exact_string(255))
    change: Mapped[int | None]


class Due(NamedTuple):
    """A rotation that is to be looked at, its client's uuid, and when that last reported."""

    rotation: CredentialRotation
    uuid: str
    last_alive: datetime | None


def rotation_of(session: Session, username: str) -> CredentialRotation | None:
    """The newest rotation of an account."""
    return session.get(CredentialRotation, username)


def due_rotations(session: Session, unfetched_since: datetime) -> Sequence[Due]:
    """Rotations that are switching, and those that nobody has fetched for long."""
    wanted = (
        select(CredentialRotation, ClientState.client_uuid, ClientState.last_alive)
        .join(BrokerAccount, BrokerAccount.username == CredentialRotation.username)
        .join(ClientState, ClientState.client_uuid == BrokerAccount.client_uuid)
        .where(
            CredentialRotation.state.in_(SWITCHING)
            | ((CredentialRotation.state == State.WAITING) & (CredentialRotation.since < unfetched_since))
        )
    )
    return [Due(*row) for row in session.execute(wanted)]


def has_switching(session: Session) -> bool:
    """Whether a device has confirmed and is not yet back: somebody has to watch it closely."""
    switching = select(CredentialRotation.id).where(CredentialRotation.state.in_(SWITCHING))
    return session.scalars(switching.limit(1)).first() is not None


def advance(session: Session, rotation_id: str, before: State, after: State, at: datetime, **values: Any) -> bool:
    """Move a rotation from one state to the next; False when somebody else has moved it."""
    moved = (
        update(CredentialRotation)
        .where(CredentialRotation.id == rotation_id, CredentialRotation.state == before)
        .values(state=after, since=at, **values)
    )
    return cast("CursorResult[Any]", session.execute(moved)).rowcount > 0


def note_change(session: Session, rotation_id: str, change: int) -> None:
    """Note by which change the broker is switched."""
    session.execute(update(CredentialRotation).where(CredentialRotation.id == rotation_id).values(change=change))


def forget_replaceable(session: Session, username: str, applied: int) -> None:
    """Make room for a new rotation where the last has ended, or has not been confirmed.

    One that was taken back ends only when the broker has followed (`applied`, the last change it carried out): until
    then it lets in with the new password, the database holds the old one, and a device has no room for a third.
    """
    is_followed = CredentialRotation.change.is_(None) | (CredentialRotation.change <= applied)
    replaceable = CredentialRotation.state.not_in(SWITCHING) & is_followed
    session.execute(delete(CredentialRotation).where(CredentialRotation.username == username, replaceable))


def forget(session: Session, username: str) -> None:
    """Forget an account's rotation, whatever its state."""
    session.execute(delete(CredentialRotation).where(CredentialRotation.username == username))
