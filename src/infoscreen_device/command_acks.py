"""Acknowledgements on their way to the server: sent in order on both topics, again and again until they are taken.

What has not been taken when the command expires is of no use to anybody any more.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from infoscreen_device.backoff import delay_after
from infoscreen_device.clock import Clock
from infoscreen_device.commands import Record
from infoscreen_device.waiting import wait_at_most
from infoscreen_wire.payloads.from_device import AckStatus, CommandAck

log = structlog.get_logger()

Taken = Callable[[str, AckStatus], None]


class Sender(Protocol):
    """Sends an acknowledgement on both topics; `taken` is called when the broker has passed it on.

    False when there is no connection.
    """

    def __call__(self, ack: CommandAck, taken: Callable[[], None]) -> bool: ...


@dataclass(slots=True)
class Pending:
    """One that has not been taken; `due` is when it is sent next, by the monotonic clock."""

    ack: CommandAck
    expires_at: datetime
    attempts: int = 0
    due: float = 0.0


class AckSender:
    """The acknowledgements of one device; `on_taken` hears of each that has arrived at the broker."""

    def __init__(self, send: Sender, clock: Clock, on_taken: Taken) -> None:
        self._send = send
        self._clock = clock
        self._on_taken = on_taken
        self._pending: dict[tuple[str, AckStatus], Pending] = {}
        self._changed = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()

    def add(self, record: Record) -> None:
        """Send every step of a command that the server may not know of."""
        for ack in record.unconfirmed:
            self._pending.setdefault((ack.command_id, ack.status), Pending(ack, record.expires_at))
        self._look()

    def repeat(self, record: Record) -> None:
        """Send the newest step once more, also one that was taken before; after the command's end once only."""
        if record.is_legacy:
            return
        if self._clock.corrected() >= record.expires_at:
            self._send(record.last, lambda: None)
        else:
            self._pending.setdefault((record.command_id, record.last.status), Pending(record.last, record.expires_at))
            self._look()

    def connected(self) -> None:
        """What waits for a connection is sent now, in its order; the rest when it is due."""
        self._look()

    async def flushed(self, seconds: float) -> None:
        """Wait until everything has been taken, but not longer than `seconds`."""
        await wait_at_most(self._empty, seconds)

    async def run(self) -> None:
        """Send what is due until cancelled."""
        while True:
            self._changed.clear()
            wait = self._send_what_is_due()
            await wait_at_most(self._changed, wait)

    def _look(self) -> None:
        if self._pending:
            self._empty.clear()
        self._changed.set()

    def _send_what_is_due(self) -> float | None:
        """Returns the seconds until the next is due, None when none is waiting for its time."""
        now, waits = time.monotonic(), []
        for key, pending in list(self._pending.items()):
            if self._clock.corrected() >= pending.expires_at:
                log.warning("acknowledgement not taken in time", command=key[0], status=key[1])
                self._drop(key)
            elif pending.due > now or self._try(key, pending):
                waits.append(pending.due - now)
        return min(waits, default=None)

    def _try(self, key: tuple[str, AckStatus], pending: Pending) -> bool:
        if not self._send(pending.ack, lambda: self._taken(key)):
            return False
        pending.attempts += 1
        pending.due = time.monotonic() + delay_after(pending.attempts - 1)
        return True

    def _taken(self, key: tuple[str, AckStatus]) -> None:
        if key in self._pending:
            self._drop(key)
            self._on_taken(*key)

    def _drop(self, key: tuple[str, AckStatus]) -> None:
        del self._pending[key]
        if not self._pending:
            self._empty.set()
