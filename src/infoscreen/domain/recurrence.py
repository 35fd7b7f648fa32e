"""Recurrence: which occurrences an event has, by RFC 5545 rules in the school's time zone.

A rule is expanded over local wall-clock times, so that a weekly 08:00 lesson stays at 08:00 when the clocks change, and
each occurrence is then turned into UTC. A local time that the change to summer time skips is read with the offset
before the change (02:30 becomes 03:30); one that occurs twice means the first (RFC 5545 §3.3.5).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from infoscreen.domain.errors import FieldError, Invalid

ONE_DAY = timedelta(days=1)
EXCEPTION_FORM = "%Y%m%dT%H%M%SZ"
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
FINER = ("HOURLY", "MINUTELY", "SECONDLY")
PARTS: dict[str, re.Pattern[str]] = {
    "FREQ": re.compile("|".join(FREQUENCIES + FINER)),
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z?)?"),
    "COUNT": re.compile(r"[1-9]\d{0,5}"),
    "INTERVAL": re.compile(r"[1-9]\d{0,3}"),
    "BYDAY": re.compile(r"[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)(,[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU))*"),
    "BYMONTHDAY": re.compile(r"[+-]?\d{1,2}(,[+-]?\d{1,2})*"),
    "BYMONTH": re.compile(r"\d{1,2}(,\d{1,2})*"),
    "BYSETPOS": re.compile(r"[+-]?\d{1,3}(,[+-]?\d{1,3})*"),
    "WKST": re.compile("MO|TU|WE|TH|FR|SA|SU"),
}
# Ordinals of BYDAY: weeks have no second Monday, months have five at most, years 53.
ORDINALS = {"DAILY": 0, "WEEKLY": 0, "MONTHLY": 5, "YEARLY": 53}
LARGEST = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYSETPOS": 366}
# Calendars write 9999 for "for ever"; nothing here looks further than this, and some zones cannot.
FOR_EVER = datetime(2200, 1, 1)  # noqa: DTZ001 - local on purpose
# A rule that yields nothing within this time is taken to yield nothing at all; 29 February needs eight years at most.
LONGEST_SEARCH = timedelta(days=366 * 9)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When an event is: its first occurrence (UTC), and the rule with its exceptions where it recurs."""

    start: datetime
    end: datetime
    rule: str | None = None
    recurrence_end: datetime | None = None
    exceptions: frozenset[datetime] = frozenset()


@dataclass(frozen=True, slots=True)
class Span:
    """One occurrence: from its start (inclusive) to its end (exclusive), in UTC."""

    start: datetime
    end: datetime


def normalise_rule(text: str) -> str:
    """The rule in upper case without spaces or an `RRULE:` in front; raises `Invalid` with what is wrong and where."""
    rule = re.sub(r"\s", "", text).upper().removeprefix("RRULE:").strip(";")
    parts: dict[str, str] = {}
    for part in rule.split(";"):
        name, equals, value = part.partition("=")
        if not equals or name in parts:
            raise _wrong("rule_malformed", part or text)
        if name not in PARTS:
            raise _wrong("rule_part_unknown", name)
        if not PARTS[name].fullmatch(value):
            raise _wrong("rule_part_wrong", part)
        parts[name] = value
    if parts.get("FREQ") in FINER:
        raise _wrong("rule_too_fine", parts["FREQ"])
    if "FREQ" not in parts or ("UNTIL" in parts and "COUNT" in parts):
        raise _wrong("rule_malformed", rule)
    _check_numbers(parts)
    return rule


def _check_numbers(parts: dict[str, str]) -> None:
    largest = LARGEST | {"BYDAY": ORDINALS[parts["FREQ"]]}
    if "BYMONTH" in parts:
        largest["BYDAY"] = min(largest["BYDAY"], ORDINALS["MONTHLY"])
    for name in largest.keys() & parts.keys():
        numbers = [int(number) for number in re.findall(r"[+-]?\d+", parts[name])]
        if any(not 1 <= abs(number) <= largest[name] for number in numbers):
            raise _wrong("rule_part_wrong", f"{name}={parts[name]}")


