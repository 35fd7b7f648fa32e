"""How much screens have logged in a minute, and the server's own line about what was left out."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from infoscreen.db.monitoring import ClientLog


class FloodLine(NamedTuple):
    """The server's own line about a flood: its id, and how many lines of each level came beyond the limit."""

    id: int
    beyond: dict[str, int]


def lines_in_minute(session: Session, uuids: Collection[str], minute: datetime) -> dict[str, int]:
    """How many lines of a minute are stored of each client that has any, the server's own not counted."""
    counted = select(ClientLog.client_uuid, func.count()).where(*_of_minute(uuids, minute), ClientLog.left_out == 0)
    return dict(session.execute(counted.group_by(ClientLog.client_uuid)).all())


def flood_lines(session: Session, uuids: Collection[str], minute: datetime) -> dict[str, FloodLine]:
    """The server's own line of a minute, by client, where there is one."""
    lines = select(ClientLog.client_uuid, ClientLog.id, ClientLog.context)
    found = session.execute(lines.where(*_of_minute(uuids, minute), ClientLog.left_out > 0))
    return {uuid: FloodLine(line_id, context["beyond"]) for uuid, line_id, context in found}


def rewrite_line(session: Session, line_id: int, columns: Mapping[str, Any]) -> None:
    """Tell in a line of the server's own what is true by now."""
    session.execute(update(ClientLog).where(ClientLog.id == line_id).values(**columns))


def _of_minute(uuids: Collection[str], minute: datetime) -> tuple[ColumnElement[bool], ...]:
    begins = ClientLog.created_at >= minute
    return ClientLog.client_uuid.in_(uuids), begins, ClientLog.created_at < minute + timedelta(minutes=1)
