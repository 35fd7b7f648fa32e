"""From schedules to what is on at an instant, when that next changes, and what is due in the days ahead.

An index: an event is expanded when it changed, and once a day to look further ahead; moving on costs only the starts
and ends that passed. A group's list is made from it in `services/publishing.py`, its plan in `services/plans.py`.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from infoscreen.domain.recurrence import Schedule, spans
from infoscreen_wire.plan import due, next_change

ZERO = timedelta(0)
# What is known reaches this much further than the window, so that an event is expanded anew once in that time.
AHEAD = timedelta(days=1)
# Expanding again waits its turn, so that no look takes long; with the turns spread over the day there are few.
RENEWED_AT_ONCE = 100
TURNS = 997


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One showing of an event in its group, from its start (inclusive) to its end (exclusive), in UTC."""

    id: int
    group_id: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class _Entry:
    """An event as it was expanded; it is expanded again at `renew_at`."""

    group_id: int
    schedule: Schedule
    occurrences: list[Occurrence]
    renew_at: datetime


class Timeline:
    """What is on in every group, moved forward by `advance`; it knows `window` ahead and `lookback` behind."""

    def __init__(self, zone: ZoneInfo, now: datetime, window: timedelta, lookback: timedelta = ZERO) -> None:
        self.zone = zone
        self.now = now
        self._window = window
        self._lookback = lookback
        self._entries: dict[int, _Entry] = {}
        self._in_group: defaultdict[int, set[int]] = defaultdict(set)
        self._active: dict[int, list[Occurrence]] = {}
        # The next start or end of each event; those in the heap that are no longer an event's next one are void.
        self._edge: dict[int, datetime] = {}
        self._edges: list[tuple[datetime, int]] = []
        self._renewals: list[tuple[datetime, int]] = []
        self._idle: set[int] = set()

    def put(self, event_id: int, group_id: int, schedule: Schedule) -> None:
        """Add an event, or replace it. Raises what a broken rule provokes; the event is then unknown."""
        self.drop(event_id)
        self._expand(event_id, group_id, schedule)

    def drop(self, event_id: int) -> None:
        """Forget an event; harmless when it is not known."""
        entry = self._entries.pop(event_id, None)
        if entry:
            self._in_group[entry.group_id].discard(event_id)
        self._active.pop(event_id, None)
        self._edge.pop(event_id, None)
        self._idle.discard(event_id)

    def advance(self, now: datetime) -> None:
        """Move on to `now`."""
        self.now = now
        while self._edges and self._edges[0][0] <= now:
            edge, event_id = heapq.heappop(self._edges)
            if self._edge.get(event_id) == edge:
                self._refresh(event_id, self._entries[event_id])
        self._renew(now)

    def next_change(self) -> datetime | None:
        """When something may next start or end, or None when nothing does within the window."""
        while self._edges and self._edge.get(self._edges[0][1]) != self._edges[0][0]:
            heapq.heappop(self._edges)
        return self._edges[0][0] if self._edges else None

    def active(self) -> dict[int, list[Occurrence]]:
        """What is on: group id → occurrences by start, then event id; groups with nothing on are left out."""
        by_group: dict[int, list[Occurrence]] = defaultdict(list)
        for occurrences in self._active.values():
            for occurrence in occurrences:
                by_group[occurrence.group_id].append(occurrence)
        return {group_id: due(occurrences, self.now) for group_id, occurrences in by_group.items()}

    def occurrences(self, group_id: int, after: datetime, before: datetime) -> list[Occurrence]:
        """What a group shows at some time between two instants of the window, by start, then event id."""
        found = (each for event_id in self._in_group[group_id] for each in self._entries[event_id].occurrences)
        touching = (each for each in found if each.end > after and each.start < before)
        return sorted(touching, key=lambda each: (each.start, each.id))

    def group_of(self, event_id: int) -> int | None:
        """The group of an event, if it is known."""
        entry = self._entries.get(event_id)
        return entry.group_id if entry else None

    def idle(self) -> dict[int, Schedule]:
        """Events with nothing on now or ahead within the window, until `rest` is told of them."""
        return {event_id: self._entries[event_id].schedule for event_id in self._idle}

    def rest(self, event_ids: Iterable[int]) -> None:
        """These have something further ahead than the window: they are idle no more until they are expanded again."""
        self._idle.difference_update(event_ids)

    def _expand(self, event_id: int, group_id: int, schedule: Schedule) -> None:
        found = [
            Occurrence(event_id, group_id, span.start, span.end)
            for span in spans(schedule, self.now - self._lookback, self.now + self._window + AHEAD, self.zone)
        ]
        renew_at = self.now + AHEAD * (TURNS + event_id % TURNS) / (2 * TURNS)
        entry = self._entries[event_id] = _Entry(group_id, schedule, found, renew_at)
        self._in_group[group_id].add(event_id)
        # What is over is over; whatever comes after the window of a single event would have been found.
        if schedule.rule is not None or schedule.end > self.now:
            heapq.heappush(self._renewals, (renew_at, event_id))
        self._refresh(event_id, entry)

    def _renew(self, now: datetime) -> None:
        for _ in range(RENEWED_AT_ONCE):
            if not self._renewals or self._renewals[0][0] > now:
                return
            renew_at, event_id = heapq.heappop(self._renewals)
            entry = self._entries.get(event_id)
            if entry is not None and entry.renew_at == renew_at:
                self.put(event_id, entry.group_id, entry.schedule)

    def _refresh(self, event_id: int, entry: _Entry) -> None:
        """What is on of an event, and its next edge."""
        active = due(entry.occurrences, self.now)
        if active:
            self._active[event_id] = active
        else:
            self._active.pop(event_id, None)
        edge = next_change(entry.occurrences, self.now)
        if edge is None:
            self._edge.pop(event_id, None)
            self._idle.add(event_id)
        else:
            self._edge[event_id] = edge
            heapq.heappush(self._edges, (edge, event_id))
