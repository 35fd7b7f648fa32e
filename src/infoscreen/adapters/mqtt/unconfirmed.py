"""The messages of a connection that are out and that the broker has not confirmed.

Its lock is never held while paho is called: paho tells of a confirmation with a lock of its own held, which its
`publish` takes as well.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field

from paho.mqtt.client import MQTTMessageInfo
from paho.mqtt.reasoncodes import ReasonCode

from infoscreen.domain.errors import BusUnavailable

# What a Mosquitto takes of one connection without having confirmed it, unless it is told otherwise.
AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that is out, and what the broker will say of it."""

    topic: str
    mid: int
    confirmation: Future[ReasonCode] = field(default_factory=Future)


class Unconfirmed:
    """Keeps who waits for which confirmation, and no more of them than the broker takes at once."""

    def __init__(self) -> None:
        self._room = threading.BoundedSemaphore(AT_MOST)
        self._lock = threading.Lock()
        self._waiting: dict[int, Sent] = {}
        # Confirmations that come before their sender has noted that it waits for them.
        self._sending = 0
        self._early: dict[int, ReasonCode] = {}

    def send(self, topic: str, publish: Callable[[], MQTTMessageInfo], within: float) -> Sent:
        """Have a message published as soon as there is room for it; raises `BusUnavailable`."""
        if not self._room.acquire(timeout=max(0.0, within)):
            raise BusUnavailable
        with self._lock:
            self._sending += 1
        try:
            sent = Sent(topic, publish().mid)
        except BusUnavailable:
            self._room.release()
            self._note_sent(None)
            raise
        self._note_sent(sent)
        return sent

    def settle(self, mid: int, reason: ReasonCode) -> None:
        """The broker has answered."""
        with self._lock:
            sent = self._waiting.pop(mid, None)
            if sent is None and self._sending:
                self._early[mid] = reason
        if sent:
            self._end(sent, reason)

    def give_up(self, sent: Sent) -> None:
        """Nobody waits for this one any more."""
        with self._lock:
            was_waiting = self._waiting.pop(sent.mid, None) is sent
        if was_waiting:
            self._room.release()

    def fail_all(self) -> None:
        """None of them will be confirmed."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        for sent in waiting.values():
            self._end(sent, BusUnavailable())

    def _note_sent(self, sent: Sent | None) -> None:
        with self._lock:
            self._sending -= 1
            reason = self._early.pop(sent.mid, None) if sent else None
            if sent and reason is None:
                self._waiting[sent.mid] = sent
            if not self._sending:
                self._early.clear()
        if sent and reason is not None:
            self._end(sent, reason)

    def _end(self, sent: Sent, outcome: ReasonCode | BusUnavailable) -> None:
        self._room.release()
        with suppress(InvalidStateError):
            if isinstance(outcome, BusUnavailable):
                sent.confirmation.set_exception(outcome)
            else:
                sent.confirmation.set_result(outcome)
