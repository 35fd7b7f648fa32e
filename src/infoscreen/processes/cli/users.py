"""`infoscreen user`: people, when nobody can log in."""

from typing import Annotated

import typer

from infoscreen.bootstrap import build_app
from infoscreen.domain.access import Role
from infoscreen.domain.errors import Invalid, NotFound
from infoscreen.processes.cli.running import DataDir, configured
from infoscreen.processes.clock import utc_now
from infoscreen.services import users

app = typer.Typer(no_args_is_help=True, help="People who may log in.")
Password = Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)]


@app.command()
def create(username: str, password: Password, role: Role = Role.USER, data_dir: DataDir = None) -> None:
    """Add a person."""
    try:
        with build_app(configured("user", data_dir=data_dir), utc_now).work() as work:
            users.create_user(work, username, password, role)
    except Invalid as error:
        _end_with(error)


@app.command()
def reset_password(username: str, password: Password, data_dir: DataDir = None) -> None:
    """Set a person's password, end the person's sessions and lift a lock."""
    try:
        with build_app(configured("user", data_dir=data_dir), utc_now).work() as work:
            users.reset_password(work, username, password)
    except (Invalid, NotFound) as error:
        _end_with(error)


def _end_with(error: Exception) -> None:
    mistakes = error.fields if isinstance(error, Invalid) else {"username": error}
    for field, mistake in mistakes.items():
        typer.echo(f"infoscreen: {field}: {getattr(mistake, 'code', mistake)}", err=True)
    raise typer.Exit(1)
