"""How a batch of reports reaches `client_states` and the hardware columns of `clients`: read once, written in bulk."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from infoscreen.db.bulk import locked_rows, update_rows
from infoscreen.db.clients import Client, ClientState
from infoscreen.domain.client_state import KnownState, StateChange
from infoscreen.domain.pictures import PictureState

_STATES = cast("Table", ClientState.__table__)
_CLIENTS = cast("Table", Client.__table__)
_KNOWN = tuple(KnownState.__annotations__)
_KNOWN_PICTURES = tuple(PictureState.__annotations__)
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
    return cast("dict[str, KnownState]", locked_rows(session, _STATES, uuids, _KNOWN))


def known_pictures(session: Session, uuids: Collection[str]) -> dict[str, PictureState]:
    """What is stored of the pictures of those of the named clients that exist, locked as `known_states` does."""
    return cast("dict[str, PictureState]", locked_rows(session, _STATES, uuids, _KNOWN_PICTURES))


def save_changes(session: Session, changes: Mapping[str, StateChange] | Mapping[str, PictureState]) -> None:
    """Write the named columns of clients that exist, in one statement per set of columns; messages are counted on."""
    alike: defaultdict[tuple[str, ...], list[tuple[object, ...]]] = defaultdict(list)
    for uuid, change in sorted(changes.items()):
        alike[tuple(change)].append((uuid, *change.values()))
    for columns, rows in alike.items():
        if columns:
            update_rows(session, _STATES, columns, rows, added_to=("messages",))


def known_hardware(session: Session, uuids: Collection[str]) -> dict[str, dict[str, Any]]:
    """What is stored of the hardware of those of the named clients that exist, in the order in which all lock them."""
    wanted = select(_CLIENTS.c.uuid, *(_CLIENTS.c[name] for name in HARDWARE)).where(_CLIENTS.c.uuid.in_(uuids))
    rows = session.execute(wanted.order_by(_CLIENTS.c.uuid))
    return {row[0]: dict(zip(HARDWARE, row[1:], strict=True)) for row in rows}


def save_hardware(session: Session, uuid: str, hardware: Mapping[str, Any]) -> None:
    """Write the named hardware columns of one client and nothing else of it."""
    session.execute(update(_CLIENTS).where(_CLIENTS.c.uuid == uuid).values(**hardware))
