"""`infoscreen up`: everything on one machine, with nothing to set up by hand."""

from typing import TYPE_CHECKING, Annotated

import typer

from infoscreen.bootstrap import App, build_app
from infoscreen.config import Config
from infoscreen.processes.cli.running import DataDir, configured, stop_on_signal
from infoscreen.processes.clock import utc_now
from infoscreen.processes.start import prepare
from infoscreen.processes.up import end, server_children, simulator_child, wait_until_ready, watch

if TYPE_CHECKING:
    from infoscreen.processes.demo.seed import Demo

EXIT_NOT_READY = 4


def up(
    data_dir: DataDir = None,
    host: Annotated[str | None, typer.Option(help="Address the dashboard is served on.")] = None,
    http_port: Annotated[int | None, typer.Option(help="Port the dashboard is served on.")] = None,
    mqtt_port: Annotated[int | None, typer.Option(help="Port of the private broker.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="With a demo school and twelve virtual devices.")] = False,
) -> None:
    """Run the whole system: database, private broker, all processes; with --demo a demo school too."""
    given = {"data_dir": data_dir, "http_host": host, "http_port": http_port, "mqtt_broker_port": mqtt_port}
    config = configured("up", **given)
    stop = stop_on_signal()
    app = build_app(config, utc_now)
    made_up = prepare(app)
    school = _seed(app) if demo else None
    children = server_children(config)
    try:
        for child in children:
            child.start()
        if not wait_until_ready(config, stop):
            if not stop.is_set():
                typer.echo("infoscreen: the system did not become ready within a minute; see the log above", err=True)
                raise typer.Exit(EXIT_NOT_READY)
            return
        if school:
            children.append(simulator_child(school.devices))
        _tell(config, made_up, school)
        watch(children, stop)
    finally:
        end(children)


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
