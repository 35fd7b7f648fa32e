"""The rules of academic periods."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.academic_calendar import (
    Period,
    PeriodNameTaken,
    PeriodsOverlap,
    archive_blockers,
    check_period,
    covering,
    delete_blockers,
)
from infoscreen.domain.errors import Invalid

YEAR = Period(1, "Schuljahr 2026/27", "schuljahr", date(2026, 9, 7), date(2027, 7, 2))


def year(start: date, end: date, name: str = "Anderes", period_type: str = "schuljahr") -> Period:
    return Period(None, name, period_type, start, end)


def test_a_period_of_one_day_is_one_and_one_that_ends_before_it_starts_is_none() -> None:
    check_period(year(date(2027, 9, 1), date(2027, 9, 1)), [YEAR])
    with pytest.raises(Invalid) as refusal:
        check_period(year(date(2027, 9, 2), date(2027, 9, 1)), [YEAR])
    assert refusal.value.fields["endDate"].code == "ends_before_start"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2027, 7, 2), date(2027, 7, 9)),
        (date(2026, 9, 1), date(2026, 9, 7)),
        (date(2026, 12, 1), date(2026, 12, 2)),
        (date(2026, 1, 1), date(2028, 1, 1)),
    ],
)
def test_periods_of_one_type_share_no_day_and_those_of_other_types_may(start: date, end: date) -> None:
    with pytest.raises(PeriodsOverlap) as conflict:
        check_period(year(start, end), [YEAR])
    assert conflict.value.params == {"name": YEAR.name, "start": YEAR.start, "end": YEAR.end}
    check_period(year(start, end, period_type="semester"), [YEAR])


def test_periods_may_follow_each_other_without_a_gap() -> None:
    check_period(year(YEAR.end + timedelta(days=1), YEAR.end + timedelta(days=9)), [YEAR])


def test_a_name_is_there_once_whatever_its_letter_case_and_a_period_may_keep_its_own() -> None:
    with pytest.raises(PeriodNameTaken):
        check_period(year(date(2030, 1, 1), date(2030, 2, 1), "SCHULJAHR 2026/27", "semester"), [YEAR])
    check_period(YEAR, [YEAR])


def test_on_a_day_the_period_counts_that_starts_last() -> None:
    winter = Period(2, "Wintersemester", "semester", date(2026, 10, 1), date(2027, 2, 1))
    assert covering([YEAR, winter], date(2026, 10, 1)) == winter
    assert covering([winter, YEAR], date(2026, 9, 30)) == YEAR
    assert covering([YEAR, winter], date(2027, 7, 3)) is None


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 3, 1)), st.integers(0, 40)), max_size=8))
def test_periods_that_pass_the_check_one_after_the_other_share_no_day(ranges: list[tuple[date, int]]) -> None:
    accepted: list[Period] = []
    for number, (start, days) in enumerate(ranges):
        period = Period(number, str(number), "semester", start, start + timedelta(days=days))
        try:
            check_period(period, accepted)
        except PeriodsOverlap:
            assert any(period.covers(other.start) or other.covers(period.start) for other in accepted)
        else:
            accepted.append(period)
    for day in (date(2026, 1, 1) + timedelta(days=number) for number in range(120)):
        assert sum(period.covers(day) for period in accepted) <= 1


def test_every_reason_against_archiving_and_deleting_is_told() -> None:
    assert archive_blockers(is_active=False, running_series=[]) == []
    reasons = archive_blockers(is_active=True, running_series=["A", "B", "C", "D"])
    assert [reason.code for reason in reasons] == ["blocked_by_being_active", "blocked_by_series"]
    assert reasons[1].params == {"count": 4, "names": "A, B, C, …"}
    assert delete_blockers(is_archived=True, events=[], media=[]) == []
    codes = [reason.code for reason in delete_blockers(is_archived=False, events=["A"], media=["B"])]
    assert codes == ["blocked_by_not_being_archived", "blocked_by_events", "blocked_by_media"]
