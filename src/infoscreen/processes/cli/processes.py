"""The server's processes, one command each; `infoscreen up` starts them all at once.

Each command imports its own process only: five starts on a small machine are mostly imports.
"""

from infoscreen.bootstrap import build_app
from infoscreen.broker_bootstrap import connect
from infoscreen.config import Config, ConfigError
from infoscreen.processes.cli.running import DataDir, Instance, end_with_mistakes, ready, stop_on_signal
from infoscreen.processes.clock import utc_now
from infoscreen.services.server_accounts import count_listeners
from infoscreen_wire.access import Actor

UNSHARED = (
    "MQTT_LISTENERS_SHARE: several listeners need it, all of them, or each stores what the others store, too. For one "
    "alone, revoke the accounts of the others (`infoscreen broker accounts`) and start it without --instance"
)


def load_all() -> None:
    """Import what the processes do, the broker's keeper too: forks of this process then have it."""
    from infoscreen.processes import broker, listener, passes, scheduler, worker  # noqa: F401
    from infoscreen.processes.api import server  # noqa: F401


def api(data_dir: DataDir = None, instance: Instance = 1) -> None:
    """Serve the HTTP API and the dashboard."""
    from infoscreen.processes.api.live import Hub
    from infoscreen.processes.api.server import server

    config = ready("api", data_dir)
    hub = Hub()
    connection = connect(config, Actor.API, instance, on_notice=hub.tell, on_connected=hub.refresh)
    try:
        server(build_app(config, utc_now, connection), hub).run()
    finally:
        connection.stop()


def scheduler(data_dir: DataDir = None, instance: Instance = 1) -> None:
    """Publish what is planned, and look after commands."""
    from infoscreen.processes.passes import running_passes
    from infoscreen.processes.scheduler import Scheduler, Signals

    config = ready("scheduler", data_dir)
    stop = stop_on_signal()
    signals = Signals()
    connection = connect(
        config, Actor.SCHEDULER, instance, on_notice=signals.on_notice, on_connected=signals.on_connected
    )
    try:
        app = build_app(config, utc_now, connection)
        process = Scheduler(app, signals)
        with running_passes(app, stop, leads=lambda: process.leads):
            process.run(stop)
    finally:
        connection.stop()


def listener(data_dir: DataDir = None, instance: Instance = 1) -> None:
    """Store what the screens report."""
    from infoscreen.processes import listener

    config = ready("listener", data_dir)
    if not config.broker.listeners_share and is_one_of_several(config, instance):
        end_with_mistakes(ConfigError([UNSHARED]))
    listener.run(config, instance, stop_on_signal())


def is_one_of_several(config: Config, instance: int) -> bool:
    """Whether other listeners may take in the same messages."""
    with build_app(config, utc_now).reading() as work:
        return instance > 1 or count_listeners(work) > 1


def worker(data_dir: DataDir = None, instance: Instance = 1) -> None:
    """Convert presentations to PDF."""
    from infoscreen.processes import worker

    config = ready("worker", data_dir)
    connection = connect(config, Actor.WORKER, instance)
    try:
        worker.run(build_app(config, utc_now, connection), stop_on_signal())
    finally:
        connection.stop()
