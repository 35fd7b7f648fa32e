"""Which screens crash recovery takes, and in which order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.crash_recovery import Candidate, Screen, candidates, chosen

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("silent_for", "process_status", "reason"),
    [
        (5, "running", None),
        (179, "running", None),
        (180, "running", "heartbeat_stale"),
        (5, "crashed", "process_crashed"),
        (500, "crashed", "process_crashed"),
        (5, "stopped", None),
        (5, None, None),
    ],
)
def test_a_crashed_or_silent_screen_is_a_candidate(
    silent_for: int, process_status: str | None, reason: str | None
) -> None:
    found = candidates([Screen("a", NOW - timedelta(seconds=silent_for), process_status)], NOW, 180)
    assert [candidate.reason for candidate in found] == ([reason] if reason else [])


def silent(count: int) -> list[Candidate]:
    return [Candidate(f"s{number:03}", "heartbeat_stale", NOW - timedelta(hours=number)) for number in range(count)]


@pytest.mark.parametrize(
    ("fleet", "under_recovery", "taken"), [(3, 0, 1), (3, 1, 0), (19, 0, 1), (100, 0, 10), (100, 7, 3), (100, 12, 0)]
)
def test_a_tenth_of_the_fleet_and_at_least_one_is_recovered_at_once(
    fleet: int, under_recovery: int, taken: int
) -> None:
    assert len(chosen(silent(50), under_recovery, fleet)) == taken


def test_those_that_still_report_come_first_and_then_those_heard_of_last() -> None:
    crashed = Candidate("c", "process_crashed", NOW - timedelta(days=9))
    assert [each.uuid for each in chosen([*reversed(silent(3)), crashed], 0, 30)] == ["c", "s000", "s001"]


@given(st.integers(0, 200), st.integers(0, 60), st.integers(0, 400))
def test_the_cap_holds_whatever_the_numbers_are(found: int, under_recovery: int, fleet: int) -> None:
    taken = len(chosen(silent(found), under_recovery, fleet))
    assert taken == 0 or under_recovery + taken <= max(1, fleet // 10)
