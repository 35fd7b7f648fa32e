"""Accounts for virtual devices from the product's own API, as an administrator would make them by hand."""

import time
import uuid
from pathlib import Path

import httpx
import structlog

from infoscreen_device.issued_account import IssuedAccount
from infoscreen_device.simulate import accounts
from infoscreen_device.simulate.accounts import DeviceEntry, DevicesFile

log = structlog.get_logger()

# A new account is on the broker within 2 s; a device refused before that would wait a minute.
BROKER_LETS_IN_SECONDS = 3
MODEL = "Virtuelles Gerät"


class ProvisioningError(Exception):
    """The server did not give an account, with the reason."""


def provision(http: httpx.Client, server: str, login: tuple[str, str], count: int, state: Path) -> DevicesFile:
    """At least `count` devices: those in `state`, and new ones for the rest, each kept before the next is asked for."""
    known = accounts.read(state) if state.exists() else DevicesFile(server=server)
    if known.server != server:
        raise ProvisioningError(f"{state} belongs to {known.server}")
    if len(known.devices) < count:
        _post(http, f"{server}/api/auth/login", {"username": login[0], "password": login[1]})
        while len(known.devices) < count:
            known = _with_one_more(known, http, server)
            accounts.write(state, known)
        time.sleep(BROKER_LETS_IN_SECONDS)
    return known.model_copy(update={"devices": known.devices[:count]})


def _with_one_more(known: DevicesFile, http: httpx.Client, server: str) -> DevicesFile:
    device, number = str(uuid.uuid4()), len(known.devices) + 1
    issued = IssuedAccount.model_validate(_post(http, f"{server}/api/clients/{device}/broker-account", {}))
    entry = DeviceEntry(
        uuid=device,
        username=issued.username,
        password=issued.password,
        device_token=issued.device_token,
        hostname=f"virtual-{number:04d}",
        model=MODEL,
    )
    where = issued.model_dump(include={"host", "port", "tls", "ca_certificate"})
    return known.model_copy(update={**where, "devices": (*known.devices, entry)})


def _post(http: httpx.Client, address: str, body: dict[str, str]) -> object:
    try:
        answer = http.post(address, json=body).raise_for_status()
        return answer.json()
    except httpx.HTTPStatusError as error:
        raise ProvisioningError(f"{error.request.url} answered {error.response.status_code}") from error
    except (httpx.HTTPError, ValueError) as error:
        raise ProvisioningError(f"{address} gave no usable answer: {type(error).__name__}") from error
