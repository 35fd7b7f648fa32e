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
from infoscreen.db.monitoring_overview import Logged as Logged
from infoscreen.db.monitoring_overview import LogLine as LogLine
from infoscreen.db.monitoring_overview import log_lines, logged_since, open_commands, overview_rows
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
    """One client; `row` has its columns as the database gave them, `logged` its lines of the time by level."""

    row: Row[Any]
    assessment: Assessment
    logged: Mapping[str, Logged]
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
    rows = overview_rows(work.session, uuids)
    logged = logged_since(work.session, since, uuids)
    lines = log_lines(work.session, [each for levels in logged.values() for each in _shown(levels) if each])
    commands = {row.client_uuid: row for row in open_commands(work.session)}
    return Overview(
        since,
        [_client(work, row, logged.get(row.uuid, {}), lines, commands.get(row.uuid), patience) for row in rows],
    )


def _shown(logged: Mapping[str, Logged]) -> tuple[int | None, int | None]:
    """The last line of all and the last error of a client."""
    error = logged.get("error")
    last = max(logged.values(), key=lambda each: (each.last_at, each.last_id), default=None)
    return last and last.last_id, error and error.last_id


def _client(
    work: Work,
    row: Row[Any],
    logged: Mapping[str, Logged],
    lines: Mapping[int, LogLine],
    command: ClientCommand | None,
    patience: Patience,
) -> ClientOverview:
    error, warning = logged.get("error"), logged.get("warn")
    opened = OpenCommand(command, overdue_since(command, work.now)) if command else None
    is_overdue = opened is not None and opened.overdue_since is not None
    last_lines = LastLines(error and error.last_at, warning and warning.last_at)
    facts = facts_of(row, last_lines, is_active=row.is_active, has_overdue_command=is_overdue)
    latest_log, latest_error = (lines.get(each) if each else None for each in _shown(logged))
    shown_at, recent = row.priority_screenshot_at, timedelta(seconds=patience.priority_seconds)
    return ClientOverview(
        row,
        assess(facts, work.now, patience.grace_seconds),
        logged,
        latest_log,
        latest_error,
        # One that has not come yet is of a clock that was set back.
        shown_at is not None and abs(work.now - shown_at) < recent,
        opened,
    )
