"""When the server's disk is about to be full: while uploads, pictures and the database still fit."""

from dataclasses import dataclass

from infoscreen.domain.alerts import Severity

GIB = 1024**3
# Of a small disk a tenth, of a large one as much as the uploads of a week.
LOW_SHARE = 0.10
LOW_AT_MOST = 10 * GIB
CRITICAL = GIB
# An alert is over only when there is this much more, so that one upload does not open and close it.
MARGIN = 1.1


@dataclass(frozen=True, slots=True)
class Room:
    """What is free on a disk and what it has in all, in bytes."""

    free: int
    total: int


def lack_of_room(room: Room, *, was_low: bool) -> Severity | None:
    """How grave the lack of room is, None where there is enough."""
    low = min(LOW_AT_MOST, room.total * LOW_SHARE) * (MARGIN if was_low else 1)
    if room.free >= low:
        return None
    return Severity.CRITICAL if room.free < CRITICAL else Severity.WARNING
