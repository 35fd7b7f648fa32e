"""What every command that runs needs: the configuration with its mistakes told, logs, and a stop by signal."""

import os
import signal
import threading
import time
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from infoscreen.bootstrap import App, DatabaseUnusable, build_app
from infoscreen.config import Config, ConfigError, load_config
from infoscreen.processes.clock import utc_now
from infoscreen.processes.logs import set_up_logs

EXIT_CONFIG = 2
# Database, media and pictures of screens are nobody's business but the processes'.
OWNERS_ALONE = 0o077
EXIT_DATABASE = 3
DATABASE_AGAIN_SECONDS = 0.5

DataDir = Annotated[Path | None, typer.Option(help="Where database, media and broker files are kept.")]
Instance = Annotated[int, typer.Option(min=1, help="Number of this instance, where several run.")]


def configured(process: str, **given: object) -> Config:
    """The configuration for a command; a wrong one ends it with a sentence per mistake."""
    os.umask(OWNERS_ALONE)
    try:
        config = load_config(**given)
    except ConfigError as error:
        end_with_mistakes(error)
    set_up_logs(config, process)
    return config


def end_with_mistakes(error: ConfigError) -> NoReturn:
    """Tell what is wrong with the environment, and end."""
    for mistake in error.mistakes:
        typer.echo(f"infoscreen: {mistake}", err=True)
    raise typer.Exit(EXIT_CONFIG) from None


def ready(process: str, data_dir: Path | None) -> Config:
    """The configuration of a process, whose database must be at this version."""
    config = configured(process, data_dir=data_dir)
    if not is_database_current(build_app(config, utc_now)):
        typer.echo("infoscreen: the database is not up to date; run `infoscreen db upgrade`", err=True)
        raise typer.Exit(EXIT_DATABASE)
    if process != "broker":  # which makes those of a private broker
        require_tls_files(config)
    return config


def is_database_current(app: App, stop: threading.Event | None = None) -> bool:
    """Wait for a database that is away, said once; whether it has this version's schema. False when stopped.

    Ends the command with a sentence when the database refuses: nobody would get in by waiting.
    """
    told = False
    while not (stop and stop.is_set()):
        try:
            return app.is_database_current()
        except DatabaseUnusable as error:
            if not error.is_away:
                end_without_database(str(error))
            if not told:
                typer.echo(f"infoscreen: the database does not answer, waiting for it: {error}", err=True)
            told = True
            time.sleep(DATABASE_AGAIN_SECONDS)
    return False


def end_without_database(reason: str) -> NoReturn:
    """Tell why the database cannot be used, and end."""
    typer.echo(f"infoscreen: the database cannot be used: {reason}", err=True)
    raise typer.Exit(EXIT_DATABASE)


def require_tls_files(config: Config) -> None:
    """End with a sentence for each file of TLS that this process cannot read."""
    missing = config.broker.missing_tls_files
    if missing:
        end_with_mistakes(ConfigError(missing))


def stop_on_signal() -> threading.Event:
    """An event that is set when the process is asked to end."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
