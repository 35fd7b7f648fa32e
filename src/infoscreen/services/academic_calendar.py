"""Academic periods and holidays."""

from collections.abc import Sequence
from datetime import date

from infoscreen.db.academic_calendar import AcademicPeriod, Holiday, all_holidays, all_periods, count_periods
from infoscreen.services.work import Work

AUSTRIAN_SCHOOL_YEARS = (
    ("Schuljahr 2024/25", "SJ 24/25", date(2024, 9, 2), date(2025, 7, 4)),
    ("Schuljahr 2025/26", "SJ 25/26", date(2025, 9, 1), date(2026, 7, 3)),
    ("Schuljahr 2026/27", "SJ 26/27", date(2026, 9, 7), date(2027, 7, 2)),
)


def list_periods(work: Work, *, archived: bool = False) -> Sequence[AcademicPeriod]:
    """Periods by start date; the archived ones only where asked for."""
    return all_periods(work.session, archived=archived)


def list_holidays(work: Work, academic_period_id: int | None = None) -> Sequence[Holiday]:
    """Holidays by start date, of one period or all."""
    return all_holidays(work.session, academic_period_id)


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
