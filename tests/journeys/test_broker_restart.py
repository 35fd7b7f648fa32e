"""Mosquitto is killed under two hundred devices: they come back, and so does everything that was retained."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from brokers import PRIVATE, SERVICE, mosquitto_of
from service_systems import running_on
from systems import Device, System
from waiting import eventually

pytestmark = pytest.mark.service

DEVICES, GROUPS = 200, 10
BACK_WITHIN, RETAINED_WITHIN = 30, 60
# Pictures of two hundred screens would measure this machine's drawing, not the broker.
PACE = ["--health-seconds", "5", "--heartbeat-seconds", "20", "--screenshot-seconds", "3600"]
Account = dict[str, Any]


def kill_mosquitto(system: System) -> None:
    """Kill it, with nothing kept on disk: all that was retained is lost."""
    killed = mosquitto_of(system.data_dir)
    assert killed
    for kept in system.data_dir.glob("*/mosquitto.db"):
        kept.unlink()
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: mosquitto_of(system.data_dir) not in (None, killed))


def make_account(system: System, number: int) -> Account:
    uuid = f"{number:08x}-ff34-4864-a726-12de072d0f77"
    account: Account = system.http.post(f"/api/clients/{uuid}/broker-account").raise_for_status().json()
    return account | {"uuid": uuid}


def make_group(system: System, number: int, uuids: list[str]) -> int:
    """A room with its screens and something that is on now."""
    group_id = system.make_group(f"Room {number}")
    system.http.put("/api/clients/group", json={"clientIds": uuids, "groupId": group_id}).raise_for_status()
    now = datetime.now(UTC)
    event = {
        "subject": f"On in room {number}",
        "groupId": group_id,
        "startTime": (now - timedelta(hours=1)).isoformat(),
        "endTime": (now + timedelta(hours=8)).isoformat(),
        "type": "website",
        "websiteUrl": "https://www.example.org/",
    }
    answer = system.http.post("/api/events", json=event)
    assert answer.status_code == 201, answer.text
    return group_id


def topics_of(uuid: str, group_id: int) -> list[str]:
    """Everything retained that a screen may read."""
    own = [f"infoscreen/{uuid}/group_id", f"infoscreen/{uuid}/power/intent"]
    group = f"infoscreen/groups/{group_id}"
    return [*own, f"infoscreen/events/{group_id}", f"{group}/plan", f"{group}/power/intent"]


def what_it_says(message: Any) -> Any:
    """A message without the times that each poll refreshes in an intent."""
    if isinstance(message, dict) and "intent_id" in message:
        return {name: value for name, value in message.items() if name not in ("issued_at", "expires_at")}
    return message


@dataclass
class School:
    """Virtual screens at work, and in each group one more account for looking at what is retained."""

    system: System
    groups: dict[int, Account]

    def retained(self) -> dict[str, Any]:
        """What each group's observer finds retained on the topics of its own and of its group; None: nothing."""
        found: dict[str, Any] = {}
        for group_id, account in self.groups.items():
            topics = topics_of(account["uuid"], group_id)
            with Device(account) as device:
                device.client.subscribe([(topic, 1) for topic in topics])
                with suppress(AssertionError):
                    eventually(partial(device.received.keys().__ge__, set(topics)), timeout=2)
                found |= {topic: what_it_says(device.last(topic)) for topic in topics}
        return found

    def alive_since(self, instant: datetime) -> int:
        """How many screens have been heard of since then."""
        clients = self.system.http.get("/api/clients/status").raise_for_status().json()["clients"]
        heard = (client["lastAlive"] for client in clients)
        return sum(datetime.fromisoformat(each).replace(tzinfo=UTC) > instant for each in heard if each)


@pytest.fixture(scope="module", params=[PRIVATE, SERVICE])
def system(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Each way to run a broker: by `infoscreen up`, and as a service beside processes that run by themselves."""
    tvs = {"POWER_INTENT_PUBLISH_ENABLED": "true"}
    with running_on(request.param, tmp_path_factory.mktemp("system"), tvs) as running:
        yield running


@pytest.fixture(scope="module")
def school(system: System, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    accounts = [make_account(system, number) for number in range(DEVICES + GROUPS)]
    screens, observers = accounts[:DEVICES], accounts[DEVICES:]
    groups = {}
    for number, observer in enumerate(observers):
        uuids = [each["uuid"] for each in [observer, *screens[number::GROUPS]]]
        groups[make_group(system, number, uuids)] = observer
        switched = {"desiredState": "off", "minutes": 60}
        system.http.put(f"/api/clients/{observer['uuid']}/power", json=switched).raise_for_status()
    file = tmp_path_factory.mktemp("devices") / "devices.json"
    devices = [
        {"uuid": each["uuid"], "username": each["username"], "password": each["password"], "hostname": each["username"]}
        for each in screens
    ]
    file.write_text(json.dumps({"port": system.mqtt_port, "devices": devices}))
    file.chmod(0o600)
    program = Path(sys.executable).with_name("infoscreen-device")
    with file.with_suffix(".log").open("wb") as log:
        child = subprocess.Popen([program, "simulate", "--devices", file, *PACE], stdout=log, stderr=log)
        try:
            made = School(system, groups)
            eventually(lambda: made.alive_since(datetime.min.replace(tzinfo=UTC)) == DEVICES, timeout=90)
            yield made
        finally:
            child.terminate()
            child.wait(20)


def all_that_is_retained(school: School) -> dict[str, Any]:
    """As soon as the server has published all of it."""
    return eventually(lambda: found if all((found := school.retained()).values()) else {}, timeout=60)


def test_after_a_kill_every_device_and_everything_retained_is_back(school: School) -> None:
    expected = all_that_is_retained(school)
    kill_mosquitto(school.system)
    killed_at = datetime.now(UTC)
    eventually(lambda: school.alive_since(killed_at) == DEVICES, timeout=BACK_WITHIN)
    within = RETAINED_WITHIN - (datetime.now(UTC) - killed_at).total_seconds()
    eventually(lambda: school.retained() == expected, timeout=within)
    assert school.system.http.get("/api/alerts").json()["open"] == {"warning": 0, "critical": 0}


def intents_of(retained: dict[str, Any]) -> dict[str, Any]:
    return {topic: intent for topic, intent in retained.items() if topic.endswith("/power/intent")}


def test_after_the_scheduler_is_killed_tvs_are_told_the_same_by_the_same_names(school: School) -> None:
    expected = intents_of(all_that_is_retained(school))
    group_id, observer = next(iter(school.groups.items()))
    topic = f"infoscreen/groups/{group_id}/power/intent"
    with Device(observer) as device:
        device.client.subscribe(topic, 1)
        before = eventually(lambda: device.last(topic))["issued_at"]
        os.kill(school.system.children()["scheduler"], signal.SIGKILL)

        def is_said_again() -> bool:
            school.system.start_again()
            return bool(device.last(topic)["issued_at"] > before)

        eventually(is_said_again, timeout=60)
    assert intents_of(school.retained()) == expected


def test_the_brokers_figures_are_told_to_prometheus(school: School) -> None:
    def connected() -> float:
        lines = school.system.http.get("/metrics").text.splitlines()
        figures = [line for line in lines if line.startswith("infoscreen_broker_clients_connected ")]
        return float(figures[0].split()[1]) if figures else 0.0

    eventually(lambda: connected() >= DEVICES, timeout=30)
