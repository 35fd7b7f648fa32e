"""A group's plan as iCalendar (RFC 5545), so that a person's own calendar program shows exactly what the screens do.

Programs read the standard in two ways where this product has one, and both must see the same: whether a first start
that the rule does not yield counts (DTSTART is one that it yields), and how long an occurrence is that runs over a
change of the clocks (those are written out one by one, for the years given).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration, vRecur, vText

from infoscreen.domain.calendar_zone import timezone_of
from infoscreen.domain.recurrence import (
    ONE_DAY,
    Schedule,
    Span,
    first_span,
    holiday_starts,
    occurrence_on,
    spans,
    to_local,
    to_utc,
)
from infoscreen.domain.recurrence_rules import FOR_EVER, UNTIL_TIME, local_until, parts_of

PRODUCT = "-//Infoscreen//Infoscreen//DE"
# How often programs should look, as far as they heed it.
REFRESH = timedelta(hours=1)
# Programs that do not know the zone by its name have its changes this much longer.
ZONE_YEARS = 7


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One event of the plan. `uid` stays the same for its whole life; `revision` counts its changes."""

    uid: str
    title: str
    description: str | None
    kind: str
    schedule: Schedule
    changed_at: datetime
    revision: int


def feed(name: str, events: Sequence[FeedEvent], zone: ZoneInfo, years: range) -> bytes:
    """The calendar of a group; the same content gives the same bytes. `years` is where changes of clocks count."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "PUBLISH")
    for label in ("name", "x-wr-calname"):
        calendar.add(label, vText(name))
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    first = min([years.start, *(event.schedule.start.year for event in events)])
    calendar.add_component(timezone_of(zone, first - 1, years.stop + ZONE_YEARS))
    for event in events:
        for component in _components(event, name, zone, years):
            calendar.add_component(component)
    content: bytes = calendar.to_ical()
    return content


def _components(event: FeedEvent, place: str, zone: ZoneInfo, years: range) -> Iterator[Event]:
    if event.schedule.rule is None:
        yield _component(event, place, Span(event.schedule.start, event.schedule.end), zone)
        return
    first = first_span(event.schedule, zone)
    if first is None:
        return
    series = _Series(event.schedule, first, zone)
    master = _component(event, place, None, zone)
    master.add("dtstart", series.start_on(series.first_day))
    master.add("dtend", series.start_on(series.first_day) + series.length)
    master.add("rrule", vRecur.from_ical(series.rule()))
    for day in sorted(series.skipped_days()):
        master.add("exdate", series.start_on(day))
    yield master
    for span in series.unlike_others(years):
        override = _component(event, place, span, zone)
        override.add("recurrence-id", series.start_on(to_local(span.start, zone).date()))
        yield override


def _component(event: FeedEvent, place: str, span: Span | None, zone: ZoneInfo) -> Event:
    component = Event()
    component.add("uid", event.uid)
    component.add("dtstamp", event.changed_at)
    component.add("last-modified", event.changed_at)
    component.add("sequence", event.revision)
    component.add("summary", event.title)
    if event.description:
        component.add("description", event.description)
    component.add("location", place)
    component.add("categories", [event.kind])
    # A screen's plan makes nobody busy.
    component.add("transp", "TRANSPARENT")
    if span is not None:
        component.add("dtstart", _moment(span.start, zone))
        component.add("dtend", _moment(span.end, zone))
    return component


def _moment(instant: datetime, zone: ZoneInfo) -> datetime:
    """In the school's zone; in UTC where that wall clock means another instant, in the hour that comes twice."""
    local = instant.astimezone(zone)
    return local if to_utc(local.replace(tzinfo=None, fold=0), zone) == instant else instant.astimezone(UTC)


class _Series:
    """A series as RFC 5545 wants to have it: from an occurrence that it really has, with its wall clock."""

    def __init__(self, schedule: Schedule, first: Span, zone: ZoneInfo) -> None:
        self._schedule, self._first, self._zone = schedule, first, zone
        begin = to_local(schedule.start, zone)
        self._clock = begin.time()
        self.length = to_local(schedule.end, zone) - begin
        self.first_day = to_local(first.start, zone).date()

    def start_on(self, day: date) -> datetime:
        """The start on a local date; also a time that the clock skips is written as the series has it."""
        return datetime.combine(day, self._clock, self._zone)

    def rule(self) -> str:
        """The rule with its end in UTC, as a start with a zone wants it."""
        parts = parts_of(self._schedule.rule or "")
        ends = [local_until(parts.pop("UNTIL"), self._zone)] if "UNTIL" in parts else []
        if self._schedule.recurrence_end is not None:
            ends.append(to_local(self._schedule.recurrence_end, self._zone))
            if parts.pop("COUNT", None):
                ends.append(self._last_start(ends[-1]))
        if ends and min(ends) < FOR_EVER:
            until = to_utc(min(ends).replace(microsecond=0), self._zone)
            parts["UNTIL"] = f"{until:{UNTIL_TIME}}Z"
        return ";".join(f"{name}={value}" for name, value in parts.items())

    def _last_start(self, until: datetime) -> datetime:
        """Where a series ends that has both a count and an end."""
        whole = spans(
            self._schedule.undiminished(), self._schedule.start, to_utc(until, self._zone) + ONE_DAY, self._zone
        )
        return to_local(whole[-1].start, self._zone) if whole else until

    def skipped_days(self) -> set[date]:
        """Local dates on which the series would be: exceptions, detached occurrences, holidays."""
        whole = self._schedule.undiminished()
        days = {to_local(start, self._zone).date() for start in self._schedule.exceptions}
        holidays = {to_local(start, self._zone).date() for start in holiday_starts(self._schedule, self._zone)}
        return {day for day in days if occurrence_on(whole, day, self._zone)} | holidays

    def unlike_others(self, years: range) -> Iterator[Span]:
        """Occurrences whose end depends on how a program counts over a change of the clocks."""
        exact = self._first.end - self._first.start
        begin, end = (to_utc(datetime(year, 1, 1), self._zone) for year in (years.start, years.stop))  # noqa: DTZ001
        for span in spans(self._schedule, begin, end, self._zone):
            wall = self.start_on(to_local(span.start, self._zone).date()) + self.length
            if span.end != span.start + exact or to_local(span.end, self._zone) != wall.replace(tzinfo=None):
                yield span
