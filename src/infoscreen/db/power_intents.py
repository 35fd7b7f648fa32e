"""What TVs were told: the intent of each group, which outlives the scheduler, and clients' overrides."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base, UtcDateTime, exact_string
from infoscreen.db.clients import Client


class PowerIntent(Base):
    """The intent of a group as it was begun last."""

    __tablename__ = "power_intents"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    intent_id: Mapped[str] = mapped_column(exact_string(36))
    desired_state: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(32))
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class PowerOverride(Base):
    """What a person wants of one TV, whatever its group says, until it expires or is taken back."""

    __tablename__ = "power_overrides"

    client_uuid: Mapped[str] = mapped_column(
        exact_string(36), ForeignKey("clients.uuid", ondelete="CASCADE"), primary_key=True
    )
    intent_id: Mapped[str] = mapped_column(exact_string(36))
    desired_state: Mapped[str] = mapped_column(String(8))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


def stored_intents(session: Session) -> dict[int, PowerIntent]:
    """Every group's intent, by group."""
    return {row.group_id: row for row in session.scalars(select(PowerIntent))}


def groups_with_screens(session: Session) -> set[int]:
    """Groups with an active client: the others need no intent."""
    return set(session.scalars(select(Client.group_id).where(Client.is_active).distinct()))


def overrides(session: Session) -> Sequence[PowerOverride]:
    """Every override, also those that are over."""
    return session.scalars(select(PowerOverride).order_by(PowerOverride.client_uuid)).all()


def forget_overrides(session: Session, uuids: Collection[str], until: datetime) -> None:
    """Forget those of these clients' overrides that are over at an instant."""
    over = PowerOverride.client_uuid.in_(uuids) & (PowerOverride.expires_at <= until)
    session.execute(delete(PowerOverride).where(over))
