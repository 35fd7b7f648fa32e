"""Room groups: the table and its queries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime

# *Nicht zugeordnet* is the first row, made by the first migration.
UNASSIGNED_ID = 1


class Group(Base):
    """A room group: clients that show the same thing."""

    __tablename__ = "groups"
    __table_args__ = NEVER_REUSED_IDS

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    description: Mapped[str | None] = mapped_column(Text)
    color: Mapped[str | None] = mapped_column(String(7))
    is_active: Mapped[bool] = mapped_column(default=True)
    opening_hours: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    display_order: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Since when a person has had nothing shown here (*Gruppe anhalten*).
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def is_unassigned(self) -> bool:
        """Whether this is *Nicht zugeordnet*."""
        return self.id == UNASSIGNED_ID


def all_groups(session: Session) -> Sequence[Group]:
    """Every group in display order, *Nicht zugeordnet* last."""
    last = Group.id == UNASSIGNED_ID
    return session.scalars(select(Group).order_by(last, Group.display_order, Group.id)).all()


def group_by_name(session: Session, name: str) -> Group | None:
    """The group of exactly this name, letter case aside."""
    return session.scalars(select(Group).where(func.lower(Group.name) == name.lower())).first()


def group_ids(session: Session) -> set[int]:
    """Ids of all groups."""
    return set(session.scalars(select(Group.id)))


def next_display_order(session: Session) -> int:
    """Display order of a group that is added at the end."""
    return (session.scalar(select(func.max(Group.display_order))) or 0) + 1


def set_paused(session: Session, group_id: int, since: datetime | None) -> None:
    """Hold a group, unless it is held already, or release it."""
    group = update(Group).where(Group.id == group_id)
    session.execute((group if since is None else group.where(Group.paused_at.is_(None))).values(paused_at=since))
