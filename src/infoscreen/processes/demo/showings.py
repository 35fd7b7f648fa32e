"""PURE: what a demo room shows and when: at hours of the school's wall, on weekdays, by a rule or once."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from infoscreen.domain.recurrence import Schedule, spans

DAILY = "FREQ=DAILY"
SCHOOL_DAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
WEEKENDS = "FREQ=WEEKLY;BYDAY=SA,SU"
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
# Series begin so long ago: the week on show is full, and what runs over midnight has begun yesterday.
BEGUN_BEFORE = timedelta(days=7)
# Every rule here has an occurrence within this time.
LONGEST_PAUSE = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class Hours:
    """From one local time to another, on the next day where that is not later; by a rule, or once on a weekday."""

    begin: str
    end: str
    rule: str | None = None
    weekday: int = MONDAY


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What a series does differently: which of its next occurrences (0 is the first) is skipped, and which is detached
    under another subject.
    """

    skipped: int
    detached: int
    subject: str


@dataclass(frozen=True, slots=True)
class Showing:
    """One event of a room; `content` is the name of a medium, an address or a message, by its type."""

    type: str
    subject: str
    hours: Hours
    content: str | None = None
    skips_holidays: bool = False
    exceptions: Exceptions | None = None


def schedule(hours: Hours, today: date, zone: ZoneInfo) -> Schedule:
    """When it is: a series from its first occurrence of the last week on, a single one on the next such weekday."""
    if hours.rule is None:
        return _on(today + timedelta(days=(hours.weekday - today.weekday()) % 7), hours, zone)
    first_day = _on(today - BEGUN_BEFORE, hours, zone)
    first, *_ = spans(first_day, first_day.start, first_day.start + LONGEST_PAUSE, zone)
    return Schedule(first.start, first.end, hours.rule)


def _on(day: date, hours: Hours, zone: ZoneInfo) -> Schedule:
    begin, end = time.fromisoformat(hours.begin), time.fromisoformat(hours.end)
    end_day = day if end > begin else day + timedelta(days=1)
    return Schedule(datetime.combine(day, begin, zone), datetime.combine(end_day, end, zone), hours.rule)
