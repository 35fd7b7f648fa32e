"""What the page *Monitoring* shows of every client, in few statements whose cost does not grow with the log table.

Of the log only the lines of the time that is asked for are looked at, in one index; the table itself is read only for
the lines that are shown.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from infoscreen.db.base import UtcDateTime
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.commands import ClientCommand
from infoscreen.db.groups import Group
from infoscreen.db.monitoring import LINES_CLIENT, ClientLog
from infoscreen.domain.commands import OPEN

LEVELS = ("error", "warn", "info", "debug")


class ClientRow(NamedTuple):
    """What is administered of a client, and what it last reported.

    Its fields are read many times as fast as those of the row that it is made of.
    """

    uuid: str
    hostname: str | None
    description: str | None
    ip: str | None
    model: str | None
    is_active: bool
    group_id: int
    group_name: str
    last_alive: datetime | None
    process_status: str | None
    process_status_since: datetime | None
    current_process: str | None
    process_pid: int | None
    current_event_id: int | None
    event_mismatch_since: datetime | None
    screen_health: str | None
    picture_health: str | None
    screenshot_at: datetime | None
    screenshot_hash: str | None
    screenshot_type: str | None
    priority_screenshot_at: datetime | None
    priority_screenshot_type: str | None
    mqtt_reconnect_count: int | None
    mqtt_reconnects: list[str] | None
    mqtt_last_disconnect_at: datetime | None
    service_failed_at: datetime | None


def overview_query() -> Select[Any]:
    """The fields of a `ClientRow` for each client, in no order.

    Sorted by MariaDB, such wide rows would go through a temporary table on the disk.
    """
    columns = dict(ClientState.__table__.c.items()) | dict(Client.__table__.c.items())
    columns["group_name"] = Group.__table__.c.name
    return (
        select(*(columns[name] for name in ClientRow._fields))
        .select_from(Client)
        .join(ClientState, ClientState.client_uuid == Client.uuid)
        .join(Group, Group.id == Client.group_id)
    )


def overview_rows(session: Session, uuids: Collection[str] | None = None) -> Sequence[ClientRow]:
    """Every client by name; of these alone where some are named."""
    wanted = overview_query()
    # Straight from the connection: rows of columns need nothing of what the session does for entities.
    rows = session.connection().execute(wanted if uuids is None else wanted.where(Client.uuid.in_(uuids))).all()
    clients = [ClientRow._make(row) for row in rows]
    return sorted(clients, key=lambda row: ((row.description or row.hostname or row.uuid).casefold(), row.uuid))


class Logged(NamedTuple):
    """How many lines of each level a client has logged, the last of them, and the last grave ones."""

    error: int = 0
    warn: int = 0
    info: int = 0
    debug: int = 0
    last_id: int | None = None
    last_error_id: int | None = None
    error_at: datetime | None = None
    warn_at: datetime | None = None


def logged_query(since: datetime, until: datetime, uuids: Collection[str] | None = None) -> Select[*tuple[Any, ...]]:
    """The lines of a time, a row for each client that has any."""
    numbers = [func.count(_of(level, literal_column("1"))) for level in LEVELS]
    last = [func.max(_of(level, ClientLog.created_at), type_=UtcDateTime) for level in ("error", "warn")]
    counted = (
        select(LINES_CLIENT, *numbers, func.max(ClientLog.id), func.max(_of("error", ClientLog.id)), *last)
        .where(ClientLog.created_at >= since, ClientLog.created_at <= until)
        .group_by(LINES_CLIENT)
    )
    return counted if uuids is None else counted.where(ClientLog.client_uuid.in_(uuids))


def _of(level: str, column: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    return case((ClientLog.level == level, column))


def logged_between(
    session: Session, since: datetime, until: datetime, uuids: Collection[str] | None = None
) -> Mapping[str, Logged]:
    """What clients logged in a time, by uuid; who logged nothing is left out."""
    rows = session.connection().execute(logged_query(since, until, uuids)).all()
    return {row[0]: Logged._make(row[1:]) for row in rows}


def last_query(until: datetime, uuids: Collection[str]) -> Select[str, int | None]:
    """The last line of each of these clients up to an instant, however old it is: one look into an index for each."""
    newest = (ClientLog.created_at.desc(), ClientLog.id.desc())
    of_client = ClientLog.client_uuid == Client.uuid
    last = select(ClientLog.id).where(of_client, ClientLog.created_at <= until).order_by(*newest).limit(1)
    return select(Client.uuid, last.scalar_subquery()).where(Client.uuid.in_(uuids))


def last_ids(session: Session, until: datetime, uuids: Collection[str]) -> Mapping[str, int]:
    """The last line of each of these clients by uuid; who never logged is left out."""
    if not uuids:
        return {}
    return {uuid: last for uuid, last in session.connection().execute(last_query(until, uuids)) if last is not None}


class LogLine(NamedTuple):
    """A line of a client's log, as it is shown."""

    id: int
    level: str
    message: str
    created_at: datetime


def log_lines(session: Session, ids: Sequence[int]) -> dict[int, LogLine]:
    """Log lines by id."""
    columns = (ClientLog.id, ClientLog.level, ClientLog.message, ClientLog.created_at)
    rows = session.connection().execute(select(*columns).where(ClientLog.id.in_(ids))).all()
    return {row[0]: LogLine._make(row) for row in rows}


def open_commands(session: Session) -> Sequence[ClientCommand]:
    """Every command that has not come to its end, the oldest first."""
    wanted = select(ClientCommand).where(ClientCommand.status.in_(OPEN)).order_by(ClientCommand.id)
    return session.scalars(wanted).all()
