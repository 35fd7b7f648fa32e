"""From schedules to what is on at an instant and when that next changes.

An index: a changed event is expanded once for the window ahead; moving on costs only the starts and ends that passed.
"""

import heapq
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from infoscreen.domain.recurrence import Schedule, spans
from infoscreen_wire.plan import due


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One showing of an event in its group, from its start (inclusive) to its end (exclusive), in UTC."""

    id: int
    group_id: int
    start: datetime
    end: datetime


class Timeline:
    """What is on in every group, moved forward by `advance`; it knows the future up to `window_end`."""

    def __init__(self, zone: ZoneInfo, now: datetime, window: timedelta) -> None:
        self.zone = zone
        self.now = now
        self.window_end = now + window
        self._occurrences: dict[int, list[Occurrence]] = {}
        self._active: dict[int, list[Occurrence]] = {}
        self._edges: list[tuple[datetime, int]] = []

    def put(self, event_id: int, group_id: int, schedule: Schedule) -> None:
        """Add an event, or replace it."""
        self.drop(event_id)
        found = [
            Occurrence(event_id, group_id, span.start, span.end)
            for span in spans(schedule, self.now, self.window_end, self.zone)
        ]
        self._occurrences[event_id] = found
        for edge in (edge for occurrence in found for edge in (occurrence.start, occurrence.end)):
            if edge > self.now:
                heapq.heappush(self._edges, (edge, event_id))
        self._refresh(event_id)

    def drop(self, event_id: int) -> None:
        """Forget an event; harmless when it is not known."""
        self._occurrences.pop(event_id, None)
        self._active.pop(event_id, None)

    def advance(self, now: datetime) -> None:
        """Move on to `now`."""
        self.now = now
        while self._edges and self._edges[0][0] <= now:
            _, event_id = heapq.heappop(self._edges)
            self._refresh(event_id)

    def next_change(self) -> datetime | None:
        """When something may next start or end, or None when nothing does within the window."""
        return self._edges[0][0] if self._edges else None

    def active(self) -> dict[int, list[Occurrence]]:
        """What is on: group id → occurrences by start, then event id; groups with nothing on are left out."""
        by_group: dict[int, list[Occurrence]] = defaultdict(list)
        for occurrences in self._active.values():
            for occurrence in occurrences:
                by_group[occurrence.group_id].append(occurrence)
        return {group_id: due(occurrences, self.now) for group_id, occurrences in by_group.items()}

    def _refresh(self, event_id: int) -> None:
        active = due(self._occurrences.get(event_id, ()), self.now)
        if active:
            self._active[event_id] = active
        else:
            self._active.pop(event_id, None)
