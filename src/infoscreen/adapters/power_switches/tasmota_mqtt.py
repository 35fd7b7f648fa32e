"""Tasmota over MQTT: `cmnd/<topic>/POWER1` takes `ON`, `OFF`, or nothing as a question; `stat/<topic>/…` answers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import ValidationError

from infoscreen.adapters.power_switches.confirmed import Outlet
from infoscreen.adapters.power_switches.plug_broker import PlugBroker, plug_broker
from infoscreen.adapters.power_switches.tasmota_answers import TasmotaAnswer
from infoscreen.domain.power_switches import TASMOTA_PREFIX, PowerSwitchSettings


class _Tasmota:
    def __init__(self, broker: PlugBroker, topic: str, relay: int) -> None:
        self._broker = broker
        self._command = f"{_with_prefix(topic, 'cmnd')}/POWER{relay}"
        self._relay = relay

    async def is_on(self) -> bool:
        return await self._broker.ask(self._command, b"", self._read)

    async def turn(self, *, on: bool) -> None:
        # Its own word on this is heard, so that it is not taken for the reading that follows.
        await self._broker.ask(self._command, "ON" if on else "OFF", self._read)

    def _read(self, _topic: str, payload: bytes) -> bool | None:
        try:
            answer = TasmotaAnswer.model_validate_json(payload)
        except ValidationError:
            return None  # the bare state, told on a topic of its own as well
        speaks_of_us = answer.command is not None or answer.state(self._relay) is not None
        return answer.is_on(self._relay) if speaks_of_us else None


def _with_prefix(topic: str, prefix: str) -> str:
    """Tasmota's own order is `%prefix%/<topic>`; a topic may say another."""
    return topic.replace(TASMOTA_PREFIX, prefix) if TASMOTA_PREFIX in topic else f"{prefix}/{topic}"


@asynccontextmanager
async def tasmota_over_mqtt(settings: PowerSwitchSettings) -> AsyncIterator[Outlet]:
    """A Tasmota's relay; raises `PowerSwitchFailed`."""
    topic = (settings.topic or "").strip("/")
    async with plug_broker(settings) as broker:
        await broker.subscribe(f"{_with_prefix(topic, 'stat')}/+")
        yield _Tasmota(broker, topic, int(settings.outlet))
