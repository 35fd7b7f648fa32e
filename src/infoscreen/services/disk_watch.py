"""Tells people when the server's disk is about to be full."""

from infoscreen.domain.alerts import AlertKind
from infoscreen.domain.disk import Room, lack_of_room
from infoscreen.services.alerts import close_alert, raise_alert
from infoscreen.services.alerts import open_alert as known_alert
from infoscreen.services.work import OpenWork

DATA = "data"


def look_at_disk(open_reading: OpenWork, open_work: OpenWork) -> None:
    """Open, change or close the alert about the data directory's disk; writes only where something is new."""
    with open_reading() as work:
        known, room = known_alert(work, AlertKind.DISK_LOW, DATA), work.ports.media.room()
    lack = lack_of_room(room, was_low=known is not None)
    if (known.severity if known else None) == lack:
        return
    with open_work() as work:
        if lack is None:
            close_alert(work, AlertKind.DISK_LOW, DATA)
        else:
            raise_alert(work, AlertKind.DISK_LOW, DATA, lack, **_told(room))


def _told(room: Room) -> dict[str, int]:
    return {"freeBytes": room.free, "totalBytes": room.total}
