"""The demo school: every virtual device shows what its group's plan says, and a second start keeps everything."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from systems import System
from waiting import eventually

pytestmark = pytest.mark.service


def statuses(demo: System) -> list[dict[str, Any]]:
    clients: list[dict[str, Any]] = demo.http.get("/api/clients/status").raise_for_status().json()["clients"]
    return clients


def planned_now(demo: System) -> dict[int, set[int]]:
    """What is on in each group at this moment: group id → event ids."""
    now = datetime.now(UTC)
    window = {"start": now.isoformat(), "end": (now + timedelta(seconds=1)).isoformat()}
    on: dict[int, set[int]] = {}
    answer = demo.http.get("/api/events/occurrences", params=window).raise_for_status()
    for occurrence in answer.json()["occurrences"]:
        on.setdefault(occurrence["groupId"], set()).add(occurrence["eventId"])
    return on


def everyone_shows_the_plan(demo: System) -> bool:
    on = planned_now(demo)
    found = statuses(demo)
    return len(found) == 12 and all(
        client["isAlive"] and client["screenshotUrl"] and client["currentEventId"] in on.get(client["groupId"], ())
        for client in found
    )


def test_every_device_is_online_and_shows_what_its_group_has_planned(demo: System) -> None:
    eventually(lambda: everyone_shows_the_plan(demo), timeout=90)
    assert {client["status"] for client in statuses(demo)} == {"healthy"}
    for client in statuses(demo):
        picture = Image.open(BytesIO(demo.http.get(client["screenshotUrl"]).raise_for_status().content))
        assert picture.format == "JPEG"
        assert picture.convert("L").getextrema() != (0, 0)


def test_a_screen_that_is_restarted_is_away_long_enough_to_be_missed_and_comes_back(demo: System) -> None:
    uuid = statuses(demo)[0]["uuid"]
    answer = demo.http.post(f"/api/clients/{uuid}/restart")
    assert answer.status_code == 202, answer.text
    address = f"/api/clients/commands/{answer.json()['command']['commandId']}"
    eventually(lambda: demo.http.get(address).json()["status"] == "completed", timeout=90)
    command = demo.http.get(address).json()
    started, back = (datetime.fromisoformat(command[stamp]) for stamp in ("executionStartedAt", "recoveredAt"))
    assert timedelta(seconds=15) < back - started < timedelta(seconds=60)


def test_five_groups_have_something_on_at_the_same_time(demo: System) -> None:
    assert len(planned_now(demo)) == 5


def test_the_real_holidays_are_there(demo: System) -> None:
    holidays = demo.http.get("/api/holidays").raise_for_status().json()["holidays"]
    assert {holiday["name"] for holiday in holidays} >= {"Weihnachtsferien", "Semesterferien", "Osterferien"}


def test_a_second_start_keeps_what_was_there(demo: System) -> None:
    before = demo.http.get("/api/events").json()["events"]
    assert demo.stop() == 0
    demo.start()
    demo.log_in()
    assert demo.http.get("/api/events").json()["events"] == before
    eventually(lambda: everyone_shows_the_plan(demo), timeout=90)
