"""The timeline answers what is on, and when that next changes, as expanding everything would."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.recurrence import Schedule, spans
from infoscreen.domain.timeline import Timeline

VIENNA = ZoneInfo("Europe/Vienna")
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def hours(start: float, end: float, rule: str | None = None) -> Schedule:
    """From so many hours after NOW to so many."""
    return Schedule(NOW + timedelta(hours=start), NOW + timedelta(hours=end), rule)


def on(timeline: Timeline, group_id: int = 1) -> list[int]:
    return [occurrence.id for occurrence in timeline.active().get(group_id, [])]


def test_an_event_is_on_from_its_start_until_its_end() -> None:
    timeline = Timeline(VIENNA, NOW, WEEK)
    timeline.put(1, 1, hours(1, 2))
    assert on(timeline) == []
    assert timeline.next_change() == NOW + timedelta(hours=1)
    timeline.advance(NOW + timedelta(hours=1))
    assert on(timeline) == [1]
    timeline.advance(NOW + timedelta(hours=2))
    assert on(timeline) == []
    assert timeline.next_change() is None


def test_what_is_on_is_ordered_by_start_then_id() -> None:
    timeline = Timeline(VIENNA, NOW, WEEK)
    for event_id, start in ((3, -1), (2, -1), (1, -2)):
        timeline.put(event_id, 1, hours(start, 1))
    assert on(timeline) == [1, 2, 3]


def test_a_replaced_event_leaves_its_old_group() -> None:
    timeline = Timeline(VIENNA, NOW, WEEK)
    timeline.put(1, 1, hours(-1, 1))
    timeline.put(1, 2, hours(-1, 1))
    assert (on(timeline, 1), on(timeline, 2)) == ([], [1])


def test_a_dropped_event_is_off() -> None:
    timeline = Timeline(VIENNA, NOW, WEEK)
    timeline.put(1, 1, hours(-1, 1))
    timeline.drop(1)
    timeline.advance(NOW + timedelta(minutes=1))
    assert timeline.active() == {}


def test_an_event_that_is_replaced_again_and_again_leaves_no_old_edges_behind() -> None:
    timeline = Timeline(VIENNA, NOW, WEEK)
    for number in range(50):
        timeline.put(1, 1, hours(number + 1, 60))
    assert timeline.next_change() == NOW + timedelta(hours=50)
    timeline.advance(NOW + timedelta(hours=49))
    assert on(timeline) == []
    timeline.advance(NOW + timedelta(hours=50))
    assert on(timeline) == [1]


def test_what_is_due_in_a_group_is_known_for_the_whole_window() -> None:
    timeline = Timeline(VIENNA, NOW, WEEK)
    timeline.put(1, 1, hours(1, 2, "FREQ=DAILY"))
    timeline.put(2, 2, hours(1, 2))
    timeline.put(3, 1, hours(1, 1.5))
    found = timeline.occurrences(1, NOW, NOW + timedelta(days=2))
    assert [(each.id, each.start - NOW) for each in found] == [
        (1, timedelta(hours=1)),
        (3, timedelta(hours=1)),
        (1, timedelta(hours=25)),
    ]


@given(st.integers(1, 2000), st.lists(st.integers(1, 30), min_size=1, max_size=12))
def test_the_window_is_always_known_however_time_passes(event_id: int, steps: list[int]) -> None:
    timeline = Timeline(VIENNA, NOW, WEEK)
    daily = hours(1, 2, "FREQ=DAILY")
    timeline.put(event_id, 1, daily)
    now = NOW
    for step in steps:
        now += timedelta(hours=step)
        timeline.advance(now)
        expected = [span.start for span in spans(daily, now, now + WEEK, VIENNA)]
        assert [each.start for each in timeline.occurrences(1, now, now + WEEK)] == expected


def test_an_event_is_idle_when_nothing_of_it_is_ahead_until_that_is_noted() -> None:
    timeline = Timeline(VIENNA, NOW, WEEK)
    far, over, soon = hours(24 * 60, 24 * 60 + 1), hours(-2, -1), hours(1, 2)
    for event_id, schedule in enumerate((far, over, soon), 1):
        timeline.put(event_id, 1, schedule)
    assert timeline.idle() == {1: far, 2: over}
    timeline.rest([1])
    timeline.advance(NOW + timedelta(hours=3))
    assert timeline.idle() == {2: over, 3: soon}
    timeline.drop(2)
    assert timeline.idle() == {3: soon}


def test_an_event_far_ahead_comes_into_view_in_time() -> None:
    timeline = Timeline(VIENNA, NOW, WEEK)
    timeline.put(1, 1, hours(24 * 20, 24 * 20 + 1))
    for _ in range(20):
        timeline.advance(timeline.now + timedelta(days=1))
    assert on(timeline) == [1]


schedules = st.builds(
    lambda start, length, rule: hours(start, start + length, rule),
    st.integers(-200, 100),
    st.integers(1, 30),
    st.sampled_from([None, "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=2;COUNT=5"]),
)


@given(
    events=st.lists(st.tuples(st.integers(1, 3), schedules), max_size=6),
    steps=st.lists(st.integers(1, 40), min_size=1, max_size=6),
)
def test_moving_on_step_by_step_shows_what_expanding_everything_shows(
    events: list[tuple[int, Schedule]], steps: list[int]
) -> None:
    timeline = Timeline(VIENNA, NOW, WEEK * 2)
    for event_id, (group_id, schedule) in enumerate(events, 1):
        timeline.put(event_id, group_id, schedule)
    now = NOW
    for step in steps:
        now += timedelta(hours=step)
        timeline.advance(now)
        expected = {
            (group_id, event_id, span.start)
            for event_id, (group_id, schedule) in enumerate(events, 1)
            for span in spans(schedule, now, now + timedelta(microseconds=1), VIENNA)
        }
        shown = {(group_id, each.id, each.start) for group_id, found in timeline.active().items() for each in found}
        assert shown == expected
