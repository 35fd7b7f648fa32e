"""Academic periods and holidays: tables and queries."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, ForeignKey, String, delete, false, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime
from infoscreen.db.settings import SystemSetting
from infoscreen.domain.closed_days import ClosedDays, ClosedRange


class AcademicPeriod(Base):
    """A school year, semester or trimester; both dates belong to it."""

    __tablename__ = "academic_periods"
    __table_args__ = NEVER_REUSED_IDS

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    display_name: Mapped[str | None] = mapped_column(String(50))
    start_date: Mapped[date]
    end_date: Mapped[date]
    period_type: Mapped[str] = mapped_column(String(16))
    is_active: Mapped[bool] = mapped_column(default=False)
    is_archived: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    archived_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1)


class Holiday(Base):
    """Days without school; both dates belong to it."""

    __tablename__ = "holidays"
    __table_args__ = NEVER_REUSED_IDS

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    start_date: Mapped[date]
    end_date: Mapped[date]
    region: Mapped[str | None] = mapped_column(String(100))
    academic_period_id: Mapped[int | None] = mapped_column(ForeignKey("academic_periods.id"), index=True)


def hold_calendar(session: Session) -> None:
    """Let nobody else change periods or holidays until this transaction ends.

    What makes them valid is about several rows. The row that is held is the one of the time zone, which says what a
    day is: it is always there, and on MariaDB rows that are not there yet cannot be held.
    """
    session.execute(select(SystemSetting.key).where(SystemSetting.key == "timezone").with_for_update())


def all_periods(session: Session, *, archived: bool = False) -> Sequence[AcademicPeriod]:
    """Periods by start date; the archived ones only where asked for."""
    wanted = select(AcademicPeriod).order_by(AcademicPeriod.start_date, AcademicPeriod.id)
    return session.scalars(wanted if archived else wanted.where(~AcademicPeriod.is_archived)).all()


def archived_periods(session: Session) -> Sequence[AcademicPeriod]:
    """The archived periods by start date."""
    wanted = select(AcademicPeriod).where(AcademicPeriod.is_archived)
    return session.scalars(wanted.order_by(AcademicPeriod.start_date, AcademicPeriod.id)).all()


def active_period(session: Session) -> AcademicPeriod | None:
    """The active period, if there is one."""
    return session.scalars(select(AcademicPeriod).where(AcademicPeriod.is_active)).first()


def activate_only(session: Session, period_id: int | None) -> bool:
    """Make this period the active one, or none, in one statement; returns whether anything changed."""
    is_active = false() if period_id is None else AcademicPeriod.id == period_id
    changed = update(AcademicPeriod).where(AcademicPeriod.is_active != is_active).values(is_active=is_active)
    return cast("CursorResult[Any]", session.execute(changed)).rowcount > 0


def delete_holidays_of(session: Session, academic_period_id: int) -> None:
    """Delete every holiday of a period."""
    session.execute(delete(Holiday).where(Holiday.academic_period_id == academic_period_id))


def count_periods(session: Session) -> int:
    """How many periods there are, archived ones included."""
    return session.scalar(select(func.count(AcademicPeriod.id))) or 0


def all_holidays(session: Session, academic_period_id: int | None = None) -> Sequence[Holiday]:
    """Holidays by start date, of one period or all."""
    wanted = select(Holiday).order_by(Holiday.start_date, Holiday.id)
    if academic_period_id is not None:
        wanted = wanted.where(Holiday.academic_period_id == academic_period_id)
    return session.scalars(wanted).all()


def closed_days(session: Session) -> ClosedDays:
    """The dates of all holidays, by period."""
    holidays = select(Holiday.start_date, Holiday.end_date, Holiday.academic_period_id)
    active = session.scalar(select(AcademicPeriod.id).where(AcademicPeriod.is_active).limit(1))
    return ClosedDays.of((ClosedRange(*row) for row in session.execute(holidays)), active)


def holidays_with_periods(session: Session) -> Sequence[tuple[Holiday, AcademicPeriod | None]]:
    """Every holiday with its period, by start date."""
    of_period = AcademicPeriod.id == Holiday.academic_period_id
    wanted = select(Holiday, AcademicPeriod).outerjoin(AcademicPeriod, of_period)
    return [(row[0], row[1]) for row in session.execute(wanted.order_by(Holiday.start_date, Holiday.id))]


def holidays_outside(session: Session, academic_period_id: int, start: date, end: date) -> Sequence[Holiday]:
    """Holidays of a period that do not lie whole between two dates."""
    outside = or_(Holiday.start_date < start, Holiday.end_date > end)
    wanted = select(Holiday).where(Holiday.academic_period_id == academic_period_id, outside)
    return session.scalars(wanted.order_by(Holiday.start_date, Holiday.id)).all()
