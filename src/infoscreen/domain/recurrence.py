"""Recurrence: which occurrences an event has, by RFC 5545 rules in the school's time zone.

A rule is expanded over local wall-clock times, so that a weekly 08:00 lesson stays at 08:00 when the clocks change, and
each occurrence is then turned into UTC. A local time that the change to summer time skips is read with the offset
before the change (02:30 becomes 03:30); one that occurs twice means the first (RFC 5545 §3.3.5).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from infoscreen.domain.errors import FieldError, Invalid

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
    return rule


def check_rule(schedule: Schedule, zone: ZoneInfo) -> None:
    """Raise `Invalid` for a rule that cannot be expanded or that yields nothing."""
    try:
        first = next(_local_starts(schedule, zone), None)
    except ValueError as error:
        raise _wrong("rule_malformed", str(error)) from error
    if first is None or first > schedule.start.astimezone(zone).replace(tzinfo=None) + LONGEST_SEARCH:
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
    if schedule.rule is None:
        single = Span(schedule.start, schedule.end)
        return [single] if single.end > after and single.start < before else []
    local_length = _to_local(schedule.end, zone) - _to_local(schedule.start, zone)
    found = []
    # One that began before `after` may still run; a day of slack covers the clock changes.
    first = _to_local(after, zone) - local_length - timedelta(days=1)
    for local_start in _local_starts(schedule, zone, first):
        start = _to_utc(local_start, zone)
        if start >= before:
            break
        end = max(_to_utc(local_start + local_length, zone), start + timedelta(minutes=1))
        if end > after and start not in schedule.exceptions:
            found.append(Span(start, end))
    return found


def has_ended(schedule: Schedule, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a series has no occurrence that is on now or comes later."""
    return not spans(schedule, now, now + LONGEST_SEARCH, zone)


def _local_starts(schedule: Schedule, zone: ZoneInfo, first: datetime | None = None) -> Iterator[datetime]:
    rule = _expandable(schedule, zone)
    last = _to_local(schedule.recurrence_end, zone) if schedule.recurrence_end else None
    for start in rule.xafter(first, inc=True) if first else rule:
        if last is not None and start > last:
            return
        yield start


def _expandable(schedule: Schedule, zone: ZoneInfo) -> rrule:
    """The rule over naive local times; `UNTIL` in UTC or as a date becomes an inclusive local time."""
    text = re.sub(r"UNTIL=([0-9TZ]+)", lambda found: f"UNTIL={_local_until(found[1], zone)}", schedule.rule or "")
    expandable = rrulestr(text, dtstart=_to_local(schedule.start, zone))
    assert isinstance(expandable, rrule)  # noqa: S101 - one RRULE without EXDATE lines is never a set
    return expandable


def _local_until(value: str, zone: ZoneInfo) -> str:
    if len(value) == len("20261127"):
        until = datetime.combine(datetime.strptime(value, "%Y%m%d").date(), time.max)  # noqa: DTZ007 - local on purpose
    else:
        until = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - its zone is told by the Z
        if value.endswith("Z"):
            until = _to_local(until.replace(tzinfo=UTC), zone)
    return until.strftime("%Y%m%dT%H%M%S")


def _to_local(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)


def _wrong(code: str, part: str | None) -> Invalid:
    return Invalid(recurrenceRule=FieldError(code, part=part))
