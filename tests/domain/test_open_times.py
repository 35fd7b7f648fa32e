"""Opening hours on the calendar: holidays, midnight, clock changes, and when that next changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.open_times import OpenTimes
from infoscreen.domain.opening_hours import week_of

VIENNA = ZoneInfo("Europe/Vienna")
SCHOOL = {day: ["07:00-12:30", "13:15-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


def times(hours: dict[str, list[str]], *closed: date) -> OpenTimes:
    week = week_of(hours)
    assert week is not None
    return OpenTimes(week, VIENNA, frozenset(closed))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIENNA).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "is_open", "next_change"),
    [
        ("2026-11-23 06:59", False, "2026-11-23 07:00"),
        ("2026-11-23 07:00", True, "2026-11-23 12:30"),
        ("2026-11-23 12:30", False, "2026-11-23 13:15"),
        ("2026-11-23 17:59", True, "2026-11-23 18:00"),
        ("2026-11-27 18:00", False, "2026-11-30 07:00"),
        ("2026-12-23 18:00", False, "2027-01-07 07:00"),
        ("2026-12-28 10:00", False, "2027-01-07 07:00"),
    ],
)
def test_a_school_is_open_in_its_hours_and_not_in_holidays(at: str, is_open: bool, next_change: str) -> None:
    christmas = [date(2026, 12, 24) + timedelta(number) for number in range(14)]
    school = times(SCHOOL, *christmas)
    assert school.is_open(local(at)) is is_open
    assert school.next_change(local(at)) == local(next_change)


def test_hours_that_touch_at_midnight_are_one() -> None:
    night = times({"fri": ["20:00-24:00"], "sat": ["00:00-02:00"]})
    assert [(span.start, span.end) for span in night.spans(local("2026-11-27 12:00"), local("2026-11-28 12:00"))] == [
        (local("2026-11-27 20:00"), local("2026-11-28 02:00"))
    ]
    assert night.next_change(local("2026-11-27 23:00")) == local("2026-11-28 02:00")


def test_a_night_of_a_clock_change_has_the_hours_of_the_wall() -> None:
    sunday = times({"sun": ["00:00-04:00"]})
    (span,) = sunday.spans(local("2026-10-25 00:00"), local("2026-10-26 00:00"))
    assert span.end - span.start == timedelta(hours=5)
    swallowed = times({"sun": ["02:00-03:00"]})
    assert swallowed.spans(local("2027-03-28 00:00"), local("2027-03-29 00:00")) == []


def test_what_never_opens_has_no_next_change() -> None:
    assert times({}).next_change(local("2026-11-23 07:00")) is None
    assert not times({}).is_open(local("2026-11-23 07:00"))


@given(st.integers(0, 24 * 400), st.sets(st.integers(0, 380), max_size=60))
def test_nothing_changes_before_the_next_change(hour: int, closed: set[int]) -> None:
    first = date(2026, 9, 1)
    school = times(
        SCHOOL | {"sat": ["09:00-24:00"], "sun": ["00:00-01:00"]}, *(first + timedelta(day) for day in closed)
    )
    now = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(hours=hour, minutes=7)
    change = school.next_change(now)
    if change is None:
        return
    assert school.is_open(change) is not school.is_open(now)
    step = (change - now) / 7
    assert {school.is_open(now + step * number) for number in range(7)} == {school.is_open(now)}
