"""Hourly sums: looks may be repeated or missed, and neither tells a lie."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.history import Hour, Sight, Sums, hour_number, looked_at, start_of, sums

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def at(minute: int) -> datetime:
    return NINE + timedelta(minutes=minute)


@given(st.lists(st.tuples(st.integers(0, 59), st.booleans(), st.integers(0, 50)), max_size=40))
def test_to_look_twice_changes_nothing(looks: list[tuple[int, bool, int]]) -> None:
    once = twice = None
    counted = 1_000
    for minute, alive, more in looks:
        counted += more
        sight = Sight(counted, alive)
        once = looked_at(once, None, sight, at(minute))
        twice = looked_at(looked_at(twice, None, sight, at(minute)), None, sight, at(minute))
    assert once == twice


@given(st.lists(st.integers(0, 500), min_size=1, max_size=30))
def test_no_message_is_counted_twice_or_lost_from_hour_to_hour(received: list[int]) -> None:
    counted, previous, total = 77, None, 0
    for more in received:
        counted += more
        previous = looked_at(None, previous, Sight(counted, is_alive=True), NINE)
        total += previous.messages
    assert total == sum(received[1:]), "of the first hour nobody knows when its messages came"


def test_after_an_hour_without_a_look_its_messages_are_not_put_into_the_next() -> None:
    assert looked_at(None, None, Sight(50_000, is_alive=True), NINE).messages == 0


def test_a_count_that_began_anew_is_no_negative_number_of_messages() -> None:
    before = Hour(messages=5, counted=900)
    assert looked_at(before, None, Sight(3, is_alive=True), NINE).messages == 5


def test_availability_is_the_share_of_the_minutes_somebody_looked() -> None:
    hour: Hour | None = None
    for minute in range(30):
        hour = looked_at(hour, None, Sight(0, is_alive=minute < 15), at(minute))
    assert hour is not None
    assert sums([hour]).availability == 0.5
    assert sums([hour, Hour(watched=0b1111, alive=0b1111)]) == Sums(watched=34, alive=19)


def test_a_minute_in_which_the_client_was_there_at_all_counts() -> None:
    hour = looked_at(None, None, Sight(0, is_alive=True), at(7))
    assert sums([looked_at(hour, None, Sight(0, is_alive=False), at(7))]).availability == 1


def test_an_hour_that_nobody_watched_is_not_an_outage() -> None:
    assert sums([]).availability is None


def test_hours_are_counted_in_utc() -> None:
    assert start_of(hour_number(at(59))) == NINE
    assert hour_number(NINE) == hour_number(NINE - timedelta(seconds=1)) + 1
