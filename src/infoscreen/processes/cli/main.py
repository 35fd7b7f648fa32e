"""The command's tree: processes and everything at once here, tasks of an operator in the files beside it."""

import json
from typing import Annotated

import typer

from infoscreen.processes.cli import broker, database, pki, processes, users
from infoscreen.processes.cli.up import up

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Plans, publishes and watches the info screens of a school.",
)
for command in (up, processes.api, processes.listener, processes.scheduler, processes.worker):
    app.command()(command)
app.add_typer(broker.app, name="broker")
app.add_typer(database.app, name="db")
app.add_typer(pki.app, name="pki")
app.add_typer(users.app, name="user")


@app.command()
def openapi(indent: Annotated[int, typer.Option(help="Spaces of indentation.")] = 2) -> None:
    """Print the OpenAPI document of the HTTP API."""
    from infoscreen.processes.api.app import build_api
    from infoscreen.processes.api.live import Hub

    document = build_api(None, Hub()).openapi()
    typer.echo(json.dumps(document, indent=indent, ensure_ascii=False, sort_keys=True))
