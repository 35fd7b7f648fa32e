"""Holidays of the academic periods: by hand, and from files that were read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from infoscreen.db.academic_calendar import AcademicPeriod, all_holidays, hold_calendar
from infoscreen.db.academic_calendar import Holiday as HolidayRow
from infoscreen.domain import holidays
from infoscreen.domain.academic_calendar import PeriodIsArchived
from infoscreen.domain.errors import FieldError, Invalid, NotFound
from infoscreen.domain.holiday_files.lines import Line
from infoscreen.domain.holidays import Holiday, HolidayCalendar, HolidaysOverlap, Outcome
from infoscreen.services.academic_calendar import as_period, get_period
from infoscreen.services.notices import NoticeKind
from infoscreen.services.work import Work


@dataclass(frozen=True, slots=True)
class LineConflict:
    """A line that was not taken, by its number, with the code and the values of the reason's sentence."""

    line: int
    code: str
    params: Mapping[str, Any]


@dataclass(slots=True)
class HolidayImport:
    """What an import did. Each line counts once: inserted, merged, skipped or in conflict.

    `updated` counts the holidays that were there before and are different now.
    """

    inserted: int = 0
    updated: int = 0
    merged: int = 0
    skipped: int = 0
    conflicts: list[LineConflict] = field(default_factory=list)


def list_holidays(work: Work, academic_period_id: int | None = None) -> Sequence[HolidayRow]:
    """Holidays by start date, of one period or all."""
    return all_holidays(work.session, academic_period_id)


def add_holiday(work: Work, period_id: int, new: Holiday) -> tuple[HolidayRow, Outcome]:
    """Add a holiday to a period. One that is there already is skipped, one of the same name that it touches grows.

    Raises `HolidaysOverlap` with the one in the way, `PeriodIsArchived`, and `Invalid` for dates outside the period.
    """
    period = _open_period(work, period_id)
    _check_dates(new, period)
    calendar = HolidayCalendar(_known(work, period_id))
    outcome, placed = calendar.add(new)
    return _store(work, period_id, calendar)[placed], outcome


def change_holiday(work: Work, holiday_id: int, fields: Mapping[str, Any]) -> HolidayRow:
    """Change some fields of a holiday, also its period; raises what `add_holiday` does.

    It becomes one with others of the same name that it touches now.
    """
    row = _held(work, holiday_id)
    changed = Holiday(
        name=fields.get("name", row.name),
        start=fields.get("start_date", row.start_date),
        end=fields.get("end_date", row.end_date),
        region=fields.get("region", row.region),
        id=row.id,
    )
    period_id = fields.get("academic_period_id", row.academic_period_id)
    if period_id is None:
        raise Invalid(academicPeriodId=FieldError("missing"))
    period = _open_period(work, period_id)
    _check_dates(changed, period)
    calendar = HolidayCalendar(known for known in _known(work, period_id) if known.id != row.id)
    _, placed = calendar.add(changed)
    if row.academic_period_id != period_id:
        row.academic_period_id = period_id
        work.session.flush()
    return _store(work, period_id, calendar)[placed]


def delete_holiday(work: Work, holiday_id: int) -> None:
    """Delete a holiday; raises `PeriodIsArchived`."""
    work.session.delete(_held(work, holiday_id))
    work.announce(NoticeKind.HOLIDAYS)


def import_holidays(work: Work, period_id: int, lines: Iterable[Line]) -> HolidayImport:
    """Add what the lines of a file say to a period; a line that cannot be taken is told and spoils no other."""
    period = _open_period(work, period_id)
    calendar, result = HolidayCalendar(_known(work, period_id)), HolidayImport()
    before = {holiday.id: holiday for holiday in calendar.holidays}
    for line in lines:
        _take(line, period, calendar, result)
    result.updated = sum(1 for now in calendar.holidays if now.id in before and before[now.id] != now)
    _store(work, period_id, calendar)
    return result


def _take(line: Line, period: AcademicPeriod, calendar: HolidayCalendar, result: HolidayImport) -> None:
    mistake = line.read if isinstance(line.read, FieldError) else None
    if isinstance(line.read, Holiday):
        mistake = next(iter(holidays.mistakes(line.read, as_period(period)).values()), None)
        if mistake is None:
            try:
                outcome, _ = calendar.add(line.read)
            except HolidaysOverlap as conflict:
                mistake = FieldError(conflict.code, **conflict.params)
            else:
                setattr(result, outcome.value, getattr(result, outcome.value) + 1)
    if mistake is not None:
        result.conflicts.append(LineConflict(line.number, mistake.code, mistake.params))


def _open_period(work: Work, period_id: int) -> AcademicPeriod:
    """The period whose holidays are to change, with the calendar held; raises `Invalid`, `PeriodIsArchived`."""
    hold_calendar(work.session)
    try:
        period = get_period(work, period_id)
    except NotFound:
        raise Invalid(academicPeriodId=FieldError("no_such_period")) from None
    if period.is_archived:
        raise PeriodIsArchived(name=period.name)
    return period


def _held(work: Work, holiday_id: int) -> HolidayRow:
    hold_calendar(work.session)
    row = work.session.get(HolidayRow, holiday_id)
    if row is None:
        raise NotFound
    if row.academic_period_id is not None:
        _open_period(work, row.academic_period_id)
    return row


def _check_dates(holiday: Holiday, period: AcademicPeriod) -> None:
    wrong = holidays.mistakes(holiday, as_period(period))
    if wrong:
        raise Invalid(**wrong)


def _known(work: Work, period_id: int) -> list[Holiday]:
    return [
        Holiday(row.name, row.start_date, row.end_date, row.region, row.id)
        for row in all_holidays(work.session, period_id)
    ]


def _store(work: Work, period_id: int, calendar: HolidayCalendar) -> dict[Holiday, HolidayRow]:
    """Make the period's rows what the calendar has; returns the row of each holiday."""
    left = {row.id: row for row in all_holidays(work.session, period_id)}
    stored = {holiday: left.pop(holiday.id) if holiday.id else HolidayRow() for holiday in calendar.holidays}
    for holiday, row in stored.items():
        row.name, row.region, row.academic_period_id = holiday.name, holiday.region, period_id
        row.start_date, row.end_date = holiday.start, holiday.end
    work.session.add_all(stored.values())
    for row in left.values():
        work.session.delete(row)
    work.session.flush()
    work.announce(NoticeKind.HOLIDAYS)
    return stored
