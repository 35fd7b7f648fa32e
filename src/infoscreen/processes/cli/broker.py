"""`infoscreen broker`: the private broker, and accounts and rules for one that runs as a service of its own.

Each command imports what keeps the broker by itself, as those in processes.py do with theirs.
"""

from collections.abc import Callable
from typing import Annotated

import typer

from infoscreen.bootstrap import build_app
from infoscreen.broker_bootstrap import KeptBroker, broker_service, check_broker
from infoscreen.config import Config, ConfigError
from infoscreen.domain.broker_accounts import BrokerFilesHeld, BrokerLags
from infoscreen.processes.cli import broker_accounts
from infoscreen.processes.cli.running import (
    DataDir,
    configured,
    end_with_mistakes,
    ready,
    require_tls_files,
    stop_on_signal,
)
from infoscreen.processes.clock import utc_now

EXIT_LATE = 4
EXIT_HELD = 5

app = typer.Typer(help="Run the private broker, or carry accounts and rules to one that runs as a service.")
app.add_typer(broker_accounts.app, name="accounts")


@app.callback(invoke_without_command=True)
def run(context: typer.Context, data_dir: DataDir = None) -> None:
    """Run the private Mosquitto and keep its accounts equal to the database; or one of the commands below."""
    if context.invoked_subcommand is None:
        from infoscreen.processes import broker as process

        config = ready("broker", data_dir)
        _alone(lambda: process.run(build_app(config, utc_now), stop_on_signal()))


@app.command()
def sync(
    data_dir: DataDir = None,
    watch: Annotated[bool, typer.Option("--watch", help="Stay, and carry over every change within a second.")] = False,
) -> None:
    """Make the broker's accounts and rules match the database, and prove it.

    With --watch where the broker runs; without it also elsewhere, where it asks the process that has --watch.
    """
    from infoscreen.processes import broker as process
    from infoscreen.processes.broker import SyncOutcome

    config = ready("broker-sync", data_dir)
    app = build_app(config, utc_now)
    if watch:
        broker = _service(config)
        _alone(lambda: process.watch(app, broker, stop_on_signal()))
        return
    is_here = not config.broker.private and config.broker_service.files_dir is not None
    outcome = process.sync_once(app, _service(config)) if is_here else process.sync_elsewhere(app)
    sentences = {
        SyncOutcome.PROVED: "The broker follows the database.",
        SyncOutcome.WRITTEN: "The files are written; the broker does not run and takes them when it starts.",
        SyncOutcome.LATE: "The broker does not follow the database yet; its log and that of its keeper say why.",
    }
    typer.echo(sentences[outcome], err=outcome is SyncOutcome.LATE)
    if outcome is SyncOutcome.LATE:
        raise typer.Exit(EXIT_LATE)


@app.command()
def check(
    data_dir: DataDir = None,
    within: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for the answer.")] = 5.0,
) -> None:
    """Log in as the health check, send a message to itself and wait for it; exit code 4 if it does not come back."""
    config = configured("broker-check", data_dir=data_dir)
    require_tls_files(config)
    try:
        seconds = check_broker(config, within)
    except ConfigError as error:
        end_with_mistakes(error)
    except (BrokerLags, LookupError, OSError) as error:
        typer.echo(f"infoscreen: {error}", err=True)
        raise typer.Exit(EXIT_LATE) from None
    typer.echo(f"The broker has answered within {seconds * 1000:.0f} ms.")


def _service(config: Config) -> KeptBroker:
    try:
        return broker_service(config)
    except ConfigError as error:
        end_with_mistakes(error)


def _alone(keep: Callable[[], None]) -> None:
    """Keep the broker's files, unless another process does already."""
    try:
        keep()
    except BrokerFilesHeld as error:
        typer.echo(f"infoscreen: {error}", err=True)
        raise typer.Exit(EXIT_HELD) from None
