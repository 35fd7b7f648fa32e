"""What screens log: the table, its bulk insert, and the search for lines that the broker delivered twice.

The lists that people see, and the pruning, are in `client_logs.py`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base, UtcDateTime, exact_string


class ClientLog(Base):
    """One log line of a screen; `created_at` is the server's time, `device_time` the device's word for it.

    A line with `left_out` is the server's own: it stands for so many that a flood of that minute was cut by.
    """

    __tablename__ = "client_logs"
    # Both databases read an index backwards, so newest first needs no descending one.
    __table_args__ = (
        Index(None, "client_uuid", "created_at"),
        Index(None, "client_uuid", "level", "created_at"),
        Index(None, "level", "created_at"),
        # With all that is counted of a line, so that counting the latest ones reads nothing else.
        Index(None, "created_at", "client_uuid", "level"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    client_uuid: Mapped[str] = mapped_column(exact_string(36), ForeignKey("clients.uuid", ondelete="CASCADE"))
    level: Mapped[str] = mapped_column(String(8))
    message: Mapped[str] = mapped_column(Text)
    context: Mapped[dict[str, Any]] = mapped_column(JSON)
    device_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_out: Mapped[int] = mapped_column(default=0, server_default="0")


def add_logs(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Store log lines, given as columns, in one statement."""
    if rows:
        session.execute(insert(ClientLog), rows)


LineKey = tuple[str, str, str, datetime]


def line_key(row: Mapping[str, Any]) -> LineKey | None:
    """What makes a log line the same one; None without a device's time, when it cannot be told from a new one."""
    device_time = row["device_time"]
    return (row["client_uuid"], row["level"], row["message"], device_time) if device_time else None


def stored_lines(session: Session, rows: Sequence[Mapping[str, Any]]) -> set[LineKey]:
    """The keys of those of the log lines that are stored."""
    keys = {key for row in rows if (key := line_key(row))}
    if not keys:
        return set()
    lines = select(ClientLog.client_uuid, ClientLog.level, ClientLog.message, ClientLog.device_time).where(
        ClientLog.client_uuid.in_({uuid for uuid, _level, _message, _time in keys}),
        ClientLog.device_time.in_({time for _uuid, _level, _message, time in keys}),
    )
    return {(row[0], row[1], row[2], row[3]) for row in session.execute(lines) if row[3]}


class LastLines(NamedTuple):
    """When a client last logged an error and a warning."""

    error_at: datetime | None = None
    warn_at: datetime | None = None


# A log line's client where lines are grouped: for the column itself, both databases would rather walk over the whole
# log in the order of an index that begins with it than look at the lines of the time and sort those.
LINES_CLIENT = ClientLog.client_uuid.concat("")


def last_lines(session: Session, since: datetime, until: datetime) -> dict[str, LastLines]:
    """When clients last logged an error and a warning in a time, by uuid; who logged none is left out."""
    asked = (
        select(LINES_CLIENT, ClientLog.level, func.max(ClientLog.created_at, type_=UtcDateTime))
        .where(
            ClientLog.created_at >= since,
            ClientLog.created_at <= until,
            ClientLog.level.in_(("error", "warn")),
        )
        .group_by(LINES_CLIENT, ClientLog.level)
    )
    found: dict[str, LastLines] = {}
    for uuid, level, at in session.execute(asked):
        found[uuid] = found.get(uuid, LastLines())._replace(**{f"{level}_at": at})
    return found