def check_rule(schedule: Schedule, zone: ZoneInfo) -> None:
    """Raise `Invalid` for a rule that cannot be expanded or that yields nothing."""
    begin = _to_local(schedule.start, zone)
    # How many there are says nothing about the first, and a count cannot be limited by a date as well.
    uncounted = replace(schedule, rule=re.sub(r";?COUNT=\d+", "", schedule.rule or "").strip(";"))
    try:
        first = next(_local_starts(uncounted, zone, begin, begin + LONGEST_SEARCH), None)
    except (ValueError, IndexError) as error:
        raise _wrong("rule_malformed", str(error)) from error
    if first is None:
        raise _wrong("rule_yields_nothing", schedule.rule)


def parse_exceptions(text: str | None) -> frozenset[datetime]:
    """Starts of skipped occurrences from their comma-separated form; raises `Invalid`."""
    found = set()
    for part in filter(None, (text or "").replace(" ", "").split(",")):
        try:
            found.add(datetime.strptime(part, EXCEPTION_FORM).replace(tzinfo=UTC))
        except ValueError:
            mistake = FieldError("exception_malformed", part=part)
            raise Invalid(recurrenceException=mistake) from None
    return frozenset(found)


def format_exceptions(starts: frozenset[datetime]) -> str | None:
    """The comma-separated form of skipped starts, None for none."""
    return ",".join(sorted(start.astimezone(UTC).strftime(EXCEPTION_FORM) for start in starts)) or None


def spans(schedule: Schedule, after: datetime, before: datetime, zone: ZoneInfo) -> list[Span]:
    """Every occurrence that touches the time from `after` to `before`, by start."""
    return list(_spans(schedule, after, before, zone))


def has_ended(schedule: Schedule, now: datetime, zone: ZoneInfo) -> bool:
    """Whether an event has no occurrence that is on now or comes later."""
    return next(_spans(schedule, now, now + LONGEST_SEARCH, zone), None) is None


def _spans(schedule: Schedule, after: datetime, before: datetime, zone: ZoneInfo) -> Iterator[Span]:
    if schedule.rule is None:
        if schedule.end > after and schedule.start < before:
            yield Span(schedule.start, schedule.end)
        return
    length = schedule.end - schedule.start
    local_length = _to_local(schedule.end, zone) - _to_local(schedule.start, zone)
    # One that began before `after` may still run; a day of slack covers the clock changes.
    first, last = _to_local(after, zone) - local_length - ONE_DAY, _to_local(before, zone) + ONE_DAY
    for local_start in _local_starts(schedule, zone, first, last):
        start = _to_utc(local_start, zone)
        if start >= before:
            return
        end = _to_utc(local_start + local_length, zone)
        if end <= start:  # the clock change swallowed it; it lasts as long as on any other day
            end = start + length
        if end > after and start not in schedule.exceptions:
            yield Span(start, end)


def _local_starts(schedule: Schedule, zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Local starts from `first` to `last`; the limit keeps a rule without further dates from searching for ever."""
    if schedule.recurrence_end is not None:
        last = min(last, _to_local(schedule.recurrence_end, zone))
    rule = _expandable(schedule, zone, last)
    for start in rule.xafter(first, inc=True):
        if start > last:
            return
        yield start


def _expandable(schedule: Schedule, zone: ZoneInfo, last: datetime) -> rrule:
    """The rule over naive local times; `UNTIL` in UTC or as a date becomes an inclusive local time."""
    parts = dict(part.split("=", 1) for part in (schedule.rule or "").split(";"))
    until = _local_until(parts.pop("UNTIL"), zone) if "UNTIL" in parts else FOR_EVER
    if "COUNT" not in parts:
        parts["UNTIL"] = min(until, last).strftime("%Y%m%dT%H%M%S")
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    expandable = rrulestr(text, dtstart=_to_local(schedule.start, zone))
    assert isinstance(expandable, rrule)  # noqa: S101 - one RRULE without EXDATE lines is never a set
    return expandable


def _local_until(value: str, zone: ZoneInfo) -> datetime:
    if int(value[:4]) >= FOR_EVER.year:
        return FOR_EVER
    if len(value) == len("20261127"):
        until = datetime.combine(datetime.strptime(value, "%Y%m%d").date(), time.max)  # noqa: DTZ007 - local on purpose
    else:
        until = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - its zone is told by the Z
        if value.endswith("Z"):
            until = _to_local(until.replace(tzinfo=UTC), zone)
    return until


def _to_local(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)


def _wrong(code: str, part: str | None) -> Invalid:
    return Invalid(recurrenceRule=FieldError(code, part=part))
