"""Reports on their way from the network's thread to the one that stores them: so many, and so many bytes, at most.

Where there is no more room, what needs no confirmation makes some, the oldest first: its device tells it again within
seconds. What needs confirmation stays; the broker hands out only so much of it before that, and keeps the rest.
"""

import threading
import time
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import islice

from infoscreen.services.ports import Received

# A minute of 800 screens, or a second of the most that this process can take.
REPORTS_AT_MOST = 50_000
BYTES_AT_MOST = 64 * 1024 * 1024
LOOKS_FOR_ROOM_EVERY = 0.01  # seconds


class WaitingReports:
    """A queue with one thread that puts and one that collects."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reports: deque[Received] = deque()
        # Older than all others: they were in the way when room was made.
        self._unconfirmed: deque[Received] = deque()
        self._bytes = 0
        self._arrived = threading.Event()
        self._closed = threading.Event()
        self.dropped = 0

    def put(self, reports: Sequence[Received]) -> None:
        """Add these; waits for room where only what needs confirmation is waiting. Once closed, they are left out."""
        if not self._is_done_with(reports, make_room=False):
            for report in reports:
                while not self._is_done_with([report], make_room=True):
                    self._closed.wait(LOOKS_FOR_ROOM_EVERY)

    def collect(self, at_most: int, within: float) -> list[Received]:
        """Wait up to `within` seconds for one, then until the oldest has waited as long; in their order of arrival."""
        if not self._arrived.wait(within):
            return []
        with self._lock:
            oldest = (self._unconfirmed or self._reports)[0].received_at
        time.sleep(max(0.0, min(within, oldest + within - time.monotonic())))
        with self._lock:
            collected = self._take(self._unconfirmed, at_most)
            collected += self._take(self._reports, at_most - len(collected))
            self._bytes -= _size_of(collected)
            if not (self._unconfirmed or self._reports):
                self._arrived.clear()
        return collected

    def close(self) -> None:
        """Take nothing more; what is waiting can still be collected."""
        self._closed.set()

    def __len__(self) -> int:
        return len(self._reports) + len(self._unconfirmed)

    def _is_done_with(self, reports: Sequence[Received], *, make_room: bool) -> bool:
        size = _size_of(reports)
        with self._lock:
            if self._closed.is_set():
                return True
            while not self._has_room_for(len(reports), size):
                if not (make_room and self._makes_room()):
                    return False
            self._reports.extend(reports)
            self._bytes += size
            if self._reports and not self._arrived.is_set():
                self._arrived.set()
        return True

    def _take(self, reports: deque[Received], at_most: int) -> list[Received]:
        taken = list(islice(reports, at_most))
        if len(taken) == len(reports):
            reports.clear()
        else:
            for _ in taken:
                reports.popleft()
        return taken

    def _has_room_for(self, number: int, size: int) -> bool:
        return len(self) + number <= REPORTS_AT_MOST and self._bytes + size <= BYTES_AT_MOST

    def _makes_room(self) -> bool:
        """Whether one that needs no confirmation was there to be dropped."""
        while self._reports:
            oldest = self._reports.popleft()
            if not oldest.qos:
                self._bytes -= len(oldest.payload or b"")
                self.dropped += 1
                return True
            self._unconfirmed.append(oldest)
        return False


def _size_of(reports: Iterable[Received]) -> int:
    return sum([len(report.payload or b"") for report in reports])
