"""The server's processes, one command each; `infoscreen up` starts them all at once.

Each command imports its own process only: five starts on a small machine are mostly imports.
"""

import typer

from infoscreen.bootstrap import build_app, connect
from infoscreen.config import Config
from infoscreen.processes.cli.running import DataDir, Instance, configured, stop_on_signal
from infoscreen.processes.clock import utc_now
from infoscreen_wire.access import Actor

EXIT_DATABASE = 3
# Open streams are told to end; what has not answered by then is cut off, in seconds.
SHUTDOWN_SECONDS = 5


def api(data_dir: DataDir = None, instance: Instance = 1) -> None:
    """Serve the HTTP API and the dashboard."""
    import uvicorn

    from infoscreen.processes.api.app import build_api
    from infoscreen.processes.api.live import Hub

    config = _ready("api", data_dir)
    hub = Hub()
    connection = connect(config, Actor.API, instance, on_notice=hub.tell, on_connected=hub.refresh)
    try:
        uvicorn.run(
            build_api(build_app(config, utc_now, connection), hub),
            host=config.http.host,
            port=config.http.port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
    finally:
        connection.stop()


def scheduler(data_dir: DataDir = None, instance: Instance = 1) -> None:
    """Publish what is planned."""
    from infoscreen.processes.scheduler import Scheduler, Signals

    config = _ready("scheduler", data_dir)
    stop = stop_on_signal()
    signals = Signals()
    connection = connect(
        config, Actor.SCHEDULER, instance, on_notice=signals.on_notice, on_connected=signals.on_connected
    )
    try:
        Scheduler(build_app(config, utc_now, connection), signals).run(stop)
    finally:
        connection.stop()


def listener(data_dir: DataDir = None, instance: Instance = 1) -> None:
    """Store what the screens report."""
    from infoscreen.processes import listener

    listener.run(_ready("listener", data_dir), instance, stop_on_signal())


def worker(data_dir: DataDir = None, instance: Instance = 1) -> None:
    """Convert presentations to PDF."""
    from infoscreen.processes import worker

    config = _ready("worker", data_dir)
    connection = connect(config, Actor.WORKER, instance)
    try:
        worker.run(build_app(config, utc_now, connection), stop_on_signal())
    finally:
        connection.stop()


def broker(data_dir: DataDir = None) -> None:
    """Run the private Mosquitto and keep its accounts equal to the database."""
    from infoscreen.processes import broker

    broker.run(build_app(_ready("broker", data_dir), utc_now), stop_on_signal())


def _ready(process: str, data_dir: DataDir) -> Config:
    """The configuration of a process, whose database must be at this version."""
    config = configured(process, data_dir=data_dir)
    if not build_app(config, utc_now).is_database_current():
        typer.echo("infoscreen: the database is not up to date; run `infoscreen db upgrade`", err=True)
        raise typer.Exit(EXIT_DATABASE)
    return config
