"""Which holidays are one, which cannot stand side by side, and that the order of adding does not matter."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.academic_calendar import Period
from infoscreen.domain.holidays import Holiday, HolidayCalendar, HolidaysOverlap, Outcome, folded, mistakes

EASTER = Holiday("Osterferien", date(2027, 3, 20), date(2027, 3, 29), "AT", id=1)
PERIOD = Period(1, "Schuljahr 2026/27", "schuljahr", date(2026, 9, 7), date(2027, 7, 2))
FIRST = date(2026, 10, 1)


def add(new: Holiday, *known: Holiday) -> tuple[Outcome, list[Holiday]]:
    calendar = HolidayCalendar(known)
    outcome, placed = calendar.add(new)
    assert placed in calendar.holidays
    return outcome, calendar.holidays


def test_the_same_days_under_the_same_name_are_skipped() -> None:
    assert add(replace(EASTER, id=None), EASTER) == (Outcome.SKIPPED, [EASTER])


@pytest.mark.parametrize(("name", "region"), [("OSTERFERIEN", "AT"), ("Oster ferien ", "at"), ("Österferien", " Á T")])
def test_case_spaces_and_accents_make_no_other_holiday(name: str, region: str) -> None:
    longer = Holiday(name, EASTER.start, EASTER.end + timedelta(days=3), region)
    assert add(longer, EASTER) == (Outcome.MERGED, [replace(EASTER, end=longer.end)])


@pytest.mark.parametrize(
    ("text", "same"), [("Weiß", "WEISS"), ("Île", "ile"), ("Dreikönigs\u00a0tag", "dreikonigstag")]
)
def test_texts_are_folded(text: str, same: str) -> None:
    assert folded(text) == folded(same)


def test_ranges_of_one_holiday_that_overlap_or_touch_become_one() -> None:
    touching = replace(EASTER, id=None, start=date(2027, 3, 30), end=date(2027, 4, 2))
    assert add(touching, EASTER) == (Outcome.MERGED, [replace(EASTER, end=date(2027, 4, 2))])
    inside = replace(EASTER, id=None, start=date(2027, 3, 22), end=date(2027, 3, 23))
    assert add(inside, EASTER) == (Outcome.MERGED, [EASTER])


def test_a_day_between_them_keeps_two_ranges_apart() -> None:
    later = replace(EASTER, id=None, start=date(2027, 3, 31), end=date(2027, 4, 2))
    assert add(later, EASTER) == (Outcome.INSERTED, [EASTER, later])


def test_a_range_that_fills_the_gap_makes_one_of_three_and_the_oldest_row_stays() -> None:
    later = replace(EASTER, id=2, start=date(2027, 3, 31), end=date(2027, 4, 2))
    gap = replace(EASTER, id=None, start=date(2027, 3, 30), end=date(2027, 3, 30))
    assert add(gap, EASTER, later) == (Outcome.MERGED, [replace(EASTER, end=later.end)])


@pytest.mark.parametrize("other", [("Pfingstferien", "AT"), ("Osterferien", "DE"), ("Pfingstferien", None)])
def test_days_of_another_holiday_or_region_are_a_conflict_that_names_it(other: tuple[str, str | None]) -> None:
    calendar = HolidayCalendar([EASTER])
    with pytest.raises(HolidaysOverlap) as conflict:
        calendar.add(Holiday(other[0], EASTER.end, EASTER.end + timedelta(days=3), other[1]))
    assert conflict.value.params == {"name": "Osterferien", "region": "AT", "start": EASTER.start, "end": EASTER.end}
    assert calendar.holidays == [EASTER]


def test_another_holiday_may_begin_on_the_next_day() -> None:
    other = Holiday("Dienstag nach Ostern", date(2027, 3, 30), date(2027, 3, 30), "AT")
    assert add(other, EASTER)[0] is Outcome.INSERTED


def test_a_region_told_later_is_noted_and_one_not_told_says_nothing_new() -> None:
    without = replace(EASTER, region=None)
    assert add(replace(without, id=None), EASTER) == (Outcome.SKIPPED, [EASTER])
    assert add(replace(EASTER, id=None), without) == (Outcome.MERGED, [EASTER])


def test_one_whose_region_is_told_later_joins_those_of_that_region_that_it_touches() -> None:
    after = Holiday("Osterferien", EASTER.end + timedelta(days=1), EASTER.end + timedelta(days=3), None, id=9)
    told = replace(after, region="AT", id=None)
    assert add(told, EASTER, after) == (Outcome.MERGED, [replace(after, region="AT", start=EASTER.start)])


def test_a_row_that_is_put_back_absorbs_the_others() -> None:
    other = Holiday("Osterferien", date(2027, 4, 5), date(2027, 4, 6), "AT", id=9)
    moved = replace(other, start=date(2027, 3, 25))
    assert add(moved, EASTER) == (Outcome.MERGED, [replace(other, start=EASTER.start)])


def test_both_dates_lie_in_the_period() -> None:
    assert mistakes(EASTER, PERIOD) == {}
    assert list(mistakes(replace(EASTER, start=date(2026, 9, 6)), PERIOD)) == ["startDate"]
    assert list(mistakes(replace(EASTER, end=date(2027, 7, 3)), PERIOD)) == ["endDate"]
    assert mistakes(replace(EASTER, end=date(2027, 3, 1)), PERIOD)["endDate"].code == "ends_before_start"


names = st.sampled_from(["Osterferien", "osterferien ", "ÓSTERFERIEN"])
ranges = st.tuples(st.integers(0, 60), st.integers(0, 6))


@st.composite
def of_one_kind(draw: st.DrawFn) -> list[Holiday]:
    return [
        Holiday(draw(names), FIRST + timedelta(days=start), FIRST + timedelta(days=start + length), "AT")
        for start, length in draw(st.lists(ranges, max_size=12))
    ]


@st.composite
def of_any_kind(draw: st.DrawFn) -> list[Holiday]:
    return [
        replace(holiday, name=draw(st.sampled_from("AB")), region=draw(st.sampled_from(["AT", "DE", None])))
        for holiday in draw(of_one_kind())
    ]


def added(holidays: list[Holiday]) -> HolidayCalendar:
    calendar = HolidayCalendar()
    for holiday in holidays:
        try:
            calendar.add(holiday)
        except HolidaysOverlap:
            continue
    return calendar


def ranges_of(calendar: HolidayCalendar) -> set[tuple[date, date]]:
    return {(holiday.start, holiday.end) for holiday in calendar.holidays}


def days_of(holidays: list[Holiday]) -> set[date]:
    return {
        holiday.start + timedelta(days=day)
        for holiday in holidays
        for day in range((holiday.end - holiday.start).days + 1)
    }


@given(of_one_kind(), st.data())
def test_merging_covers_the_same_days_in_any_order(holidays: list[Holiday], data: st.DataObject) -> None:
    calendar = added(holidays)
    assert ranges_of(calendar) == ranges_of(added(data.draw(st.permutations(holidays))))
    assert days_of(calendar.holidays) == days_of(holidays)


@given(of_one_kind())
def test_the_same_file_twice_changes_nothing(holidays: list[Holiday]) -> None:
    assert ranges_of(added([*holidays, *holidays])) == ranges_of(added(holidays))


@given(of_any_kind())
def test_adding_everything_again_changes_nothing(holidays: list[Holiday]) -> None:
    calendar = added(holidays)
    before = list(calendar.holidays)
    for holiday in before:
        assert calendar.add(holiday)[0] is Outcome.SKIPPED
    assert calendar.holidays == before


@given(of_any_kind())
def test_no_day_belongs_to_two_holidays_and_none_that_could_be_one_are_left_apart(holidays: list[Holiday]) -> None:
    found = added(holidays).holidays
    for number, holiday in enumerate(found):
        for other in found[number + 1 :]:
            assert not holiday.overlaps(other)
            assert holiday.kind != other.kind or not holiday.touches(other)
