"""What is looked at of every screen: what it says of itself, what its pictures say, and what it shows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from infoscreen.db.clients import Client, ClientState
from infoscreen.db.events import Event
from infoscreen.db.media import Media


class Seen(NamedTuple):
    """An active client that has ever reported."""

    uuid: str
    group_id: int
    last_alive: datetime
    screen_on: bool | None
    screen_health: str | None
    last_frame_update: datetime | None
    picture_health: str | None
    screenshot_at: datetime | None
    screenshot_hash: str | None
    screenshot_same_since: datetime | None
    current_event_id: int | None
    current_event_since: datetime | None
    clock_off_since: datetime | None
    clock_skew_seconds: int | None


def seen_screens(session: Session) -> Sequence[Seen]:
    """Every one."""
    columns = (getattr(ClientState, name) for name in Seen._fields[2:])
    wanted = select(Client.uuid, Client.group_id, *columns).join(ClientState, ClientState.client_uuid == Client.uuid)
    rows = session.execute(wanted.where(Client.is_active.is_(True), ClientState.last_alive.is_not(None)))
    return [Seen(*row) for row in rows]


def events_shown(session: Session, ids: Collection[int]) -> dict[int, tuple[Event, int | None]]:
    """Events and the number of their pages, by id."""
    wanted = select(Event, Media.page_count).outerjoin(Media, Media.id == Event.event_media_id)
    rows = session.execute(wanted.where(Event.id.in_(ids))) if ids else ()
    return {event.id: (event, pages) for event, pages in rows}


def mark_picture(session: Session, uuid: str, picture: str, health: str) -> bool:
    """Note what a picture says, unless another one has come; whether it was noted."""
    marked = update(ClientState).where(ClientState.client_uuid == uuid, ClientState.screenshot_hash == picture)
    return cast("CursorResult[Any]", session.execute(marked.values(picture_health=health))).rowcount > 0
