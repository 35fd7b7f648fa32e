"""What the page *Monitoring* shows of every client, in few statements whose cost does not grow with the log table.

Each client's last lines are found by an index, backwards, and counted within one: the table itself is read only for the
lines that are shown.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from infoscreen.db.clients import Client, ClientState
from infoscreen.db.commands import ClientCommand
from infoscreen.db.groups import Group
from infoscreen.db.monitoring import ClientLog, last_line_at, of_level
from infoscreen.domain.commands import OPEN

LEVELS = ("error", "warn", "info", "debug")


def overview_query(since: datetime) -> Select[Any]:
    """A row per client, by name: what is administered, what it last reported, its log lines since an instant."""
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
            *(column for column in ClientState.__table__.columns if column.name != "client_uuid"),
            _latest_line().label("latest_log_id"),
            _latest_line_of("error").label("latest_error_id"),
            last_line_at("warn").label("last_warn_at"),
            *(_lines_since(level, since).label(f"{level}_count") for level in LEVELS),
        )
        .join(ClientState, ClientState.client_uuid == Client.uuid)
        .join(Group, Group.id == Client.group_id)
        .order_by(func.coalesce(Client.description, Client.hostname, Client.uuid), Client.uuid)
    )


def overview_rows(session: Session, since: datetime, uuids: Collection[str] | None = None) -> Sequence[Row[Any]]:
    """The rows of `overview_query`, of these clients alone where some are named."""
    wanted = overview_query(since)
    return session.execute(wanted if uuids is None else wanted.where(Client.uuid.in_(uuids))).all()


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


def _latest_line() -> ScalarSelect[int]:
    return _last(select(ClientLog.id).where(ClientLog.client_uuid == Client.uuid).correlate(Client))


def _latest_line_of(level: str) -> ScalarSelect[int]:
    return _last(of_level(select(ClientLog.id), level))


def _last(lines: Select[int]) -> ScalarSelect[int]:
    return lines.order_by(ClientLog.created_at.desc(), ClientLog.id.desc()).limit(1).scalar_subquery()


def _lines_since(level: str, since: datetime) -> ScalarSelect[int]:
    return of_level(select(func.count()), level).where(ClientLog.created_at >= since).scalar_subquery()
