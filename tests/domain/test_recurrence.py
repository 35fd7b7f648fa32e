"""Recurrence in the school's time zone: clock changes, rules in all their parts, and rules that are refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
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
    holiday_starts,
    moved_exceptions,
    next_spans,
    occurrence_on,
    parse_exceptions,
    spans,
)
from infoscreen.domain.recurrence_rules import normalise_rule

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
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20261019", "rule_ends_twice"),
        ("FREQ=WEEKLY;UNTIL=20261399", "rule_part_wrong"),
        ("FREQ=WEEKLY;UNTIL=20261019T250000Z", "rule_part_wrong"),
        ("FREQ=WEEKLY;UNTIL=2026-10-19", "rule_part_wrong"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "rule_part_unfit"),
        ("FREQ=DAILY;BYSETPOS=2;COUNT=3", "rule_position_of_nothing"),
        ("FREQ=DAILY;INTERVAL=0", "rule_part_wrong"),
        ("FREQ=DAILY;WKST=XX", "rule_part_wrong"),
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
        normalise_rule(rule, VIENNA)
    assert refusal.value.fields["recurrenceRule"].code == code


@pytest.mark.parametrize(
    ("rule", "code", "part"),
    [
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "rule_yields_nothing", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"),
        ("FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31", "rule_yields_nothing", "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "rule_yields_nothing", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6"),
        ("FREQ=WEEKLY;BYDAY=SU;UNTIL=20261010", "rule_yields_nothing", "FREQ=WEEKLY;BYDAY=SU;UNTIL=20261010"),
        ("FREQ=WEEKLY;UNTIL=20200101", "rule_ends_before_it_begins", "UNTIL=20200101"),
        ("FREQ=WEEKLY;UNTIL=20261005T055959Z", "rule_ends_before_it_begins", "UNTIL=20261005T055959Z"),
    ],
)
def test_a_rule_that_yields_nothing_is_refused_with_what_is_wrong(rule: str, code: str, part: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_rule(weekly_lesson(rule), VIENNA)
    mistake = refusal.value.fields["recurrenceRule"]
    assert (mistake.code, mistake.params["part"]) == (code, part)


def test_a_rule_whose_first_occurrence_is_far_away_is_not_taken_for_one_that_yields_nothing() -> None:
    rare = weekly_lesson("FREQ=YEARLY;INTERVAL=12;BYMONTH=9;BYMONTHDAY=7")
    check_rule(rare, VIENNA)
    assert not has_ended(rare, utc("2027-01-01T00:00"), VIENNA)


def test_a_recurrence_that_ends_before_it_begins_is_refused() -> None:
    ended = Schedule(utc("2026-10-05T06:00"), utc("2026-10-05T06:50"), "FREQ=DAILY", utc("2026-10-04T06:00"))
    with pytest.raises(Invalid) as refusal:
        check_rule(ended, VIENNA)
    assert list(refusal.value.fields) == ["recurrenceEnd"]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("20261019T080000", "20261019T060000Z"),
        ("20261026T080000", "20261026T070000Z"),
        ("20261019T060000Z", "20261019T060000Z"),
        ("20261019", "20261019"),
        ("99991231T235959", "99991231T235959"),
    ],
)
def test_the_end_of_a_rule_is_stored_in_utc_or_as_a_date(written: str, stored: str) -> None:
    assert normalise_rule(f"FREQ=WEEKLY;UNTIL={written}", VIENNA) == f"FREQ=WEEKLY;UNTIL={stored}"


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20261019", "2026-10-19 08:00"),
        ("20261018", "2026-10-12 08:00"),
        ("20261019T060000Z", "2026-10-19 08:00"),
        ("20261019T055959Z", "2026-10-12 08:00"),
        ("20261019T080000", "2026-10-19 08:00"),
        ("20261019T075959", "2026-10-12 08:00"),
        ("20261101T230000Z", "2026-10-26 08:00"),
        ("20261102", "2026-11-02 08:00"),
    ],
)
def test_the_end_of_a_rule_is_inclusive_in_every_form(until: str, last: str) -> None:
    rule = normalise_rule(f"FREQ=WEEKLY;UNTIL={until}", VIENNA)
    assert local_starts(weekly_lesson(rule), "2026-10-01T00:00", "2027-01-01T00:00")[-1] == last


def test_positions_count_within_the_whole_week_even_where_the_series_begins_in_its_middle() -> None:
    from_friday = Schedule(utc("2024-05-03T01:00"), utc("2024-05-03T02:00"), "FREQ=WEEKLY;BYDAY=TU,SA,SU;BYSETPOS=1,-1")
    assert local_starts(from_friday, "2024-05-01T00:00", "2024-05-15T00:00") == [
        "2024-05-05 03:00",
        "2024-05-07 03:00",
        "2024-05-12 03:00",
        "2024-05-14 03:00",
    ]


@pytest.mark.parametrize(
    ("zone", "first", "expected"),
    [
        # An hour is skipped, or comes twice.
        ("Europe/Vienna", "2027-03-27 23:30", ["2027-03-27T22:30", "2027-03-28T21:30", "2027-03-29T21:30"]),
        ("Europe/Vienna", "2026-10-24 00:00", ["2026-10-23T22:00", "2026-10-24T22:00", "2026-10-25T23:00"]),
        ("America/New_York", "2027-03-13 02:30", ["2027-03-13T07:30", "2027-03-14T07:30", "2027-03-15T06:30"]),
        ("America/New_York", "2026-10-31 01:30", ["2026-10-31T05:30", "2026-11-01T05:30", "2026-11-02T06:30"]),
        # Half an hour is.
        ("Australia/Lord_Howe", "2026-10-03 02:15", ["2026-10-02T15:45", "2026-10-03T15:45", "2026-10-04T15:15"]),
        ("Australia/Lord_Howe", "2027-04-03 01:45", ["2027-04-02T14:45", "2027-04-03T14:45", "2027-04-04T15:15"]),
    ],
)
def test_a_daily_event_over_a_clock_change_is_where_the_table_says(zone: str, first: str, expected: list[str]) -> None:
    place = ZoneInfo(zone)
    start = datetime.fromisoformat(first).replace(tzinfo=place).astimezone(UTC)
    daily = Schedule(start, start + timedelta(minutes=10), "FREQ=DAILY;COUNT=3")
    assert [
        f"{span.start:%Y-%m-%dT%H:%M}" for span in spans(daily, start, start + timedelta(days=5), place)
    ] == expected


def test_midnight_belongs_to_the_day_that_begins() -> None:
    midnight = Schedule(utc("2026-11-22T23:00"), utc("2026-11-23T23:00"), "FREQ=WEEKLY;BYDAY=MO")
    assert local_starts(midnight, "2026-11-22T00:00", "2026-11-25T00:00") == ["2026-11-23 00:00"]
    assert occurrence_on(midnight, date(2026, 11, 22), VIENNA) is None
    span = occurrence_on(midnight, date(2026, 11, 23), VIENNA)
    assert span
    assert (span.start, span.end) == (utc("2026-11-22T23:00"), utc("2026-11-23T23:00"))


def test_an_occurrence_over_midnight_is_found_by_the_date_it_starts_on() -> None:
    night = Schedule(utc("2026-11-20T21:00"), utc("2026-11-21T05:00"), "FREQ=WEEKLY;BYDAY=FR")
    assert occurrence_on(night, date(2026, 11, 20), VIENNA)
    assert occurrence_on(night, date(2026, 11, 21), VIENNA) is None


def test_an_exception_holds_when_the_series_moves_to_another_hour() -> None:
    later = Schedule(utc("2026-10-05T08:00"), utc("2026-10-05T08:50"), "FREQ=WEEKLY")
    later = replace(later, exceptions=frozenset({utc("2026-10-12T06:00"), utc("2026-11-02T07:00")}))
    assert local_starts(later, "2026-10-05T00:00", "2026-11-04T00:00") == [
        "2026-10-05 10:00", "2026-10-19 10:00", "2026-10-26 10:00",
    ]  # fmt: skip
    assert set(moved_exceptions(later, later, VIENNA).values()) == {utc("2026-10-12T08:00"), utc("2026-11-02T09:00")}


@pytest.mark.parametrize(
    ("rules", "starts", "skipped", "then"),
    [
        pytest.param(
            ("FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=TU"), ("2026-09-07T06:00", "2026-09-08T06:00"),
            "2026-11-16T07:00", "2026-11-17T07:00", id="another weekday",
        ),
        pytest.param(
            ("FREQ=WEEKLY", "FREQ=WEEKLY"), ("2026-09-07T06:00", "2026-09-08T07:30"),
            "2026-11-16T07:00", "2026-11-17T08:30", id="a weekday that only the start says, and another hour",
        ),
        pytest.param(
            ("FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO"), ("2026-09-07T06:00", "2026-09-14T06:00"),
            "2026-11-16T07:00", "2026-11-16T07:00", id="a series that begins a week later",
        ),
        pytest.param(
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",) * 2, ("2026-09-07T06:00", "2026-09-14T06:00"),
            "2026-11-16T07:00", "2026-11-23T07:00", id="the other weeks of every second one",
        ),
        pytest.param(
            ("FREQ=DAILY", "FREQ=DAILY"), ("2026-09-07T06:00", "2026-09-08T06:00"),
            "2026-11-16T07:00", "2026-11-16T07:00", id="every day, from a day later",
        ),
        pytest.param(
            ("FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=WEEKLY;BYDAY=WE,FR"), ("2026-09-07T06:00", "2026-09-09T06:00"),
            "2026-11-18T07:00", "2026-11-20T07:00", id="days that are days of the moved series as well",
        ),
        pytest.param(
            ("FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=TH"), ("2026-09-07T06:00", "2026-09-07T06:00"),
            "2026-11-16T07:00", "2026-11-16T07:00", id="a date that the series does not have any more",
        ),
    ],
)  # fmt: skip
def test_what_is_left_out_follows_a_series_that_is_moved(
    rules: tuple[str, str], starts: tuple[str, str], skipped: str, then: str
) -> None:
    left_out = frozenset({utc(skipped)})
    before, after = (
        Schedule(utc(start), utc(start) + timedelta(minutes=50), rule, exceptions=left_out)
        for rule, start in zip(rules, starts, strict=True)
    )
    assert moved_exceptions(before, after, VIENNA) == {utc(skipped): utc(then)}


def test_a_rule_of_older_data_that_cannot_be_read_may_be_replaced() -> None:
    broken = Schedule(utc("2026-09-07T06:00"), utc("2026-09-07T07:00"), "every Monday")
    good = replace(broken, rule="FREQ=WEEKLY", exceptions=frozenset({utc("2026-09-14T05:00")}))
    assert moved_exceptions(broken, good, VIENNA) == {utc("2026-09-14T05:00"): utc("2026-09-14T06:00")}


def test_the_next_occurrences_begin_with_one_that_runs() -> None:
    lesson = Schedule(utc("2026-09-07T06:00"), utc("2026-09-07T07:00"), "FREQ=WEEKLY;UNTIL=20261130")
    found = next_spans(lesson, utc("2026-11-16T07:30"), 5, VIENNA)
    assert [span.start for span in found] == [utc(f"2026-11-{day}T07:00") for day in (16, 23, 30)]
    assert next_spans(lesson, utc("2026-12-01T07:30"), 5, VIENNA) == []


def test_closed_days_are_left_out_by_their_local_dates() -> None:
    midnight = Schedule(utc("2026-12-23T23:00"), utc("2026-12-23T23:30"), "FREQ=DAILY;COUNT=5")
    closed = replace(midnight, closed=frozenset({date(2026, 12, 24), date(2026, 12, 26)}))
    assert local_starts(closed, "2026-12-20T00:00", "2027-01-01T00:00") == [
        "2026-12-25 00:00", "2026-12-27 00:00", "2026-12-28 00:00",
    ]  # fmt: skip
    assert holiday_starts(closed, VIENNA) == {utc("2026-12-23T23:00"), utc("2026-12-25T23:00")}
    assert not has_ended(replace(closed, closed=frozenset({date(2026, 12, 28)})), utc("2026-12-27T12:00"), VIENNA)


def test_a_long_count_is_as_quick_as_an_endless_rule() -> None:
    counted = Schedule(utc("2006-10-05T06:00"), utc("2006-10-05T06:50"), "FREQ=DAILY;COUNT=9000")
    assert len(spans(counted, utc("2026-11-01T00:00"), utc("2026-11-08T00:00"), VIENNA)) == 7
    assert has_ended(counted, utc("2031-06-01T00:00"), VIENNA)
    assert not has_ended(counted, utc("2031-05-26T00:00"), VIENNA)


def test_for_ever_may_be_written_as_the_year_9999() -> None:
    for_ever = weekly_lesson("FREQ=WEEKLY;UNTIL=99991231T235959Z")
    check_rule(for_ever, VIENNA)
    assert len(spans(for_ever, utc("2026-11-01T00:00"), utc("2026-11-15T00:00"), VIENNA)) == 2


def test_an_hour_that_the_clock_change_swallows_lasts_an_hour_all_the_same() -> None:
    nightly = Schedule(utc("2027-03-26T01:30"), utc("2027-03-26T02:30"), "FREQ=DAILY")
    (span,) = spans(nightly, utc("2027-03-28T00:00"), utc("2027-03-28T12:00"), VIENNA)
    assert span.end - span.start == timedelta(hours=1)


def test_a_rule_may_be_written_untidily() -> None:
    assert normalise_rule("rrule:freq=weekly; byday=mo,we;", VIENNA) == "FREQ=WEEKLY;BYDAY=MO,WE"


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
