"""A clock that has leapt deletes nothing until it has been steady for a week."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from applications import MONDAY
from infoscreen.domain.server_clock import BELIEVED_AFTER, LEAP, SET_BACK, Steadiness, follow, may_forget

STEPS = st.lists(st.timedeltas(-SET_BACK, LEAP), max_size=40)


def looked(steps: list[timedelta], begun: datetime = MONDAY) -> Steadiness:
    known, now = follow(None, begun), begun
    for step in steps:
        now += step
        known = follow(known, now)
    return known


def test_a_clock_that_nobody_has_followed_is_not_believed() -> None:
    assert not may_forget(None, MONDAY)


@given(STEPS)
def test_a_clock_is_believed_once_it_has_gone_on_for_a_week_whatever_the_server_was_off_for_between(
    steps: list[timedelta],
) -> None:
    known = looked(steps)
    assert may_forget(known, known.seen_at) == (known.seen_at - MONDAY >= BELIEVED_AFTER)


@given(STEPS, st.one_of(st.timedeltas(LEAP + timedelta(seconds=1)), st.timedeltas(max_value=-SET_BACK * 2)), STEPS)
def test_after_a_leap_it_takes_a_week_again(steps: list[timedelta], leap: timedelta, after: list[timedelta]) -> None:
    known = looked([timedelta(days=6)] * 3 + steps)
    try:
        leapt = known.seen_at + leap
        leapt + LEAP * len(after) - SET_BACK * len(after)
    except OverflowError:
        return
    assert not may_forget(known, leapt), "before anybody has noted the leap"
    last, now = follow(known, leapt), leapt
    for step in after:
        now += step
        last = follow(last, now)
    assert may_forget(last, now) == (now - leapt >= BELIEVED_AFTER)
