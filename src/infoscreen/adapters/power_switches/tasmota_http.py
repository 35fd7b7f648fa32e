"""Tasmota over HTTP: `/cm?cmnd=Power1 OFF`, the login as parameters beside it, as Tasmota documents it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from infoscreen.adapters.power_switches.bounded_http import ask, open_client
from infoscreen.adapters.power_switches.confirmed import Outlet
from infoscreen.adapters.power_switches.tasmota_answers import TasmotaAnswer
from infoscreen.domain.power_switches import PowerSwitchNoOutlet, PowerSwitchSettings, PowerSwitchUnreadable

ADMIN = "admin"


class _Tasmota:
    def __init__(self, client: httpx.AsyncClient, settings: PowerSwitchSettings) -> None:
        self._client = client
        self._relay = int(settings.outlet)
        user = settings.username or ADMIN
        self._login = {"user": user, "password": settings.secret} if settings.secret else {}

    async def is_on(self) -> bool:
        return await self._command("")

    async def turn(self, *, on: bool) -> None:
        await self._command(" ON" if on else " OFF")

    async def _command(self, state: str) -> bool:
        params = self._login | {"cmnd": f"Power{self._relay}{state}"}
        try:
            answer = await ask(self._client, self._client.build_request("GET", "/cm", params=params), TasmotaAnswer)
        except PowerSwitchNoOutlet:
            raise PowerSwitchUnreadable from None
        return answer.is_on(self._relay)


@asynccontextmanager
async def tasmota_over_http(settings: PowerSwitchSettings) -> AsyncIterator[Outlet]:
    """A Tasmota's relay; raises `PowerSwitchFailed`."""
    async with open_client(settings) as client:
        yield _Tasmota(client, settings)
