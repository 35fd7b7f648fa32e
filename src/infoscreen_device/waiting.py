"""Waiting for an event for a limited time, in a way that can be cancelled at any instant."""

import asyncio
import contextlib


async def wait_at_most(event: asyncio.Event, seconds: float | None) -> None:
    """Return when the event is set or the time is over; None: no limit.

    Python 3.11's `wait_for` loses a cancellation that comes together with the event: the task would live on for ever.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
