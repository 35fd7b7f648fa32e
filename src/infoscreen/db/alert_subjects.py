"""The names of what alerts are about, and of the people who saw to them."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from infoscreen.db.clients import Client
from infoscreen.db.events import Event
from infoscreen.db.groups import Group
from infoscreen.db.media import Media
from infoscreen.db.users import User


class Named(NamedTuple):
    """A name, and the group that it belongs to."""

    name: str | None
    group_id: int | None
    group_name: str | None


def clients(session: Session, uuids: Collection[str]) -> dict[str, Named]:
    """By uuid."""
    name = func.coalesce(Client.description, Client.hostname, Client.uuid)
    wanted = select(Client.uuid, name, Group.id, Group.name).join(Group, Group.id == Client.group_id)
    rows = session.execute(wanted.where(Client.uuid.in_(uuids))) if uuids else ()
    return {uuid: Named(name, group_id, group) for uuid, name, group_id, group in rows}


def events(session: Session, ids: Collection[int]) -> dict[int, Named]:
    """By id."""
    wanted = select(Event.id, Event.subject, Group.id, Group.name).join(Group, Group.id == Event.group_id)
    rows = session.execute(wanted.where(Event.id.in_(ids))) if ids else ()
    return {event_id: Named(name, group_id, group) for event_id, name, group_id, group in rows}


def media(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Names by id."""
    return dict(session.execute(select(Media.id, Media.name).where(Media.id.in_(ids))).all()) if ids else {}


def usernames(session: Session, ids: Collection[int | None]) -> dict[int, str]:
    """Names by id; None is nobody."""
    known = [each for each in ids if each is not None]
    return dict(session.execute(select(User.id, User.username).where(User.id.in_(known))).all()) if known else {}
