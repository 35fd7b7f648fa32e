"""An emergency message from the API to real devices: shown, called, over a restart of everything, and gone again."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from device.simulators import QUICK, Simulator
from systems import Device, System
from waiting import eventually

pytestmark = [pytest.mark.service, pytest.mark.timeout(600)]

GROUPS = 3
# Longer than a screen may be silent, on a machine that has other work to do.
PATIENCE = 90
MESSAGE = {"message": "Bitte alle in den Hof", "severity": "critical", "minutes": 60, "all": True}


@dataclass
class School:
    """Groups with something on, in each a virtual screen, and one more account that looks at what the broker holds."""

    system: System
    observers: dict[int, Device]
    planned: dict[int, int]
    screens: Simulator
    screen_ids: list[str]
    traveller: Simulator
    traveller_id: str

    def shown(self) -> dict[int, list[int]]:
        """The ids in each group's list."""
        return {group: ids_in(device.last(f"infoscreen/events/{group}")) for group, device in self.observers.items()}

    def told(self) -> set[tuple[str, tuple[int, ...]]]:
        """What the TVs of the groups are told: state, and the events that it is for."""
        intents = [device.last(f"infoscreen/groups/{group}/power/intent") for group, device in self.observers.items()]
        return {(each["desired_state"], tuple(each["active_event_ids"])) for each in intents if each}

    def called(self, broadcast_id: int) -> dict[str, str]:
        """The roll-call: screen → status."""
        found = self.system.http.get(f"/api/broadcasts/{broadcast_id}").raise_for_status().json()
        return {each["uuid"]: each["status"] for each in found["screens"]}

    def call(self, broadcast_id: int, *uuids: str) -> set[str]:
        called = self.called(broadcast_id)
        return {called[each] for each in uuids}


def ids_in(events: Any) -> list[int]:
    return [each["id"] for each in events or []]


def account(system: System, group_id: int) -> tuple[str, tuple[str, str]]:
    """A screen of a group: its uuid, and what it logs in with."""
    name = str(uuid.uuid4())
    made = system.http.post(f"/api/clients/{name}/broker-account").raise_for_status().json()
    system.http.put("/api/clients/group", json={"clientIds": [name], "groupId": group_id}).raise_for_status()
    return name, (made["username"], made["password"])


def plan(system: System, group_id: int) -> int:
    now = datetime.now(UTC)
    event = {
        "subject": "Speiseplan",
        "groupId": group_id,
        "startTime": (now - timedelta(hours=1)).isoformat(),
        "endTime": (now + timedelta(hours=8)).isoformat(),
        "type": "message",
        "messageContent": "Suppe",
    }
    return int(system.http.post("/api/events", json=event).raise_for_status().json()["id"])


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    system = System(tmp_path / "data", environment={"POWER_INTENT_PUBLISH_ENABLED": "true"})
    with ExitStack() as stack:
        system.start()
        stack.callback(system.stop)
        system.log_in()
        groups = [system.make_group(f"Raum {number}") for number in range(GROUPS)]
        screens = dict(account(system, group_id) for group_id in groups)
        traveller_id, traveller = account(system, groups[0])
        observers = {}
        for group_id in groups:
            observers[group_id] = stack.enter_context(system.device(str(uuid.uuid4()), group_id))
            observers[group_id].client.subscribe(f"infoscreen/groups/{group_id}/power/intent", 1)
        planned = {group_id: plan(system, group_id) for group_id in groups}
        for name in ("fleet", "traveller"):
            (tmp_path / name).mkdir()
        fleet = stack.enter_context(Simulator(tmp_path / "fleet", system.mqtt_port, screens, *QUICK))
        alone = Simulator(tmp_path / "traveller", system.mqtt_port, {traveller_id: traveller}, *QUICK)
        stack.enter_context(alone)
        yield School(system, observers, planned, fleet, list(screens), alone, traveller_id)


def test_a_message_is_shown_called_and_over_again_also_with_a_restart_of_the_server_in_the_middle(
    school: School,
) -> None:
    http = school.system.http
    the_plan = {group_id: [event_id] for group_id, event_id in school.planned.items()}
    eventually(lambda: school.shown() == the_plan, timeout=60)

    broadcast = http.post("/api/broadcasts", json=MESSAGE).raise_for_status().json()
    number, event_id = broadcast["id"], broadcast["eventId"]
    only_the_message = {group_id: [event_id] for group_id in school.planned}
    eventually(lambda: school.shown() == only_the_message, timeout=30)
    eventually(lambda: school.told() == {("on", (event_id,))}, timeout=30)

    everyone = [*school.screen_ids, school.traveller_id]
    eventually(lambda: school.call(number, *everyone) == {"shown"}, timeout=PATIENCE)
    school.traveller.end()
    eventually(lambda: school.call(number, school.traveller_id) == {"offline"}, timeout=PATIENCE)
    assert school.call(number, *school.screen_ids) == {"shown"}
    school.traveller.start()
    eventually(lambda: school.call(number, *everyone) == {"shown"}, timeout=PATIENCE)

    school.system.stop()
    school.system.start()
    for group_id, device in school.observers.items():
        device.received.clear()
        for topic in (f"infoscreen/events/{group_id}", f"infoscreen/groups/{group_id}/power/intent"):
            device.client.subscribe(topic, 1)
    eventually(lambda: school.shown() == only_the_message, timeout=60)
    assert school.told() <= {("on", (event_id,))}
    eventually(lambda: school.call(number, *everyone) == {"shown"}, timeout=PATIENCE)

    http.post(f"/api/broadcasts/{number}/end").raise_for_status()
    eventually(lambda: school.shown() == the_plan, timeout=30)
    eventually(lambda: school.told() == {("on", (event,)) for event in school.planned.values()}, timeout=30)
    afterwards = http.get(f"/api/broadcasts/{number}").json()
    assert (afterwards["counts"]["shown"], afterwards["counts"]["everShown"]) == (len(everyone), len(everyone))
