"""TV power: windows of events, gaps, opening hours, and which intent is another one."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.power import Intent, PowerRules, Reason, TvState, next_intent, windows, wish_for
from infoscreen.domain.recurrence import Span
from infoscreen.domain.timeline import Occurrence

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
ZERO = timedelta(0)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def showing(event_id: int, start: float, end: float) -> Occurrence:
    return Occurrence(event_id, 1, at(start), at(end))


def state(occurrences: list[Occurrence], minutes: float, gap: timedelta = ZERO) -> str:
    return wish_for(occurrences, at(minutes), gap).state.value


def test_a_tv_is_on_from_the_start_of_an_event_until_its_end() -> None:
    lesson = [showing(148, 0, 50)]
    assert [state(lesson, minutes) for minutes in (-0.1, 0, 49.9, 50)] == ["off", "on", "on", "off"]
    wish = wish_for(lesson, at(10), ZERO)
    assert (wish.reason, wish.event_ids, wish.window) == (Reason.ACTIVE_EVENT, (148,), Span(at(0), at(50)))
    off = wish_for(lesson, at(50), ZERO)
    assert (off.reason, off.event_ids, off.window) == (Reason.NO_ACTIVE_EVENT, (), None)


def test_events_that_touch_or_overlap_are_one_window() -> None:
    lessons = [showing(1, 0, 50), showing(2, 50, 100), showing(3, 90, 120), showing(4, 121, 130)]
    assert [(window.start, window.end) for window in windows(lessons)] == [(at(0), at(120)), (at(121), at(130))]
    wish = wish_for(lessons, at(95), ZERO)
    assert (wish.event_ids, wish.window) == ((2, 3), Span(at(0), at(120)))


def test_a_short_event_within_a_long_one_does_not_end_the_window() -> None:
    assert state([showing(1, 0, 120), showing(2, 10, 20)], 60) == "on"


@pytest.mark.parametrize(("gap", "expected"), [(0, "off"), (599, "off"), (600, "off"), (601, "on")])
def test_only_a_gap_that_is_shorter_is_bridged(gap: int, expected: str) -> None:
    lessons = [showing(1, 0, 50), showing(2, 60, 110)]
    wish = wish_for(lessons, at(55), timedelta(seconds=gap))
    assert wish.state.value == expected
    if expected == "on":
        assert (wish.event_ids, wish.window) == ((1, 2), Span(at(0), at(110)))


def test_outside_opening_hours_a_tv_is_off_whatever_runs() -> None:
    wish = wish_for([showing(1, 0, 50)], at(10), ZERO, is_open=False)
    assert (wish.state, wish.reason, wish.event_ids, wish.window) == (TvState.OFF, Reason.NO_ACTIVE_EVENT, (), None)


def test_an_intent_keeps_its_name_until_state_or_reason_change() -> None:
    names = (f"intent-{number}" for number in count(1))
    lessons = [showing(1, 0, 50), showing(2, 50, 100)]
    found: list[str] = []
    intent: Intent | None = None
    for minutes in (-5, 0, 25, 50, 75, 100, 110):
        intent = next_intent(intent, wish_for(lessons, at(minutes), ZERO), lambda: next(names))
        found.append(f"{intent.state.value} {intent.intent_id}")
    assert found == ["off intent-1", *["on intent-2"] * 4, *["off intent-3"] * 2]


@pytest.mark.parametrize(
    ("poll", "multiplier", "minimum", "seconds"), [(15, 3, 90, 90), (30, 3, 90, 90), (60, 3, 90, 180), (15, 10, 0, 150)]
)
def test_an_intent_lives_for_some_polls_and_a_minimum(poll: int, multiplier: int, minimum: int, seconds: int) -> None:
    rules = PowerRules(expiry_multiplier=multiplier, min_expiry_seconds=minimum, poll_interval_seconds=poll)
    assert rules.lifetime == timedelta(seconds=seconds)


occurrences = st.lists(
    st.builds(
        lambda event_id, start, length: showing(event_id, start, start + length),
        st.integers(1, 9),
        st.integers(0, 300),
        st.integers(1, 60),
    ),
    max_size=12,
)


@given(occurrences, st.integers(-10, 400))
def test_a_tv_is_on_exactly_while_an_event_runs(found: list[Occurrence], minutes: int) -> None:
    runs = {each.id for each in found if each.start <= at(minutes) < each.end}
    wish = wish_for(found, at(minutes), ZERO)
    assert (wish.state is TvState.ON) is bool(runs)
    assert set(wish.event_ids) == runs


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.lists(st.integers(0, 15), min_size=12, max_size=12))
def test_events_that_touch_or_overlap_never_give_an_off_between_them(lengths: list[int], overlaps: list[int]) -> None:
    chain, end = [], 0
    for number, (length, overlap) in enumerate(zip(lengths, overlaps, strict=False), 1):
        start = max(0, end - overlap)
        chain.append(showing(number, start, start + length))
        end = max(end, start + length)
    edges = sorted({edge for each in chain for edge in (each.start, each.end)} - {at(end)})
    wishes = [wish_for(chain, edge, ZERO) for edge in edges]
    assert {wish.state for wish in wishes} == {TvState.ON}
    assert {wish.window for wish in wishes} == {Span(at(0), at(end))}
    intent = None
    names = (str(number) for number in count())
    for wish in wishes:
        intent = next_intent(intent, wish, lambda: next(names))
    assert intent
    assert intent.intent_id == "0", "one window is one intent"


@given(occurrences, st.integers(0, 20))
def test_a_bridged_gap_names_the_events_beside_it(found: list[Occurrence], gap: int) -> None:
    for window in windows(found, timedelta(minutes=gap)):
        moment = window.start
        while moment < window.end:
            wish = wish_for(found, moment, timedelta(minutes=gap))
            assert wish.state is TvState.ON
            assert wish.event_ids
            moment += timedelta(minutes=1)
