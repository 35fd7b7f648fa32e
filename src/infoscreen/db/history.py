"""Hourly sums: a row per client and hour, and one for all clients. `hour` counts hours since 1970, to be small."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import BigInteger, ForeignKey, Insert, Table, delete, func, select
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base, exact_string
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.monitoring import ClientLog
from infoscreen.domain.history import Hour, Sums, start_of

Columns = tuple[str, ...]

# The key is nearly all of a row: one tree instead of two.
WITHOUT_ROW_IDS = {"sqlite_with_rowid": False}


class ClientHour(Base):
    """One client's hour, as the domain's `Hour`."""

    __tablename__ = "client_hours"
    __table_args__ = WITHOUT_ROW_IDS

    client_uuid: Mapped[str] = mapped_column(
        exact_string(36), ForeignKey("clients.uuid", ondelete="CASCADE"), primary_key=True
    )
    hour: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    messages: Mapped[int]
    errors: Mapped[int]
    warnings: Mapped[int]
    watched: Mapped[int] = mapped_column(BigInteger)
    alive: Mapped[int] = mapped_column(BigInteger)
    counted: Mapped[int] = mapped_column(BigInteger)


class FleetHour(Base):
    """An hour of all clients; times are in minutes."""

    __tablename__ = "fleet_hours"

    hour: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    messages: Mapped[int]
    errors: Mapped[int]
    warnings: Mapped[int]
    watched: Mapped[int]
    alive: Mapped[int]


class Watched(NamedTuple):
    """An active client, when it was last heard of, and how many messages it has ever sent."""

    uuid: str
    last_alive: datetime | None
    messages: int


def watched_clients(session: Session, after: str, at_most: int) -> list[Watched]:
    """The next active clients by uuid."""
    wanted = (
        select(Client.uuid, ClientState.last_alive, ClientState.messages)
        .join(ClientState, ClientState.client_uuid == Client.uuid)
        .where(Client.is_active.is_(True), Client.uuid > after)
        .order_by(Client.uuid)
        .limit(at_most)
    )
    return [Watched(*row) for row in session.execute(wanted)]


def client_hours(session: Session, uuids: Collection[str], hour: int) -> dict[str, Hour]:
    """What is kept of an hour of the named clients, by uuid."""
    wanted = select(_HOURS.c.client_uuid, *(_HOURS.c[name] for name in _KEPT))
    wanted = wanted.where(_HOURS.c.client_uuid.in_(uuids), _HOURS.c.hour == hour)
    return {row[0]: Hour(**dict(zip(_KEPT, row[1:], strict=True))) for row in session.execute(wanted)}


def keep_client_hours(session: Session, hour: int, kept: Mapping[str, Hour]) -> None:
    """Write the hours of these clients."""
    rows = [{"client_uuid": uuid, "hour": hour, **_columns(each, _KEPT)} for uuid, each in sorted(kept.items())]
    _upsert(session, _HOURS, _KEPT, rows)


def keep_lines(session: Session, hour: int, lines: Mapping[str, tuple[int, int]]) -> None:
    """Write how many errors and warnings clients logged in an hour that nobody watched."""
    nothing = _columns(Hour(), _KEPT)
    rows = [
        {"client_uuid": uuid, "hour": hour, **nothing, "errors": errors, "warnings": warnings}
        for uuid, (errors, warnings) in sorted(lines.items())
    ]
    _upsert(session, _HOURS, ("errors", "warnings"), rows)


def keep_fleet_hour(session: Session, hour: int, total: Sums) -> None:
    """Write the sums of an hour."""
    _upsert(session, _FLEET, _SUMMED, [{"hour": hour, **_columns(total, _SUMMED)}])


def keep_fleet_lines(session: Session, hour: int, errors: int, warnings: int) -> None:
    """Write how many errors and warnings were logged in an hour that is over."""
    row = {"hour": hour, **_columns(Sums(errors=errors, warnings=warnings), _SUMMED)}
    _upsert(session, _FLEET, ("errors", "warnings"), [row])


def last_fleet_hour(session: Session) -> int | None:
    """The latest hour that something is kept of."""
    return session.scalar(select(func.max(FleetHour.hour)))


def lines_of_hour(session: Session, hour: int) -> dict[str, tuple[int, int]]:
    """How many errors and warnings each client logged in an hour, by uuid; who logged none is left out."""
    counted: dict[str, tuple[int, int]] = {}
    for level in ("error", "warn"):
        lines = (
            select(ClientLog.client_uuid, func.count())
            .where(ClientLog.level == level, ClientLog.created_at >= start_of(hour))
            .where(ClientLog.created_at < start_of(hour + 1))
            .group_by(ClientLog.client_uuid)
        )
        for uuid, number in session.execute(lines):
            errors, warnings = counted.get(uuid, (0, 0))
            counted[uuid] = (number, warnings) if level == "error" else (errors, number)
    return counted


def hours_of_client(session: Session, uuid: str, since: int) -> dict[int, Hour]:
    """A client's hours from one on."""
    wanted = select(_HOURS.c.hour, *(_HOURS.c[name] for name in _KEPT))
    wanted = wanted.where(_HOURS.c.client_uuid == uuid, _HOURS.c.hour >= since)
    return {row[0]: Hour(**dict(zip(_KEPT, row[1:], strict=True))) for row in session.execute(wanted)}


def hours_of_fleet(session: Session, since: int) -> dict[int, Sums]:
    """The sums of all clients from an hour on."""
    wanted = select(_FLEET.c.hour, *(_FLEET.c[name] for name in _SUMMED)).where(_FLEET.c.hour >= since)
    return {row[0]: Sums(*row[1:]) for row in session.execute(wanted)}


def forget_client_hours(session: Session, uuids: Collection[str], before: int) -> None:
    """Delete these clients' hours from before an hour."""
    session.execute(delete(ClientHour).where(ClientHour.client_uuid.in_(uuids), ClientHour.hour < before))


def forget_fleet_hours(session: Session, before: int) -> None:
    """Delete the sums from before an hour."""
    session.execute(delete(FleetHour).where(FleetHour.hour < before))


_HOURS = cast("Table", ClientHour.__table__)
_FLEET = cast("Table", FleetHour.__table__)
_KEPT = ("messages", "errors", "warnings", "watched", "alive", "counted")
_SUMMED = ("messages", "errors", "warnings", "watched", "alive")


def _columns(kept: Hour | Sums, names: Columns) -> dict[str, int]:
    return {name: getattr(kept, name) for name in names}


def _upsert(session: Session, table: Table, columns: Columns, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(_upserting(session.get_bind().dialect.name, table, columns), rows)


@lru_cache
def _upserting(dialect: str, table: Table, columns: Columns) -> Insert:
    if dialect == "sqlite":
        to_sqlite = sqlite.insert(table)
        written = {name: to_sqlite.excluded[name] for name in columns}
        return to_sqlite.on_conflict_do_update(index_elements=list(table.primary_key), set_=written)
    to_mariadb = mysql.insert(table)
    return to_mariadb.on_duplicate_key_update({name: to_mariadb.inserted[name] for name in columns})
