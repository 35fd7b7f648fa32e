"""Recurrence: which occurrences an event has, by RFC 5545 rules in the school's time zone.

A rule is expanded over local wall-clock times, so that a weekly 08:00 lesson stays at 08:00 when the clocks change, and
each occurrence is then turned into UTC. A local time that the change to summer time skips is read with the offset
before the change (02:30 becomes 03:30); one that occurs twice means the first (RFC 5545 §3.3.5). A start that the rule
itself does not yield is no occurrence. The text of rules is in `recurrence_rules.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from infoscreen.domain.errors import FieldError, Invalid
from infoscreen.domain.recurrence_rules import (
    FOR_EVER,
    FREQUENCIES,
    WEEKDAYS,
    implied,
    joined,
    local_until,
    names_no_date,
    parsed,
    parts_of,
    wrong,
)

ONE_DAY = timedelta(days=1)
EXCEPTION_FORM = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When an event is: its first occurrence (UTC), and the rule with what it leaves out where it recurs.

    An exception is the start of a skipped occurrence, in UTC; it skips whatever the series has on that local date, so
    it holds when the series is moved to another hour. `closed` are the local dates that a series leaves out: holidays.
    """

    start: datetime
    end: datetime
    rule: str | None = None
    recurrence_end: datetime | None = None
    exceptions: frozenset[datetime] = frozenset()
    closed: frozenset[date] = frozenset()

    def undiminished(self) -> "Schedule":
        """The same without exceptions and holidays."""
        return replace(self, exceptions=frozenset(), closed=frozenset())

    def without_exceptions(self) -> "Schedule":
        """The same without exceptions."""
        return replace(self, exceptions=frozenset())


@dataclass(frozen=True, slots=True)
class Span:
    """One occurrence: from its start (inclusive) to its end (exclusive), in UTC."""

    start: datetime
    end: datetime


def check_rule(schedule: Schedule, zone: ZoneInfo) -> None:
    """Raise `Invalid` for a normalised rule that yields nothing."""
    until = parts_of(schedule.rule or "").get("UNTIL")
    if until and local_until(until, zone) < to_local(schedule.start, zone):
        raise wrong("rule_ends_before_it_begins", f"UNTIL={until}")
    if schedule.recurrence_end is not None and schedule.recurrence_end < schedule.start:
        raise Invalid(recurrenceEnd=FieldError("end_not_after_start"))
    # Such a rule would be searched day by day for as long as anything here looks ahead: seconds.
    if names_no_date(parts_of(schedule.rule or "")) or first_span(schedule, zone) is None:
        raise wrong("rule_yields_nothing", schedule.rule)


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


def first_span(schedule: Schedule, zone: ZoneInfo) -> Span | None:
    """The first occurrence, skipped or not; None for a rule that yields nothing."""
    return next(_spans(schedule.undiminished(), schedule.start, _for_ever(zone), zone), None)


def occurrence_on(schedule: Schedule, day: date, zone: ZoneInfo) -> Span | None:
    """The occurrence that starts on a local date; there is one at most, as no rule is finer than daily."""
    midnight = to_utc(datetime.combine(day, time.min), zone)
    found = _spans(schedule, midnight - ONE_DAY, midnight + 2 * ONE_DAY, zone)
    return next((span for span in found if to_local(span.start, zone).date() == day), None)


def holiday_starts(schedule: Schedule, zone: ZoneInfo) -> frozenset[datetime]:
    """Starts of the occurrences that a series leaves out because they are on closed dates."""
    if schedule.rule is None or not schedule.closed:
        return frozenset()
    first, last = (datetime.combine(day, time.min) for day in (min(schedule.closed), max(schedule.closed)))
    whole = _spans(schedule.undiminished(), to_utc(first, zone), to_utc(last + ONE_DAY, zone), zone)
    return frozenset(span.start for span in whole if to_local(span.start, zone).date() in schedule.closed)


def next_spans(schedule: Schedule, now: datetime, limit: int, zone: ZoneInfo) -> list[Span]:
    """The next occurrences, at most `limit`, with one that runs at `now`."""
    return list(islice(_spans(schedule, now, _for_ever(zone), zone), limit))


def moved_exceptions(before: Schedule, after: Schedule, zone: ZoneInfo) -> dict[datetime, datetime]:
    """Where the exceptions of a series are after it was changed: each as it was → the start that it means now.

    A series whose days changed was moved and takes them along by as much as its beginning; one that only begins
    elsewhere keeps them by their local dates. What the series does not have any more stays as it was.
    """
    whole = after.undiminished()
    step = to_local(after.start, zone).date() - to_local(before.start, zone).date()
    steps = (timedelta(0), step) if _days_named(before, zone) == _days_named(after, zone) else (step, timedelta(0))
    return {start: _moved(start, whole, steps, zone) for start in after.exceptions}


