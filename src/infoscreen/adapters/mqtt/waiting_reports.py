"""Reports on their way from the network's thread to the one that stores them: so many, and so many bytes, at most.

Where there is no more room, what needs no confirmation makes some, the oldest first: its device tells it again within
seconds. What needs confirmation stays; the broker hands out only so much of it before that, and keeps the rest.
"""

import threading
import time
from collections import deque
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

    def put(self, report: Received) -> None:
        """Add one; waits for room where only what needs confirmation is waiting. Once closed, it is left out."""
        while not self._closed.is_set():
            with self._lock:
                if not self._is_full() or self._make_room():
                    self._reports.append(report)
                    self._bytes += len(report.payload or b"")
                    break
            self._closed.wait(LOOKS_FOR_ROOM_EVERY)
        if not self._arrived.is_set() and self._reports:
            self._arrived.set()

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
            self._bytes -= sum([len(report.payload or b"") for report in collected])
            if not (self._unconfirmed or self._reports):
                self._arrived.clear()
        return collected

    def close(self) -> None:
        """Take nothing more; what is waiting can still be collected."""
        self._closed.set()

    def __len__(self) -> int:
        return len(self._reports) + len(self._unconfirmed)

    def _take(self, reports: deque[Received], at_most: int) -> list[Received]:
        taken = list(islice(reports, at_most))
        if len(taken) == len(reports):
            reports.clear()
        else:
            for _ in taken:
                reports.popleft()
        return taken

    def _is_full(self) -> bool:
        return self._bytes >= BYTES_AT_MOST or len(self._reports) + len(self._unconfirmed) >= REPORTS_AT_MOST

    def _make_room(self) -> bool:
        while self._is_full():
            if not self._reports:
                return False
            oldest = self._reports.popleft()
            if oldest.qos:
                self._unconfirmed.append(oldest)
            else:
                self._bytes -= len(oldest.payload or b"")
                self.dropped += 1
        return True
