"""The product's HTTP side, as a device uses it for itself: here it fetches its new password, and confirms it."""

import ssl
from functools import lru_cache
from typing import Annotated

import httpx
import structlog
from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic.alias_generators import to_camel

from infoscreen_device.config import Account
from infoscreen_device.credentials import Credentials

log = structlog.get_logger()

Secret = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,256}$")]


class Waiting(BaseModel):
    """A new password, and what it is confirmed by."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True, hide_input_in_errors=True)

    rotation_id: Secret
    password: Secret


class DeviceCredentials(BaseModel):
    """The answer to `GET /api/device/credentials`."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    waiting: Waiting | None


@lru_cache(maxsize=8)
def https_context(ca_certificate: str | None) -> ssl.SSLContext:
    """Trusts what the system does, and the installation's own CA: the dashboard may have a certificate of either."""
    context = ssl.create_default_context()
    if ca_certificate:
        context.load_verify_locations(cadata=ca_certificate)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


async def renew_password(http: httpx.AsyncClient, account: Account, credentials: Credentials) -> None:
    """Fetch a new password where one waits, keep it, then confirm it. What goes wrong is tried again another time."""
    try:
        await _renew(http, account, credentials)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
        log.warning("password not renewed", account=account.username, error=type(error).__name__)


async def _renew(http: httpx.AsyncClient, account: Account, credentials: Credentials) -> None:
    address, headers = f"{account.server}/api/device/credentials", {"Authorization": f"Bearer {account.device_token}"}
    answer = (await http.get(address, headers=headers)).raise_for_status()
    waiting = DeviceCredentials.model_validate_json(answer.content).waiting
    if waiting is None:
        return
    credentials.take(waiting.password)
    body = {"rotationId": waiting.rotation_id}
    (await http.post(f"{address}/confirm", headers=headers, json=body)).raise_for_status()
    credentials.prefer(waiting.password)
    log.info("new password confirmed", account=account.username)
