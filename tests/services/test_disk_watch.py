"""The alert about the server's disk: opened, graver, and over by itself; nothing is written while nothing changes."""

from dataclasses import replace
from typing import Any

import pytest

from infoscreen.bootstrap import App
from infoscreen.domain.disk import Room
from infoscreen.services import alerts
from infoscreen.services.disk_watch import look_at_disk

GIB = 1024**3
TOTAL = 100 * GIB


class Disk:
    """The place of the media: a disk as full as a test wants."""

    def __init__(self) -> None:
        self.free = TOTAL

    def room(self) -> Room:
        return Room(self.free, TOTAL)


@pytest.fixture
def disk(app: App) -> Disk:
    made: Any = Disk()
    app.ports = replace(app.ports, media=made)
    return made  # type: ignore[no-any-return]


def after_a_look(app: App, disk: Disk, free: int) -> list[tuple[str, str, int]]:
    disk.free = free
    look_at_disk(app.reading, app.work)
    with app.reading() as work:
        return [(each.kind, each.severity, each.details["freeBytes"]) for each in alerts.open_alerts(work)]


def test_a_disk_that_fills_up_is_one_alert_that_becomes_graver_and_ends_when_there_is_room_again(
    app: App, disk: Disk
) -> None:
    assert after_a_look(app, disk, TOTAL) == []
    assert after_a_look(app, disk, 2 * GIB) == [("disk_low", "warning", 2 * GIB)]
    assert after_a_look(app, disk, 1024) == [("disk_low", "critical", 1024)]
    assert after_a_look(app, disk, TOTAL) == []


def test_while_nothing_changes_nothing_is_written(app: App, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    after_a_look(app, disk, 2 * GIB)
    monkeypatch.setattr(app, "work", None)
    assert after_a_look(app, disk, 2 * GIB - 1) == [("disk_low", "warning", 2 * GIB)]
