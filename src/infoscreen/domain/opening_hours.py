"""When a school or one of its groups is open: ranges of the clock on the wall for each day of the week.

Written as JSON, `{"mon": ["07:00-12:30", "13:15-18:00"], "sat": []}`: a day that is not named is closed, and `24:00` is
the end of a day.
"""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RANGE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(([01]\d|2[0-3]):([0-5]\d)|24:00)", re.ASCII)
MOST_RANGES = 6


@dataclass(frozen=True, slots=True)
class OpenRange:
    """From an hour of the day to another, both as the time since midnight on the wall."""

    start: timedelta
    end: timedelta


Week = tuple[tuple[OpenRange, ...], ...]


def week_of(hours: Mapping[str, Any]) -> Week | None:
    """The open ranges of Monday to Sunday; None for what is no opening hours: unknown days, overlaps, empty ranges."""
    if not hours.keys() <= set(DAYS):
        return None
    week = [_day(hours.get(day, [])) for day in DAYS]
    return None if None in week else tuple(day for day in week if day is not None)


def is_written(text: str) -> bool:
    """Whether a text is opening hours as JSON."""
    try:
        hours = orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return isinstance(hours, dict) and week_of(hours) is not None


def _day(ranges: Any) -> tuple[OpenRange, ...] | None:
    if not isinstance(ranges, list) or len(ranges) > MOST_RANGES:
        return None
    found = [_range(text) for text in ranges]
    day = sorted((each for each in found if each is not None), key=lambda each: each.start)
    if len(day) < len(found) or any(before.end > after.start for before, after in itertools.pairwise(day)):
        return None
    return tuple(day)


def _range(text: Any) -> OpenRange | None:
    if not isinstance(text, str) or not RANGE.fullmatch(text):
        return None
    start, end = (_since_midnight(clock) for clock in text.split("-"))
    return OpenRange(start, end) if start < end else None


def _since_midnight(clock: str) -> timedelta:
    hours, minutes = clock.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
