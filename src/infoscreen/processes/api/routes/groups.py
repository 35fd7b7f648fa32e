"""`/api/groups`: room groups."""

from typing import Annotated

from fastapi import APIRouter, Query

from infoscreen.processes.api.deps import AdminWork, CurrentApp, UserWork
from infoscreen.processes.api.schemas.base import Id, Success
from infoscreen.processes.api.schemas.groups import (
    AliveClient,
    GroupAnswer,
    GroupChange,
    GroupOrder,
    GroupsAnswer,
    GroupWithClients,
    NewGroup,
)
from infoscreen.services import clients, groups

router = APIRouter(prefix="/api/groups", tags=["groups"])


@router.get("")
def list_groups(work: UserWork) -> GroupsAnswer:
    """Every group in display order, *Nicht zugeordnet* last."""
    return GroupsAnswer(groups=[GroupAnswer.model_validate(group) for group in groups.list_groups(work)])


@router.post("", status_code=201)
def create_group(request: NewGroup, work: AdminWork) -> GroupAnswer:
    """Make a group."""
    return GroupAnswer.model_validate(groups.create_group(work, request.given()))


@router.get("/with_clients")
def groups_with_clients(work: UserWork, app: CurrentApp) -> list[GroupWithClients]:
    """Every group with its clients, in the frozen older form."""
    grace = app.config.monitoring.grace_period_seconds
    members: dict[int, list[AliveClient]] = {}
    for client in clients.list_clients(work):
        alive = AliveClient(
            uuid=client.uuid,
            hostname=client.hostname,
            ip=client.ip,
            description=client.description,
            last_alive=client.state.last_alive,
            is_active=client.is_active,
            is_alive=clients.is_client_alive(client, work.now, grace),
        )
        members.setdefault(client.group_id, []).append(alive)
    return [
        GroupWithClients(
            id=group.id,
            name=group.name,
            created_at=group.created_at,
            is_active=group.is_active,
            clients=members.get(group.id, []),
        )
        for group in groups.list_groups(work)
    ]


@router.get("/order")
def group_order(work: UserWork) -> GroupOrder:
    """Ids of all groups in display order."""
    return GroupOrder(order=[group.id for group in groups.list_groups(work)])


@router.post("/order")
def order_groups(request: GroupOrder, work: AdminWork) -> GroupOrder:
    """Set the display order."""
    return GroupOrder(order=[group.id for group in groups.order_groups(work, request.order)])


@router.get("/{group_id}")
def get_group(group_id: Id, work: UserWork) -> GroupAnswer:
    """One group."""
    return GroupAnswer.model_validate(groups.get_group(work, group_id))


@router.put("/{group_id}")
def change_group(group_id: Id, request: GroupChange, work: AdminWork) -> GroupAnswer:
    """Change some fields of a group."""
    return GroupAnswer.model_validate(groups.change_group(work, group_id, request.given(), request.version))


@router.post("/{group_id}/pause")
def pause_group(group_id: Id, work: AdminWork) -> GroupAnswer:
    """Show nothing in a group, and turn its TVs off, until it is released; an emergency message is shown all the same.

    Holding a group that is held changes nothing. 409 for *Nicht zugeordnet*.
    """
    return GroupAnswer.model_validate(groups.pause_group(work, group_id))


@router.post("/{group_id}/resume")
def resume_group(group_id: Id, work: AdminWork) -> GroupAnswer:
    """Release a group: its plan is shown again at once."""
    return GroupAnswer.model_validate(groups.resume_group(work, group_id))


@router.delete("/{group_id}")
def delete_group(group_id: Id, work: AdminWork, move_to: Annotated[Id | None, Query(alias="moveTo")] = None) -> Success:
    """Delete a group; its clients and events move to another, or it is a conflict."""
    groups.delete_group(work, group_id, move_to)
    return Success()
