"""The demo school's virtual devices: their clients and accounts, and the file that `infoscreen-device simulate` reads.

The database keeps no password: without the file that tells them, the devices get new accounts.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from infoscreen.bootstrap import App
from infoscreen.config import Config
from infoscreen.domain.errors import NotFound
from infoscreen.processes.demo import private_files
from infoscreen.processes.demo.past import remember
from infoscreen.processes.demo.rooms import ROOMS, SCREENS
from infoscreen.processes.demo.school import MODEL, NAME, Screen
from infoscreen.services import broker_accounts, clients, groups
from infoscreen.services.work import Work

Device = dict[str, Any]


def keep_devices(app: App, path: Path) -> None:
    """Have a file with the devices' accounts; those it has are kept, the place of the broker follows the settings."""
    devices = _kept(app, path) or _make(app)
    private_files.write(path, {**_place(app.config), "devices": devices})


def _kept(app: App, path: Path) -> list[Device]:
    """The devices of the file; none where it belongs to another database."""
    kept: list[Device] = (private_files.read(path) or {}).get("devices", [])
    with app.reading() as work:
        is_ours = any(broker_accounts.client_of_device_token(work, device["deviceToken"]) for device in kept)
    return kept if is_ours else []


def _make(app: App) -> list[Device]:
    with app.work() as work:
        known = {client.uuid for client in clients.list_clients(work)}
        devices = [_make_one(work, screen) for screen in SCREENS]
        group_ids = {group.name: group.id for group in groups.list_groups(work)}
        _furnish(work, known, group_ids)
        remember(work, [screen for screen in SCREENS if screen.uuid not in known])
    return devices


def _make_one(work: Work, screen: Screen) -> Device:
    with suppress(NotFound):
        broker_accounts.revoke_client_account(work, screen.uuid)
    account = broker_accounts.make_client_account(work, screen.uuid)
    return {
        "uuid": screen.uuid,
        "username": account.username,
        "password": account.password,
        "deviceToken": account.device_token,
        "hostname": screen.hostname,
        "ip": screen.ip,
        "model": MODEL,
        "description": screen.description,
    }


def _furnish(work: Work, known: set[str], group_ids: Mapping[str, int]) -> None:
    """Describe the new clients and put them into their groups; what people changed of others stays."""
    for room in ROOMS:
        new = [screen for screen in room.screens if screen.uuid not in known]
        for screen in new:
            fields = {"hostname": screen.hostname, "ip": screen.ip, "model": MODEL, "description": screen.description}
            clients.change_client(work, screen.uuid, fields, None)
        if new and room.name in group_ids:
            clients.assign_clients(work, [screen.uuid for screen in new], group_ids[room.name])


def _place(config: Config) -> dict[str, Any]:
    broker = config.broker
    return {
        "host": broker.host,
        "port": broker.port,
        "tls": broker.tls_enabled,
        "caCertificate": Path(broker.tls_ca_cert).read_text("utf-8") if broker.tls_ca_cert else None,
        "server": config.http.public_base_url,
        "school": NAME,
    }
