"""`infoscreen db`: the schema of the database."""

import typer

from infoscreen.bootstrap import build_app
from infoscreen.processes.cli.running import DataDir, configured
from infoscreen.processes.clock import utc_now
from infoscreen.processes.start import prepare

app = typer.Typer(no_args_is_help=True, help="The schema of the database.")


@app.command()
def upgrade(data_dir: DataDir = None) -> None:
    """Bring the database to this version, and seed settings, school years and the first user."""
    config = configured("db", data_dir=data_dir)
    made_up = prepare(build_app(config, utc_now))
    if made_up:
        typer.echo(f"User {config.first_user.username} was made, with the password {made_up}")


@app.command()
def check(data_dir: DataDir = None) -> None:
    """Tell whether the database has this version's schema; exit code 3 if not."""
    config = configured("db", data_dir=data_dir)
    if not build_app(config, utc_now).is_database_current():
        typer.echo("The database is not up to date; run `infoscreen db upgrade`.")
        raise typer.Exit(3)
    typer.echo("The database is up to date.")
