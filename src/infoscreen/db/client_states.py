"""How a batch of reports reaches `client_states` and the hardware columns of `clients`: read once, written in bulk."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, select, update
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from infoscreen.db.clients import Client, ClientState
from infoscreen.domain.client_state import KnownState, StateChange
from infoscreen.domain.pictures import PictureState

_STATES = cast("Table", ClientState.__table__)
_CLIENTS = cast("Table", Client.__table__)
_KNOWN = [_STATES.c[name] for name in KnownState.__annotations__]
HARDWARE = (
    "hostname",
    "ip",
    "type",
    "hardware_token",
    "os_version",
    "software_version",
    "macs",
    "model",
    "recovery_class",
    "watchdog_enabled",
    "boot_source",
)


def known_states(session: Session, uuids: Collection[str]) -> dict[str, KnownState]:
    """What is stored of those of the named clients that exist, locked in one order until the transaction ends."""
    wanted = select(_STATES.c.client_uuid, *_KNOWN).where(_STATES.c.client_uuid.in_(uuids))
    rows = session.execute(wanted.order_by(_STATES.c.client_uuid).with_for_update())
    return {row[0]: cast("KnownState", dict(zip(KnownState.__annotations__, row[1:], strict=True))) for row in rows}


def known_pictures(session: Session, uuids: Collection[str]) -> dict[str, PictureState]:
    """What is stored of the pictures of those of the named clients that exist, locked as `known_states` does."""
    columns = [_STATES.c[name] for name in PictureState.__annotations__]
    wanted = select(_STATES.c.client_uuid, *columns).where(_STATES.c.client_uuid.in_(uuids))
    rows = session.execute(wanted.order_by(_STATES.c.client_uuid).with_for_update())
    return {row[0]: cast("PictureState", dict(zip(PictureState.__annotations__, row[1:], strict=True))) for row in rows}


def save_changes(session: Session, changes: Mapping[str, StateChange] | Mapping[str, PictureState]) -> None:
    """Write the named columns of each client in one statement per set of columns."""
    alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for uuid, change in sorted(changes.items()):
        alike[tuple(sorted(change))].append({"client_uuid": uuid, **change})
    for columns, rows in alike.items():
        if columns:
            _upsert(session, columns, rows)


def _upsert(session: Session, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    # An upsert of rows that exist: MariaDB's driver sends it as one statement, an UPDATE of many would be one each.
    if session.get_bind().dialect.name == "sqlite":
        to_sqlite = sqlite.insert(_STATES)
        written = _written(columns, to_sqlite.excluded)
        session.execute(to_sqlite.on_conflict_do_update(index_elements=["client_uuid"], set_=written), rows)
    else:
        to_mariadb = mysql.insert(_STATES)
        session.execute(to_mariadb.on_duplicate_key_update(_written(columns, to_mariadb.inserted)), rows)


def _written(columns: tuple[str, ...], told: ReadOnlyColumnCollection[str, Any]) -> dict[str, ColumnElement[Any]]:
    """What becomes of each column: what was told of it, but messages are counted on."""
    return {name: _STATES.c[name] + told[name] if name == "messages" else told[name] for name in columns}


def known_hardware(session: Session, uuids: Collection[str]) -> dict[str, dict[str, Any]]:
    """What is stored of the hardware of those of the named clients that exist, in the order in which all lock them."""
    wanted = select(_CLIENTS.c.uuid, *(_CLIENTS.c[name] for name in HARDWARE)).where(_CLIENTS.c.uuid.in_(uuids))
    rows = session.execute(wanted.order_by(_CLIENTS.c.uuid))
    return {row[0]: dict(zip(HARDWARE, row[1:], strict=True)) for row in rows}


def save_hardware(session: Session, uuid: str, hardware: Mapping[str, Any]) -> None:
    """Write the named hardware columns of one client and nothing else of it."""
    session.execute(update(_CLIENTS).where(_CLIENTS.c.uuid == uuid).values(**hardware))
