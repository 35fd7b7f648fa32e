"""The darkroom: pictures are developed beside everything else, the latest of each, and none at the others' cost."""

import base64
import threading
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from applications import MONDAY
from infoscreen.processes import darkroom
from infoscreen.processes.darkroom import Darkroom
from infoscreen.services.refusals import Outcome, Reason
from infoscreen.services.report_batches import Undeveloped
from infoscreen.services.report_pictures import Developed, from_base64
from listening import OTHER, UUID, School, picture
from waiting import eventually


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(f"sqlite:///{tmp_path / 'test.db'}", tmp_path)


class Accounts:
    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []

    def __call__(self, outcomes: Sequence[Outcome], _unknown: set[str]) -> None:
        self.outcomes.extend(outcomes)


def sent(data: str, kind: str = "periodic", uuid: str = UUID) -> Undeveloped:
    return Undeveloped(uuid, kind, data, MONDAY, "dashboard")


def kept(school: School, uuid: str = UUID) -> bytes:
    path = school.app.ports.screenshots.latest(uuid)
    return path.read_bytes() if path else b""


def slow_picture() -> str:
    """Forty megapixels in a file of some kilobytes."""
    content = BytesIO()
    Image.new("L", (8_000, 5_000)).save(content, "PNG")
    return base64.b64encode(content.getvalue()).decode()


def test_what_is_put_in_is_kept_at_the_latest_when_it_closes(school: School) -> None:
    accounts = Accounts()
    room = Darkroom(school.app, accounts)
    room.put([sent(picture(color="navy")), sent("broken", uuid=OTHER), sent(picture(color="red"), "event_start")])
    room.open()
    room.close()
    assert kept(school)
    assert school.state().priority_screenshot_type == "event_start"
    assert [(each.kind, each.uuid, each.reason) for each in accounts.outcomes] == [
        ("dashboard", OTHER, Reason.BAD_PICTURE)
    ]


def test_of_each_client_and_kind_only_the_latest_is_developed(school: School) -> None:
    room = Darkroom(school.app, Accounts())
    room.put(sent(picture(color=color)) for color in ("navy", "green", "red"))
    room.open()
    room.close()
    assert len(school.app.ports.screenshots.history(UUID)) == 1
    with Image.open(BytesIO(kept(school))) as image:
        red, _green, blue = image.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
    assert red > 200 > blue


def test_what_waits_is_bounded_and_what_does_not_fit_is_counted(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(darkroom, "WAITING_AT_MOST", len(picture()) * 2)
    accounts = Accounts()
    room = Darkroom(school.app, accounts)
    room.put(sent(picture(), kind) for kind in ("periodic", "event_start", "event_stop", "event_stop"))
    assert [(each.kind, each.reason) for each in accounts.outcomes] == [("dashboard", Reason.TOO_MANY_PICTURES)] * 2


def test_a_client_whose_pictures_take_long_keeps_no_other_waiting(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    developed: Counter[str] = Counter()

    def count(data: str) -> Developed:
        developed["slow" if data == slow else "quick"] += 1
        return from_base64(data)

    slow, ended = slow_picture(), threading.Event()
    monkeypatch.setattr(darkroom, "from_base64", count)
    room = Darkroom(school.app, Accounts())
    room.open()

    def flood() -> None:
        while not ended.wait(0.005):
            room.put([sent(slow)])

    flooding = threading.Thread(target=flood)
    flooding.start()
    try:
        eventually(lambda: developed["slow"])
        for number in range(20):
            before = kept(school, OTHER)
            room.put([sent(picture(color=f"rgb({number * 10}, 80, 200)"), uuid=OTHER)])
            eventually(lambda before=before: kept(school, OTHER) != before, timeout=30)  # type: ignore[misc]
    finally:
        ended.set()
        flooding.join()
        room.close()
    assert developed["quick"] == 20
    assert developed["slow"] < 10
