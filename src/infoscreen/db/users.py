"""People and their sessions: tables and queries."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime, exact_string


class User(Base):
    """A person with a login."""

    __tablename__ = "users"
    __table_args__ = NEVER_REUSED_IDS

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(100), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(16))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_password_change_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed_login_attempts: Mapped[int] = mapped_column(default=0)
    last_failed_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deactivated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deactivated_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class UserSession(Base):
    """A login in progress; only the hash of its cookie is kept."""

    __tablename__ = "user_sessions"

    token_hash: Mapped[str] = mapped_column(exact_string(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="joined")


def user_by_name(session: Session, username: str) -> User | None:
    """The person of this user name, letter case aside; the row is locked, because logins count their failures."""
    return session.scalars(select(User).where(func.lower(User.username) == username.lower()).with_for_update()).first()


def usernames(session: Session, ids: Collection[int]) -> dict[int, str]:
    """The user names of these people."""
    return dict(session.execute(select(User.id, User.username).where(User.id.in_(ids))).all())


def end_sessions(session: Session, user_id: int, but: str | None = None) -> None:
    """End a person's sessions, all or all but one (by its hash)."""
    ended = delete(UserSession).where(UserSession.user_id == user_id)
    session.execute(ended if but is None else ended.where(UserSession.token_hash != but))


def count_users(session: Session) -> int:
    """How many people there are."""
    return session.scalar(select(func.count(User.id))) or 0
