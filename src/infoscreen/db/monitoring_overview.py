"""What the page *Monitoring* shows of every client, in few statements whose cost does not grow with the log table.

Of the log only the lines of the time that is asked for are looked at, in one index; the table itself is read only for
the lines that are shown.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from infoscreen.db.base import UtcDateTime
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.commands import ClientCommand
from infoscreen.db.groups import Group
from infoscreen.db.monitoring import LINES_CLIENT, ClientLog
from infoscreen.domain.commands import OPEN

LEVELS = ("error", "warn", "info", "debug")


# What the page shows of a client's state, and what the status rules look at.
SHOWN_STATE: tuple[InstrumentedAttribute[Any], ...] = (
    ClientState.last_alive,
    ClientState.process_status,
    ClientState.process_status_since,
    ClientState.current_process,
    ClientState.process_pid,
    ClientState.current_event_id,
    ClientState.event_mismatch_since,
    ClientState.screen_health,
    ClientState.picture_health,
    ClientState.screenshot_at,
    ClientState.screenshot_hash,
    ClientState.screenshot_type,
    ClientState.priority_screenshot_at,
    ClientState.priority_screenshot_type,
    ClientState.mqtt_reconnect_count,
    ClientState.mqtt_reconnects,
    ClientState.mqtt_last_disconnect_at,
    ClientState.service_failed_at,
)


def overview_query() -> Select[Any]:
    """A row per client, in no order: what is administered, and what it last reported.

    Sorted by MariaDB, such wide rows would go through a temporary table on the disk.
    """
    return (
        select(
            Client.uuid,
            Client.hostname,
            Client.description,
            Client.ip,
            Client.model,
            Client.is_active,
            Client.group_id,
            Group.name.label("group_name"),
            *SHOWN_STATE,
        )
        .join(ClientState, ClientState.client_uuid == Client.uuid)
        .join(Group, Group.id == Client.group_id)
    )


def overview_rows(session: Session, uuids: Collection[str] | None = None) -> Sequence[Row[Any]]:
    """The rows of `overview_query` by name, of these clients alone where some are named."""
    wanted = overview_query()
    rows = session.execute(wanted if uuids is None else wanted.where(Client.uuid.in_(uuids)))
    return sorted(rows, key=lambda row: ((row.description or row.hostname or row.uuid).casefold(), row.uuid))


class Logged(NamedTuple):
    """How many lines of a level a client has logged, and the last of them."""

    number: int
    last_id: int
    last_at: datetime


def logged_query(since: datetime, uuids: Collection[str] | None = None) -> Select[str, str, int, int, datetime]:
    """The lines since an instant, a row for each client and level that has any."""
    last_at = func.max(ClientLog.created_at, type_=UtcDateTime)
    counted = (
        select(LINES_CLIENT, ClientLog.level, func.count(), func.max(ClientLog.id), last_at)
        .where(ClientLog.created_at >= since)
        .group_by(LINES_CLIENT, ClientLog.level)
    )
    return counted if uuids is None else counted.where(ClientLog.client_uuid.in_(uuids))


def logged_since(
    session: Session, since: datetime, uuids: Collection[str] | None = None
) -> Mapping[str, Mapping[str, Logged]]:
    """What clients logged since an instant: uuid → level → lines; who logged none is left out."""
    found: defaultdict[str, dict[str, Logged]] = defaultdict(dict)
    for uuid, level, number, last_id, last_at in session.execute(logged_query(since, uuids)):
        found[uuid][level] = Logged(number, last_id, last_at)
    return found


class LogLine(NamedTuple):
    """A line of a client's log, as it is shown."""

    id: int
    level: str
    message: str
    created_at: datetime


def log_lines(session: Session, ids: Sequence[int]) -> dict[int, LogLine]:
    """Log lines by id."""
    columns = (ClientLog.id, ClientLog.level, ClientLog.message, ClientLog.created_at)
    return {row[0]: LogLine(*row) for row in session.execute(select(*columns).where(ClientLog.id.in_(ids)))}


def open_commands(session: Session) -> Sequence[ClientCommand]:
    """Every command that has not come to its end, the oldest first."""
    wanted = select(ClientCommand).where(ClientCommand.status.in_(OPEN)).order_by(ClientCommand.id)
    return session.scalars(wanted).all()
