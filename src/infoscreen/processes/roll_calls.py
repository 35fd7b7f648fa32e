"""Keeps what screens make of emergency messages while those last, and tells pages when one has ended by itself.

A pass of the scheduler.
"""

from infoscreen.bootstrap import App
from infoscreen.services import roll_calls
from infoscreen.services.notices import NoticeKind


class RollCalls:
    """Remembers which messages lasted at the last look."""

    def __init__(self) -> None:
        self._running: set[int] = set()

    def look(self, app: App) -> None:
        """Keep the roll-calls of now; a message that is gone since the last look has ended."""
        with app.reading() as work:
            running = roll_calls.running_ids(work)
        if running:
            with app.work() as work:
                roll_calls.keep_roll_calls(work, app.config.monitoring.grace_period_seconds)
        ended = self._running - running
        if ended:
            with app.work() as work:
                work.announce(NoticeKind.BROADCASTS, *ended)
        self._running = running
