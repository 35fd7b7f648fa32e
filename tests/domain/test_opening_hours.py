"""What opening hours may say."""

from datetime import timedelta
from typing import Any

import pytest

from infoscreen.domain.opening_hours import OpenRange, is_written, week_of


def hours(start: float, end: float) -> OpenRange:
    return OpenRange(timedelta(hours=start), timedelta(hours=end))


def test_a_week_has_seven_days_and_those_not_named_are_closed() -> None:
    week = week_of({"fri": ["13:15-24:00", "07:00-12:30"], "sat": []})
    assert week == ((), (), (), (), (hours(7, 12.5), hours(13.25, 24)), (), ())


@pytest.mark.parametrize(
    "wrong",
    [
        {"monday": []},
        {"mon": "07:00-18:00"},
        {"mon": ["7:00-18:00"]},
        {"mon": ["07:00-24:01"]},
        {"mon": ["24:00-24:00"]},
        {"mon": ["18:00-07:00"]},
        {"mon": ["08:00-08:00"]},
        {"mon": ["07:00-12:00", "11:59-18:00"]},
        {"mon": [700]},
        {"mon": ["07:00-08:00"] * 7},
        {"mon": ["07:00-18:00\n"]},
    ],
)
def test_what_is_no_time_or_overlaps_is_no_opening_hours(wrong: dict[str, Any]) -> None:
    assert week_of(wrong) is None


def test_ranges_may_touch() -> None:
    assert week_of({"mon": ["07:00-12:00", "12:00-18:00"]}) is not None


def test_only_json_of_that_form_is_written_opening_hours() -> None:
    assert is_written('{"mon": ["07:00-18:00"]}')
    assert not any(is_written(text) for text in ("", "null", "[]", "{mon}", '"mon"', '{"mon": 7}'))
