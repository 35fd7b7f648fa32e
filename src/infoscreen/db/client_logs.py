"""What people look for in the log lines of screens, and the pruning of old ones. The table is in `monitoring.py`."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from infoscreen.db.clients import Client
from infoscreen.db.monitoring import ClientLog


class NamedLine(NamedTuple):
    """A log line and how its client is called."""

    line: ClientLog
    description: str | None
    hostname: str | None


def newest_lines(
    session: Session, conditions: Sequence[ColumnElement[bool]], limit: int, before_id: int | None = None
) -> Sequence[NamedLine]:
    """Lines that meet every condition, the newest first, from before an id on."""
    wanted = select(ClientLog, Client.description, Client.hostname).join(Client, Client.uuid == ClientLog.client_uuid)
    wanted = wanted.where(*conditions).order_by(ClientLog.created_at.desc(), ClientLog.id.desc()).limit(limit)
    if before_id is not None and (last := session.get(ClientLog, before_id)):
        same_time = (ClientLog.created_at == last.created_at) & (ClientLog.id < last.id)
        wanted = wanted.where((ClientLog.created_at < last.created_at) | same_time)
    return [NamedLine(*row) for row in session.execute(wanted)]


class LevelCount(NamedTuple):
    """How many lines of a level a client has logged."""

    client_uuid: str
    level: str
    lines: int


def count_by_client(session: Session, since: datetime) -> Sequence[LevelCount]:
    """Lines since an instant, by client and level, of those that have any."""
    columns = (ClientLog.client_uuid, ClientLog.level)
    counted = select(*columns, func.count()).where(ClientLog.created_at >= since).group_by(*columns)
    return [LevelCount(*row) for row in session.execute(counted)]


def count_by_level(session: Session, since: datetime) -> dict[str, int]:
    """Lines since an instant, by level."""
    counted = select(ClientLog.level, func.count()).where(ClientLog.created_at >= since).group_by(ClientLog.level)
    return dict(session.execute(counted).all())


def has_lines_before(session: Session, before: datetime) -> bool:
    """Whether there is anything to prune."""
    return session.scalar(select(ClientLog.id).where(ClientLog.created_at < before).limit(1)) is not None


def delete_oldest(session: Session, before: datetime, at_most: int) -> int:
    """Delete lines from before an instant, the oldest first; how many."""
    oldest = select(ClientLog.id).where(ClientLog.created_at < before).order_by(ClientLog.created_at).limit(at_most)
    ids = session.scalars(oldest).all()
    if ids:
        session.execute(
            delete(ClientLog).where(ClientLog.id.in_(ids)), execution_options={"synchronize_session": False}
        )
    return len(ids)
