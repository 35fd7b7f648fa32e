"""What every command that runs needs: the configuration with its mistakes told, logs, and a stop by signal."""

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from infoscreen.config import Config, ConfigError, load_config
from infoscreen.processes.logs import set_up_logs

EXIT_CONFIG = 2

DataDir = Annotated[Path | None, typer.Option(help="Where database, media and broker files are kept.")]
Instance = Annotated[int, typer.Option(min=1, help="Number of this instance, where several run.")]


def configured(process: str, **given: object) -> Config:
    """The configuration for a command; a wrong one ends it with a sentence per mistake."""
    try:
        config = load_config(**given)
    except ConfigError as error:
        for mistake in error.mistakes:
            typer.echo(f"infoscreen: {mistake}", err=True)
        raise typer.Exit(EXIT_CONFIG) from None
    set_up_logs(config, process)
    return config


def stop_on_signal() -> threading.Event:
    """An event that is set when the process is asked to end."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
