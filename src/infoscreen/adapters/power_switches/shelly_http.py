"""Shelly plugs and relays over HTTP, of both kinds: `/relay/N` of the first generation, RPC since the second.

`GET /shelly` answers on both without a login, and tells which it is. Gen1 takes Basic authentication, Gen2 and later
Digest with SHA-256 (RFC 7616) and the fixed user `admin`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from pydantic import BaseModel

from infoscreen.adapters.power_switches.bounded_http import ask, open_client
from infoscreen.adapters.power_switches.confirmed import Outlet
from infoscreen.adapters.power_switches.shelly_rpc import SwitchFrame, get_status, set_output
from infoscreen.domain.power_switches import PowerSwitchNoOutlet, PowerSwitchSettings, PowerSwitchUnreadable

ADMIN = "admin"


class _About(BaseModel):
    """What a Shelly says of itself; the first generation names its `type`, later ones their `gen`."""

    type: str | None = None
    gen: int | None = None
    auth: bool = False


class _Relay(BaseModel):
    ison: bool


class _Gen1:
    def __init__(self, client: httpx.AsyncClient, relay: int, auth: httpx.Auth | None) -> None:
        self._client = client
        self._path = f"/relay/{relay}"
        self._auth = auth

    async def is_on(self) -> bool:
        answer = await ask(self._client, self._client.build_request("GET", self._path), _Relay, self._auth)
        return answer.ison

    async def turn(self, *, on: bool) -> None:
        request = self._client.build_request("GET", self._path, params={"turn": "on" if on else "off"})
        await ask(self._client, request, _Relay, self._auth)


class _Gen2:
    def __init__(self, client: httpx.AsyncClient, switch: int, auth: httpx.Auth | None) -> None:
        self._client = client
        self._switch = switch
        self._auth = auth

    async def is_on(self) -> bool:
        return (await self._call(get_status(self._switch))).output()

    async def turn(self, *, on: bool) -> None:
        (await self._call(set_output(self._switch, on=on))).check()

    async def _call(self, frame: bytes) -> SwitchFrame:
        headers = {"Content-Type": "application/json"}
        request = self._client.build_request("POST", "/rpc", content=frame, headers=headers)
        return await ask(self._client, request, SwitchFrame, self._auth)


@asynccontextmanager
async def shelly_over_http(settings: PowerSwitchSettings) -> AsyncIterator[Outlet]:
    """A Shelly's relay; raises `PowerSwitchFailed`."""
    async with open_client(settings) as client:
        try:
            about = await ask(client, client.build_request("GET", "/shelly"), _About)
        except PowerSwitchNoOutlet:
            raise PowerSwitchUnreadable from None
        user, password = settings.username or ADMIN, settings.secret or ""
        relay = int(settings.outlet)
        if about.gen is not None and about.gen >= 2:
            yield _Gen2(client, relay, httpx.DigestAuth(user, password) if password else None)
        elif about.type is not None:
            # Basic authentication shows the password to whoever listens; it goes only to a plug that asks for it.
            yield _Gen1(client, relay, httpx.BasicAuth(user, password) if about.auth and password else None)
        else:
            raise PowerSwitchUnreadable
