"""Since when a device works again is counted by the server's clock, wherever that has been meanwhile."""

from datetime import timedelta

from applications import MONDAY
from infoscreen.domain.service_failures import Failure, Sign, is_over, works_since

WORKING = Sign(MONDAY, "running")


def test_what_was_noted_by_a_clock_that_was_ahead_counts_from_now_on() -> None:
    ahead = MONDAY + timedelta(days=300)
    noted = Failure(failed_at=MONDAY, seen_at=ahead, works_since=ahead + timedelta(minutes=1))
    since = works_since(noted, WORKING, MONDAY, 180)
    assert since == MONDAY
    assert not is_over(since, MONDAY)
    assert is_over(since, MONDAY + timedelta(minutes=5))
