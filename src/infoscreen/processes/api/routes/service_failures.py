"""`/api/clients/service_failed`: services that devices gave up on, and their acknowledgement."""

from fastapi import APIRouter, Request

from infoscreen.processes.api.deps import AdminWork, CurrentApp
from infoscreen.processes.api.schemas.service_failures import ClearedFailure, FailedClient, FailedClientsAnswer
from infoscreen.processes.api.sentences import sentence
from infoscreen.services import clients, service_failures
from infoscreen.services.service_failures import OpenFailure
from infoscreen.services.work import Work

router = APIRouter(prefix="/api/clients", tags=["clients"])


@router.get("/service_failed")
def failed_clients(work: AdminWork, app: CurrentApp) -> FailedClientsAnswer:
    """Clients whose device gave up on a service, the newest first, in the frozen form."""
    grace = app.config.monitoring.grace_period_seconds
    failed = [_failed(each, work, grace) for each in service_failures.open_failures(work)]
    return FailedClientsAnswer(service_failed_count=len(failed), clients=failed)


@router.post("/{uuid}/clear_service_failed")
def clear_service_failed(uuid: str, asked: Request, work: AdminWork) -> ClearedFailure:
    """Acknowledge it: the alert is closed, and the broker forgets the message, as soon as it is there.

    Succeeds also when nothing was set.
    """
    was_open = service_failures.clear_failure(work, uuid)
    said = "service_failed_cleared" if was_open else "service_failed_not_set"
    return ClearedFailure(success=True, message=sentence(asked, said))


def _failed(failure: OpenFailure, work: Work, grace_seconds: int) -> FailedClient:
    client = failure.client
    return FailedClient(
        uuid=client.uuid,
        description=client.description,
        hostname=client.hostname,
        ip=client.ip,
        group_id=client.group_id,
        service_failed_at=failure.failed_at,
        service_failed_unit=failure.unit,
        is_alive=clients.is_client_alive(client, work.now, grace_seconds),
        last_alive=client.state.last_alive,
    )
