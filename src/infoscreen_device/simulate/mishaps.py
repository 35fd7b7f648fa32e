"""Lets the timed faults of a script happen to a virtual machine."""

import asyncio
from datetime import UTC, datetime
from typing import Protocol

from infoscreen_device.player.scene import BlackScene, Scene
from infoscreen_device.simulate.device import VirtualDevice
from infoscreen_device.simulate.display import Display
from infoscreen_device.simulate.faults import Fault, Faults
from infoscreen_wire.payloads.from_device import ServiceFailed
from infoscreen_wire.topics import ReportKind

UNIT = "infoscreen-simclient.service"


class Victim(Protocol):
    """A machine to which it happens; what there is only while it is up is None else."""

    @property
    def agent(self) -> VirtualDevice | None: ...
    @property
    def display(self) -> Display | None: ...
    def end_agent(self, seconds: float | None) -> None:
        """End the agent; it is started again after that time, None: not again."""


async def happen(faults: Faults, victim: Victim) -> None:
    """Everything in its time, until cancelled."""
    async with asyncio.TaskGroup() as tasks:
        for fault in faults.timed:
            tasks.create_task(_again_and_again(fault, victim))


async def _again_and_again(fault: Fault, victim: Victim) -> None:
    await asyncio.sleep(fault.after)
    while True:
        if victim.agent is not None:
            await _strike(fault, victim, victim.agent)
        if fault.every is None:
            return
        await asyncio.sleep(fault.every)


async def _strike(fault: Fault, victim: Victim, agent: VirtualDevice) -> None:
    match fault.fault:
        case "crash":
            await _crash_display(victim, fault.lasts)
        case "black":
            await _get_stuck(victim, BlackScene(), fault.lasts)
        case "frozen":
            await _get_stuck(victim, agent.scene, fault.lasts)
        case "agent_crash":
            victim.end_agent(fault.lasts)
        case "hang":
            agent.hang()
            await asyncio.sleep(fault.lasts or 0)
            victim.end_agent(0)
        case "lost_network":
            agent.lose_network(fault.lasts or 0)
        case "flood":
            await _flood(agent, fault.rate, fault.lasts or 0)
        case "service_failed":
            failed_at = datetime.now(UTC)
            await agent.report_service_failed(
                ServiceFailed(event="service_failed", unit=UNIT, client_uuid=agent.uuid, failed_at=failed_at)
            )
            victim.end_agent(fault.lasts)


async def _get_stuck(victim: Victim, scene: Scene, lasts: float | None) -> None:
    stuck = victim.display
    if stuck is None:
        return
    stuck.get_stuck(scene)
    if lasts is not None:
        await asyncio.sleep(lasts)
        if stuck.health in ("BLACK", "FROZEN"):
            await stuck.restart()


async def _crash_display(victim: Victim, lasts: float | None) -> None:
    crashed = victim.display
    if crashed is None:
        return
    crashed.crash()
    if lasts is not None:
        await asyncio.sleep(lasts)
        if crashed.process.status == "crashed":
            await crashed.restart()


async def _flood(agent: VirtualDevice, rate: float, seconds: float) -> None:
    for number in range(int(rate * seconds)):
        agent.report_log(ReportKind.LOG_ERROR, f"flood: line {number}")
        await asyncio.sleep(1 / rate)
