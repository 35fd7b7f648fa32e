"""The command `infoscreen-device`: `enroll` gives this device its account, `simulate` runs virtual devices."""

import os
from pathlib import Path
from typing import Annotated

import httpx
import structlog
import typer

from infoscreen_device import enroll as enrollment
from infoscreen_device.broker_check import why_not_let_in
from infoscreen_device.enroll import EnrollmentError, Exit
from infoscreen_device.server import https_context, is_protected
from infoscreen_device.simulate.cli import simulate

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command()(simulate)


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
    plain: Annotated[bool, typer.Option("--plain", help="Without https: whoever listens can read everything.")] = False,
) -> None:
    """Give this device its account on the broker, with a one-time code, and see that the broker lets it in.

    Exit codes: 2 wrong use or file, 3 there is an account, 4 refused by the server, 5 server not reached, 6 the account
    is written but the broker does not let it in.
    """
    server = server.rstrip("/")
    if server.startswith("http://") and not (plain or is_protected(server)):
        typer.echo("infoscreen-device: without https the code and the password can be read on the way", err=True)
        typer.echo("Nothing was sent. With --plain it is, in a network whose every device you trust.", err=True)
        raise typer.Exit(Exit.WRONG_USE)
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
