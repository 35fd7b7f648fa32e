"""`/api/clients/{uuid}/power`: a screen's TV, on or off by hand, and what is known of it."""

from fastapi import APIRouter

from infoscreen.bootstrap import App
from infoscreen.domain.power import TvState
from infoscreen.processes.api.deps import AdminWork, CurrentApp, UserWork
from infoscreen.processes.api.schemas.client_power import ClientPowerAnswer, PowerOverrideRequest, TvReportAnswer
from infoscreen.services import clients, power_overrides
from infoscreen.services.clients import Client
from infoscreen.services.work import Work

router = APIRouter(prefix="/api/clients", tags=["clients"])


@router.get("/{uuid}/power")
def get_power(uuid: str, work: UserWork, app: CurrentApp) -> ClientPowerAnswer:
    """What the screen's TV is told, and what it did."""
    return _answer(clients.get_client(work, uuid), work, app)


@router.put("/{uuid}/power")
def override_power(uuid: str, request: PowerOverrideRequest, work: AdminWork, app: CurrentApp) -> ClientPowerAnswer:
    """Have the screen's TV on or off for a while, whatever its group is told."""
    state = TvState(request.desired_state)
    return _answer(power_overrides.override_power(work, uuid, state, request.minutes), work, app)


@router.delete("/{uuid}/power")
def release_power(uuid: str, work: AdminWork, app: CurrentApp) -> ClientPowerAnswer:
    """Let the screen's TV follow its group again; also when nothing was overridden."""
    return _answer(power_overrides.release_power(work, uuid), work, app)


def _answer(client: Client, work: Work, app: App) -> ClientPowerAnswer:
    work.session.flush()
    order = power_overrides.tv_order(work, client, app.config.power)
    return ClientPowerAnswer(
        desired_state=order.desired_state.value if order else None,
        reason=order.reason.value if order else None,
        intent_id=order.intent_id if order else None,
        since=order.since if order else None,
        until=order.until if order else None,
        reported=_reported(client),
    )


def _reported(client: Client) -> TvReportAnswer | None:
    state = client.state
    if state.tv_state is None:
        return None
    return TvReportAnswer(
        observed_state=state.tv_state,
        method=state.tv_method,
        result=state.tv_result,
        error=state.tv_error,
        intent_id=state.tv_intent_id,
        reported_at=state.tv_reported_at,
    )
