"""The commands that start processes; those for people, accounts and the database are beside this file."""

import json

import typer

from infoscreen.processes.api.app import build_api
from infoscreen.processes.api.live import Hub

app = typer.Typer(no_args_is_help=True, help="Plans, publishes and watches the info screens of a school.")


@app.callback()
def main() -> None:
    """Plans, publishes and watches the info screens of a school."""


@app.command()
def openapi() -> None:
    """Print the OpenAPI document of the HTTP API."""
    typer.echo(json.dumps(build_api(None, Hub()).openapi(), indent=2, ensure_ascii=False, sort_keys=True))
