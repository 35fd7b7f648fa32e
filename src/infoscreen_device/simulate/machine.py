"""A virtual machine: it boots, runs an agent, goes down when it is told to, and comes back after a while."""

import asyncio
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from infoscreen_device.clock import Clock, system_time
from infoscreen_device.command_journal import Journal
from infoscreen_device.config import DeviceConfig
from infoscreen_device.executor import ExecutionFailed, Executor, MockReboot, Outcome
from infoscreen_device.health import Boot
from infoscreen_device.simulate.device import Hardware, Surroundings, VirtualDevice
from infoscreen_device.simulate.display import NO_TIME, Display, Range, drawn
from infoscreen_device.simulate.faults import NO_FAULTS, Faults, FaultScript
from infoscreen_device.simulate.mishaps import happen
from infoscreen_device.simulate.tv import VirtualTv
from infoscreen_wire.payloads.base import to_z
from infoscreen_wire.payloads.to_device import CommandAction


@dataclass(frozen=True, slots=True)
class Simulation:
    """How the machines of a run behave: seconds of a reboot's silence and of a display's start, and what goes wrong.

    `executions_file` gets a line for each command that is carried out, whatever came of it.
    """

    boot_seconds: Range = (10.0, 90.0)
    display_seconds: Range = (2.0, 6.0)
    faults: FaultScript = NO_FAULTS
    mocks_reboot: bool = False
    executions_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Down:
    """Nothing runs for this long (None: for ever), and then the agent again, with or without a boot of the machine."""

    seconds: float | None
    boots: bool


class Machine:
    """One device for as long as the simulator runs; it carries out its agent's commands itself."""

    def __init__(self, config: DeviceConfig, around: Surroundings, simulation: Simulation, faults: Faults) -> None:
        self._config = config
        self._around = around
        self._simulation = simulation
        self._faults = faults
        self._boot = Boot()
        self._tv = VirtualTv()
        self._journal = Journal(config.commands_file)
        self._executor: Executor = MockReboot(self) if simulation.mocks_reboot else self
        self._down: asyncio.Future[Down] | None = None
        self.agent: VirtualDevice | None = None
        self.display: Display | None = None

    async def run(self) -> None:
        """Live until cancelled."""
        if self._faults.has("switched_off"):
            await asyncio.Event().wait()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(happen(self._faults, self))
            tasks.create_task(self._live())

    def end_agent(self, seconds: float | None) -> None:
        """The agent ends, the machine stays up; after that time it is started again, None: not again."""
        self._go_down(Down(seconds, boots=False))

    async def carry_out(self, command_id: str, action: CommandAction) -> Outcome:
        """As a machine would do it."""
        self._note(command_id, action)
        if self._faults.has("command_fails"):
            raise ExecutionFailed("the machine does not do it: a fault of the script")
        if action == "restart_app":
            if self.display:
                await self.display.restart()
            return Outcome.DONE
        stays_away = action == "shutdown_host" or self._faults.has("never_returns")
        self._go_down(Down(None if stays_away else self._boot_seconds(), boots=not self._faults.has("same_boot_id")))
        return Outcome.GOES_DOWN

    async def _live(self) -> None:
        first = NO_TIME
        while True:
            down = await self._run_agent(first)
            await asyncio.sleep(down.seconds) if down.seconds is not None else await asyncio.Event().wait()
            if down.boots:
                self._boot = Boot()
            first = self._simulation.display_seconds if down.boots else NO_TIME
            if self._config.commands_file:
                self._journal = Journal(self._config.commands_file)

    async def _run_agent(self, first: Range) -> Down:
        down: asyncio.Future[Down] = asyncio.get_running_loop().create_future()
        display = Display(self._simulation.display_seconds, first)
        agent = VirtualDevice(self._config, self._around, self._hardware(display))
        self._down, self.display, self.agent = down, display, agent
        run = asyncio.create_task(agent.run())
        run.add_done_callback(lambda _: down.cancel())
        try:
            return await down
        except asyncio.CancelledError:
            if run.done():  # it ends by itself only when it fails
                run.result()
            raise
        finally:
            self._down, self.display, self.agent = None, None, None
            run.cancel()
            await asyncio.gather(run, return_exceptions=True)

    def _hardware(self, display: Display) -> Hardware:
        offset = timedelta(seconds=self._faults.seconds("wrong_clock") or 0)
        clock = Clock(lambda: system_time() + offset)
        return Hardware(self._boot, clock, self._journal, display, self._tv, self._executor, self._faults)

    def _go_down(self, down: Down) -> None:
        if self._down and not self._down.done():
            self._down.set_result(down)

    def _boot_seconds(self) -> float:
        slow = self._faults.seconds("slow_boot")
        return drawn(self._simulation.boot_seconds) if slow is None else slow

    def _note(self, command_id: str, action: CommandAction) -> None:
        """In one write, so that the lines of many devices stay whole."""
        if self._simulation.executions_file is None:
            return
        entry = {"at": to_z(datetime.now(UTC)), "uuid": self._config.account.uuid}
        line = json.dumps(entry | {"command_id": command_id, "action": action}) + "\n"
        descriptor = os.open(self._simulation.executions_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(descriptor, line.encode())
        finally:
            os.close(descriptor)
