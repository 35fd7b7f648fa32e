"""Academic periods: from their making over activation and archive to their end; their holidays are in `holidays.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import structlog

from infoscreen.db.academic_calendar import (
    AcademicPeriod,
    activate_only,
    active_period,
    all_periods,
    archived_periods,
    count_periods,
    delete_holidays_of,
    hold_calendar,
    holidays_outside,
)
from infoscreen.db.events import Event, events_of_period
from infoscreen.db.media import Media, media_of_period
from infoscreen.domain import academic_calendar
from infoscreen.domain.academic_calendar import (
    Blocker,
    Period,
    PeriodIsArchived,
    PeriodLeavesOutHolidays,
    PeriodNotArchivable,
    PeriodNotDeletable,
    archive_blockers,
    delete_blockers,
)
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.errors import Invalid, NotFound
from infoscreen.domain.recurrence import has_ended
from infoscreen.services.alerts import close_alert, raise_alert
from infoscreen.services.event_schedules import closed_days, schedule_of
from infoscreen.services.notices import NoticeKind
from infoscreen.services.settings import school_day, school_zone
from infoscreen.services.versions import next_version
from infoscreen.services.work import Work

log = structlog.get_logger()

AUSTRIAN_SCHOOL_YEARS = (
    ("Schuljahr 2024/25", "SJ 24/25", date(2024, 9, 2), date(2025, 7, 4)),
    ("Schuljahr 2025/26", "SJ 25/26", date(2025, 9, 1), date(2026, 7, 3)),
    ("Schuljahr 2026/27", "SJ 26/27", date(2026, 9, 7), date(2027, 7, 2)),
)


@dataclass(frozen=True, slots=True)
class PeriodUsage:
    """What belongs to a period, and why it cannot be archived (or, archived already, deleted)."""

    period: AcademicPeriod
    events: Sequence[Event]
    media: Sequence[Media]
    blockers: Sequence[Blocker]


def list_periods(work: Work, *, archived: bool = False, only_archived: bool = False) -> Sequence[AcademicPeriod]:
    """Periods by start date; the archived ones only where asked for."""
    return archived_periods(work.session) if only_archived else all_periods(work.session, archived=archived)


def get_period(work: Work, period_id: int) -> AcademicPeriod:
    """One period, archived or not; raises `NotFound`."""
    period = work.session.get(AcademicPeriod, period_id)
    if period is None:
        raise NotFound
    return period


def get_active_period(work: Work) -> AcademicPeriod | None:
    """The active period, if there is one."""
    return active_period(work.session)


def period_on(work: Work, day: date) -> AcademicPeriod | None:
    """The period that counts on a day, archived ones aside: the one that starts last where several cover it."""
    periods = {period.id: period for period in list_periods(work)}
    found = academic_calendar.covering(map(as_period, periods.values()), day)
    return periods[found.id] if found and found.id else None


def create_period(work: Work, fields: Mapping[str, Any]) -> AcademicPeriod:
    """Make a period, not active; raises `Invalid`, `PeriodNameTaken`, `PeriodsOverlap`."""
    hold_calendar(work.session)
    period = AcademicPeriod(**fields, is_active=False, is_archived=False)
    _check(work, period)
    work.session.add(period)
    work.session.flush()
    _tell(work, period.id)
    return period


def change_period(work: Work, period_id: int, fields: Mapping[str, Any], version: int | None) -> AcademicPeriod:
    """Change some fields of a period that is not archived; its holidays stay inside.

    Raises `PeriodIsArchived`, `StaleVersion`, `PeriodLeavesOutHolidays` and what `create_period` does.
    """
    period = _held(work, period_id)
    if period.is_archived:
        raise PeriodIsArchived(name=period.name)
    next_version(work, period, version)
    with work.session.no_autoflush:
        for name, value in fields.items():
            setattr(period, name, value)
        _check(work, period)
        outside = holidays_outside(work.session, period_id, period.start_date, period.end_date)
        if outside:
            raise PeriodLeavesOutHolidays(names=", ".join(holiday.name for holiday in outside[:3]), count=len(outside))
    _tell(work, period_id)
    return period


def activate_period(work: Work, period_id: int) -> AcademicPeriod:
    """Make a period the only active one; raises `PeriodIsArchived`."""
    period = _held(work, period_id)
    if period.is_archived:
        raise PeriodIsArchived(name=period.name)
    if activate_only(work.session, period_id):
        _tell(work)
    return period


def archive_period(work: Work, period_id: int) -> AcademicPeriod:
    """Put a period away; one that is archived already stays so. Raises `PeriodNotArchivable` with every reason."""
    period = _held(work, period_id)
    if period.is_archived:
        return period
    blockers = _archive_blockers(work, period, events_of_period(work.session, period_id))
    if blockers:
        raise PeriodNotArchivable(blockers, period.name)
    period.is_archived, period.archived_at, period.archived_by = True, work.now, work.actor.user_id
    _tell(work, period_id)
    return period


def restore_period(work: Work, period_id: int) -> AcademicPeriod:
    """Bring an archived period back, not active; raises `PeriodNameTaken` or `PeriodsOverlap` where it no longer fits.

    One that is not archived stays as it is.
    """
    period = _held(work, period_id)
    if period.is_archived:
        _check(work, period)
        period.is_archived, period.is_active, period.archived_at, period.archived_by = False, False, None, None
        _tell(work, period_id)
    return period


def delete_period(work: Work, period_id: int) -> None:
    """Delete an archived period and its holidays for good; raises `PeriodNotDeletable` with every reason."""
    usage = period_usage(work, _held(work, period_id).id)
    blockers = _delete_blockers(usage.period, usage.events, usage.media)
    if blockers:
        raise PeriodNotDeletable(blockers, usage.period.name)
    delete_holidays_of(work.session, period_id)
    work.session.delete(usage.period)
    _tell(work, period_id)


def period_usage(work: Work, period_id: int) -> PeriodUsage:
    """What belongs to a period, and what stands in the way of its next step."""
    period = get_period(work, period_id)
    events, media = events_of_period(work.session, period_id), media_of_period(work.session, period_id)
    blockers = (
        _delete_blockers(period, events, media) if period.is_archived else _archive_blockers(work, period, events)
    )
    return PeriodUsage(period, events, media, blockers)


def seed_periods(work: Work) -> None:
    """Make the Austrian school years where there are no periods at all, and activate the one that covers today.

    Where none does, none is active, and the log and an alert tell it.
    """
    hold_calendar(work.session)
    if count_periods(work.session) == 0:
        for name, display_name, start, end in AUSTRIAN_SCHOOL_YEARS:
            work.session.add(
                AcademicPeriod(
                    name=name, display_name=display_name, start_date=start, end_date=end, period_type="schuljahr"
                )
            )
        work.session.flush()
    period = period_on(work, school_day(work))
    if activate_only(work.session, period.id if period else None):
        _tell(work)
    tell_missing_period(work)


def follow_the_day(work: Work) -> None:
    """What a new day means: an active period that is over gives way to the one that covers today, if there is one."""
    hold_calendar(work.session)
    today, active = school_day(work), get_active_period(work)
    current = period_on(work, today)
    if current and (active is None or active.end_date < today) and activate_only(work.session, current.id):
        _tell(work)
    tell_missing_period(work)


def tell_missing_period(work: Work) -> None:
    """Open or close the alert that no period covers today."""
    today = school_day(work)
    if period_on(work, today):
        close_alert(work, AlertKind.NO_PERIOD_TODAY, "")
    else:
        log.warning("no_period_today", today=today.isoformat())
        raise_alert(work, AlertKind.NO_PERIOD_TODAY, "", Severity.WARNING)


def _held(work: Work, period_id: int) -> AcademicPeriod:
    hold_calendar(work.session)
    return get_period(work, period_id)


def _check(work: Work, period: AcademicPeriod) -> None:
    academic_calendar.check_period(as_period(period), map(as_period, list_periods(work)))


def as_period(period: AcademicPeriod) -> Period:
    """A period as the rules see it."""
    return Period(period.id, period.name, period.period_type, period.start_date, period.end_date)


def _archive_blockers(work: Work, period: AcademicPeriod, events: Sequence[Event]) -> list[Blocker]:
    running = [event.subject for event in events if event.recurrence_rule and _is_running(work, event)]
    return archive_blockers(is_active=period.is_active, running_series=running)


def _is_running(work: Work, event: Event) -> bool:
    """Whether a series still has an occurrence today, be it over by now, or later."""
    zone = school_zone(work)
    morning = datetime.combine(school_day(work), time.min, zone)
    try:
        return event.is_active and not has_ended(schedule_of(event, closed_days(work)), morning, zone)
    except (ValueError, IndexError, Invalid):  # a rule that cannot be expanded shows nothing
        return False


def _delete_blockers(period: AcademicPeriod, events: Sequence[Event], media: Sequence[Media]) -> list[Blocker]:
    return delete_blockers(
        is_archived=period.is_archived,
        events=[event.subject for event in events],
        media=[medium.name for medium in media],
    )


def _tell(work: Work, *ids: int) -> None:
    work.session.flush()
    work.announce(NoticeKind.PERIODS, *ids)
    if period_on(work, school_day(work)):
        close_alert(work, AlertKind.NO_PERIOD_TODAY, "")
