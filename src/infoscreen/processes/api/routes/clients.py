"""`/api/clients`: screens as they are administered, and how they are."""

from typing import Annotated

from fastapi import APIRouter, Query

from infoscreen.bootstrap import App
from infoscreen.domain.health import Assessment
from infoscreen.processes.api.deps import AdminWork, CurrentApp, UserWork
from infoscreen.processes.api.named_clients import NamedClients
from infoscreen.processes.api.schemas.base import Id, Success
from infoscreen.processes.api.schemas.clients import (
    ClientAnswer,
    ClientChange,
    ClientsAnswer,
    ClientStatus,
    ClientStatusesAnswer,
    ClientWithAliveStatus,
    CrashedClient,
    CrashedClientsAnswer,
    DescriptionChange,
    GroupAssignment,
)
from infoscreen.services import clients
from infoscreen.services.client_health import assess_clients
from infoscreen.services.clients import Client
from infoscreen.services.work import Work

router = APIRouter(prefix="/api/clients", tags=["clients"])


@router.get("")
def list_clients(
    work: UserWork,
    app: CurrentApp,
    group_id: Annotated[Id | None, Query(alias="groupId")] = None,
    q: Annotated[str | None, Query(max_length=200)] = None,
) -> ClientsAnswer:
    """All clients, those of one group, or those a search text fits."""
    found = [_answer(client, work, app) for client in clients.list_clients(work, group_id, q)]
    return ClientsAnswer(clients=found, total=len(found))


@router.get("/with_alive_status")
def clients_with_alive_status(work: UserWork, app: CurrentApp) -> list[ClientWithAliveStatus]:
    """All clients with their sign of life, in the frozen older form."""
    return [
        ClientWithAliveStatus.model_validate(_answer(client, work, app), from_attributes=True)
        for client in clients.list_clients(work)
    ]


@router.get("/crashed")
def crashed_clients(work: AdminWork, app: CurrentApp) -> CrashedClientsAnswer:
    """Active clients whose player has crashed or that are not alive, in the frozen form.

    One that has never reported is listed, as stale.
    """
    grace = app.config.monitoring.grace_period_seconds
    crashed = [_crashed(found) for found in clients.crashed_clients(work, grace)]
    return CrashedClientsAnswer(crashed_count=len(crashed), grace_period_seconds=grace, clients=crashed)


@router.get("/status")
def client_statuses(work: UserWork, app: CurrentApp, named: NamedClients = None) -> ClientStatusesAnswer:
    """How every client is and what it shows: what the Dashboard needs."""
    found = assess_clients(work, clients.named_clients(work, named), app.config.monitoring.grace_period_seconds)
    return ClientStatusesAnswer(clients=[_status(*each) for each in found])


@router.put("/group")
def assign_clients(request: GroupAssignment, work: AdminWork, app: CurrentApp) -> ClientsAnswer:
    """Move clients into a group, all or none."""
    moved = clients.assign_clients(work, request.client_ids, request.group_id)
    return ClientsAnswer(clients=[_answer(client, work, app) for client in moved], total=len(moved))


@router.get("/{uuid}")
def get_client(uuid: str, work: UserWork, app: CurrentApp) -> ClientAnswer:
    """One client."""
    return _answer(clients.get_client(work, uuid), work, app)


@router.put("/{uuid}")
def change_client(uuid: str, request: ClientChange, work: AdminWork, app: CurrentApp) -> ClientAnswer:
    """Change description, model or whether the client is active."""
    return _answer(clients.change_client(work, uuid, request.given(), request.version), work, app)


@router.put("/{uuid}/description")
def describe_client(uuid: str, request: DescriptionChange, work: AdminWork, app: CurrentApp) -> ClientAnswer:
    """Change the description, and publish the client's group once more."""
    return _answer(clients.describe_client(work, uuid, request.description), work, app)


@router.delete("/{uuid}")
def delete_client(uuid: str, work: AdminWork) -> Success:
    """Delete a client with its broker account, its pictures and its retained topics."""
    clients.delete_client(work, uuid)
    return Success()


def _answer(client: Client, work: Work, app: App) -> ClientAnswer:
    is_alive = clients.is_client_alive(client, work.now, app.config.monitoring.grace_period_seconds)
    administered = {name: getattr(client, name) for name in ClientAnswer.model_fields if hasattr(client, name)}
    return ClientAnswer(**administered, last_alive=client.state.last_alive, is_alive=is_alive)


def _crashed(found: clients.Crashed) -> CrashedClient:
    client, state = found.client, found.client.state
    return CrashedClient(
        uuid=client.uuid,
        description=client.description,
        hostname=client.hostname,
        ip=client.ip,
        group_id=client.group_id,
        is_alive=found.is_alive,
        process_status=state.process_status,
        screen_health_status=state.screen_health,
        last_alive=state.last_alive,
        crash_reason=found.reason,
    )


def _status(client: Client, assessment: Assessment) -> ClientStatus:
    state = client.state
    return ClientStatus(
        uuid=client.uuid,
        hostname=client.hostname,
        description=client.description,
        ip=client.ip,
        group_id=client.group_id,
        is_active=client.is_active,
        has_power_switch=client.has_power_switch,
        is_alive=assessment.is_alive,
        last_alive=state.last_alive,
        status=assessment.status,
        warnings=list(assessment.warnings),
        current_event_id=state.current_event_id,
        expected_event_id=state.expected_event_id,
        process_status=state.process_status,
        screen_health=state.screen_health,
        screen_on=state.screen_on,
        last_frame_update=state.last_frame_update,
        screenshot_url=f"/screenshots/{client.uuid}.jpg" if state.screenshot_at else None,
        screenshot_at=state.screenshot_at,
    )
