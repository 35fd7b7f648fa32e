"""Alerts: one row per cause, from its opening to its closing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import JSON, CursorResult, ForeignKey, Index, Select, String, delete, func, or_, select, update
from sqlalchemy import cast as cast_to
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime, exact_string
from infoscreen.db.clients import Client
from infoscreen.db.events import Event
from infoscreen.domain.alerts import OF_CLIENTS, AlertKind

Found = TypeVar("Found")


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
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    closing: Mapped[str | None] = mapped_column(String(16))


@dataclass(frozen=True, slots=True)
class AlertFilter:
    """Which alerts are wanted; what is None does not matter."""

    is_open: bool | None = None
    kinds: Collection[AlertKind] = ()
    severity: str | None = None
    client_uuid: str | None = None
    group_id: int | None = None


def alerts_page(session: Session, wanted: AlertFilter, limit: int, before: int | None = None) -> Sequence[Alert]:
    """Alerts older than the one with the id `before`, the newest first."""
    page = _filtered(select(Alert), wanted)
    if before is not None:
        page = page.where(Alert.id < before)
    return session.scalars(page.order_by(Alert.id.desc()).limit(limit)).all()


def count_alerts(session: Session, wanted: AlertFilter) -> int:
    """How many there are."""
    return session.scalar(_filtered(select(func.count()).select_from(Alert), wanted)) or 0


def count_open(session: Session) -> dict[str, int]:
    """How many are open by severity."""
    counted = select(Alert.severity, func.count()).where(Alert.closed_at.is_(None)).group_by(Alert.severity)
    return dict(session.execute(counted).all())


def open_alerts(session: Session) -> Sequence[Alert]:
    """What is open, the newest first."""
    return session.scalars(select(Alert).where(Alert.closed_at.is_(None)).order_by(Alert.opened_at.desc())).all()


def open_subjects(session: Session, kind: str) -> set[str]:
    """What the open alerts of a kind are about."""
    return set(session.scalars(select(Alert.subject).where(Alert.closed_at.is_(None), Alert.kind == kind)))


def open_alert(session: Session, cause: str) -> Alert | None:
    """The alert of a cause while it is open."""
    return session.scalars(select(Alert).where(Alert.open_cause == cause)).first()


def add_uncounted(session: Session, cause: str, kind: str, subject: str, severity: str, at: datetime) -> None:
    """Open a cause that is counted next; where somebody was first, theirs is locked and counted by one after another.

    An insert that fails locks it for others to read, too: of three on MariaDB that go on to count, two would be ended.
    """
    values = {"kind": kind, "subject": subject, "severity": severity, "details": {}, "count": 0}
    values |= {"open_cause": cause, "opened_at": at, "last_seen_at": at}
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sqlite.insert(Alert).values(values).on_conflict_do_nothing(index_elements=["open_cause"]))
    else:
        to_mariadb = mysql.insert(Alert).values(values)
        session.execute(to_mariadb.on_duplicate_key_update(open_cause=to_mariadb.inserted.open_cause))


def count_again(session: Session, cause: str, at: datetime, severity: str, details: dict[str, Any]) -> bool:
    """Count a repetition of an open cause, with how it is now; False where none is open."""
    again = update(Alert).where(Alert.open_cause == cause)
    counted = again.values(count=Alert.count + 1, last_seen_at=at, severity=severity, details=details)
    return cast("CursorResult[Any]", session.execute(counted)).rowcount > 0


def close(session: Session, cause: str, at: datetime, closing: str, by: int | None = None) -> bool:
    """Close an open cause; False where none is open."""
    closed = update(Alert).where(Alert.open_cause == cause)
    closed = closed.values(open_cause=None, closed_at=at, closing=closing, closed_by=by)
    return cast("CursorResult[Any]", session.execute(closed)).rowcount > 0


def note_acknowledged(session: Session, alert_id: int, at: datetime, by: int | None) -> bool:
    """Note who has seen an alert first; False where somebody has before, or there is none."""
    noted = update(Alert).where(Alert.id == alert_id, Alert.acknowledged_at.is_(None))
    noted = noted.values(acknowledged_at=at, acknowledged_by=by)
    return cast("CursorResult[Any]", session.execute(noted)).rowcount > 0


def forgettable_alerts(session: Session, before: datetime, at_most: int) -> Sequence[int]:
    """Alerts that were closed before an instant, those first that were first closed."""
    wanted = select(Alert.id).where(Alert.closed_at < before).order_by(Alert.closed_at, Alert.opened_at)
    return session.scalars(wanted.limit(at_most)).all()


def forget_alerts(session: Session, ids: Sequence[int]) -> None:
    """Delete alerts that are closed, and with them what was told of them."""
    closed = delete(Alert).where(Alert.id.in_(ids), Alert.closed_at.is_not(None))
    session.execute(closed, execution_options={"synchronize_session": False})


def _filtered(query: Select[Found], wanted: AlertFilter) -> Select[Found]:
    if wanted.is_open is not None:
        query = query.where(Alert.closed_at.is_(None) if wanted.is_open else Alert.closed_at.is_not(None))
    if wanted.kinds:
        query = query.where(Alert.kind.in_(wanted.kinds))
    if wanted.severity is not None:
        query = query.where(Alert.severity == wanted.severity)
    if wanted.client_uuid is not None:
        query = query.where(Alert.kind.in_(OF_CLIENTS), Alert.subject == wanted.client_uuid)
    if wanted.group_id is not None:
        members = select(Client.uuid).where(Client.group_id == wanted.group_id)
        events = select(cast_to(Event.id, String)).where(Event.group_id == wanted.group_id)
        of_members = Alert.kind.in_(OF_CLIENTS) & Alert.subject.in_(members)
        of_events = (Alert.kind == AlertKind.CONTENT_UNAVAILABLE) & Alert.subject.in_(events)
        query = query.where(or_(of_members, of_events))
    return query
