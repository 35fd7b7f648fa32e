"""One-time codes for devices, by their fingerprints, and the wrong ones that were tried."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, ForeignKey, Index, String, Text, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime, exact_string


class Enrollment(Base):
    """One code: `fingerprint` is all that is kept of it, `used_by` the uuid of the device that came with it."""

    __tablename__ = "enrollments"
    __table_args__ = (NEVER_REUSED_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(exact_string(64), unique=True)
    description: Mapped[str | None] = mapped_column(Text)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="SET NULL"))
    client_uuid: Mapped[str | None] = mapped_column(
        exact_string(36), ForeignKey("clients.uuid", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_by: Mapped[str | None] = mapped_column(exact_string(36))


class EnrollmentFailure(Base):
    """One wrong code, and the network it came from."""

    __tablename__ = "enrollment_failures"
    __table_args__ = (Index(None, "failed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network: Mapped[str] = mapped_column(String(64))
    failed_at: Mapped[datetime] = mapped_column(UtcDateTime)


def use(session: Session, fingerprint: str, uuid: str, at: datetime) -> bool:
    """Use a code for a device: True for the one caller who was first, while it held and was meant for this device."""
    used = (
        update(Enrollment)
        .where(Enrollment.fingerprint == fingerprint, Enrollment.used_at.is_(None), Enrollment.expires_at > at)
        .where((Enrollment.client_uuid == uuid) | Enrollment.client_uuid.is_(None))
        .values(used_at=at, used_by=uuid)
    )
    return cast("CursorResult[Any]", session.execute(used)).rowcount > 0


def by_fingerprint(session: Session, fingerprint: str) -> Enrollment | None:
    """The code with this fingerprint."""
    return session.scalars(select(Enrollment).where(Enrollment.fingerprint == fingerprint)).first()


def open_enrollments(session: Session, at: datetime) -> Sequence[Enrollment]:
    """Codes that still hold, the newest first."""
    holds = select(Enrollment).where(Enrollment.used_at.is_(None), Enrollment.expires_at > at)
    return session.scalars(holds.order_by(Enrollment.id.desc())).all()


def delete_unused(session: Session, enrollment_id: int) -> bool:
    """Forget a code; False where there is none, or a device was quicker."""
    unused = delete(Enrollment).where(Enrollment.id == enrollment_id, Enrollment.used_at.is_(None))
    return cast("CursorResult[Any]", session.execute(unused)).rowcount > 0


def delete_expired(session: Session, before: datetime) -> None:
    """Forget codes that ended before an instant."""
    session.execute(delete(Enrollment).where(Enrollment.expires_at < before))


def forget_used_by(session: Session, uuid: str) -> None:
    """Forget the codes that a device has used: it may ask with none of them again."""
    session.execute(delete(Enrollment).where(Enrollment.used_by == uuid))


def failures(session: Session, since: datetime, network: str | None = None) -> tuple[int, datetime | None]:
    """How many wrong codes came since an instant, of one network or of all, and when the first of them did."""
    counted = select(func.count(), func.min(EnrollmentFailure.failed_at)).where(EnrollmentFailure.failed_at > since)
    if network is not None:
        counted = counted.where(EnrollmentFailure.network == network)
    count, first = session.execute(counted).one()
    return count, first


def note_failure(session: Session, network: str, at: datetime, kept_for: timedelta) -> None:
    """Note a wrong code, and forget those that no longer count."""
    session.execute(delete(EnrollmentFailure).where(EnrollmentFailure.failed_at < at - kept_for))
    session.add(EnrollmentFailure(network=network, failed_at=at))
