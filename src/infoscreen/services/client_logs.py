"""What screens log: stored once and in order, floods cut, read by people, and pruned when it is old."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from infoscreen.db import client_logs as lists
from infoscreen.db import log_flood as flood
from infoscreen.db import monitoring as table
from infoscreen.db.client_logs import NamedLine as NamedLine
from infoscreen.db.clients import all_clients
from infoscreen.db.monitoring import ClientLog
from infoscreen.domain.log_flood import LINES_A_MINUTE, LogMinute
from infoscreen.services.clients import Client, get_client
from infoscreen.services.notices import NoticeKind
from infoscreen.services.report_batches import LogLine
from infoscreen.services.work import OpenWork, Work

# Lines of these levels change how well a client is.
COUNTED_IN_STATUS = ("error", "warn")
SUMMARY_OF = timedelta(hours=24)
# A transaction of a prune is short, so that nobody waits for it, and a look comes to its end.
PRUNED_AT_ONCE = 500
PRUNED_A_LOOK = 20_000

Columns = dict[str, Any]


def store_logs(work: Work, lines: Sequence[LogLine], known: Collection[str]) -> None:
    """Store the log lines of clients that exist: each once however often it was delivered, and no flood of them."""
    minutes: defaultdict[datetime, list[Columns]] = defaultdict(list)
    for columns in _not_stored(work, [line for line in lines if line.columns["client_uuid"] in known]):
        minutes[columns["created_at"].replace(second=0, microsecond=0)].append(columns)
    for minute, new in minutes.items():
        kept = _cut(work, minute, new)
        table.add_logs(work.session, kept)
        for uuid in {line["client_uuid"] for line in kept if line["level"] in COUNTED_IN_STATUS}:
            work.announce(NoticeKind.CLIENTS, uuid)


def _not_stored(work: Work, lines: Sequence[LogLine]) -> list[Columns]:
    stored = table.stored_lines(work.session, [line.columns for line in lines if line.redelivered])
    new = []
    for line in lines:
        key = table.line_key(line.columns)
        if line.redelivered and key in stored:
            continue
        new.append(line.columns)
        if key:
            stored.add(key)
    return new


def _cut(work: Work, minute: datetime, new: Sequence[Columns]) -> list[Columns]:
    """Those lines of a minute that are kept; what is left out is told in a line of its own."""
    coming = Counter(columns["client_uuid"] for columns in new)
    kept = flood.lines_in_minute(work.session, coming.keys(), minute)
    flooding = {uuid for uuid, number in coming.items() if number + kept.get(uuid, 0) > LINES_A_MINUTE}
    if not flooding:
        return list(new)
    told = flood.flood_lines(work.session, flooding, minute)
    counts = {
        uuid: LogMinute(kept.get(uuid, 0), Counter(told[uuid].beyond if uuid in told else {})) for uuid in flooding
    }
    taken = []
    first_at: dict[str, datetime] = {}
    for columns in new:
        uuid = columns["client_uuid"]
        if uuid not in counts or counts[uuid].takes(columns["level"]):
            taken.append(columns)
        else:
            first_at.setdefault(uuid, columns["created_at"])
    for uuid, at in first_at.items():
        line = _flood_line(uuid, at, counts[uuid])
        if uuid in told:
            del line["created_at"]
            flood.rewrite_line(work.session, told[uuid].id, line)
        else:
            taken.append(line)
    return taken


def _flood_line(uuid: str, at: datetime, counted: LogMinute) -> Columns:
    message = f"More than {LINES_A_MINUTE} log lines in a minute: {counted.left_out} were left out."
    return {
        "client_uuid": uuid,
        "level": "warn",
        "message": message,
        "context": {"beyond": dict(counted.beyond)},
        "device_time": None,
        "created_at": at,
        "left_out": counted.left_out,
    }


def client_lines(
    work: Work, uuid: str, level: str | None, since: datetime | None, limit: int, before_id: int | None
) -> Sequence[NamedLine]:
    """One client's log lines, the newest first; raises `NotFound`."""
    conditions = [ClientLog.client_uuid == get_client(work, uuid).uuid]
    if level is not None:
        conditions.append(ClientLog.level == level)
    if since is not None:
        conditions.append(ClientLog.created_at >= since)
    return lists.newest_lines(work.session, conditions, limit, before_id)


def recent_errors(work: Work, hours: int, limit: int) -> Sequence[NamedLine]:
    """Errors that any client logged within so many hours, the newest first."""
    since = work.now - timedelta(hours=hours)
    return lists.newest_lines(work.session, [ClientLog.level == "error", ClientLog.created_at >= since], limit)


class ClientCounts(NamedTuple):
    """A client, and how many lines it logged of each level."""

    client: Client
    counts: Mapping[str, int]


def summary(work: Work) -> list[ClientCounts]:
    """How many lines every client logged of each level in the last 24 hours, by name."""
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for uuid, level, number in lists.count_by_client(work.session, work.now - SUMMARY_OF):
        counts[uuid][level] = number
    return [ClientCounts(client, counts[client.uuid]) for client in all_clients(work.session)]


def counts(work: Work) -> Mapping[str, int]:
    """How many lines of each level all clients logged in the last 24 hours."""
    return lists.count_by_level(work.session, work.now - SUMMARY_OF)


def prune_logs(open_reading: OpenWork, open_work: OpenWork, keep_days: int) -> int:
    """Delete lines that are older, in small transactions; how many were deleted in this look."""
    with open_reading() as work:
        before = work.now - timedelta(days=keep_days)
        if not lists.has_lines_before(work.session, before):
            return 0
    pruned = 0
    while pruned < PRUNED_A_LOOK:
        with open_work() as work:
            number = lists.delete_oldest(work.session, before, PRUNED_AT_ONCE)
        pruned += number
        if number < PRUNED_AT_ONCE:
            break
    return pruned
