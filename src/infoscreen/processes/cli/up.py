"""`infoscreen up`: everything on one machine, with nothing to set up by hand."""

import fcntl
import os
import socket
import threading
from typing import IO, TYPE_CHECKING, Annotated, NoReturn

import structlog
import typer
from sqlalchemy.exc import DBAPIError

from infoscreen.bootstrap import App, DatabaseUnusable, build_app
from infoscreen.broker_bootstrap import private_mosquitto, renew_certificate
from infoscreen.config import Config
from infoscreen.domain.broker_accounts import BrokerNotStarted
from infoscreen.domain.pki import PkiRefused
from infoscreen.processes.cli.processes import load_all
from infoscreen.processes.cli.running import (
    DATABASE_AGAIN_SECONDS,
    DataDir,
    configured,
    end_without_database,
    is_database_current,
    require_tls_files,
    stop_on_signal,
)
from infoscreen.processes.clock import utc_now
from infoscreen.processes.forks import spare_memory
from infoscreen.processes.start import prepare
from infoscreen.processes.up import (
    Child,
    end,
    environment_of_children,
    server_children,
    simulator_child,
    wait_until_ready,
    watch,
)
from infoscreen.services.settings import school_zone

if TYPE_CHECKING:
    from infoscreen.processes.demo.seed import Demo

log = structlog.get_logger()

EXIT_NOT_READY = 4
# A demo must not fail because something else has the usual port.
PORTS_TRIED = 50
ONE_ACCOUNT = (
    "with a broker of its own (MQTT_BROKER_HOST) every process needs an account of its own, and MQTT_USER names one "
    "for all, which would throw each other off: start the processes one by one, as docs/operations/broker.md tells"
)


def up(
    data_dir: DataDir = None,
    host: Annotated[str | None, typer.Option(help="Address to serve on; 0.0.0.0 for a whole network.")] = None,
    http_port: Annotated[int | None, typer.Option(help="Port the dashboard is served on.")] = None,
    mqtt_port: Annotated[int | None, typer.Option(help="Port of the private broker.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="With a demo school and eighteen virtual devices.")] = False,
) -> None:
    """Run the whole system: database, private broker, all processes; with --demo a demo school too.

    The demo takes the next free ports where the usual ones are taken.
    """
    given = {"data_dir": data_dir, "http_host": host, "http_port": http_port, "mqtt_broker_port": mqtt_port}
    config = configured("up", **given)
    if not config.broker.private and config.broker.username:
        _end_with(ONE_ACCOUNT)
    with _lock(config):
        if demo:
            # The demo's virtual TVs are there to be seen switching.
            os.environ.setdefault("POWER_INTENT_PUBLISH_ENABLED", "true")
            config = configured("up", **given | _free_ports(config, http_port, mqtt_port))
        _check_ports(config)
        _prepare_tls(config)
        _run_until_stopped(config, demo=demo)


def _run_until_stopped(config: Config, *, demo: bool) -> None:
    stop = stop_on_signal()
    app = build_app(config, utc_now)
    prepared = _prepare(app, stop, demo=demo)
    if prepared is None:
        return
    made_up, school = prepared
    devices = _devices(app, school) if school else []
    app.close()
    _load_what_children_need(config)
    children = server_children(config, _run_process)
    try:
        for child in children:
            child.start()
        if not wait_until_ready(config, children, stop):
            if stop.is_set():
                return
            _end_with("the system did not become ready; see the log above")
        children += devices
        _tell(config, made_up, school)
        watch(children, stop)
    finally:
        end(children)


def _lock(config: Config) -> IO[str]:
    """Hold the data directory for this `up` alone, for as long as the file is open."""
    config.data_dir.mkdir(parents=True, exist_ok=True)
    file = (config.data_dir / "up.lock").open("w")
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # unlike one of `flock`, it is not held by forks, too
    except OSError:
        _end_with(f"another `infoscreen up` is running with {config.data_dir}")
    return file


def _free_ports(config: Config, http_port: int | None, mqtt_port: int | None) -> dict[str, int]:
    return {
        "http_port": http_port or _free_port(config.http.host, config.http.port),
        "mqtt_broker_port": mqtt_port or _free_port(config.broker.listen_host, config.broker.port),
    }


def _free_port(host: str, wanted: int) -> int:
    return next((port for port in range(wanted, wanted + PORTS_TRIED) if _is_free(host, port)), wanted)


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
        return True


def _check_ports(config: Config) -> None:
    """End with a sentence where a port is taken or Mosquitto is missing: the children would die again and again."""
    if not _is_free(config.http.host, config.http.port):
        _end_with(f"{config.http.host}:{config.http.port} is in use; choose another port with --http-port")
    if config.broker.private:
        try:
            private_mosquitto(config).check()
        except BrokerNotStarted as error:
            _end_with(str(error))


def _prepare_tls(config: Config) -> None:
    """Make the private broker's certificate before any process looks for its CA."""
    try:
        renew_certificate(config, utc_now())
    except (PkiRefused, OSError) as error:
        _end_with(str(error))
    require_tls_files(config)


def _end_with(sentence: str) -> NoReturn:
    typer.echo(f"infoscreen: {sentence}", err=True)
    raise typer.Exit(EXIT_NOT_READY)


def _prepare(app: App, stop: threading.Event, *, demo: bool) -> "tuple[str | None, Demo | None] | None":
    """Bring database and demo to this version, as often as the database goes away meanwhile; None when stopped."""
    while not stop.is_set():
        is_database_current(app, stop)
        if stop.is_set():
            break
        try:
            return prepare(app), _seed(app) if demo else None
        except DBAPIError as error:
            unusable = DatabaseUnusable(error)
            if not unusable.is_away:
                end_without_database(str(unusable))
            log.warning("database_went_away", error=str(unusable))
            stop.wait(DATABASE_AGAIN_SECONDS)
    return None


def _devices(app: App, school: "Demo") -> list[Child]:
    with app.reading() as work:
        zone = school_zone(work)
    return [simulator_child(app.config, school.devices, school.faults, zone)]


def _load_what_children_need(config: Config) -> None:
    # Before: the library of the figures reads when it is imported where to keep them.
    os.environ.update(environment_of_children(config))
    load_all()
    spare_memory()


def _run_process(process: str) -> None:
    from infoscreen.processes.cli.main import app  # which imports this file

    app([process], prog_name="infoscreen")


def _seed(app: App) -> "Demo":
    from infoscreen.processes.demo.seed import seed

    return seed(app)


def _tell(config: Config, made_up: str | None, school: "Demo | None") -> None:
    typer.echo(f"\n  Infoscreen is ready:  {config.http.public_base_url}\n")
    logins = dict(school.logins) if school else {}
    if made_up:
        logins[config.first_user.username] = f"{made_up}  (shown only once)"
    for username, password in logins.items():
        typer.echo(f"  user {username:<12} password {password}")
    typer.echo("\n  Stop with Ctrl+C.\n")
