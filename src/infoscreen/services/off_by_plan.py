"""Screens that are off because nobody is there: the one calendar of holidays and opening hours holds for alerts too."""

from datetime import datetime

from infoscreen.domain.open_times import is_awaited
from infoscreen.services.power_intents import opening_times
from infoscreen.services.settings import school_zone
from infoscreen.services.work import Work


class OffByPlan:
    """Knows when each group is open; one without hours is always expected to be there."""

    def __init__(self, work: Work) -> None:
        self._now = work.now
        self._open = opening_times(work, school_zone(work))

    def holds(self, group_id: int, last_alive: datetime) -> bool:
        """Whether a screen that was last heard of at an instant may be off now."""
        times = self._open.get(group_id)
        return times is not None and not is_awaited(times, last_alive, self._now)

    def is_closed(self, group_id: int) -> bool:
        """Whether a group is closed now."""
        times = self._open.get(group_id)
        return times is not None and not times.is_open(self._now)
