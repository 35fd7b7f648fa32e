"""Recurrence in the school's time zone: clock changes, rules in all their parts, and rules that are refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.errors import Invalid
from infoscreen.domain.recurrence import (
    Schedule,
    check_rule,
    format_exceptions,
    has_ended,
    normalise_rule,
    parse_exceptions,
    spans,
)

VIENNA = ZoneInfo("Europe/Vienna")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local_starts(schedule: Schedule, after: str, before: str, zone: ZoneInfo = VIENNA) -> list[str]:
    found = spans(schedule, utc(after), utc(before), zone)
    return [f"{span.start.astimezone(zone):%Y-%m-%d %H:%M}" for span in found]


def weekly_lesson(rule: str = "FREQ=WEEKLY") -> Schedule:
    """Mondays 08:00 to 08:50 in Vienna, from 5 October 2026."""
    return Schedule(utc("2026-10-05T06:00"), utc("2026-10-05T06:50"), rule)


def test_a_weekly_lesson_stays_at_eight_when_winter_time_begins() -> None:
    assert local_starts(weekly_lesson(), "2026-10-18T00:00", "2026-11-03T00:00") == [
        "2026-10-19 08:00",
        "2026-10-26 08:00",
        "2026-11-02 08:00",
    ]
    assert spans(weekly_lesson(), utc("2026-10-26T00:00"), utc("2026-10-27T00:00"), VIENNA)[0].start == utc(
        "2026-10-26T07:00"
    )


def test_a_weekly_lesson_stays_at_eight_when_summer_time_begins() -> None:
    assert local_starts(weekly_lesson(), "2027-03-22T00:00", "2027-03-30T00:00") == [
        "2027-03-22 08:00",
        "2027-03-29 08:00",
    ]


def test_a_time_that_the_change_to_summer_time_skips_is_an_hour_later_on_that_day_only() -> None:
    nightly = Schedule(utc("2027-03-26T01:30"), utc("2027-03-26T01:45"), "FREQ=DAILY")
    assert local_starts(nightly, "2027-03-27T00:00", "2027-03-30T00:00") == [
        "2027-03-27 02:30",
        "2027-03-28 03:30",
        "2027-03-29 02:30",
    ]


def test_a_time_that_occurs_twice_means_the_first() -> None:
    nightly = Schedule(utc("2026-10-23T00:30"), utc("2026-10-23T00:45"), "FREQ=DAILY")
    assert [span.start for span in spans(nightly, utc("2026-10-24T20:00"), utc("2026-10-25T20:00"), VIENNA)] == [
        utc("2026-10-25T00:30")
    ]


def test_an_event_over_midnight_runs_into_the_next_day() -> None:
    night = Schedule(utc("2026-11-20T21:00"), utc("2026-11-21T05:00"), "FREQ=DAILY")
    found = spans(night, utc("2026-11-22T02:00"), utc("2026-11-22T03:00"), VIENNA)
    assert [(span.start, span.end) for span in found] == [(utc("2026-11-21T21:00"), utc("2026-11-22T05:00"))]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["2026-10-05 08:00", "2026-10-06 08:00", "2026-10-07 08:00"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", ["2026-10-05 08:00", "2026-10-07 08:00", "2026-10-12 08:00"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=2", ["2026-10-05 08:00", "2026-10-19 08:00"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", ["2026-10-30 08:00", "2026-11-27 08:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2", ["2026-10-31 08:00", "2026-12-31 08:00"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=2", ["2026-11-02 08:00", "2026-12-01 08:00"]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24;COUNT=1", ["2026-12-24 08:00"]),
        ("FREQ=WEEKLY;UNTIL=20261019", ["2026-10-05 08:00", "2026-10-12 08:00", "2026-10-19 08:00"]),
        ("FREQ=WEEKLY;UNTIL=20261019T060000Z", ["2026-10-05 08:00", "2026-10-12 08:00", "2026-10-19 08:00"]),
        ("FREQ=WEEKLY;UNTIL=20261019T055959Z", ["2026-10-05 08:00", "2026-10-12 08:00"]),
    ],
)
def test_a_rule_yields_what_it_says(rule: str, expected: list[str]) -> None:
    assert local_starts(weekly_lesson(rule), "2026-10-01T00:00", "2027-01-01T00:00") == expected


def test_the_29th_of_february_comes_in_leap_years_only() -> None:
    leap = Schedule(utc("2024-02-29T07:00"), utc("2024-02-29T08:00"), "FREQ=YEARLY")
    assert local_starts(leap, "2024-01-01T00:00", "2033-01-01T00:00") == [
        "2024-02-29 08:00",
        "2028-02-29 08:00",
        "2032-02-29 08:00",
    ]


def test_an_exception_is_left_out() -> None:
    skipped = weekly_lesson()
    skipped = Schedule(skipped.start, skipped.end, skipped.rule, exceptions=frozenset({utc("2026-10-12T06:00")}))
    assert local_starts(skipped, "2026-10-05T00:00", "2026-10-20T00:00") == ["2026-10-05 08:00", "2026-10-19 08:00"]


def test_the_end_of_the_recurrence_is_inclusive() -> None:
    ending = weekly_lesson()
    ending = Schedule(ending.start, ending.end, ending.rule, recurrence_end=utc("2026-10-12T06:00"))
    assert local_starts(ending, "2026-10-05T00:00", "2026-11-20T00:00") == ["2026-10-05 08:00", "2026-10-12 08:00"]
    assert not has_ended(ending, utc("2026-10-12T06:30"), VIENNA)
    assert has_ended(ending, utc("2026-10-12T06:50"), VIENNA)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("", "rule_malformed"),
        ("WEEKLY", "rule_malformed"),
        ("INTERVAL=2", "rule_malformed"),
        ("FREQ=WEEKLY;FREQ=DAILY", "rule_malformed"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20261019", "rule_malformed"),
        ("FREQ=HOURLY", "rule_too_fine"),
        ("FREQ=SECONDLY;INTERVAL=5", "rule_too_fine"),
        ("FREQ=SOMETIMES", "rule_part_wrong"),
        ("FREQ=WEEKLY;BYDAY=XX", "rule_part_wrong"),
        ("FREQ=WEEKLY;COUNT=0", "rule_part_wrong"),
        ("FREQ=MONTHLY;BYDAY=1MO,50MO", "rule_part_wrong"),
        ("FREQ=YEARLY;BYDAY=54MO", "rule_part_wrong"),
        ("FREQ=WEEKLY;BYDAY=2MO", "rule_part_wrong"),
        ("FREQ=YEARLY;BYMONTH=13", "rule_part_wrong"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "rule_part_wrong"),
        ("FREQ=MONTHLY;BYMONTHDAY=-32", "rule_part_wrong"),
        ("FREQ=WEEKLY;BYEASTER=1", "rule_part_unknown"),
        ("FREQ=DAILY;BYHOUR=8,9", "rule_part_unknown"),
        ("DTSTART=20261001T080000Z;FREQ=DAILY", "rule_part_unknown"),
    ],
)
def test_a_wrong_rule_is_refused_by_name(rule: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        normalise_rule(rule)
    assert refusal.value.fields["recurrenceRule"].code == code


@pytest.mark.parametrize(
    "rule", ["FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;UNTIL=20200101", "FREQ=DAILY;BYSETPOS=2;COUNT=3"]
)
def test_a_rule_that_yields_nothing_or_cannot_be_expanded_is_refused(rule: str) -> None:
    with pytest.raises(Invalid):
        check_rule(weekly_lesson(rule), VIENNA)


def test_for_ever_may_be_written_as_the_year_9999() -> None:
    for_ever = weekly_lesson("FREQ=WEEKLY;UNTIL=99991231T235959Z")
    check_rule(for_ever, VIENNA)
    assert len(spans(for_ever, utc("2026-11-01T00:00"), utc("2026-11-15T00:00"), VIENNA)) == 2


def test_an_hour_that_the_clock_change_swallows_lasts_an_hour_all_the_same() -> None:
    nightly = Schedule(utc("2027-03-26T01:30"), utc("2027-03-26T02:30"), "FREQ=DAILY")
    (span,) = spans(nightly, utc("2027-03-28T00:00"), utc("2027-03-28T12:00"), VIENNA)
    assert span.end - span.start == timedelta(hours=1)


def test_a_rule_may_be_written_untidily() -> None:
    assert normalise_rule("rrule:freq=weekly; byday=mo,we;") == "FREQ=WEEKLY;BYDAY=MO,WE"


def test_a_broken_exception_is_named() -> None:
    with pytest.raises(Invalid) as refusal:
        parse_exceptions("20261012T060000Z,tomorrow")
    assert refusal.value.fields["recurrenceException"].params["part"] == "tomorrow"


@given(
    st.frozensets(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0)))
)
def test_exceptions_are_written_as_they_are_read(starts: frozenset[datetime]) -> None:
    aware = frozenset(start.replace(tzinfo=UTC) for start in starts)
    assert parse_exceptions(format_exceptions(aware)) == aware


@given(
    days=st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, unique=True),
    interval=st.integers(1, 4),
    hour=st.integers(0, 23),
    offset=st.integers(0, 400),
    zone=st.sampled_from(["Europe/Vienna", "America/New_York", "Australia/Lord_Howe"]),
)
def test_a_window_shows_exactly_what_the_whole_series_has_in_it(
    days: list[str], interval: int, hour: int, offset: int, zone: str
) -> None:
    place = ZoneInfo(zone)
    start = datetime(2026, 1, 5, hour, 15, tzinfo=place).astimezone(UTC)
    schedule = Schedule(start, start + timedelta(minutes=50), f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(days)}")
    whole = spans(schedule, start, start + timedelta(days=500), place)
    after, before = start + timedelta(days=offset), start + timedelta(days=offset + 21)
    assert spans(schedule, after, before, place) == [s for s in whole if s.end > after and s.start < before]
