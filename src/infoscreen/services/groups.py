"""Room groups: make, change, order, delete."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update

from infoscreen.db.broker_accounts import want_sync
from infoscreen.db.clients import Client, count_clients
from infoscreen.db.events import Event, count_events
from infoscreen.db.groups import (
    UNASSIGNED_ID,
    Group,
    all_groups,
    group_by_name,
    group_ids,
    next_display_order,
    set_paused,
)
from infoscreen.domain.errors import Conflict, FieldError, Invalid, NotFound
from infoscreen.services.notices import NoticeKind
from infoscreen.services.versions import next_version
from infoscreen.services.work import Work


class GroupNameTaken(Conflict):
    """Another group has this name."""

    code = "group_name_taken"


class GroupIsFixed(Conflict):
    """*Nicht zugeordnet* stays as it is."""

    code = "group_is_fixed"


class GroupInUse(Conflict):
    """The group has clients or events, and it was not said where they should move."""

    code = "group_in_use"


def get_group(work: Work, group_id: int) -> Group:
    """One group; raises `NotFound`."""
    group = work.session.get(Group, group_id)
    if group is None:
        raise NotFound
    return group


def list_groups(work: Work) -> Sequence[Group]:
    """Every group in display order, *Nicht zugeordnet* last."""
    return all_groups(work.session)


def create_group(work: Work, fields: Mapping[str, Any]) -> Group:
    """Make a group; raises `GroupNameTaken`."""
    _check_name_is_free(work, fields["name"])
    group = Group(**fields, created_at=work.now, display_order=next_display_order(work.session))
    work.session.add(group)
    work.session.flush()
    work.announce(NoticeKind.GROUPS, group.id)
    return group


def change_group(work: Work, group_id: int, fields: Mapping[str, Any], version: int | None) -> Group:
    """Change some fields of a group; raises `GroupNameTaken`, `GroupIsFixed`, `StaleVersion`."""
    group = get_group(work, group_id)
    if group.is_unassigned:
        raise GroupIsFixed(name=group.name)
    next_version(work, group, version)
    if fields.get("name", group.name) != group.name:
        _check_name_is_free(work, fields["name"], but=group_id)
    for name, value in fields.items():
        setattr(group, name, value)
    work.announce(NoticeKind.GROUPS, group_id)
    return group


def pause_group(work: Work, group_id: int) -> Group:
    """Show nothing in a group until it is released; one that is held stays so. Raises `NotFound`, `GroupIsFixed`."""
    return _hold(work, group_id, work.now)


def resume_group(work: Work, group_id: int) -> Group:
    """Release a group; harmless where it is not held. Raises `NotFound`, `GroupIsFixed`."""
    return _hold(work, group_id, None)


def delete_group(work: Work, group_id: int, move_to: int | None) -> None:
    """Delete a group; what is in it moves to another, or raises `GroupInUse`."""
    group = get_group(work, group_id)
    if group.is_unassigned:
        raise GroupIsFixed(name=group.name)
    clients, events = count_clients(work.session, group_id), count_events(work.session, group_id)
    if clients or events:
        if move_to is None:
            raise GroupInUse(name=group.name, clients=clients, events=events)
        _move_content(work, group_id, move_to, has_events=events > 0)
    work.session.delete(group)
    work.announce(NoticeKind.GROUPS, group_id)


def order_groups(work: Work, order: Sequence[int]) -> Sequence[Group]:
    """Put groups into this order; those not named keep their place at the end. Raises `Invalid` for unknown ids."""
    unknown = set(order) - group_ids(work.session)
    if unknown:
        raise Invalid(order=FieldError("unknown_ids", ids=", ".join(map(str, sorted(unknown)))))
    place = {group_id: index for index, group_id in enumerate(order)}
    groups = sorted(all_groups(work.session), key=lambda group: place.get(group.id, len(place)))
    for index, group in enumerate(groups):
        group.display_order = index
    work.announce(NoticeKind.GROUPS)
    return list_groups(work)


def _hold(work: Work, group_id: int, since: datetime | None) -> Group:
    group = get_group(work, group_id)
    if group.is_unassigned:
        raise GroupIsFixed(name=group.name)
    set_paused(work.session, group_id, since)
    work.session.refresh(group)
    work.announce(NoticeKind.GROUPS, group_id)
    return group


def _move_content(work: Work, group_id: int, move_to: int, *, has_events: bool) -> None:
    if move_to == group_id or work.session.get(Group, move_to) is None:
        raise Invalid(moveTo=FieldError("no_such_group"))
    if has_events and move_to == UNASSIGNED_ID:
        raise Invalid(moveTo=FieldError("no_events_there"))
    work.session.execute(update(Client).where(Client.group_id == group_id).values(group_id=move_to))
    moved = update(Event).where(Event.group_id == group_id)
    work.session.execute(moved.values(group_id=move_to, version=Event.version + 1))
    want_sync(work.session)
    work.announce(NoticeKind.CLIENTS)
    work.announce(NoticeKind.EVENTS)


def _check_name_is_free(work: Work, name: str, but: int | None = None) -> None:
    other = group_by_name(work.session, name)
    if other is not None and other.id != but:
        raise GroupNameTaken(name=other.name)
