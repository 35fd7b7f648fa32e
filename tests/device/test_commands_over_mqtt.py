"""A device's commands over a real broker: the whole life of a reboot, faults by script, and a broker that is killed."""

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from paho.mqtt import publish
from PIL import Image

from device.broker import Mosquitto, Server
from device.conftest import QUICK, RunDevice
from device.executions import executions
from device.samples import UUID, wire_command
from infoscreen_device.config import Intervals
from infoscreen_device.simulate.faults import FaultScript
from infoscreen_device.simulate.machine import Simulation
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from waiting import eventually

pytestmark = pytest.mark.service

WHOLE_LIFE = ["accepted", "execution_started", "completed"]


@pytest.fixture
def simulation(tmp_path: Path) -> Simulation:
    return replace(QUICK, executions_file=tmp_path / "executions.jsonl")


@pytest.fixture
def done(tmp_path: Path) -> Callable[[dict[str, Any]], int]:
    """How often a command was carried out."""
    return lambda command: executions(tmp_path / "executions.jsonl")[command["command_id"]]


def online(server: Server) -> None:
    """A device that is there and knows the time."""
    eventually(lambda: server.reports(ReportKind.HEARTBEAT) and server.on(topics.DISCOVERY))
    server.acknowledge()
    eventually(lambda: server.reports(ReportKind.HEALTH))


def boots(server: Server) -> list[str]:
    return list(dict.fromkeys(each["boot_id"] for each in server.reports(ReportKind.HEARTBEAT)))


def kinds(server: Server, boot_id: str) -> list[str]:
    """What a device has reported since a boot, in the order in which it came."""
    of_boot = [m for m in server.heard if boot_id.encode() in m.payload]
    return [message.topic.removeprefix(f"infoscreen/{UUID}/") for message in of_boot]


Done = Callable[[dict[str, Any]], int]


@pytest.mark.parametrize("mqtt_311", [False, True])
def test_a_reboot_on_all_three_topics_happens_once_and_is_completed_when_the_screen_is_back(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation, done: Done, mqtt_311: bool
) -> None:
    command = wire_command()
    with run_device(mosquitto.port, simulation, mqtt_311=mqtt_311):
        online(server)
        server.command(command, legacy=True)
        eventually(lambda: "execution_started" in server.steps(command))
        eventually(lambda: len(boots(server)) == 2)
        server.acknowledge()
        for kind in (ReportKind.COMMAND_ACK, ReportKind.COMMAND_ACK_ALIAS):
            eventually(lambda kind=kind: server.steps(command, kind) == WHOLE_LIFE)  # type: ignore[misc]
        eventually(lambda: "health" in kinds(server, boots(server)[1]))
    assert done(command) == 1
    assert kinds(server, boots(server)[1])[0] == "heartbeat"


def test_the_app_restarts_as_another_process_and_the_machine_stays_up(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation, done: Done
) -> None:
    command = wire_command(action="restart_app")
    with run_device(mosquitto.port, simulation):
        online(server)
        before = server.reports(ReportKind.HEALTH)[-1]["actual_state"]["pid"]
        server.command(command)
        eventually(lambda: server.steps(command) == WHOLE_LIFE)
        eventually(lambda: server.reports(ReportKind.HEALTH)[-1]["actual_state"]["status"] == "running")
        eventually(lambda: server.reports(ReportKind.HEALTH)[-1]["actual_state"]["pid"] != before)
    assert {each["actual_state"]["status"] for each in server.reports(ReportKind.HEALTH)} == {"running", "starting"}
    assert len(boots(server)) == 1
    assert done(command) == 1


def test_a_machine_that_is_shut_down_says_that_it_starts_and_then_nothing_more(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation
) -> None:
    command = wire_command(action="shutdown_host")
    with run_device(mosquitto.port, simulation):
        online(server)
        server.command(command)
        eventually(lambda: server.steps(command) == WHOLE_LIFE[:2])
        eventually(lambda: is_silent(server))
    assert server.steps(command) == WHOLE_LIFE[:2]


def is_silent(server: Server, seconds: float = 1.5) -> bool:
    """Nothing from the device for longer than it is ever silent by itself."""
    newest = server.reports(ReportKind.HEALTH)[-1]["timestamp"]
    return datetime.now(UTC) - datetime.fromisoformat(newest) > timedelta(seconds=seconds)


def test_retained_commands_and_times_are_dropped(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation, done: Done
) -> None:
    retained, live = wire_command(1), wire_command(2, action="restart_app")
    for topic in (topics.commands(UUID), topics.commands_alias(UUID)):
        server.publish(topic, retained, retain=True)
    server.publish(topics.legacy_restart(UUID), {"action": "restart"}, retain=True)
    server.publish(topics.discovery_ack(UUID), {"server_time": "2020-01-01T00:00:00Z"}, retain=True)
    with run_device(mosquitto.port, simulation):
        online(server)
        server.command(live)
        eventually(lambda: server.steps(live) == WHOLE_LIFE)
    assert server.steps(retained) == []
    assert done(retained) == 0
    assert server.reports(ReportKind.LOG_WARN) == []


