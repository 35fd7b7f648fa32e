"""`infoscreen broker accounts`: accounts of server processes, monitors and the canary on a broker of its own."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from infoscreen.bootstrap import build_app
from infoscreen.broker_bootstrap import private_broker
from infoscreen.config import Config
from infoscreen.domain.errors import InfoscreenError, Invalid, NotFound
from infoscreen.processes.cli.running import DataDir, ready
from infoscreen.processes.clock import utc_now
from infoscreen.services import server_accounts
from infoscreen.services.broker_accounts import register_server_accounts
from infoscreen.services.server_accounts import AccountNameTaken
from infoscreen.services.work import Work

app = typer.Typer(no_args_is_help=True, help="Accounts on the broker. Those of screens are made in the dashboard.")

Username = Annotated[str, typer.Argument(help="infoscreen-server-<actor>-<n>, infoscreen-monitor-<n> or the canary.")]
PasswordFile = Annotated[
    Path | None, typer.Option(help="Write the password here (mode 600), for MQTT_PASSWORD_FILE, instead of showing it.")
]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
PRIVATE = "the private broker makes its server accounts itself; `rotate` gives one a new password"
SENTENCES: dict[type[InfoscreenError], str] = {
    Invalid: "neither infoscreen-server-<api|listener|scheduler|worker|health>-<n>, infoscreen-monitor-<n> "
    "nor MQTT_CANARY_USER",
    AccountNameTaken: "there is an account of this name; `rotate` gives it a new password",
    NotFound: "there is no such account of a server process, a monitor or the canary",
}


@app.command("list")
def list_accounts(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show every account with its actor, when it was made, and the screen it belongs to."""
    with build_app(ready("broker-accounts", data_dir), utc_now).reading() as work:
        rows = [
            {
                "username": account.username,
                "actor": account.actor,
                "clientUuid": account.client_uuid,
                "createdAt": account.created_at.isoformat(timespec="seconds"),
            }
            for account in server_accounts.all_accounts(work)
        ]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        typer.echo(f"{row['username']:<40} {row['actor']:<18} {row['createdAt']}  {row['clientUuid'] or ''}".rstrip())


@app.command()
def add(
    username: Username, data_dir: DataDir = None, password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """Make an account; its password is told once and kept nowhere."""
    config = ready("broker-accounts", data_dir)
    canary = config.broker_service.canary_user
    _change(config, username, password_file, as_json, lambda work: server_accounts.add_account(work, username, canary))


@app.command()
def rotate(
    username: Username, data_dir: DataDir = None, password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """Give an account a new password that holds at once; its process takes it from its file by itself.

    See that it is back before rotating the next. The private broker's server accounts also rotate by schedule.
    """
    config = ready("broker-accounts", data_dir)
    if config.broker.private and username.startswith("infoscreen-server-"):
        _rotate_private(config, username)
        return
    _change(config, username, password_file, as_json, lambda work: server_accounts.renew_account(work, username))


@app.command()
def revoke(username: Username, data_dir: DataDir = None) -> None:
    """Take an account away; its connection ends within two seconds."""
    config = ready("broker-accounts", data_dir)
    if config.broker.private and username.startswith("infoscreen-server-"):
        _end_with(username, PRIVATE)
    try:
        with build_app(config, utc_now).work() as work:
            server_accounts.revoke_account(work, username)
    except NotFound as error:
        _end_with(username, SENTENCES[type(error)])
    typer.echo(f"{username} is revoked.")


def _rotate_private(config: Config, username: str) -> None:
    """The password goes where the processes read it, and is not shown: nobody else needs it."""
    broker = private_broker(config)
    try:
        broker.renew_server_password(username)
    except (LookupError, OSError) as error:
        _end_with(username, str(error))
    with build_app(config, utc_now).work() as work:
        register_server_accounts(work, broker.server_passwords)
    typer.echo(f"{username} has a new password in {config.data_dir / 'broker' / 'server_accounts.json'}.")


def _change(
    config: Config, username: str, password_file: Path | None, as_json: bool, change: Callable[[Work], str]
) -> None:
    """Make or renew an account; its password is in its place before the account is on the broker."""
    try:
        with build_app(config, utc_now).work() as work:
            password = change(work)
            if password_file:
                _keep(password_file, password)
    except (Invalid, AccountNameTaken, NotFound) as error:
        _end_with(username, SENTENCES[type(error)])
    except OSError as error:
        _end_with(str(password_file), f"{error.strerror}; nothing was changed")
    if as_json:
        typer.echo(json.dumps({"username": username, "password": None if password_file else password}))
    elif password_file:
        typer.echo(f"The password of {username} is in {password_file}.")
    else:
        typer.echo(f"MQTT_USER={username}\nMQTT_PASSWORD={password}")


def _keep(path: Path, password: str) -> None:
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(password + "\n")
        file.flush()
        os.fsync(descriptor)
    if path.exists():
        os.chown(new, path.stat().st_uid, path.stat().st_gid)
    new.replace(path)


def _end_with(what: str, sentence: str) -> NoReturn:
    typer.echo(f"infoscreen: {what}: {sentence}", err=True)
    raise typer.Exit(1)
