"""Calendar subscriptions: the table and its queries. Only the hash of an address's token is kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime, exact_string
from infoscreen.db.users import User


class CalendarFeed(Base):
    """One person's address of one group's plan; `etag` is that of the content last fetched, since `changed_at`."""

    __tablename__ = "calendar_feeds"
    __table_args__ = (UniqueConstraint("user_id", "group_id"), NEVER_REUSED_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(exact_string(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    etag: Mapped[str | None] = mapped_column(exact_string(64))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="joined")


def feed_by_token(session: Session, token_hash: str) -> CalendarFeed | None:
    """The subscription with this token."""
    return session.scalars(select(CalendarFeed).where(CalendarFeed.token_hash == token_hash)).first()


def feeds_of(session: Session, user_id: int) -> Sequence[CalendarFeed]:
    """A person's subscriptions."""
    wanted = select(CalendarFeed).where(CalendarFeed.user_id == user_id)
    return session.scalars(wanted.order_by(CalendarFeed.group_id)).all()


def feed_of(session: Session, user_id: int, group_id: int) -> CalendarFeed | None:
    """A person's subscription of a group, locked."""
    wanted = select(CalendarFeed).where(CalendarFeed.user_id == user_id, CalendarFeed.group_id == group_id)
    return session.scalars(wanted.with_for_update()).first()
