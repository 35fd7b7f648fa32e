"""Many virtual devices in one process, started one after the other, each living on whatever happens to another."""

import asyncio
import random
import resource
from collections.abc import Sequence
from pathlib import Path

import httpx
import structlog

from infoscreen_device.backoff import delay_after
from infoscreen_device.config import DeviceConfig
from infoscreen_device.media_cache import MediaCache
from infoscreen_device.player.studio import Studio
from infoscreen_device.server import https_context
from infoscreen_device.simulate.device import Surroundings
from infoscreen_device.simulate.machine import Machine, Simulation
from infoscreen_device.trust import Trust

log = structlog.get_logger()

# Logins that a small broker takes without the last ones waiting noticeably.
STARTS_PER_SECOND = 50
# Each device holds a socket; the pictures, the log and the HTTP connections need some more.
FILES_BESIDE_DEVICES = 100
AS_USUAL = Simulation()


async def run_fleet(configs: Sequence[DeviceConfig], cache_directory: Path, simulation: Simulation = AS_USUAL) -> None:
    """Run all devices until cancelled."""
    _allow_open_files(len(configs) + FILES_BESIDE_DEVICES)
    certificate = Trust(configs[0].account.broker, configs[0].trust_file).ca_certificate if configs else None
    media = MediaCache(cache_directory, tls=https_context(certificate) if certificate else None)
    studio = Studio()
    http = httpx.AsyncClient(verify=https_context(certificate), timeout=10, trust_env=False)
    around = Surroundings(media, studio, http)
    try:
        async with asyncio.TaskGroup() as tasks:
            for number, config in enumerate(configs, start=1):
                faults = simulation.faults.of_device(number, config.account.uuid)
                machine = Machine(config, around, simulation, faults)
                tasks.create_task(_live(machine, config.account.uuid, len(configs) / STARTS_PER_SECOND))
    finally:
        studio.close()
        await http.aclose()
        await media.close()


async def _live(machine: Machine, uuid: str, spread: float) -> None:
    """Start within `spread` seconds; a device that fails for a reason nobody thought of starts again."""
    await asyncio.sleep(random.uniform(0, spread))  # noqa: S311 - spreads load, protects nothing
    failures = 0
    while True:
        try:
            await machine.run()
        except Exception:  # the border of one device: the others live on
            log.exception("virtual device failed", uuid=uuid)
        await asyncio.sleep(delay_after(failures))
        failures += 1


def _allow_open_files(wanted: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