@pytest.mark.parametrize("offset", [-3 * 365 * 24 * 3600, -60, 60, 3 * 365 * 24 * 3600])
def test_with_a_wrong_clock_commands_are_judged_by_the_servers_time_and_the_clock_is_told(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation, offset: float
) -> None:
    wrong = FaultScript.model_validate([{"fault": "wrong_clock", "seconds": offset}])
    right, stale = wire_command(1, action="restart_app"), wire_command(2, datetime.now(UTC) - timedelta(seconds=250))
    with run_device(mosquitto.port, replace(simulation, faults=wrong)):
        eventually(lambda: server.reports(ReportKind.HEARTBEAT))
        # Commands that come before the time is known wait for it.
        server.command(right)
        server.command(stale)
        online(server)
        eventually(lambda: server.steps(right) == WHOLE_LIFE)
        eventually(lambda: server.steps(stale) == ["failed"])
    (told,) = server.reports(ReportKind.LOG_WARN)
    assert told["context"]["offset_seconds"] == pytest.approx(offset, abs=5)
    assert {each["error_code"] for each in server.reports(ReportKind.COMMAND_ACK)} == {None, "stale_command"}


def test_a_clock_that_is_right_is_not_worth_a_line(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation
) -> None:
    right = FaultScript.model_validate([{"fault": "wrong_clock", "seconds": 20}])
    with run_device(mosquitto.port, replace(simulation, faults=right)):
        online(server)
    assert server.reports(ReportKind.LOG_WARN) == []


def test_acknowledgements_that_a_dead_broker_did_not_take_come_when_it_is_back(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation, done: Done
) -> None:
    command = wire_command(action="restart_app")
    slow = replace(simulation, display_seconds=(1.0, 1.0))
    with run_device(mosquitto.port, slow):
        online(server)
        server.command(command)
        eventually(lambda: server.steps(command))
        mosquitto.kill()
        eventually(lambda: done(command) == 1)
        mosquitto.start()
        eventually(lambda: server.steps(command) == WHOLE_LIFE, 40)
    assert done(command) == 1


def test_a_reboot_while_the_broker_is_away_is_acknowledged_afterwards(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation, tmp_path: Path, done: Done
) -> None:
    command = wire_command()
    file = tmp_path / "commands.jsonl"
    with run_device(mosquitto.port, simulation, commands_file=file):
        online(server)
        server.command(command)
        eventually(lambda: "accepted" in server.steps(command))
        mosquitto.kill()
        eventually(lambda: done(command) == 1)
        mosquitto.start()
        eventually(lambda: len(boots(server)) == 2, 40)
        server.acknowledge()
        eventually(lambda: server.steps(command) == WHOLE_LIFE, 40)
    assert done(command) == 1


def test_acknowledgements_that_nobody_heard_are_sent_again(
    mosquitto: Mosquitto, run_device: RunDevice, simulation: Simulation, done: Done
) -> None:
    command = wire_command(action="restart_app")
    with run_device(mosquitto.port, simulation):
        with Server(mosquitto.port) as server:
            online(server)
        publish.single(topics.commands(UUID), json.dumps(command), qos=1, port=mosquitto.port)
        eventually(lambda: done(command) == 1)
        with Server(mosquitto.port) as listening_again:
            eventually(lambda: set(listening_again.steps(command)) == set(WHOLE_LIFE), 40)


def scripted(simulation: Simulation, fault: str, **fields: Any) -> Simulation:
    return replace(simulation, faults=FaultScript.model_validate([{"fault": fault, **fields}]))


def test_a_device_that_never_returns_is_heard_no_more(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation
) -> None:
    command = wire_command()
    with run_device(mosquitto.port, scripted(simulation, "never_returns")):
        online(server)
        server.command(command)
        eventually(lambda: server.steps(command) == WHOLE_LIFE[:2])
        eventually(lambda: is_silent(server, 3))
    assert len(boots(server)) == 1


def test_a_device_that_did_not_really_reboot_comes_back_as_the_same_boot_and_does_not_say_completed(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation, tmp_path: Path
) -> None:
    command = wire_command()
    with run_device(mosquitto.port, scripted(simulation, "same_boot_id"), commands_file=tmp_path / "commands.jsonl"):
        online(server)
        server.command(command)
        eventually(lambda: server.steps(command) == WHOLE_LIFE[:2])
        gone_at = len(server.heard)
        eventually(lambda: [m for m in server.heard[gone_at:] if m.topic == topics.DISCOVERY])
        server.acknowledge()
        eventually(lambda: [m for m in server.heard[gone_at:] if m.topic.endswith("/health")])
    assert len(boots(server)) == 1
    assert server.steps(command) == WHOLE_LIFE[:2]


