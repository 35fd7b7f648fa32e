"""Shelly plugs and relays over MQTT, of both kinds.

A first generation's topics always begin with `shellies/`: `relay/N/command` takes `on` and `off`, `relay/N` tells the
state, and `command` with `update` makes it tell again. Later ones are asked by RPC on `<prefix>/rpc` and answer to
`<source>/rpc`; the source lies below the plug's own prefix, so that one rule of the broker covers both.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from secrets import randbelow

from pydantic import ValidationError

from infoscreen.adapters.power_switches.confirmed import Outlet
from infoscreen.adapters.power_switches.plug_broker import PlugBroker, plug_broker
from infoscreen.adapters.power_switches.shelly_rpc import SwitchFrame, get_status, set_output
from infoscreen.domain.power_switches import PowerSwitchNoOutlet, PowerSwitchSettings

GEN1_TOPICS = "shellies/"
STATES = {b"on": True, b"off": False}


class _Gen1:
    def __init__(self, broker: PlugBroker, prefix: str, relay: int) -> None:
        self._broker = broker
        self._prefix = prefix
        self._state = f"{prefix}/relay/{relay}"

    async def is_on(self) -> bool:
        others: set[str] = set()

        def read(topic: str, payload: bytes) -> bool | None:
            if topic != self._state:
                others.add(topic)
                return None
            return STATES.get(payload)

        while True:
            await self._broker.tell(f"{self._prefix}/command", "update")
            answer = await self._broker.hear(read)
            if answer is not None:
                return answer
            if others:  # it tells of all its relays, and ours is not among them
                raise PowerSwitchNoOutlet

    async def turn(self, *, on: bool) -> None:
        await self._broker.tell(f"{self._state}/command", "on" if on else "off")
        # Its own word on this is heard and set aside, so that it is not taken for the reading that follows.
        await self._broker.hear(lambda topic, _payload: topic == self._state or None)


class _Gen2:
    def __init__(self, broker: PlugBroker, prefix: str, switch: int) -> None:
        self._broker = broker
        self._topic = f"{prefix}/rpc"
        self._source = f"{prefix}/infoscreen"
        self._switch = switch

    async def is_on(self) -> bool:
        question = _new_question()
        return (await self._call(get_status(self._switch, question, self._source), question)).output()

    async def turn(self, *, on: bool) -> None:
        question = _new_question()
        (await self._call(set_output(self._switch, on=on, question=question, source=self._source), question)).check()

    async def _call(self, frame: bytes, question: int) -> SwitchFrame:
        def read(_topic: str, payload: bytes) -> SwitchFrame | None:
            try:
                answer = SwitchFrame.model_validate_json(payload)
            except ValidationError:
                return None
            return answer if answer.id == question else None

        return await self._broker.ask(self._topic, frame, read)


def _new_question() -> int:
    return 1 + randbelow(2**30)


@asynccontextmanager
async def shelly_over_mqtt(settings: PowerSwitchSettings) -> AsyncIterator[Outlet]:
    """A Shelly's relay; raises `PowerSwitchFailed`."""
    prefix, relay = settings.topic or "", int(settings.outlet)
    async with plug_broker(settings) as broker:
        if prefix.startswith(GEN1_TOPICS):
            await broker.subscribe(f"{prefix}/relay/+")
            yield _Gen1(broker, prefix, relay)
        else:
            await broker.subscribe(f"{prefix}/infoscreen/rpc")
            yield _Gen2(broker, prefix, relay)
