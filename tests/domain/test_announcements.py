"""Which message a group shows, how it looks on a screen, and what a screen's reports tell of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.broadcasts import (
    Announcement,
    Reported,
    Running,
    ScreenStatus,
    Severity,
    announcements,
    screen_status,
)

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
GRACE = 170
SECOND = timedelta(seconds=1)


def message(number: int, text: str = "Bitte alle in den Hof", **more: object) -> Announcement:
    known = Announcement(number, text, Severity.WARNING, is_drill=False, start=NOW, end=NOW + timedelta(minutes=5))
    return replace(known, **more)  # type: ignore[arg-type]


def running(number: int, groups: set[int] | None, *, is_drill: bool = False) -> Running:
    return Running(message(number, is_drill=is_drill), None if groups is None else frozenset(groups))


SHOWING = Reported(
    last_alive=NOW - SECOND,
    last_health=NOW - SECOND,
    process_status="running",
    current_event_id=message(7).event_id,
    tv_state="on",
    screen_on=True,
)


def status(*, now: datetime = NOW, is_overruled: bool = False, **reported: object) -> ScreenStatus:
    screen = replace(SHOWING, **reported)  # type: ignore[arg-type]
    return screen_status(screen, message(7).event_id, now, GRACE, is_overruled=is_overruled)


def test_of_two_messages_in_a_group_the_newer_one_is_shown() -> None:
    shown = announcements([running(2, {1, 2}), running(1, {2, 3})], {1, 2, 3, 4})
    assert {group: each.id for group, each in shown.items()} == {1: 2, 2: 2, 3: 1}


def test_a_drill_never_takes_the_place_of_something_real() -> None:
    shown = announcements([running(1, {1}), running(2, None, is_drill=True)], {1, 2})
    assert {group: each.id for group, each in shown.items()} == {1: 1, 2: 2}


def test_a_message_for_all_reaches_every_group_that_there_is_and_a_group_that_is_gone_gets_none() -> None:
    assert announcements([running(1, None)], {3, 4}).keys() == {3, 4}
    assert announcements([running(1, {3, 5})], {3, 4}).keys() == {3}


@given(
    st.lists(
        st.tuples(st.booleans(), st.none() | st.frozensets(st.integers(1, 4))),
        max_size=6,
    )
)
def test_in_whatever_order_they_are_read_each_group_shows_the_newest_of_the_gravest_kind(
    made: list[tuple[bool, frozenset[int] | None]],
) -> None:
    messages = [Running(message(n, is_drill=drill), groups) for n, (drill, groups) in enumerate(made, 1)]
    groups = {1, 2, 3, 4}
    shown = announcements(messages, groups)
    assert shown == announcements(reversed(messages), groups)
    for group in groups:
        meant = [each.announcement for each in messages if each.group_ids is None or group in each.group_ids]
        real = [each for each in meant if not each.is_drill]
        assert shown.get(group) == max(real or meant, key=lambda each: each.id, default=None)


def test_what_is_typed_is_text_and_never_markup() -> None:
    html = message(1, "Feuer <b>im</b> Keller & Hof\n\n<script>alert(1)</script>").html
    assert "<p>Feuer &lt;b&gt;im&lt;/b&gt; Keller &amp; Hof</p><p>&lt;script&gt;" in html


def test_a_screen_tells_how_grave_it_is_and_that_it_is_a_drill() -> None:
    assert message(1, severity=Severity.CRITICAL).html.startswith("<h1>Notfall</h1>")
    assert message(1, severity=Severity.INFO, is_drill=True).html.startswith("<h1>Übung: Durchsage</h1>")


def test_a_screen_that_says_so_shows_the_message() -> None:
    assert status() is ScreenStatus.SHOWN
    assert status(tv_state=None, screen_on=None) is ScreenStatus.SHOWN


@pytest.mark.parametrize("shown", [None, 3, message(8).event_id])
def test_a_screen_that_shows_something_else_is_preparing(shown: int | None) -> None:
    assert status(current_event_id=shown) is ScreenStatus.PREPARING


@pytest.mark.parametrize("process", ["crashed", "stopped"])
def test_a_player_that_does_not_run_shows_nothing_whatever_it_last_said(process: str) -> None:
    assert status(process_status=process) is ScreenStatus.PREPARING


def test_a_tv_that_is_off_shows_nothing_to_anybody() -> None:
    assert status(tv_state="off") is ScreenStatus.TV_OFF
    assert status(screen_on=False) is ScreenStatus.TV_OFF
    assert status(tv_state="off", current_event_id=None) is ScreenStatus.PREPARING


def test_a_screen_that_was_heard_every_five_seconds_is_not_believed_after_thirty_silent_ones() -> None:
    assert status(now=NOW + 28 * SECOND) is ScreenStatus.SHOWN
    assert status(now=NOW + 30 * SECOND) is ScreenStatus.OFFLINE


def test_a_screen_that_sends_only_heartbeats_is_believed_for_the_grace_period() -> None:
    assert status(last_health=None, now=NOW + timedelta(seconds=160)) is ScreenStatus.SHOWN
    assert status(last_health=NOW - timedelta(hours=3), now=NOW + timedelta(seconds=160)) is ScreenStatus.SHOWN
    assert status(last_health=None, now=NOW + timedelta(seconds=170)) is ScreenStatus.OFFLINE


def test_a_screen_that_never_reported_is_offline() -> None:
    assert status(last_alive=None, last_health=None) is ScreenStatus.OFFLINE


def test_a_screen_whose_group_shows_another_message_is_told_apart() -> None:
    assert status(is_overruled=True) is ScreenStatus.OVERRULED
