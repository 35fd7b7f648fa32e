"""The command's tree: processes and everything at once here, tasks of an operator in the files beside it."""

import json
from typing import Annotated, Any

import typer
from sqlalchemy.exc import InterfaceError, OperationalError
from typer.core import TyperGroup

from infoscreen.bootstrap import DatabaseUnusable
from infoscreen.processes.cli import broker, database, pki, processes, users
from infoscreen.processes.cli.running import end_without_database
from infoscreen.processes.cli.up import up


class Commands(TyperGroup):
    """The command's tree; a database that cannot be used ends every one of them with a sentence."""

    def invoke(self, ctx: Any) -> Any:  # typer keeps the type of it to itself
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except DatabaseUnusable as error:
            end_without_database(str(error))
        except (OperationalError, InterfaceError) as error:
            end_without_database(str(DatabaseUnusable(error)))


app = typer.Typer(
    cls=Commands,
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
