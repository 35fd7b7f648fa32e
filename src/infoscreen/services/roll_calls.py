"""The roll-call of an emergency message: which screens show it, told from what they report.

While a message lasts it is told anew at each question; what was last known is kept, so that it can be told afterwards.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from infoscreen.db import broadcasts as table
from infoscreen.db.broadcasts import Broadcast, BroadcastScreen, Screen
from infoscreen.db.clients import Client
from infoscreen.db.groups import UNASSIGNED_ID, group_ids
from infoscreen.domain.broadcasts import Announcement, Running, ScreenStatus, announcements, screen_status
from infoscreen.services.work import Work


@dataclass(frozen=True, slots=True)
class Line:
    """One screen: its status now, or at the message's end, and when it was first known to show the message."""

    uuid: str
    client: Client | None
    group_id: int
    status: ScreenStatus
    shown_at: datetime | None

    @property
    def name(self) -> str:
        """What people call it; its uuid where it has no name or is gone."""
        client = self.client
        return ((client.description or client.hostname) if client else None) or self.uuid


@dataclass(frozen=True, slots=True)
class Tally:
    """How many screens have which status, and how many were ever known to show the message."""

    by_status: Mapping[ScreenStatus, int]
    ever_shown: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_status.values())


def roll_call(work: Work, broadcast: Broadcast, grace_seconds: float) -> list[Line]:
    """Every screen of a message, by name."""
    kept = {each.client_uuid: each for each in table.kept_screens(work.session, [broadcast.id])}
    if broadcast.is_running(work.now):
        present = _present(work, grace_seconds)[broadcast.id]
        states = [(uuid, group_id, status) for uuid, (group_id, status) in present.items()]
    else:
        states = [(each.client_uuid, each.group_id, ScreenStatus(each.status)) for each in kept.values()]
    clients = table.names_of(work.session, [uuid for uuid, *_ in states])
    lines = [
        Line(uuid, clients.get(uuid), group_id, status, kept[uuid].shown_at if uuid in kept else None)
        for uuid, group_id, status in states
    ]
    return sorted(lines, key=lambda line: (line.name, line.uuid))


def tallies(work: Work, broadcasts: Iterable[Broadcast], grace_seconds: float) -> dict[int, Tally]:
    """How it stands with each of these messages: now, or at its end."""
    wanted = list(broadcasts)
    kept = table.count_screens(work.session, [each.id for each in wanted])
    present = _present(work, grace_seconds) if any(each.is_running(work.now) for each in wanted) else {}
    found = {}
    for each in wanted:
        counted: Counter[ScreenStatus] = Counter()
        if each.id in present:
            counted.update(status for _group_id, status in present[each.id].values())
        else:
            for status, _was_shown, count in kept[each.id]:
                counted[ScreenStatus(status)] += count
        found[each.id] = Tally(counted, sum(count for _status, was_shown, count in kept[each.id] if was_shown))
    return found


def keep_roll_calls(work: Work, grace_seconds: float) -> bool:
    """Keep what is known now of the screens of every message that lasts; whether anything had changed."""
    present = _present(work, grace_seconds)
    kept = {(each.broadcast_id, each.client_uuid): each for each in table.kept_screens(work.session, present.keys())}
    new, has_changed = [], False
    for broadcast_id, screens in present.items():
        for uuid, (group_id, status) in screens.items():
            row = kept.get((broadcast_id, uuid))
            shown_at = work.now if status is ScreenStatus.SHOWN else None
            if row is None:
                known = {"broadcast_id": broadcast_id, "client_uuid": uuid, "group_id": group_id}
                new.append({**known, "status": status, "shown_at": shown_at})
            else:
                has_changed |= _renew(row, group_id, status, shown_at)
    table.keep_new_screens(work.session, new)
    return has_changed or bool(new)


def running_ids(work: Work) -> set[int]:
    """The messages that last."""
    return {each.id for each in table.running_broadcasts(work.session, work.now)}


def count_unreached(work: Work) -> int:
    """How many active screens no message reaches, because they are in *Nicht zugeordnet*."""
    return len(table.screens_of(work.session, {UNASSIGNED_ID}))


def _renew(row: BroadcastScreen, group_id: int, status: ScreenStatus, shown_at: datetime | None) -> bool:
    known = (row.group_id, row.status, row.shown_at)
    row.group_id, row.status, row.shown_at = group_id, status, row.shown_at or shown_at
    return known != (row.group_id, row.status, row.shown_at)


def _present(work: Work, grace_seconds: float) -> dict[int, dict[str, tuple[int, ScreenStatus]]]:
    """Of each message that lasts: its screens with their groups and statuses."""
    running = table.as_running(work.session, table.running_broadcasts(work.session, work.now))
    if not running:
        return {}
    shown = announcements(running, group_ids(work.session) - {UNASSIGNED_ID})
    screens = table.screens_of(work.session, _all_meant(running))
    return {each.announcement.id: _statuses(work, each, screens, shown, grace_seconds) for each in running}


def _all_meant(running: Sequence[Running]) -> set[int] | None:
    meant: set[int] = set()
    for each in running:
        if each.group_ids is None:
            return None
        meant |= each.group_ids
    return meant


def _statuses(
    work: Work, of: Running, screens: Sequence[Screen], shown: Mapping[int, Announcement], grace_seconds: float
) -> dict[str, tuple[int, ScreenStatus]]:
    event_id = of.announcement.event_id
    return {
        screen.uuid: (
            screen.group_id,
            screen_status(
                screen.reported,
                event_id,
                work.now,
                grace_seconds,
                is_overruled=shown.get(screen.group_id) != of.announcement,
            ),
        )
        for screen in screens
        if of.group_ids is None or screen.group_id in of.group_ids
    }
