"""The time: the device's own clock for what it reports, the server's for what must be judged alike on both sides.

The server's time is counted on by the monotonic clock, so that a step of the device's clock moves nothing.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

# More than this is told to the server (device.md, Time).
TOLERATED_OFFSET = timedelta(seconds=30)


def system_time() -> datetime:
    """What the machine's clock says."""
    return datetime.now(UTC)


class Clock:
    """Two clocks in one; `own` and `monotonic` (seconds) are where the time comes from."""

    def __init__(
        self, own: Callable[[], datetime] = system_time, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._own = own
        self._monotonic = monotonic
        self._server: tuple[datetime, float] | None = None
        self._settled = asyncio.Event()

    def own(self) -> datetime:
        """The device's own clock, right or wrong."""
        return self._own()

    def corrected(self) -> datetime:
        """The server's time where it is known, else the device's own."""
        if self._server is None:
            return self._own()
        told, at = self._server
        return told + timedelta(seconds=self._monotonic() - at)

    @property
    def is_told(self) -> bool:
        """Whether the server has told the time."""
        return self._server is not None

    def learn(self, server_time: datetime) -> timedelta:
        """Take over the server's time; returns how far the device's own clock is ahead of it."""
        self._server = (server_time, self._monotonic())
        self._settled.set()
        return self._own() - server_time

    def settle(self) -> None:
        """Go on with the device's own clock: the server does not tell the time."""
        self._settled.set()

    async def settled(self) -> None:
        """Wait until it is clear which clock counts."""
        await self._settled.wait()


def is_off(offset: timedelta) -> bool:
    """Whether a clock is so far off that somebody should look after it."""
    return abs(offset) > TOLERATED_OFFSET
