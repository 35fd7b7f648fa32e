"""When a disk is about to be full."""

import pytest

from infoscreen.domain.alerts import Severity
from infoscreen.domain.disk import GIB, Room, lack_of_room


@pytest.mark.parametrize(
    ("free", "total", "lack"),
    [
        (20, 100, None),
        (10, 100, None),
        (9, 100, Severity.WARNING),
        (50, 2_000, None),
        (9, 2_000, Severity.WARNING),
        (0, 100, Severity.CRITICAL),
        (1, 8, None),
    ],
)
def test_low_is_less_than_a_tenth_and_of_a_large_disk_less_than_ten_gigabytes(
    free: int, total: int, lack: Severity | None
) -> None:
    assert lack_of_room(Room(free * GIB, total * GIB), was_low=False) == lack


def test_it_is_over_only_when_there_is_some_more() -> None:
    barely = Room(10 * GIB + GIB // 2, 100 * GIB)
    assert lack_of_room(barely, was_low=False) is None
    assert lack_of_room(barely, was_low=True) is Severity.WARNING
    assert lack_of_room(Room(11 * GIB, 100 * GIB), was_low=True) is None
