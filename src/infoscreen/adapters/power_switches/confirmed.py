"""What all drivers have in common: a limit on the whole exchange, and a reading that confirms each switching."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

from infoscreen.domain.power_switches import (
    PowerSwitchNotConfirmed,
    PowerSwitchSettings,
    PowerSwitchUnreachable,
)

# One switching with its confirmation, from the first packet to the last answer, in seconds.
LIMIT = 10.0
# A relay takes some 10 ms, a PoE port up to a second.
LOOK_AGAIN = 0.2

T = TypeVar("T")


class Outlet(Protocol):
    """What a driver does, as long as it is connected; both raise `PowerSwitchFailed`."""

    async def is_on(self) -> bool:
        """Read the state from the switch."""
        ...

    async def turn(self, *, on: bool) -> None:
        """Ask the switch for a state; whether it obeys, only a reading tells."""
        ...


Connect = Callable[[PowerSwitchSettings], AbstractAsyncContextManager[Outlet]]


class ConfirmedSwitch:
    """A switch that is believed only what can be read back from it."""

    def __init__(self, connect: Callable[[], AbstractAsyncContextManager[Outlet]], limit: float = LIMIT) -> None:
        self._connect = connect
        self._limit = limit

    def is_on(self) -> bool:
        """Read the state. Raises `PowerSwitchFailed`."""
        return self._within_limit(self._read())

    def turn_off(self) -> None:
        """Turn off, and return when that is read back. Raises `PowerSwitchFailed`."""
        self._within_limit(self._turn(on=False))

    def turn_on(self) -> None:
        """Turn on, and return when that is read back. Raises `PowerSwitchFailed`."""
        self._within_limit(self._turn(on=True))

    def _within_limit(self, exchange: Coroutine[Any, Any, T]) -> T:
        async def limited() -> T:
            async with asyncio.timeout(self._limit):
                return await exchange

        try:
            return asyncio.run(limited())
        except TimeoutError:
            raise PowerSwitchUnreachable from None

    async def _read(self) -> bool:
        async with self._connect() as outlet:
            return await outlet.is_on()

    async def _turn(self, *, on: bool) -> None:
        async with self._connect() as outlet:
            await outlet.turn(on=on)
            answered = False
            try:
                while await outlet.is_on() is not on:
                    answered = True
                    await asyncio.sleep(LOOK_AGAIN)
            except asyncio.CancelledError:
                if answered:
                    raise PowerSwitchNotConfirmed from None
                raise
