"""The command `infoscreen-device simulate`: its options, and the run until it is stopped. Told in docs/simulator.md."""

import asyncio
import contextlib
import os
import signal
from pathlib import Path
from typing import Annotated

import httpx
import pydantic
import structlog
import typer

from infoscreen_device.config import DeviceConfig, Intervals
from infoscreen_device.executor import mocks_reboot
from infoscreen_device.simulate import accounts
from infoscreen_device.simulate.accounts import DevicesFile, FleetOptions
from infoscreen_device.simulate.display import Range
from infoscreen_device.simulate.faults import NO_FAULTS
from infoscreen_device.simulate.faults import read as read_faults
from infoscreen_device.simulate.fleet import run_fleet
from infoscreen_device.simulate.machine import Simulation
from infoscreen_device.simulate.provision import ProvisioningError, provision

log = structlog.get_logger()

EXECUTIONS = "device-executions.jsonl"


def simulate(
    devices: Annotated[Path | None, typer.Option(help="File with the devices and their accounts.")] = None,
    env: Annotated[Path | None, typer.Option(help="The .env of one enrolled device.")] = None,
    count: Annotated[int, typer.Option(min=0, help="Make accounts for this many devices on --server.")] = 0,
    server: Annotated[str | None, typer.Option(help="Address of the product, http://host:port.")] = None,
    username: Annotated[str, typer.Option(help="Who makes the accounts.")] = "admin",
    password_file: Annotated[Path | None, typer.Option(help="File with that user's password.")] = None,
    state: Annotated[Path, typer.Option(help="Where the accounts are kept for the next run.")] = Path("devices.json"),
    host: Annotated[str | None, typer.Option(help="Broker, instead of the one in the file.")] = None,
    port: Annotated[int | None, typer.Option(help="Its port, instead of the one in the file.")] = None,
    tls_ca: Annotated[Path | None, typer.Option(help="Speak TLS and trust this CA (PEM).")] = None,
    cache_dir: Annotated[Path | None, typer.Option(help="Fetched media; default: beside the devices' file.")] = None,
    mqtt_311: Annotated[bool, typer.Option("--mqtt-311", help="Speak MQTT 3.1.1 instead of 5.")] = False,
    full_hd: Annotated[bool, typer.Option("--full-hd", help="Screens of 1920 x 1080 instead of 1280 x 720.")] = False,
    heartbeat_seconds: Annotated[float, typer.Option(min=0.1, help="Between two heartbeats.")] = 65,
    health_seconds: Annotated[float, typer.Option(min=0.1, help="Between two health messages.")] = 5,
    screenshot_seconds: Annotated[float, typer.Option(min=0.1, help="Between two periodic pictures.")] = 60,
    credentials_seconds: Annotated[float, typer.Option(min=0.1, help="Between two looks for a new password.")] = 86400,
    boot_seconds: Annotated[
        tuple[float, float], typer.Option(help="How long a reboot is silent: a time between the two.")
    ] = (10, 90),
    display_seconds: Annotated[
        tuple[float, float], typer.Option(help="How long the display takes to come up, likewise.")
    ] = (2, 6),
    faults: Annotated[Path | None, typer.Option(help="Script of what goes wrong (docs/simulator.md).")] = None,
    commands_in_memory: Annotated[
        bool, typer.Option("--commands-in-memory", help="Keep no files of commands; a restart forgets them.")
    ] = False,
) -> None:
    """Run virtual devices until stopped: those of --devices, that of --env, or --count with accounts from --server.

    Each carries out commands as a real one does: a reboot is silent for a while and comes back as another boot. What
    was carried out is in device-executions.jsonl beside the devices' file, a line for each time.

    --faults names a JSON list like [{"fault": "never_returns", "devices": [3]}, {"fault": "lost_network", "devices":
    "10%", "after": 60, "every": 300, "seconds": 45}]. Once or again and again: crash, black, frozen, agent_crash,
    hang, lost_network, flood, service_failed. All the time: switched_off, slow_boot, wrong_clock, duplicate_acks,
    late_acks, never_returns, same_boot_id, command_fails, ignores_commands.

    COMMAND_MOCK_REBOOT_IMMEDIATE_COMPLETE=true completes a reboot without one; it is refused with ENV=production.
    """
    try:
        script = read_faults(faults) if faults else NO_FAULTS
        is_mocked = mocks_reboot(os.environ)
        if env:
            file = accounts.read_env(env)
        else:
            file = accounts.read(devices) if devices else _provisioned(count, server, username, password_file, state)
        file = _overridden(file, host, port, tls_ca)
    except (OSError, ValueError, ProvisioningError) as error:
        typer.echo(f"infoscreen-device: {_without_input(error)}", err=True)
        raise typer.Exit(2) from error
    directory = (env or devices or state).absolute().parent
    options = FleetOptions(
        Intervals(heartbeat_seconds, health_seconds, screenshot_seconds, credentials_seconds),
        screen=(1920, 1080) if full_hd else (1280, 720),
        mqtt_311=mqtt_311,
        credentials_directory=directory / "device-credentials",
        commands_directory=None if commands_in_memory else directory / "device-commands",
    )
    simulation = Simulation(_range(boot_seconds), _range(display_seconds), script, is_mocked, directory / EXECUTIONS)
    cache = cache_dir or directory / "device-cache"
    asyncio.run(_until_stopped(accounts.configs(file, options), cache, simulation))


def _range(seconds: tuple[float, float]) -> Range:
    return max(0.0, min(seconds)), max(0.0, *seconds)


def _provisioned(count: int, server: str | None, username: str, password_file: Path | None, state: Path) -> DevicesFile:
    if not count or not server or not password_file:
        raise ValueError("either --devices, --env, or --count with --server and --password-file is needed")
    password = password_file.read_text("utf-8").strip()
    with httpx.Client(timeout=30) as http:
        return provision(http, server.rstrip("/"), (username, password), count, state)


def _overridden(file: DevicesFile, host: str | None, port: int | None, tls_ca: Path | None) -> DevicesFile:
    changes: dict[str, object] = {}
    if host:
        changes["host"] = host
    if port:
        changes["port"] = port
    if tls_ca:
        changes |= {"tls": True, "ca_certificate": tls_ca.read_text("utf-8")}
    return file.model_copy(update=changes)


def _without_input(error: Exception) -> str:
    """A validation error's own text would print what it read, passwords too."""
    if isinstance(error, pydantic.ValidationError):
        places = ", ".join(".".join(map(str, each["loc"])) or "file" for each in error.errors()[:5])
        return f"{error.title} cannot be read: {places}"
    return str(error)


async def _until_stopped(configs: list[DeviceConfig], cache: Path, simulation: Simulation) -> None:
    log.info("virtual devices start", count=len(configs))
    fleet = asyncio.create_task(run_fleet(configs, cache, simulation))
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, fleet.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await fleet
    log.info("virtual devices stopped")
