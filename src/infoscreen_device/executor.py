"""What carries a command out on the machine, behind a small port: the simulator's machine, or a helper on a Pi."""

import asyncio
from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

import structlog

from infoscreen_device.commands import Failure, Record
from infoscreen_wire.payloads.from_device import ACK_MESSAGE_LIMIT
from infoscreen_wire.payloads.to_device import CommandAction

log = structlog.get_logger()

MOCK_SETTING = "COMMAND_MOCK_REBOOT_IMMEDIATE_COMPLETE"
# Longer than a display takes to come up; what hangs is ended then.
TIME_LIMIT_SECONDS = 60.0


class Outcome(StrEnum):
    """How far a command is when it returns: done, or the machine goes down and the agent with it."""

    DONE = "done"
    GOES_DOWN = "goes_down"


class ExecutionFailed(Exception):
    """The machine could not do it, with a sentence that says why."""


class Executor(Protocol):
    """Carries out one of the three actions. Raises `ExecutionFailed`; ends what it started when it is cancelled."""

    async def carry_out(self, command_id: str, action: CommandAction) -> Outcome: ...


async def attempt(executor: Executor, record: Record) -> tuple[Failure | None, bool]:
    """Carry a command out within the time limit: why it failed, if it did, and whether the machine goes down."""
    assert record.action is not None  # noqa: S101 - what has no action has been refused
    try:
        async with asyncio.timeout(TIME_LIMIT_SECONDS):
            outcome = await executor.carry_out(record.command_id, record.action)
    except TimeoutError:
        return ("execution_timeout", f"not done after {TIME_LIMIT_SECONDS:.0f} s, and ended"), False
    except ExecutionFailed as error:
        return ("execution_failed", _words_of(error)), False
    except Exception as error:  # the border: whatever goes wrong, the server hears of an end
        log.exception("command could not be carried out", command=record.command_id)
        return ("internal_error", type(error).__name__), False
    return None, outcome is Outcome.GOES_DOWN


def _words_of(error: ExecutionFailed) -> str:
    """What a message can carry: a file's name in an error may hold bytes that are no text."""
    text = str(error).encode("utf-8", "backslashreplace").decode()
    return text[:ACK_MESSAGE_LIMIT] or "no reason given"


class MockReboot:
    """Completes a reboot without one, for trying the server out on a machine that must not go down."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    async def carry_out(self, command_id: str, action: CommandAction) -> Outcome:
        if action == "reboot_host":
            return Outcome.DONE
        return await self._executor.carry_out(command_id, action)


def mocks_reboot(environment: Mapping[str, str]) -> bool:
    """Whether reboots are only played. ValueError in production, where a screen would never be restarted again."""
    if environment.get(MOCK_SETTING, "").strip().lower() not in ("1", "true", "yes", "on"):
        return False
    if environment.get("ENV", "").strip().lower() == "production":
        raise ValueError(f"{MOCK_SETTING} is refused with ENV=production: no screen would ever be restarted")
    return True
