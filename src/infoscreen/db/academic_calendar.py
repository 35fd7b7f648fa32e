"""Academic periods and holidays: tables and queries."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime
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


def all_periods(session: Session, *, archived: bool = False) -> Sequence[AcademicPeriod]:
    """Periods by start date; the archived ones only where asked for."""
    wanted = select(AcademicPeriod).order_by(AcademicPeriod.start_date, AcademicPeriod.id)
    return session.scalars(wanted if archived else wanted.where(~AcademicPeriod.is_archived)).all()


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
