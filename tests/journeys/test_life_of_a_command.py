"""A screen is restarted over the API, with every process, the broker and virtual devices for real."""

import signal
from collections.abc import Iterator
from typing import Any

import pytest

from device.simulators import Simulator
from systems import System
from waiting import eventually

pytestmark = pytest.mark.service

PACE = ("--boot-seconds", "3", "4", "--display-seconds", "1", "2", "--health-seconds", "1")
USUAL, SAME_BOOT, FAILING, UNHEARING = (f"{number:08x}-ff34-4864-a726-12de072d0f77" for number in range(4))
FAULTS = [
    {"fault": "same_boot_id", "devices": [SAME_BOOT]},
    {"fault": "command_fails", "devices": [FAILING]},
    {"fault": "ignores_commands", "devices": [UNHEARING]},
]
WHOLE_LIFE = [
    "queued",
    "publish_in_progress",
    "ack_received",
    "execution_started",
    "awaiting_reconnect",
    "recovered",
    "completed",
]
Command = dict[str, Any]


@pytest.fixture(scope="module")
def screens(system: System, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    accounts = {
        uuid: system.http.post(f"/api/clients/{uuid}/broker-account").raise_for_status().json()
        for uuid in (USUAL, SAME_BOOT, FAILING, UNHEARING)
    }
    passwords = {uuid: (account["username"], account["password"]) for uuid, account in accounts.items()}
    directory = tmp_path_factory.mktemp("screens")
    with Simulator(directory, system.mqtt_port, passwords, *PACE, faults=FAULTS) as simulator:
        eventually(lambda: all(is_alive(system, uuid) for uuid in accounts), 60)
        yield simulator


def is_alive(system: System, uuid: str) -> bool:
    clients = system.http.get("/api/clients/status").raise_for_status().json()["clients"]
    return any(client["uuid"] == uuid and client["isAlive"] for client in clients)


def order(system: System, uuid: str, action: str) -> Command:
    answer = system.http.post(f"/api/clients/{uuid}/{action}", json={"reason": "Standbild"})
    assert answer.status_code == 202, answer.text
    command: Command = answer.json()["command"]
    return command


def followed(system: System, command: Command) -> Command:
    found: Command = system.http.get(f"/api/clients/commands/{command['commandId']}").raise_for_status().json()
    return found


def ended(system: System, command: Command, within: float) -> Command:
    """The command as soon as it has come to an end."""
    ends = ("completed", "failed", "expired", "timed_out")
    eventually(lambda: followed(system, command)["status"] in ends, within)
    return followed(system, command)


def life(command: Command) -> list[str]:
    return [step["toStatus"] for step in command["transitions"]]


def executed(screens: Simulator, command: Command) -> int:
    return screens.executed({"command_id": command["commandId"]})


def test_a_restart_goes_through_its_whole_life_and_happens_once(system: System, screens: Simulator) -> None:
    command = ended(system, order(system, USUAL, "restart"), 60)
    # An acknowledgement may overtake the publisher's own note, and the state is then ahead of it.
    assert [status for status in life(command) if status != "published"] == WHOLE_LIFE
    stamps = ("publishedAt", "ackedAt", "executionStartedAt", "recoveredAt", "completedAt")
    assert all(command[stamp] for stamp in stamps)
    assert executed(screens, command) == 1


def test_an_app_restart_is_completed_by_the_device(system: System, screens: Simulator) -> None:
    command = ended(system, order(system, USUAL, "restart_app"), 60)
    assert (command["status"], command["recoveredAt"]) == ("completed", None)
    assert executed(screens, command) == 1


def test_what_the_device_says_of_a_failure_is_told(system: System, screens: Simulator) -> None:
    command = ended(system, order(system, FAILING, "restart"), 60)
    assert (command["status"], command["errorCode"]) == ("failed", "execution_failed")
    assert "fault of the script" in command["errorMessage"]


def test_a_device_that_answers_nothing_leaves_the_command_published_and_it_can_be_called_back(
    system: System, screens: Simulator
) -> None:
    command = order(system, UNHEARING, "restart")
    eventually(lambda: followed(system, command)["status"] == "published", 30)
    system.http.post(f"/api/clients/commands/{command['commandId']}/cancel").raise_for_status()
    assert followed(system, command)["status"] == "canceled"
    assert executed(screens, command) == 0


def test_a_reboot_in_the_middle_of_which_the_power_goes_is_completed_too(system: System, screens: Simulator) -> None:
    command = order(system, USUAL, "restart")
    eventually(lambda: executed(screens, command), 30)
    screens.end(signal.SIGKILL)
    screens.start()
    assert ended(system, command, 90)["status"] == "completed"
    assert executed(screens, command) == 1


def test_a_device_that_comes_back_as_the_same_boot_has_not_rebooted(system: System, screens: Simulator) -> None:
    command = ended(system, order(system, SAME_BOOT, "restart"), 120)
    assert (command["status"], command["errorCode"]) == ("failed", "not_rebooted")
    assert executed(screens, command) == 1
