"""The pass that cycles power: each switch is seen to in a thread of its own, for a dead one takes ten seconds."""

import threading
import time
from collections.abc import Sequence

import structlog

from infoscreen.bootstrap import App
from infoscreen.services import power_cycles

log = structlog.get_logger()

# Of a whole school's screens that are cycled at once; more wait for their turn.
AT_ONCE = 32
END_WITHIN_SECONDS = 4.0


class PowerCycles:
    """The switches that are being seen to by this process."""

    def __init__(self) -> None:
        self._under_way: set[str] = set()
        self._lock = threading.Lock()

    def look(self, app: App) -> None:
        """Begin whatever is due; returns without waiting for a switch."""
        with app.reading() as work:
            waiting = power_cycles.waiting_clients(work)
        self._begin(app, waiting)

    def end(self, app: App) -> None:
        """Turn on what is off, before its time: a stopped server leaves no screen dark. Takes a few seconds at most."""
        with app.reading() as work:
            if not power_cycles.is_any_dark(work):
                return
        with app.work() as work:
            dark = power_cycles.hasten(work)
        until = time.monotonic() + END_WITHIN_SECONDS
        for thread in self._begin(app, dark):
            thread.join(max(0.0, until - time.monotonic()))

    def _begin(self, app: App, uuids: Sequence[str]) -> list[threading.Thread]:
        # As a daemon a thread never keeps a process from ending; whoever comes next goes on from the database.
        threads = [
            threading.Thread(target=self._take_step, args=(app, uuid), name=f"power {uuid}", daemon=True)
            for uuid in uuids
            if self._begins(uuid)
        ]
        for thread in threads:
            thread.start()
        return threads

    def _begins(self, uuid: str) -> bool:
        with self._lock:
            begins = uuid not in self._under_way and len(self._under_way) < AT_ONCE
            if begins:
                self._under_way.add(uuid)
            return begins

    def _take_step(self, app: App, uuid: str) -> None:
        try:
            power_cycles.take_step(app.work, uuid)
        except Exception as error:
            log.error("power_step_failed", client=uuid, exc_info=error)
        finally:
            with self._lock:
                self._under_way.discard(uuid)
