"""The demo school: most devices show what their groups have planned, some are in trouble; a second start keeps it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from infoscreen.processes.demo.rooms import ROOMS, SCREENS
from infoscreen.processes.demo.troubles import BLACK, CRASHED, FROZEN, GIVEN_UP, SWITCHED_OFF, TROUBLED
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


def planned(demo: System) -> list[dict[str, Any]]:
    """Every event, but for what changes by itself when one is over."""
    changing = {"isActive", "updatedAt", "version"}
    events: list[dict[str, Any]] = demo.http.get("/api/events").raise_for_status().json()["events"]
    return [{name: value for name, value in event.items() if name not in changing} for event in events]


def well(demo: System) -> list[dict[str, Any]]:
    """Those that nothing is to happen to."""
    troubled = {screen.uuid for screen in TROUBLED}
    return [client for client in statuses(demo) if client["uuid"] not in troubled]


def all_that_are_well_show_the_plan(demo: System) -> bool:
    on = planned_now(demo)
    found = well(demo)
    return len(found) == len(SCREENS) - len(TROUBLED) and all(
        client["isAlive"] and client["screenshotUrl"] and client["currentEventId"] in on.get(client["groupId"], ())
        for client in found
    )


def test_a_device_that_is_well_is_online_and_shows_what_its_group_has_planned(demo: System) -> None:
    eventually(lambda: all_that_are_well_show_the_plan(demo), timeout=90)
    assert {client["status"] for client in well(demo)} == {"healthy"}
    for client in well(demo):
        picture = Image.open(BytesIO(demo.http.get(client["screenshotUrl"]).raise_for_status().content))
        assert picture.format == "JPEG"
        assert picture.convert("L").getextrema() != (0, 0)


def test_each_screen_in_trouble_is_seen_to_be(demo: System) -> None:
    def told() -> dict[str, tuple[str, list[str]]]:
        return {client["uuid"]: (client["status"], client["warnings"]) for client in statuses(demo)}

    def failed() -> list[str]:
        return [client["uuid"] for client in demo.http.get("/api/clients/service_failed").json()["clients"]]

    wanted = {
        SWITCHED_OFF.uuid: ("offline", []),
        CRASHED.uuid: ("critical", ["process_crashed"]),
        BLACK.uuid: ("critical", ["screen_black"]),
        FROZEN.uuid: ("warning", ["screen_frozen"]),
    }
    eventually(lambda: told().items() >= wanted.items(), timeout=90)
    eventually(lambda: failed() == [GIVEN_UP.uuid], timeout=90)


def test_a_stuck_screen_is_well_again_after_a_restart_of_its_app(demo: System) -> None:
    answer = demo.http.post(f"/api/clients/{BLACK.uuid}/restart_app")
    assert answer.status_code == 202, answer.text

    def screen() -> str:
        (found,) = [client["screenHealth"] for client in statuses(demo) if client["uuid"] == BLACK.uuid]
        return str(found)

    eventually(lambda: screen() == "OK", timeout=90)


def test_a_screen_that_is_restarted_is_away_long_enough_to_be_missed_and_comes_back(demo: System) -> None:
    uuid = well(demo)[0]["uuid"]
    answer = demo.http.post(f"/api/clients/{uuid}/restart")
    assert answer.status_code == 202, answer.text
    address = f"/api/clients/commands/{answer.json()['command']['commandId']}"
    eventually(lambda: demo.http.get(address).json()["status"] == "completed", timeout=90)
    command = demo.http.get(address).json()
    started, back = (datetime.fromisoformat(command[stamp]) for stamp in ("executionStartedAt", "recoveredAt"))
    assert timedelta(seconds=15) < back - started < timedelta(seconds=60)


def test_every_room_has_something_on_at_the_same_time(demo: System) -> None:
    assert len(planned_now(demo)) == len(ROOMS)


def test_the_real_holidays_are_there(demo: System) -> None:
    holidays = demo.http.get("/api/holidays").raise_for_status().json()["holidays"]
    assert {holiday["name"] for holiday in holidays} >= {"Weihnachtsferien", "Semesterferien", "Osterferien"}


def test_a_second_start_keeps_what_was_there(demo: System) -> None:
    before = planned(demo)
    assert demo.stop() == 0
    demo.start()
    demo.log_in()
    assert planned(demo) == before
    eventually(lambda: all_that_are_well_show_the_plan(demo), timeout=90)
