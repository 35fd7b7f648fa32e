"""A group's plan as iCalendar: read back by another reader, it has exactly the occurrences that the screens show."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrule, rruleset, rrulestr
from dateutil.tz import tzical
from icalendar import Calendar

from examples import examples
from factories.recurrence_rules import cases
from infoscreen.domain.calendar_feeds import FeedEvent, feed
from infoscreen.domain.calendar_zone import timezone_of
from infoscreen.domain.recurrence import Schedule, Span, spans, to_utc
from infoscreen.domain.recurrence_rules import normalise_rule

VIENNA = ZoneInfo("Europe/Vienna")
YEARS = range(2024, 2028)
CHANGED = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
AFTER, BEFORE = datetime(2024, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


def at(text: str, zone: ZoneInfo = VIENNA) -> datetime:
    return to_utc(datetime.fromisoformat(text), zone)


def event(schedule: Schedule, uid: str = "7@infoscreen", title: str = "Speiseplan") -> FeedEvent:
    return FeedEvent(uid, title, None, "message", schedule, changed_at=CHANGED, revision=3)


def written(*schedules: Schedule, zone: ZoneInfo = VIENNA) -> str:
    events = [event(schedule, uid=f"{number}@infoscreen") for number, schedule in enumerate(schedules)]
    return feed("Aula", events, zone, YEARS).decode()


class Reader:
    """Reads a calendar by its text alone: zones from its VTIMEZONE, by dateutil, not from this machine."""

    def __init__(self, text: str) -> None:
        unfolded = text.replace("\r\n ", "").split("\r\n")
        begin, end = unfolded.index("BEGIN:VTIMEZONE"), unfolded.index("END:VTIMEZONE")
        self.zone = tzical(StringIO("\n".join(unfolded[begin : end + 1]))).get()
        self.components: list[dict[str, list[str]]] = []
        for line in unfolded[end + 1 :]:
            if line == "BEGIN:VEVENT":
                self.components.append({})
            elif self.components and ":" in line:
                name, _, value = line.partition(":")
                self.components[-1].setdefault(name.split(";")[0], []).append(value)

    def occurrences(self, *, by_the_wall: bool) -> set[tuple[datetime, datetime]]:
        """Starts and ends of everything, with either way of counting a length over a change of the clocks."""
        found: set[tuple[datetime, datetime]] = set()
        moved = {(one["UID"][0], self._instant(one["RECURRENCE-ID"][0])) for one in self._overrides()}
        for one in self.components:
            for start in self._starts(one):
                if "RECURRENCE-ID" in one or (one["UID"][0], self._utc(start)) not in moved:
                    found.add((self._utc(start), self._end(one, start, by_the_wall=by_the_wall)))
        return found

    def _overrides(self) -> Iterator[dict[str, list[str]]]:
        return (one for one in self.components if "RECURRENCE-ID" in one)

    def _starts(self, one: dict[str, list[str]]) -> list[datetime]:
        start = self._wall(one["DTSTART"][0])
        if "RRULE" not in one:
            return [start]
        parts = dict(part.split("=") for part in one["RRULE"][0].split(";"))
        if "UNTIL" in parts:
            until = self._instant(parts["UNTIL"]).astimezone(self.zone)
            parts["UNTIL"] = f"{until:%Y%m%dT%H%M%S}"
        whole = rruleset()
        rule = rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=start)
        assert isinstance(rule, rrule)
        whole.rrule(rule)
        whole.rdate(start)  # RFC 5545 §3.8.5.3: DTSTART always is the first occurrence
        for line in one.get("EXDATE", []):
            for value in line.split(","):
                whole.exdate(self._wall(value))
        return whole.between(datetime(2023, 1, 1), datetime(2028, 1, 5), inc=True)

    def _end(self, one: dict[str, list[str]], start: datetime, *, by_the_wall: bool) -> datetime:
        first, last = one["DTSTART"][0], one["DTEND"][0]
        if by_the_wall:
            return self._utc(start + (self._wall(last) - self._wall(first)))
        return self._utc(start) + (self._instant(last) - self._instant(first))

    def _wall(self, value: str) -> datetime:
        if value.endswith("Z"):
            return self._instant(value).astimezone(self.zone).replace(tzinfo=None)
        return datetime.fromisoformat(value)

    def _instant(self, value: str) -> datetime:
        if value.endswith("Z"):
            return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return self._utc(self._wall(value))

    def _utc(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=self.zone).astimezone(UTC)


def ours(schedule: Schedule, zone: ZoneInfo) -> set[tuple[datetime, datetime]]:
    return {(span.start, span.end) for span in spans(schedule, AFTER, BEFORE, zone)}


def within(found: set[tuple[datetime, datetime]]) -> set[tuple[datetime, datetime]]:
    return {(start, end) for start, end in found if end > AFTER and start < BEFORE}


def schedules(count: int) -> Iterator[tuple[Schedule, ZoneInfo]]:
    """Series of every kind, some over midnight, with exceptions and holidays."""
    chance = random.Random(5545)
    for case in cases(count):
        zone = ZoneInfo(case.zone)
        start = to_utc(datetime.fromisoformat(case.start), zone)
        length = timedelta(minutes=chance.choice([50, 50, 600, 1800]))
        plain = Schedule(start, start + length, normalise_rule(case.rule, zone))
        found = spans(plain, AFTER, BEFORE, zone)
        if found:
            skipped = frozenset(span.start for span in chance.sample(found, min(len(found), 3)))
            closed = frozenset(span.start.astimezone(zone).date() for span in chance.sample(found, min(len(found), 3)))
            yield Schedule(plain.start, plain.end, plain.rule, None, skipped, closed), zone


@pytest.mark.parametrize("by_the_wall", [True, False], ids=["by the wall", "in exact hours"])
def test_another_reader_finds_exactly_our_occurrences(by_the_wall: bool) -> None:
    compared = 0
    for schedule, zone in schedules(examples(150)):
        if any(is_skipped(span, schedule, zone) for span in spans(schedule.undiminished(), AFTER, BEFORE, zone)):
            continue
        read = within(Reader(written(schedule, zone=zone)).occurrences(by_the_wall=by_the_wall))
        assert read == ours(schedule, zone), schedule
        compared += len(read)
    assert compared > examples(5_000)


def is_skipped(span: Span, schedule: Schedule, zone: ZoneInfo) -> bool:
    """Whether the clock skips this start: readers differ there, and the standard has it as here."""
    return span.start.astimezone(zone).time() != schedule.start.astimezone(zone).time()


def test_a_lesson_stays_at_eight_when_the_clocks_change() -> None:
    weekly = Schedule(at("2026-10-12T08:00"), at("2026-10-12T09:00"), "FREQ=WEEKLY")
    text = written(weekly)
    assert "DTSTART;TZID=Europe/Vienna:20261012T080000" in text
    read = Reader(text).occurrences(by_the_wall=False)
    assert {(at("2026-10-19T08:00"), at("2026-10-19T09:00")), (at("2026-10-26T08:00"), at("2026-10-26T09:00"))} <= read


def test_a_night_over_the_change_of_the_clocks_ends_when_it_does_on_the_screen() -> None:
    nightly = Schedule(at("2026-10-20T20:00"), at("2026-10-21T06:00"), "FREQ=DAILY;UNTIL=20261030")
    for by_the_wall in (True, False):
        read = Reader(written(nightly)).occurrences(by_the_wall=by_the_wall)
        assert (at("2026-10-24T20:00"), at("2026-10-25T06:00")) in read
        assert len(read) == 11


def test_a_start_that_the_rule_does_not_yield_is_in_nobodys_calendar() -> None:
    """A series for Mondays, begun on a Wednesday."""
    mondays = Schedule(at("2026-11-25T08:00"), at("2026-11-25T09:00"), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=3")
    text = written(mondays)
    assert "DTSTART;TZID=Europe/Vienna:20261207T080000" in text
    assert within(Reader(text).occurrences(by_the_wall=True)) == ours(mondays, VIENNA)


def test_skipped_dates_and_holidays_are_left_out_by_name() -> None:
    weekly = Schedule(
        at("2026-11-02T08:00"), at("2026-11-02T09:00"), "FREQ=WEEKLY",
        exceptions=frozenset({at("2026-11-09T08:00"), at("2026-11-10T08:00")}), closed=frozenset({date(2026, 12, 28)}),
    )  # fmt: skip
    text = written(weekly)
    assert text.count("EXDATE") == 2
    assert "EXDATE;TZID=Europe/Vienna:20261109T080000" in text
    assert "EXDATE;TZID=Europe/Vienna:20261228T080000" in text


@pytest.mark.parametrize(
    ("rule", "end", "expected"),
    [
        ("FREQ=DAILY;UNTIL=20261105", None, "FREQ=DAILY;UNTIL=20261105T225959Z"),
        ("FREQ=DAILY;UNTIL=99991231", None, "FREQ=DAILY"),
        ("FREQ=DAILY", "2026-11-05T09:00", "FREQ=DAILY;UNTIL=20261105T080000Z"),
        ("FREQ=DAILY;COUNT=3", "2026-11-05T09:00", "FREQ=DAILY;UNTIL=20261104T070000Z"),
        ("FREQ=DAILY;COUNT=9", "2026-11-05T09:00", "FREQ=DAILY;UNTIL=20261105T070000Z"),
    ],
)
def test_an_end_is_written_as_a_start_with_a_zone_wants_it(rule: str, end: str | None, expected: str) -> None:
    series = Schedule(at("2026-11-02T08:00"), at("2026-11-02T09:00"), rule, at(end) if end else None)
    assert f"RRULE:{expected}\r\n" in written(series)
    assert within(Reader(written(series)).occurrences(by_the_wall=True)) >= ours(series, VIENNA)


def test_a_single_event_in_the_hour_that_comes_twice_keeps_its_instant() -> None:
    second = Schedule(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 2, 30, tzinfo=UTC))
    text = written(second)
    assert "DTSTART:20261025T013000Z" in text
    assert "DTEND;TZID=Europe/Vienna:20261025T033000" in text


@pytest.mark.parametrize("key", ["Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])
def test_the_zone_that_is_sent_along_is_the_zone_the_plan_is_kept_in(key: str) -> None:
    zone = ZoneInfo(key)
    sent = tzical(StringIO(timezone_of(zone, 2023, 2027).to_ical().decode().replace("\r\n", "\n"))).get()
    instant = datetime(2024, 1, 1, 0, 30, tzinfo=UTC)
    while instant < datetime(2027, 12, 31, tzinfo=UTC):
        assert instant.astimezone(sent).replace(tzinfo=None) == instant.astimezone(zone).replace(tzinfo=None), instant
        instant += timedelta(hours=7)


def test_a_title_cannot_bring_lines_of_its_own() -> None:
    once = Schedule(at("2026-11-26T08:00"), at("2026-11-26T09:00"))
    evil = "Aula\r\nEND:VEVENT\r\nBEGIN:VEVENT;,\\n"
    text = feed("Aula, „links“;\r\nX-EVIL:1", [event(once, title=evil)], VIENNA, YEARS).decode()
    assert text.count("BEGIN:VEVENT") == 2  # the one of the title is within its line
    assert len(Calendar.from_ical(text).walk("VEVENT")) == 1
    assert all(not line.startswith(("X-EVIL", "END:VEVENT;")) for line in text.split("\r\n"))


def test_the_same_plan_is_the_same_file() -> None:
    weekly = Schedule(at("2026-11-02T08:00"), at("2026-11-02T09:00"), "FREQ=WEEKLY")
    assert written(weekly) == written(weekly)
    assert "UID:0@infoscreen" in written(weekly)
    assert "SEQUENCE:3" in written(weekly)
