"""An agent killed at every single step: nothing is carried out twice, and the server hears of an end in any case."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from device.samples import UUID, wire_command
from infoscreen_device import command_runner, executor
from infoscreen_device.clock import Clock
from infoscreen_device.command_journal import Journal
from infoscreen_device.command_runner import CommandRunner
from infoscreen_device.commands import Record
from infoscreen_device.executor import ExecutionFailed, MockReboot, Outcome
from infoscreen_wire.payloads.from_device import CommandAck
from infoscreen_wire.payloads.to_device import CommandAction


class Killed(BaseException):
    """The agent is gone."""


class KilledJournal(Journal):
    """Each write is a point at which the agent may die, before it and after it; the dead write nothing."""

    def __init__(self, path: Path, point: Callable[[], None]) -> None:
        super().__init__(path)
        self._point = point

    def keep(self, record: Record) -> None:
        self._point()
        super().keep(record)
        self._point()

    def note(self, record: Record) -> None:
        self._point()
        super().note(record)


def right_clock() -> Clock:
    clock = Clock()
    clock.learn(datetime.now(UTC))
    return clock


class World:
    """A machine and a server around the agent; the agent is killed when it comes to a point for the n-th time."""

    def __init__(self, path: Path, kill_at: int | None = None) -> None:
        self.path = path
        self.kill_at = kill_at
        self.points = 0
        self.takes_acks = True
        self.boot = 1
        self.goes_down = asyncio.Event()
        self.executed: Counter[str] = Counter()
        self.heard: list[tuple[str, str | None]] = []
        self.problem: Exception | None = None
        self.is_dead = False
        self.clock: Callable[[], Clock] = right_clock

    @property
    def statuses(self) -> list[str]:
        return [status for status, _ in self.heard]

    def point(self) -> None:
        """The end comes to all tasks at once: those that have not noticed yet do nothing more either."""
        self.points += 1
        self.is_dead = self.is_dead or self.points == self.kill_at
        if self.is_dead:
            raise Killed

    def send(self, ack: CommandAck, taken: Callable[[], None]) -> bool:
        self.point()
        self.heard.append((ack.status, ack.error_code))
        if self.takes_acks:
            taken()
        self.point()
        return True

    async def carry_out(self, command_id: str, action: CommandAction) -> Outcome:
        self.point()
        self.executed[command_id] += 1
        if self.problem:
            raise self.problem
        if action != "restart_app":
            self.goes_down.set()
        self.point()
        return Outcome.DONE if action == "restart_app" else Outcome.GOES_DOWN

    async def live(self, *messages: bytes, legacy: bytes | None = None, until: Callable[[], bool]) -> bool:
        """One run of the agent, until the condition holds or the machine is down; whether the agent was killed."""
        displayed = asyncio.Event()
        displayed.set()
        clock = self.clock()
        self.is_dead = False
        self.goes_down = asyncio.Event()
        self.runner = CommandRunner(
            (UUID, f"boot-{self.boot}"), clock, KilledJournal(self.path, self.point), self, self.send, displayed
        )
        run = asyncio.create_task(self.runner.run())
        for message in messages:
            self.runner.receive(message)
        if legacy:
            self.runner.receive_legacy(legacy)
        deadline = asyncio.get_running_loop().time() + 10
        while not (run.done() or self.goes_down.is_set() or until()):
            assert asyncio.get_running_loop().time() < deadline, self.heard
            await asyncio.sleep(0.001)
        run.cancel()
        (result,) = await asyncio.gather(run, return_exceptions=True)
        self.boot += self.goes_down.is_set()
        return isinstance(result, BaseExceptionGroup)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_runner, "GOES_DOWN_WITHIN", timedelta(seconds=0.02))
    monkeypatch.setattr(command_runner, "FLUSH_SECONDS", 0.02)
    monkeypatch.setattr(command_runner, "LEGACY_HOLD_SECONDS", 0.05)
    monkeypatch.setattr("infoscreen_device.command_acks.delay_after", lambda _: 0.01)


def payload(number: int = 1, **changes: Any) -> bytes:
    return json.dumps(wire_command(number, **changes)).encode()


def has_ended(world: World) -> Callable[[], bool]:
    return lambda: bool({"completed", "failed"} & set(world.statuses))


async def killed_once(path: Path, action: str, kill_at: int) -> tuple[World, bool]:
    """A command on both topics, a kill, and then life after life until the server has heard of an end."""
    world = World(path, kill_at)
    message = payload(action=action)
    is_killed = await world.live(message, message, until=has_ended(world))
    while not has_ended(world)():
        is_killed |= await world.live(message, message, until=has_ended(world))
    return world, is_killed


@pytest.mark.parametrize("action", ["reboot_host", "shutdown_host", "restart_app"])
def test_killed_at_any_point_it_carries_out_once_at_most_and_tells_the_end(tmp_path: Path, action: str) -> None:
    outcomes = []
    for kill_at in count(1):
        world, is_killed = asyncio.run(killed_once(tmp_path / f"{kill_at}.jsonl", action, kill_at))
        if not is_killed:
            break
        assert max(world.executed.values(), default=0) <= 1
        # What the server hears is what has happened.
        if "completed" in world.statuses:
            assert sum(world.executed.values()) == 1
        assert not {"completed", "failed"} <= set(world.statuses)
        outcomes.append(world.heard[-1])
    assert len(outcomes) >= 8
    assert outcomes.count(("completed", None)) >= 4


def test_both_copies_are_one_execution_and_every_step_is_acknowledged_in_order(tmp_path: Path) -> None:
    world = World(tmp_path / "commands.jsonl")
    message = payload(action="restart_app")
    asyncio.run(world.live(message, message, until=has_ended(world)))
    assert sum(world.executed.values()) == 1
    first = {status: world.statuses.index(status) for status in reversed(world.statuses)}
    assert sorted(first, key=first.__getitem__) == ["accepted", "execution_started", "completed"]


def test_a_repeated_id_gets_its_last_answer_again_after_a_restart_too(tmp_path: Path) -> None:
    world = World(tmp_path / "commands.jsonl")
    asyncio.run(world.live(payload(action="restart_app"), until=has_ended(world)))
    world.heard.clear()
    asyncio.run(world.live(payload(action="restart_app"), until=has_ended(world)))
    assert world.heard == [("completed", None)]
    assert sum(world.executed.values()) == 1


def test_what_the_broker_has_not_taken_is_sent_again_and_after_a_restart_too(tmp_path: Path) -> None:
    world = World(tmp_path / "commands.jsonl")
    world.takes_acks = False
    asyncio.run(world.live(payload(action="restart_app"), until=lambda: world.statuses.count("completed") >= 3))
    assert world.statuses.count("accepted") >= 3
    world.heard.clear()
    world.takes_acks = True
    asyncio.run(world.live(until=has_ended(world)))
    assert world.statuses == ["accepted", "execution_started", "completed"]
    world.heard.clear()
    asyncio.run(world.live(payload(2, action="restart_app"), until=has_ended(world)))
    assert world.statuses.count("completed") == 1


def test_acknowledgements_end_with_the_command(tmp_path: Path) -> None:
    world = World(tmp_path / "commands.jsonl")
    world.takes_acks = False
    issued = datetime.now(UTC) - timedelta(seconds=239.5)
    seen: list[int] = []

    def are_over() -> bool:
        seen.append(len(world.heard))
        return len(seen) > 200 and len(set(seen[-150:])) == 1

    asyncio.run(world.live(payload(issued_at=issued, action="restart_app"), until=are_over))
    assert world.statuses.count("completed") > 1


def no_space(_journal: Journal, _record: Record) -> None:
    raise OSError("no space left on device")


def test_a_step_that_cannot_be_written_down_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path / "commands.jsonl")
    monkeypatch.setattr(KilledJournal, "keep", no_space)
    message = payload()

    asyncio.run(world.live(message, message, until=has_ended(world)))
    asyncio.run(world.live(message, until=lambda: len(world.heard) >= 2))
    assert world.executed == {}
    assert set(world.heard) == {("failed", "internal_error")}


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (ExecutionFailed("the display did not come back"), "execution_failed"),
        (ExecutionFailed(""), "execution_failed"),
        (ExecutionFailed("no such file: \udcfc.png"), "execution_failed"),
        (TimeoutError(), "execution_timeout"),
        (ZeroDivisionError(), "internal_error"),
    ],
)
def test_an_execution_that_goes_wrong_is_a_failure_with_a_code(tmp_path: Path, problem: Exception, code: str) -> None:
    world = World(tmp_path / "commands.jsonl")
    world.problem = problem
    asyncio.run(world.live(payload(action="restart_app"), until=has_ended(world)))
    assert world.heard[-1] == ("failed", code)


def test_an_execution_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "TIME_LIMIT_SECONDS", 0.05)
    world = World(tmp_path / "commands.jsonl")

    async def hang(*_: object) -> Outcome:
        return await asyncio.Event().wait()  # type: ignore[return-value]

    monkeypatch.setattr(world, "carry_out", hang)
    asyncio.run(world.live(payload(action="restart_app"), until=has_ended(world)))
    assert world.heard[-1] == ("failed", "execution_timeout")


def test_a_command_that_expires_while_it_waits_for_its_turn_is_not_carried_out(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "commands.jsonl")
    past = datetime.now(UTC) - timedelta(seconds=300)
    record = Record(
        command_id=wire_command()["command_id"],
        action="restart_app",
        seen_at=past,
        expires_at=past + timedelta(seconds=240),
        boot_id="boot-1",
    )
    journal.keep(record.accepted())
    world = World(tmp_path / "commands.jsonl")
    asyncio.run(world.live(payload(2, action="restart_app"), until=has_ended(world)))
    assert list(world.executed) == [wire_command(2)["command_id"]]
    assert Journal(world.path).records[record.command_id].last.error_code == "stale_command"


def test_a_clock_that_nobody_has_confirmed_forgets_nothing(tmp_path: Path) -> None:
    def years_ahead() -> Clock:
        clock = Clock(lambda: datetime.now(UTC) + timedelta(days=900))
        clock.settle()
        return clock

    world = World(tmp_path / "commands.jsonl")
    asyncio.run(world.live(payload(action="restart_app"), until=has_ended(world)))
    world.clock = years_ahead
    world.heard.clear()
    asyncio.run(world.live(payload(2, action="restart_app"), until=has_ended(world)))
    assert world.heard == [("failed", "stale_command")]
    world.clock = right_clock
    asyncio.run(world.live(payload(action="restart_app"), until=lambda: "completed" in world.statuses))
    assert list(world.executed.values()) == [1]


LEGACY = b'{"action": "restart"}'


def test_an_old_servers_restart_is_one_reboot_without_any_acknowledgement(tmp_path: Path) -> None:
    world = World(tmp_path / "commands.jsonl")
    asyncio.run(world.live(legacy=LEGACY, until=lambda: False))
    assert (list(world.executed.values()), world.boot, world.heard) == ([1], 2, [])
    asyncio.run(
        world.live(legacy=LEGACY, until=lambda: not any(r.is_open for r in Journal(world.path).records.values()))
    )
    assert world.heard == []


def test_a_servers_legacy_message_beside_its_command_is_no_second_reboot(tmp_path: Path) -> None:
    world = World(tmp_path / "commands.jsonl")
    message = payload()

    async def both() -> None:
        await world.live(message, message, legacy=LEGACY, until=lambda: False)
        await world.live(message, legacy=LEGACY, until=has_ended(world))
        await asyncio.sleep(0.1)

    asyncio.run(both())
    assert list(world.executed.values()) == [1]
    assert world.heard[-1] == ("completed", None)


def test_a_legacy_message_of_another_shape_does_nothing(tmp_path: Path) -> None:
    world = World(tmp_path / "commands.jsonl")
    asyncio.run(
        world.live(payload(action="restart_app"), legacy=b'{"action": "shutdown"}', until=has_ended(world)),
    )
    assert sum(world.executed.values()) == 1


def test_the_mock_completes_a_reboot_without_one_and_nothing_else(tmp_path: Path) -> None:
    world = World(tmp_path / "commands.jsonl")
    mock = MockReboot(world)
    assert asyncio.run(mock.carry_out("1", "reboot_host")) is Outcome.DONE
    assert world.executed == {}
    assert asyncio.run(mock.carry_out("1", "shutdown_host")) is Outcome.GOES_DOWN


@pytest.mark.parametrize("value", ["true", "1", "YES", " on "])
def test_the_mock_is_refused_in_production(value: str) -> None:
    assert executor.mocks_reboot({executor.MOCK_SETTING: value})
    with pytest.raises(ValueError, match="production"):
        executor.mocks_reboot({executor.MOCK_SETTING: value, "ENV": "production"})
    assert not executor.mocks_reboot({executor.MOCK_SETTING: "false", "ENV": "production"})
