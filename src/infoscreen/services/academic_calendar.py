"""Academic periods and holidays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from infoscreen.db.academic_calendar import AcademicPeriod, Holiday, all_holidays, all_periods, count_periods
from infoscreen.services.ports import NoticeKind
from infoscreen.services.work import Work

AUSTRIAN_SCHOOL_YEARS = (
    ("Schuljahr 2024/25", "SJ 24/25", date(2024, 9, 2), date(2025, 7, 4)),
    ("Schuljahr 2025/26", "SJ 25/26", date(2025, 9, 1), date(2026, 7, 3)),
    ("Schuljahr 2026/27", "SJ 26/27", date(2026, 9, 7), date(2027, 7, 2)),
)


@dataclass(frozen=True, slots=True)
class NewHoliday:
    """Days without school that are to be added; both dates belong to it."""

    name: str
    start_date: date
    end_date: date
    region: str | None


def list_periods(work: Work, *, archived: bool = False) -> Sequence[AcademicPeriod]:
    """Periods by start date; the archived ones only where asked for."""
    return all_periods(work.session, archived=archived)


def list_holidays(work: Work, academic_period_id: int | None = None) -> Sequence[Holiday]:
    """Holidays by start date, of one period or all."""
    return all_holidays(work.session, academic_period_id)


def add_holidays(work: Work, holidays: Iterable[NewHoliday]) -> None:
    """Add holidays to the period that covers them, the one that starts last where several do.

    Skipped are those that are there already, and those that no period covers.
    """
    known = {(_as_new(holiday), holiday.academic_period_id) for holiday in list_holidays(work)}
    for holiday in holidays:
        period = _covering(work, holiday)
        if period is None or (holiday, period.id) in known:
            continue
        work.session.add(
            Holiday(
                name=holiday.name,
                start_date=holiday.start_date,
                end_date=holiday.end_date,
                region=holiday.region,
                academic_period_id=period.id,
            )
        )
    work.announce(NoticeKind.HOLIDAYS)


def _as_new(holiday: Holiday) -> NewHoliday:
    return NewHoliday(holiday.name, holiday.start_date, holiday.end_date, holiday.region)


def _covering(work: Work, holiday: NewHoliday) -> AcademicPeriod | None:
    covering = [
        period
        for period in list_periods(work)
        if period.start_date <= holiday.start_date and holiday.end_date <= period.end_date
    ]
    return covering[-1] if covering else None


def seed_periods(work: Work, today: date) -> bool:
    """Make the Austrian school years where there are no periods at all, and activate the one that covers today.

    Returns whether a period covers today; the latest start wins where several do.
    """
    if count_periods(work.session) == 0:
        for name, display_name, start, end in AUSTRIAN_SCHOOL_YEARS:
            work.session.add(
                AcademicPeriod(
                    name=name, display_name=display_name, start_date=start, end_date=end, period_type="schuljahr"
                )
            )
        work.session.flush()
    periods = list_periods(work)
    covering = [period for period in periods if period.start_date <= today <= period.end_date]
    for period in periods:
        period.is_active = bool(covering) and period is covering[-1]
    return bool(covering)
