"""Hourly sums for the charts: taken from what the database knows, in small transactions that may be repeated."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from infoscreen.db import history as table
from infoscreen.domain.health import is_alive
from infoscreen.domain.history import (
    HOURS_KEPT as HOURS_KEPT,
)
from infoscreen.domain.history import (
    HOURS_MADE_UP_FOR,
    Hour,
    Sight,
    Sums,
    hour_number,
    looked_at,
    start_of,
    sums,
)
from infoscreen.services.clients import get_client
from infoscreen.services.work import OpenWork, Work

# So many clients are looked at in one transaction: the listener waits for no longer than that takes.
CLIENTS_AT_ONCE = 500


class Point(NamedTuple):
    """What is known of an hour that begins at an instant."""

    hour: datetime
    sums: Sums


def take_sums(open_reading: OpenWork, open_work: OpenWork, grace_seconds: int, *, forgets: bool = True) -> None:
    """Look at every active client once, and count the log lines of hours that nobody looked at.

    Unless the clock is not to be believed (`forgets`), hours are deleted that are older than charts go back.
    """
    with open_reading() as work:
        hour = hour_number(work.now)
        last = table.last_fleet_hour(work.session)
        lines = table.lines_of_hour(work.session, hour)
    if last is not None and last < hour:
        _make_up_for(open_work, max(last, hour - HOURS_MADE_UP_FOR), hour)
    taken: list[Hour] = []
    after = ""
    while True:
        with open_work() as work:
            looked = _look(work, after, hour, lines, grace_seconds, forgets=forgets)
        taken += looked.values()
        if len(looked) < CLIENTS_AT_ONCE:
            break
        after = max(looked)
    with open_work() as work:
        table.keep_fleet_hour(work.session, hour, sums(taken))
        if forgets:
            table.forget_fleet_hours(work.session, hour - HOURS_KEPT)


def remember_hour(work: Work, hour: int, kept: Mapping[str, Hour]) -> None:
    """Keep an hour that was watched elsewhere, of these clients (by uuid) and of all together."""
    table.keep_client_hours(work.session, hour, kept)
    table.keep_fleet_hour(work.session, hour, sums(kept.values()))


def client_history(work: Work, uuid: str, hours: int) -> Sequence[Point]:
    """A client's last hours, the present one included; raises `NotFound`."""
    since = _since(work, hours)
    kept = table.hours_of_client(work.session, get_client(work, uuid).uuid, since)
    return [Point(start_of(hour), sums([kept[hour]] if hour in kept else [])) for hour in range(since, since + hours)]


def fleet_history(work: Work, hours: int) -> Sequence[Point]:
    """The last hours of all clients together, the present one included."""
    since = _since(work, hours)
    kept = table.hours_of_fleet(work.session, since)
    return [Point(start_of(hour), kept.get(hour, Sums())) for hour in range(since, since + hours)]


def _since(work: Work, hours: int) -> int:
    return hour_number(work.now) - hours + 1


def _look(
    work: Work, after: str, hour: int, lines: Mapping[str, tuple[int, int]], grace_seconds: int, *, forgets: bool
) -> dict[str, Hour]:
    """Look at the next clients by uuid."""
    clients = table.watched_clients(work.session, after, CLIENTS_AT_ONCE)
    uuids = [client.uuid for client in clients]
    known = table.client_hours(work.session, uuids, hour)
    is_new = len(known) < len(uuids)
    previous = table.client_hours(work.session, uuids, hour - 1) if is_new else {}
    looked = {}
    for client in clients:
        alive = is_alive(client.last_alive, work.now, grace_seconds)
        sight = Sight(client.messages, alive, *lines.get(client.uuid, (0, 0)))
        looked[client.uuid] = looked_at(known.get(client.uuid), previous.get(client.uuid), sight, work.now)
    table.keep_client_hours(work.session, hour, looked)
    if is_new and forgets:
        table.forget_client_hours(work.session, uuids, hour - HOURS_KEPT)
    return looked


def _make_up_for(open_work: OpenWork, last: int, hour: int) -> None:
    """Count the log lines of the hours from the last one that was looked at."""
    for passed in range(last, hour):
        with open_work() as work:
            lines = table.lines_of_hour(work.session, passed)
            if not lines:
                continue
            table.keep_lines(work.session, passed, lines)
            errors, warnings = (sum(each[level] for each in lines.values()) for level in (0, 1))
            table.keep_fleet_lines(work.session, passed, errors, warnings)
