"""The TV behind a device: it follows power intents, and the server is told once what came of each."""

import asyncio
from collections.abc import Callable
from typing import Literal, Protocol

import structlog

from infoscreen_device.clock import Clock
from infoscreen_device.power_intents import Intent, Intents
from infoscreen_device.waiting import wait_at_most
from infoscreen_wire.payloads.from_device import PowerState
from infoscreen_wire.payloads.to_device import ClientPowerIntent, GroupPowerIntent

log = structlog.get_logger()

# The clock may be put right meanwhile, and a TV that did not obey is told again.
LONGEST_WAIT_SECONDS = 60.0
Result = Literal["applied", "failed", "ignored_stale"]


class Tv(Protocol):
    """A TV, the way to it, and what is known of it."""

    @property
    def state(self) -> Literal["on", "off", "unknown"]: ...
    @property
    def method(self) -> Literal["cec", "dpms", "relay", "mock"]: ...
    async def switch(self, state: Literal["on", "off"]) -> None:
        """Switch it, whatever it is now; OSError with the reason when it does not obey."""


class TvControl:
    """Makes one TV follow what the broker holds; `report` takes what the server is to be told."""

    def __init__(self, uuid: str, clock: Clock, tv: Tv, report: Callable[[PowerState], None]) -> None:
        self._uuid = uuid
        self._clock = clock
        self._tv = tv
        self._report = report
        self._intents = Intents()
        self._arrived: list[Intent] = []
        self._followed: str | None = None
        self._told: tuple[str, Result] | None = None
        self._changed = asyncio.Event()

    def hear_own(self, payload: bytes) -> None:
        """The device's own intent; empty removes it. ValueError for one that cannot be read or is another device's."""
        own = ClientPowerIntent.model_validate_json(payload) if payload else None
        if own and own.client_uuid != self._uuid:
            raise ValueError("power intent of another device")
        self._intents.own = own
        self._take(own)

    def hear_group(self, group: int, payload: bytes) -> None:
        """The intent of the device's group, likewise."""
        told = GroupPowerIntent.model_validate_json(payload) if payload else None
        if told and told.group_id != group:
            raise ValueError("power intent of another group")
        self._intents.group = told
        self._take(told)

    def leave_group(self) -> None:
        """What the old group was told does not count any more."""
        self._intents.group = None
        self._take(None)

    async def run(self) -> None:
        """Follow what counts, until cancelled; not before it is clear which clock tells what has expired."""
        await self._clock.settled()
        while True:
            self._changed.clear()
            await self._look()
            await wait_at_most(self._changed, self._wait())

    def _take(self, intent: Intent | None) -> None:
        if intent:
            self._arrived.append(intent)
        self._changed.set()

    async def _look(self) -> None:
        now = self._clock.corrected()
        arrived, self._arrived = self._arrived, []
        for intent in arrived:
            if intent.expires_at <= now and intent.intent_id != self._followed:
                self._tell(intent, "ignored_stale")
        wanted = self._intents.in_force(now)
        if wanted and wanted.intent_id != self._followed:
            await self._follow(wanted)

    async def _follow(self, intent: Intent) -> None:
        try:
            await self._tv.switch(intent.desired_state)
        except OSError as error:
            self._tell(intent, "failed", str(error))
        else:
            self._followed = intent.intent_id
            self._tell(intent, "applied")

    def _tell(self, intent: Intent, result: Result, error: str | None = None) -> None:
        if (intent.intent_id, result) == self._told:
            return
        self._told = (intent.intent_id, result)
        log.info("power intent", uuid=self._uuid, wanted=intent.desired_state, result=result, error=error)
        self._report(
            PowerState(
                schema_version="1.0",
                intent_id=intent.intent_id,
                client_uuid=self._uuid,
                observed_state=self._tv.state,
                method=self._tv.method,
                result=result,
                error=error,
                reported_at=self._clock.own(),
            )
        )

    def _wait(self) -> float:
        now = self._clock.corrected()
        expiry = self._intents.next_expiry(now)
        until = (expiry - now).total_seconds() if expiry else LONGEST_WAIT_SECONDS
        return min(LONGEST_WAIT_SECONDS, until)
