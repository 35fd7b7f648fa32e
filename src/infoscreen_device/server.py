"""The product's HTTP side, as a device uses it for itself: new passwords, fetched and confirmed, and new CAs."""

import asyncio
import ssl
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

import httpx
import structlog
from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic.alias_generators import to_camel

from infoscreen_device.config import Account
from infoscreen_device.credentials import Credentials
from infoscreen_device.trust import Trust

log = structlog.get_logger()

# Characters; some twenty certificates.
CA_AT_MOST = 64 * 1024
PemText = Annotated[str, StringConstraints(max_length=CA_AT_MOST, pattern=r"^[\n\r -~]+$")]
Secret = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,256}$")]


class Waiting(BaseModel):
    """A new password, and what it is confirmed by."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True, hide_input_in_errors=True)

    rotation_id: Secret
    password: Secret


class DeviceCredentials(BaseModel):
    """The answer to `GET /api/device/credentials`; a server of an earlier version tells no CA."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True, hide_input_in_errors=True)

    waiting: Waiting | None
    ca_certificate: PemText | None = None


@lru_cache(maxsize=8)
def https_context(ca_certificate: str | None) -> ssl.SSLContext:
    """Trusts what the system does, and the installation's own CA: the dashboard may have a certificate of either."""
    context = ssl.create_default_context()
    if ca_certificate:
        context.load_verify_locations(cadata=ca_certificate)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a device has from the server and gets anew by itself; `tls` is how it checks the server."""

    account: Account
    credentials: Credentials
    trust: Trust
    tls: ssl.SSLContext


async def renew(http: httpx.AsyncClient, mine: Renewal, *, is_connected: bool) -> None:
    """Fetch what is new: the CAs, and while connected a password, which is kept before it is confirmed.

    Only who is connected knows which of its passwords holds. What goes wrong is tried again another time.
    """
    try:
        told = await _ask(http, mine)
        if await _take_ca(mine, told.ca_certificate):
            await _ask(http, mine)  # so that the server hears of it now, and not at the next look
        if told.waiting and is_connected:
            await _take_password(http, mine, told.waiting)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
        log.warning("nothing renewed", account=mine.account.username, error=type(error).__name__)


async def _ask(http: httpx.AsyncClient, mine: Renewal) -> DeviceCredentials:
    fingerprint = mine.trust.fingerprint
    params = {"caFingerprint": fingerprint} if fingerprint else None
    answer = await http.get(_address(mine.account), headers=_token(mine.account), params=params)
    return DeviceCredentials.model_validate_json(answer.raise_for_status().content)


async def _take_ca(mine: Renewal, ca_certificate: str | None) -> bool:
    if ca_certificate is None or not mine.trust.is_new(ca_certificate):
        return False
    if not is_protected(mine.account.server or ""):
        log.warning("new CA not taken: without https anybody could have sent it", account=mine.account.username)
        return False
    try:
        await asyncio.to_thread(mine.trust.take, ca_certificate)
    except (OSError, ValueError) as error:
        log.warning("new CA not taken: the broker is not of it", account=mine.account.username, error=str(error))
        return False
    # The dashboard may have a certificate of the same CA.
    mine.tls.load_verify_locations(cadata=ca_certificate)
    log.info("new CA taken", account=mine.account.username)
    return True


async def _take_password(http: httpx.AsyncClient, mine: Renewal, waiting: Waiting) -> None:
    mine.credentials.take(waiting.password)
    body = {"rotationId": waiting.rotation_id}
    address = f"{_address(mine.account)}/confirm"
    (await http.post(address, headers=_token(mine.account), json=body)).raise_for_status()
    mine.credentials.prefer(waiting.password)
    log.info("new password confirmed", account=mine.account.username)


def is_protected(server: str) -> bool:
    """Whether nobody on the way can read or change what is said: by https, or because it stays on this machine."""
    parts = urlsplit(server)
    if parts.scheme == "https" or parts.hostname == "localhost":
        return True
    try:
        return ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def _address(account: Account) -> str:
    return f"{account.server}/api/device/credentials"


def _token(account: Account) -> dict[str, str]:
    return {"Authorization": f"Bearer {account.device_token}"}
