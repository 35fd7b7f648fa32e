"""The school's time zone as a VTIMEZONE (RFC 5545 §3.6.5), from the same data that the calendar here is kept by.

Onsets are the wall clock before the change, which is where programs look them up.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

ONE_DAY, ONE_SECOND = timedelta(days=1), timedelta(seconds=1)


@lru_cache(maxsize=8)
def timezone_of(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone:
    """The zone with every change of its clocks in these years."""
    begin = datetime(first_year, 1, 1, tzinfo=UTC)
    timezone = Timezone()
    timezone.add("tzid", zone.key)
    timezone.add_component(_observance(begin, begin, zone))
    for change in _changes(zone, begin, datetime(last_year + 1, 1, 1, tzinfo=UTC)):
        timezone.add_component(_observance(change, change - ONE_SECOND, zone))
    return timezone


def _observance(onset: datetime, before: datetime, zone: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    local, was = onset.astimezone(zone), before.astimezone(zone).utcoffset() or timedelta(0)
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    observance.add("dtstart", (onset + was).replace(tzinfo=None))
    observance.add("tzoffsetfrom", was)
    observance.add("tzoffsetto", local.utcoffset() or timedelta(0))
    observance.add("tzname", local.tzname() or zone.key)
    return observance


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The first instants of new offsets, to the second."""
    before = begin
    while before < end:
        after = before + ONE_DAY
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            yield _change_between(zone, before, after)
        before = after


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    offset = before.astimezone(zone).utcoffset()
    while after - before > ONE_SECOND:
        middle = before + timedelta(seconds=(after - before).total_seconds() // 2)
        before, after = (middle, after) if middle.astimezone(zone).utcoffset() == offset else (before, middle)
    return after