def test_a_device_can_double_and_delay_its_acknowledgements(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation
) -> None:
    command = wire_command(action="restart_app")
    script = FaultScript.model_validate([{"fault": "duplicate_acks"}, {"fault": "late_acks", "seconds": 0.5}])
    with run_device(mosquitto.port, replace(simulation, faults=script)):
        online(server)
        server.command(command)
        eventually(lambda: server.steps(command) == WHOLE_LIFE)
        eventually(lambda: len(server.reports(ReportKind.COMMAND_ACK)) >= 9)


def test_a_device_can_fail_a_command_or_not_hear_it(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation, done: Done
) -> None:
    failing, unheard = wire_command(1), wire_command(2)
    with run_device(mosquitto.port, scripted(simulation, "command_fails")):
        online(server)
        server.command(failing)
        eventually(lambda: server.steps(failing) == ["accepted", "execution_started", "failed"])
    with run_device(mosquitto.port, scripted(simulation, "ignores_commands")):
        seen = len(server.reports(ReportKind.HEALTH))
        eventually(lambda: len(server.reports(ReportKind.HEALTH)) > seen)
        server.command(unheard)
        eventually(lambda: len(server.reports(ReportKind.HEALTH)) > seen + 5)
    assert server.steps(unheard) == []
    assert done(unheard) == 0


def test_a_crashed_display_is_told_until_it_is_restarted(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation
) -> None:
    command = wire_command(action="restart_app")

    def status() -> str | None:
        reports = server.reports(ReportKind.HEALTH)
        return reports[-1]["actual_state"]["status"] if reports else None

    with run_device(mosquitto.port, scripted(simulation, "crash", after=1)):
        online(server)
        eventually(lambda: status() == "crashed")
        server.command(command)
        eventually(lambda: status() == "running")


@pytest.mark.parametrize(("fault", "told"), [("black", "BLACK"), ("frozen", "FROZEN")])
def test_a_display_that_is_stuck_is_told_and_seen_until_it_is_restarted(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation, fault: str, told: str
) -> None:
    command = wire_command(action="restart_app")

    def screen() -> str | None:
        reports = server.reports(ReportKind.HEALTH)
        return reports[-1]["health_metrics"]["screen_health"] if reports else None

    def is_black() -> bool:
        dashboard = server.reports(ReportKind.DASHBOARD)[-1]
        picture = Image.open(BytesIO(b64decode(dashboard["content"]["screenshot"]["data"])))
        return picture.convert("L").getextrema() == (0, 0)

    pace = Intervals(heartbeat=0.3, health=0.2, screenshot=0.3)
    with run_device(mosquitto.port, scripted(simulation, fault, after=1), intervals=pace):
        online(server)
        eventually(lambda: screen() == told)
        seen = len(server.reports(ReportKind.DASHBOARD))
        eventually(lambda: len(server.reports(ReportKind.DASHBOARD)) > seen + 1)
        assert is_black() == (told == "BLACK")
        server.command(command)
        eventually(lambda: screen() == "OK")
        eventually(lambda: not is_black())


@pytest.mark.parametrize(
    ("fault", "seconds"), [("agent_crash", 0.5), ("hang", 1.5), ("lost_network", 1.5), ("service_failed", 1.5)]
)
def test_a_device_that_was_away_for_a_while_is_back_as_the_same_boot(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation, fault: str, seconds: float
) -> None:
    with run_device(mosquitto.port, scripted(simulation, fault, after=1.5, seconds=seconds)):
        online(server)
        if fault != "agent_crash":
            eventually(lambda: is_silent(server, 1.0))
        heard = len(server.reports(ReportKind.HEALTH))
        eventually(lambda: len(server.reports(ReportKind.HEALTH)) > heard + 5, 20)
    assert len(boots(server)) == 1
    assert len(server.on(topics.report(UUID, ReportKind.SERVICE_FAILED))) == (fault == "service_failed")


def test_a_failed_service_is_told_in_a_retained_message(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation
) -> None:
    with run_device(mosquitto.port, scripted(simulation, "service_failed", after=1)):
        eventually(lambda: server.on(topics.report(UUID, ReportKind.SERVICE_FAILED)))
    with Server(mosquitto.port) as later:
        (told,) = eventually(lambda: later.reports(ReportKind.SERVICE_FAILED))
    assert (told["event"], told["client_uuid"]) == ("service_failed", UUID)


def test_a_flood_is_many_lines_in_a_short_time(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, simulation: Simulation
) -> None:
    with run_device(mosquitto.port, scripted(simulation, "flood", after=0.5, seconds=1, rate=200)):
        eventually(lambda: len(server.reports(ReportKind.LOG_ERROR)) >= 200)
