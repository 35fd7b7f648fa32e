"""A device's clock is wrong when for minutes not one message was right; one that came late proves nothing."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.device_clocks import PROVEN_AFTER, is_wrong, off_since, skew_seconds

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
EVERY = timedelta(seconds=5)


def proven(skews: list[int]) -> bool:
    """What is known after messages, one every five seconds, with so many seconds of skew each."""
    off, at = None, NOON
    for skew in skews:
        at += EVERY
        off = off_since(off, skew, at)
    return is_wrong(off, at, at)


def test_a_clock_that_is_two_minutes_off_is_proven_after_five_minutes() -> None:
    messages = PROVEN_AFTER // EVERY
    for skew in (120, -120, 1_700_000_000):
        assert not proven([skew] * messages)
        assert proven([skew] * (messages + 1))


@given(st.lists(st.integers(-(10**9), 10**9), max_size=200), st.integers(0, 60))
def test_one_message_that_was_right_clears_a_clock(late: list[int], right: int) -> None:
    few = PROVEN_AFTER // EVERY - 1
    assert not proven([*late, right, *[90] * few])


def test_a_minute_is_tolerated() -> None:
    assert not proven([60] * 1_000)
    assert proven([61] * 1_000)


def test_whatever_time_a_device_says_fits_into_the_column() -> None:
    for said in (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)):
        assert abs(skew_seconds(said, NOON)) < 2**31
    assert skew_seconds(NOON - timedelta(seconds=90), NOON) == 90
