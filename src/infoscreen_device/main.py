"""The command `infoscreen-device`: `enroll` gives this device its account, `simulate` runs virtual devices."""

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

from infoscreen_device import enroll as enrollment
from infoscreen_device.broker_check import why_not_let_in
from infoscreen_device.config import DeviceConfig, Intervals
from infoscreen_device.enroll import EnrollmentError, Exit
from infoscreen_device.server import https_context
from infoscreen_device.simulate import accounts
from infoscreen_device.simulate.accounts import DevicesFile, FleetOptions
from infoscreen_device.simulate.fleet import run_fleet
from infoscreen_device.simulate.provision import ProvisioningError, provision

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
log = structlog.get_logger()

Seconds = Annotated[float, typer.Option(min=0.1)]


@app.callback()
def prepare() -> None:
    """The agent of an info screen, and virtual screens for trying the system out."""
    last = structlog.processors.JSONRenderer() if os.environ.get("LOG_FORMAT") == "json" else None
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            last or structlog.dev.ConsoleRenderer(colors=False),
        ]
    )


@app.command()
def enroll(
    server: Annotated[str, typer.Argument(help="Address of the product, https://server.")],
    code: Annotated[str, typer.Argument(help="The one-time code that the dashboard shows.")],
    env: Annotated[Path, typer.Option(help="Where the account is written.")] = Path(".env"),
    ca: Annotated[Path | None, typer.Option(help="Trust this CA (PEM) too, for the server.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an account that is there.")] = False,
) -> None:
    """Give this device its account on the broker, with a one-time code, and see that the broker lets it in.

    Exit codes: 2 wrong use or file, 3 there is an account, 4 refused by the server, 5 server not reached, 6 the account
    is written but the broker does not let it in.
    """
    server = server.rstrip("/")
    if server.startswith("http://"):
        typer.echo("infoscreen-device: without https the code and the password can be read on the way", err=True)
    try:
        with httpx.Client(timeout=30, trust_env=False, verify=https_context(ca.read_text() if ca else None)) as http:
            account = enrollment.enroll(http, server, code, env, force=force)
    except (OSError, EnrollmentError) as error:
        typer.echo(f"infoscreen-device: {error}", err=True)
        raise typer.Exit(error.code if isinstance(error, EnrollmentError) else Exit.WRONG_USE) from error
    where = f"{account.broker.host}:{account.broker.port}"
    typer.echo(f"{account.username}: the account is in {env}")
    reason = why_not_let_in(account)
    if reason:
        typer.echo(f"infoscreen-device: the broker {where} does not let it in: {reason}", err=True)
        raise typer.Exit(Exit.BROKER_REFUSES)
    typer.echo(f"{account.username}: the broker {where} lets it in")


@app.command()
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
    heartbeat_seconds: Seconds = 65,
    health_seconds: Seconds = 5,
    screenshot_seconds: Seconds = 60,
    credentials_seconds: Seconds = 24 * 3600,
) -> None:
    """Run virtual devices until stopped: those of --devices, that of --env, or --count with accounts from --server."""
    try:
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
    )
    cache = cache_dir or directory / "device-cache"
    asyncio.run(_until_stopped(accounts.configs(file, options), cache))


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


async def _until_stopped(configs: list[DeviceConfig], cache: Path) -> None:
    log.info("virtual devices start", count=len(configs))
    fleet = asyncio.create_task(run_fleet(configs, cache))
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, fleet.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await fleet
    log.info("virtual devices stopped")
