"""Batches that die before their commit, publishers that die on the way: all end where the clean run does."""

from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commanding import GRACE, CommandedSchool
from examples import examples
from infoscreen.db.commands import ClientCommand
from infoscreen.domain.commands import OPEN, TABLE, Action, CommandTooLate, Signal, Status
from infoscreen.services import commands
from infoscreen.services.intake import record_reports
from infoscreen.services.ports import Received
from infoscreen.services.report_batches import gather
from infoscreen_wire.topics import ReportKind
from listening import OTHER, UUID, received

LEGAL = {(source, rule.target) for rule in TABLE for source in rule.sources if rule.target}


class Died(Exception):
    """The process is gone, and its transaction with it."""


@dataclass(frozen=True)
class Run:
    """Where the publisher dies, in which batches the acknowledgements come, and which of those die at first."""

    publisher: str
    early: list[str]
    sizes: list[int]
    dies: list[bool]


@st.composite
def runs(draw: st.DrawFn) -> Run:
    return Run(
        draw(st.sampled_from(["lives", "dies before it publishes", "dies before it notes"])),
        draw(st.permutations(["accepted", "accepted", "execution_started", "execution_started"])),
        draw(st.lists(st.integers(1, 4), min_size=6, max_size=6)),
        draw(st.lists(st.booleans(), min_size=6, max_size=6)),
    )


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> CommandedSchool:
    directory: Path = tmp_path_factory.mktemp("crashes")
    return CommandedSchool(f"sqlite:///{directory / 'test.db'}", directory)


def publish(school: CommandedSchool, command: ClientCommand, publisher: str) -> None:
    if publisher == "lives":
        school.publish(command)
    elif publisher == "dies before it notes":
        with school.app.work() as work:
            commands.give_signal(work, command.command_id, Signal.TAKEN)
    else:
        school.clock.forward(seconds=1)
        school.sweep()


def sent_by_the_device(command: ClientCommand, run: Run) -> list[Received]:
    """Every step at least twice, the last word last, a stranger's among them."""

    def ack(status: str, uuid: str = UUID) -> Received:
        message = {"command_id": command.command_id, "status": status, "error_code": None, "error_message": None}
        return received(ReportKind.COMMAND_ACK, message, uuid, qos=1)

    early = [ack(status) for status in run.early]
    return [*early[:2], ack("failed", OTHER), *early[2:], ack("completed"), ack("accepted"), ack("completed")]


def deliver(school: CommandedSchool, messages: list[Received], dies: bool) -> bool:
    """Whether the batch was committed, and so is not delivered again."""
    with suppress(Died):
        with school.app.work() as work:
            record_reports(work, gather(messages, lambda _message: school.clock.now), GRACE)
            if dies:
                raise Died
        return True
    return False


@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs())
def test_whoever_dies_on_the_way_the_end_is_the_same_and_no_step_is_doubled(school: CommandedSchool, run: Run) -> None:
    command = school.issue(Action.SHUTDOWN_HOST)
    publish(school, command, run.publisher)
    waiting = sent_by_the_device(command, run)
    for size, dies in zip(run.sizes, run.dies, strict=True):
        if deliver(school, waiting[:size], dies):
            waiting = waiting[size:]
        school.clock.forward(seconds=0.3)
    school.sweep()
    deliver(school, waiting, dies=False)
    with suppress(CommandTooLate), school.app.work() as work:
        commands.cancel_command(work, command.command_id)
    path = [Status(status) for status in school.path(command)]
    assert path[-1] == Status.COMPLETED
    assert len(set(path)) == len(path)
    assert all(step in LEGAL for step in pairwise(path))
    assert all(status in OPEN for status in path[:-1])
