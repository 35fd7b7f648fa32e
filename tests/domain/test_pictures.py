"""What pictures say of a screen: black, frozen, and when nothing can be said."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.pictures import (
    FROZEN_AFTER,
    Luminance,
    PictureState,
    Shown,
    Still,
    Taken,
    is_current,
    is_frozen,
    must_move,
    with_picture,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NOTHING: PictureState = {
    "screenshot_at": None,
    "screenshot_hash": None,
    "screenshot_type": None,
    "screenshot_same_since": None,
    "picture_health": None,
    "priority_screenshot_at": None,
    "priority_screenshot_type": None,
}
SECONDS = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("mean", "spread", "is_black"),
    [(0.0, 0.0, True), (5.9, 5.9, True), (6.0, 0.0, False), (2.5, 25.0, False), (128.0, 0.0, False)],
    ids=["black", "nearly black", "dark grey", "white text on black", "grey"],
)
def test_black_is_near_zero_with_little_spread(mean: float, spread: float, *, is_black: bool) -> None:
    assert Luminance(mean, spread).is_black is is_black


@pytest.mark.parametrize(
    ("shown", "moves"),
    [
        (Shown("video"), True),
        (Shown("video", loops=False), False),
        (Shown("video", plays=False), False),
        (Shown("presentation", pages=5), True),
        (Shown("presentation", pages=1), False),
        (Shown("presentation", pages=None), False),
        (Shown("presentation", pages=5, advances=False), False),
        (Shown("presentation", pages=5, interval=timedelta(minutes=6)), False),
        (Shown("presentation", pages=6), False),
        (Shown("presentation", pages=3), False),
        (Shown("presentation", pages=2, interval=30 * SECONDS), False),
        (Shown("presentation", pages=2, interval=45 * SECONDS), False),
        (Shown("presentation", pages=4), True),
        (Shown("website"), False),
        (Shown("webuntis"), False),
        (Shown("message"), False),
        (Shown("other"), False),
    ],
)
def test_only_what_turns_by_itself_and_not_in_step_with_the_camera_must_move(shown: Shown, *, moves: bool) -> None:
    assert must_move(shown) is moves


@pytest.mark.parametrize(("same", "event", "frozen"), [(10, 10, True), (9, 30, False), (30, 9, False), (600, 10, True)])
def test_frozen_is_the_same_picture_for_ten_minutes_of_the_event(same: int, event: int, *, frozen: bool) -> None:
    still = Still(NOON - timedelta(minutes=same), NOON - timedelta(minutes=event), NOON)
    assert is_frozen(still) is frozen


def test_pictures_that_stopped_coming_say_nothing() -> None:
    assert is_current(NOON - timedelta(minutes=5), NOON)
    assert not is_current(NOON - timedelta(minutes=5, seconds=1), NOON)
    assert not is_current(None, NOON)


def taken(minute: int, content: str) -> Taken:
    return Taken(NOON + timedelta(minutes=minute), "periodic", content, Luminance(100, 50))


@given(st.lists(st.sampled_from("ab"), min_size=1, max_size=30))
def test_the_time_of_a_picture_is_that_of_the_first_of_those_alike_at_the_end(contents: list[str]) -> None:
    state = NOTHING
    for minute, content in enumerate(contents):
        state = with_picture(state, taken(minute, content))
    alike = len(contents)
    while alike and contents[alike - 1] == contents[-1]:
        alike -= 1
    assert state["screenshot_same_since"] == NOON + timedelta(minutes=alike)


@given(st.permutations([taken(minute, "abc"[minute % 3]) for minute in range(6)]))
def test_in_whatever_order_pictures_are_stored_the_newest_is_the_latest(pictures: list[Taken]) -> None:
    state = NOTHING
    for each in pictures:
        state = with_picture(state, each)
    assert (state["screenshot_at"], state["screenshot_hash"]) == (NOON + timedelta(minutes=5), "c")


def test_frozen_lasts_until_another_picture_comes() -> None:
    state = with_picture(NOTHING, taken(0, "a")) | {"picture_health": "FROZEN"}
    state = with_picture(state, taken(11, "a"))
    assert state["picture_health"] == "FROZEN"
    assert with_picture(state, taken(12, "b"))["picture_health"] == "OK"
    assert timedelta(minutes=10) == FROZEN_AFTER
