"""How all clients are, in one look: what the page *Monitoring* shows."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from infoscreen.db.commands import ClientCommand
from infoscreen.db.monitoring import LastLines
from infoscreen.db.monitoring_overview import (
    ClientRow,
    last_ids,
    log_lines,
    logged_between,
    open_commands,
    overview_rows,
)
from infoscreen.db.monitoring_overview import Logged as Logged
from infoscreen.db.monitoring_overview import LogLine as LogLine
from infoscreen.domain.health import LOG_COMES_WITHIN, Assessment, ClientStatus, assess
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
    """One client; `logged` is what it said in the time.

    `latest_log` is its last line, however old; `latest_error` is of the time, as the numbers are.
    """

    row: ClientRow
    assessment: Assessment
    logged: Logged
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
    since, until = work.now - timedelta(hours=hours), work.now + LOG_COMES_WITHIN
    rows = overview_rows(work.session, uuids)
    logged = logged_between(work.session, since, until, uuids)
    quiet = last_ids(work.session, until, [row.uuid for row in rows if row.uuid not in logged])
    shown = {line for each in logged.values() for line in (each.last_id, each.last_error_id) if line}
    lines = log_lines(work.session, sorted(shown.union(quiet.values())))
    commands = {row.client_uuid: row for row in open_commands(work.session)}
    return Overview(
        since,
        [
            _client(
                work.now,
                row,
                logged.get(row.uuid) or Logged(last_id=quiet.get(row.uuid)),
                lines,
                commands.get(row.uuid),
                patience,
            )
            for row in rows
        ],
    )


def _client(
    now: datetime,
    row: ClientRow,
    logged: Logged,
    lines: Mapping[int, LogLine],
    command: ClientCommand | None,
    patience: Patience,
) -> ClientOverview:
    opened = OpenCommand(command, overdue_since(command, now)) if command else None
    is_overdue = opened is not None and opened.overdue_since is not None
    last_lines = LastLines(logged.error_at, logged.warn_at)
    facts = facts_of(row, last_lines, is_active=row.is_active, has_overdue_command=is_overdue)
    shown_at, recent = row.priority_screenshot_at, timedelta(seconds=patience.priority_seconds)
    return ClientOverview(
        row,
        assess(facts, now, patience.grace_seconds),
        logged,
        lines.get(logged.last_id) if logged.last_id else None,
        lines.get(logged.last_error_id) if logged.last_error_id else None,
        # One that has not come yet is of a clock that was set back.
        shown_at is not None and abs(now - shown_at) < recent,
        opened,
    )