def _moved(start: datetime, whole: Schedule, steps: tuple[timedelta, timedelta], zone: ZoneInfo) -> datetime:
    day = to_local(start, zone).date()
    found = (occurrence_on(whole, day + step, zone) for step in steps)
    return next((span.start for span in found if span), start)


def _days_named(schedule: Schedule, zone: ZoneInfo) -> dict[str, str]:
    """The parts that say on which days a series is, also those that its start implies."""
    parts = {name: value for name, _, value in (part.partition("=") for part in (schedule.rule or "").split(";"))}
    if parts.get("FREQ") not in FREQUENCIES:
        return {}
    return {
        name: value
        for name, value in (parts | implied(parts, to_local(schedule.start, zone))).items()
        if name.startswith("BY")
    }


def has_ended(schedule: Schedule, now: datetime, zone: ZoneInfo) -> bool:
    """Whether an event is over: a series when its rule has nothing on now or later, skipped or not."""
    return next(_spans(schedule.undiminished(), now, _for_ever(zone), zone), None) is None


def to_local(instant: datetime, zone: ZoneInfo) -> datetime:
    """Wall-clock time in a zone, without the zone."""
    return instant.astimezone(zone).replace(tzinfo=None)


def to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a wall-clock time: skipped ones with the offset before the change, doubled ones the first."""
    return local.replace(tzinfo=zone).astimezone(UTC)


def _for_ever(zone: ZoneInfo) -> datetime:
    return to_utc(FOR_EVER, zone)


def _spans(schedule: Schedule, after: datetime, before: datetime, zone: ZoneInfo) -> Iterator[Span]:
    if schedule.rule is None:
        if schedule.end > after and schedule.start < before:
            yield Span(schedule.start, schedule.end)
        return
    length = schedule.end - schedule.start
    local_length = to_local(schedule.end, zone) - to_local(schedule.start, zone)
    left_out = schedule.closed.union(to_local(start, zone).date() for start in schedule.exceptions)
    # One that began before `after` may still run; a day of slack covers the clock changes.
    first, last = to_local(after, zone) - local_length - ONE_DAY, to_local(before, zone) + ONE_DAY
    for local_start in _local_starts(schedule, zone, first, last):
        start = to_utc(local_start, zone)
        if start >= before:
            return
        end = to_utc(local_start + local_length, zone)
        if end <= start:  # the clock change swallowed it; it lasts as long as on any other day
            end = start + length
        if end > after and local_start.date() not in left_out:
            yield Span(start, end)


def _local_starts(schedule: Schedule, zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Local starts from `first` to `last`."""
    parts = parts_of(schedule.rule or "")
    begin = to_local(schedule.start, zone)
    if schedule.recurrence_end is not None:
        last = min(last, to_local(schedule.recurrence_end, zone))
    if "UNTIL" in parts:
        last = min(last, local_until(parts.pop("UNTIL"), zone))
    if "COUNT" in parts:
        count = int(parts.pop("COUNT"))
        last = min(last, _last_of_count(joined(parts), begin, count))
    yield from _endless(parts, begin, max(first, begin), min(last, FOR_EVER))


@lru_cache(maxsize=32_768)
def _last_of_count(rule: str, begin: datetime, count: int) -> datetime:
    """The last local start of a counted series: where it ends need not be counted out each time it is asked."""
    last = begin - ONE_DAY
    for last in islice(_endless(parts_of(rule), begin, begin, FOR_EVER), count):  # noqa: B007 - the last one is wanted
        pass
    return last


def _endless(parts: dict[str, str], begin: datetime, first: datetime, last: datetime) -> Iterator[datetime]:
    """Local starts of a rule without an end, from `first` (not before `begin`) to `last`."""
    if first > last:
        return
    # The limit keeps a rule without further dates from searching for ever.
    rule = parsed(joined(parts | implied(parts, begin)))
    yield from rule.replace(dtstart=_interval_start(parts, begin, first), until=last).xafter(first, inc=True)


def _interval_start(parts: dict[str, str], begin: datetime, first: datetime) -> datetime:
    """Where the rule's interval begins that `first` is in: from there on the rule yields the same as from `begin`.

    A rule is entered there instead of at its beginning, which may be years ago; and at the beginning of an interval
    even in the first one, because BYSETPOS counts within the whole interval.
    """
    every = int(parts.get("INTERVAL", "1"))
    match parts["FREQ"]:
        case "DAILY":
            return begin + timedelta((first.date() - begin.date()).days // every * every)
        case "WEEKLY":
            week = begin - timedelta((begin.weekday() - WEEKDAYS.index(parts.get("WKST", "MO"))) % 7)
            return week + timedelta((first.date() - week.date()).days // (7 * every) * 7 * every)
        case "MONTHLY":
            months = (first.year - begin.year) * 12 + first.month - begin.month
            year, month = divmod(begin.year * 12 + begin.month - 1 + months // every * every, 12)
            return begin.replace(year=year, month=month + 1, day=1)
        case _:
            return begin.replace(year=begin.year + (first.year - begin.year) // every * every, month=1, day=1)
