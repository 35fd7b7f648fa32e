"""How all clients are, in one look: what the page *Monitoring* shows."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row

from infoscreen.db.commands import ClientCommand
from infoscreen.db.monitoring import LastLines
from infoscreen.db.monitoring_overview import LEVELS as LEVELS
from infoscreen.db.monitoring_overview import LogLine as LogLine
from infoscreen.db.monitoring_overview import log_lines, open_commands, overview_rows
from infoscreen.domain.health import Assessment, ClientStatus, assess
from infoscreen.services.client_health import facts_of
from infoscreen.services.commands import overdue_since
from infoscreen.services.work import Work


class Patience(NamedTuple):
    """How long a client may be silent, and how long the picture of an event's start or stop counts, in seconds."""

    grace_seconds: int
    priority_seconds: int


class OpenCommand(NamedTuple):
    """A command that has not come to its end."""

    row: ClientCommand
    overdue_since: datetime | None


class ClientOverview(NamedTuple):
    """One client; `row` has its columns as the database gave them."""

    row: Row[Any]
    assessment: Assessment
    latest_log: LogLine | None
    latest_error: LogLine | None
    has_active_priority_screenshot: bool
    open_command: OpenCommand | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All clients by name."""

    since: datetime
    clients: Sequence[ClientOverview]

    @property
    def by_status(self) -> Counter[ClientStatus]:
        """How many clients have each status."""
        return Counter(client.assessment.status for client in self.clients)


def monitoring_overview(work: Work, hours: int, patience: Patience, uuids: Collection[str] | None = None) -> Overview:
    """Every client as it is now, with its log of the last hours; of those alone that are named, where some are."""
    since = work.now - timedelta(hours=hours)
    rows = overview_rows(work.session, since, uuids)
    ids = {each for row in rows for each in (row.latest_log_id, row.latest_error_id) if each}
    lines = log_lines(work.session, sorted(ids))
    commands = {row.client_uuid: row for row in open_commands(work.session)}
    return Overview(since, [_client(work, row, lines, commands.get(row.uuid), patience) for row in rows])


def _client(
    work: Work, row: Row[Any], lines: Mapping[int, LogLine], command: ClientCommand | None, patience: Patience
) -> ClientOverview:
    error = lines.get(row.latest_error_id)
    logged = LastLines(error and error.created_at, row.last_warn_at)
    opened = OpenCommand(command, overdue_since(command, work.now)) if command else None
    is_overdue = opened is not None and opened.overdue_since is not None
    facts = facts_of(row, logged, is_active=row.is_active, has_overdue_command=is_overdue)
    shown_at, recent = row.priority_screenshot_at, timedelta(seconds=patience.priority_seconds)
    return ClientOverview(
        row,
        assess(facts, work.now, patience.grace_seconds),
        lines.get(row.latest_log_id),
        error,
        shown_at is not None and work.now - shown_at < recent,
        opened,
    )
