"""The simulator killed, and the broker killed under two hundred devices: no command is carried out twice."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from device.broker import Mosquitto, Server
from device.samples import wire_command
from device.simulators import QUICK, Simulator
from infoscreen_wire.topics import ReportKind
from waiting import eventually

pytestmark = pytest.mark.service

DEVICES = 200
STARTED = ["accepted", "execution_started"]


def uuid_of(number: int) -> str:
    return f"{number:08x}-ff34-4864-a726-12de072d0f77"


def command_for(number: int, action: str) -> dict[str, Any]:
    return wire_command(number, client_uuid=uuid_of(number), action=action)


def is_online(server: Server, uuid: str) -> bool:
    return bool(server.reports(ReportKind.HEALTH, uuid))


@pytest.mark.parametrize(
    ("action", "end"), [("reboot_host", "completed"), ("shutdown_host", "completed"), ("restart_app", "failed")]
)
def test_a_simulator_that_is_killed_while_it_carries_a_command_out_tells_its_end_and_does_not_repeat_it(
    mosquitto: Mosquitto, tmp_path: Path, action: str, end: str
) -> None:
    command = command_for(1, action)
    slow = ("--boot-seconds", "60", "60", "--display-seconds", "30", "30")
    with Server(mosquitto.port, answers=True) as server:
        with Simulator(tmp_path, mosquitto.port, [uuid_of(1)], *slow) as simulator:
            eventually(lambda: is_online(server, uuid_of(1)), 30)
            server.command(command)
            eventually(lambda: simulator.executed(command), 30)
            simulator.restart()
            eventually(lambda: end in server.steps(command), 30)
            told = len(server.reports(ReportKind.COMMAND_ACK, uuid_of(1)))
            server.command(command)
            eventually(lambda: len(server.reports(ReportKind.COMMAND_ACK, uuid_of(1))) > told)
        assert server.steps(command) == [*STARTED, end]
        assert server.reports(ReportKind.COMMAND_ACK, uuid_of(1))[-1]["status"] == end
        assert simulator.executed(command) == 1


def test_a_broker_killed_under_two_hundred_commands_leaves_none_undone_and_none_done_twice(
    mosquitto: Mosquitto, tmp_path: Path
) -> None:
    """As the product does it: what is not acknowledged is published again when its device announces itself."""
    commands = {uuid_of(n): command_for(n, ["reboot_host", "restart_app"][n % 2]) for n in range(DEVICES)}
    with Server(mosquitto.port, answers=True) as server:

        def heard_of(topic: str) -> set[str]:
            return {each.topic.split("/")[1] for each in server.heard if each.topic.endswith(topic)}

        def all_have_ended() -> bool:
            acks = [json.loads(each.payload) for each in server.heard if each.topic.endswith("commands/ack")]
            newest = {each["command_id"]: each["status"] for each in acks}
            return Counter(newest.values()) == {"completed": DEVICES}

        with Simulator(tmp_path, mosquitto.port, list(commands), *QUICK) as simulator:
            eventually(lambda: len(heard_of("/health")) == DEVICES, 60)
            for command in list(commands.values())[: DEVICES // 2]:
                server.command(command)
            mosquitto.kill()
            server.send_again = commands
            mosquitto.start()
            eventually(lambda: server.is_connected, 30)
            for command in list(commands.values())[DEVICES // 2 :]:
                server.command(command)
            eventually(all_have_ended, 90)
            counts = Counter(simulator.executed(command) for command in commands.values())
    assert counts == {1: DEVICES}
    assert not any(b'"failed"' in each.payload for each in server.heard)
