"""Alerts: one row per cause, from its opening to its closing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import JSON, CursorResult, ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime, exact_string


class Alert(Base):
    """One cause; `open_cause` is its kind and subject while it is open, so that the database holds it only once."""

    __tablename__ = "alerts"
    __table_args__ = (Index(None, "closed_at", "opened_at"), NEVER_REUSED_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    severity: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(exact_string(128))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    open_cause: Mapped[str | None] = mapped_column(exact_string(161), unique=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    count: Mapped[int] = mapped_column(default=1)
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closing: Mapped[str | None] = mapped_column(String(16))


def open_alerts(session: Session) -> Sequence[Alert]:
    """What is open, the newest first."""
    return session.scalars(select(Alert).where(Alert.closed_at.is_(None)).order_by(Alert.opened_at.desc())).all()


def open_subjects(session: Session, kind: str) -> set[str]:
    """What the open alerts of a kind are about."""
    return set(session.scalars(select(Alert.subject).where(Alert.closed_at.is_(None), Alert.kind == kind)))


def closed_alerts(session: Session, limit: int) -> Sequence[Alert]:
    """What was closed last, the newest first."""
    closed = select(Alert).where(Alert.closed_at.is_not(None)).order_by(Alert.closed_at.desc())
    return session.scalars(closed.limit(limit)).all()


def count_again(session: Session, cause: str, at: datetime, severity: str, details: dict[str, Any]) -> bool:
    """Count a repetition of an open cause, with how it is now; False where none is open."""
    again = update(Alert).where(Alert.open_cause == cause)
    counted = again.values(count=Alert.count + 1, last_seen_at=at, severity=severity, details=details)
    return cast("CursorResult[Any]", session.execute(counted)).rowcount > 0


def close(session: Session, cause: str, at: datetime, closing: str) -> bool:
    """Close an open cause; False where none is open."""
    closed = update(Alert).where(Alert.open_cause == cause).values(open_cause=None, closed_at=at, closing=closing)
    return cast("CursorResult[Any]", session.execute(closed)).rowcount > 0
