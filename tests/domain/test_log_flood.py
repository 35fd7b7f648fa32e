"""A flood of log lines is cut to a sample and a count."""

from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.log_flood import LogMinute

LEVELS = st.sampled_from(["error", "warn", "info"])


def test_a_hundred_lines_a_minute_are_kept() -> None:
    minute = LogMinute()
    assert [minute.takes("info") for _ in range(100)] == [True] * 100
    assert minute.left_out == 0


def test_of_a_flood_a_hundred_lines_and_one_in_a_hundred_are_kept() -> None:
    minute = LogMinute()
    assert sum(minute.takes("info") for _ in range(10_100)) == 200
    assert minute.left_out == 9_900


def test_an_error_among_thousands_of_other_lines_is_kept() -> None:
    minute = LogMinute()
    for _ in range(5_000):
        minute.takes("info")
    assert minute.takes("error")


@given(levels=st.lists(LEVELS, max_size=600), cut=st.integers(0, 600))
def test_every_line_is_kept_or_counted_also_when_the_minute_is_read_again_in_between(
    levels: list[str], cut: int
) -> None:
    minute = LogMinute()
    kept = sum(minute.takes(level) for level in levels[:cut])
    again = LogMinute(minute.kept, minute.beyond.copy())
    kept += sum(again.takes(level) for level in levels[cut:])
    assert kept + again.left_out == len(levels)
