"""`/api/alerts`: what somebody should look at."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.processes.api.deps import AdminWork
from infoscreen.processes.api.schemas.alerts import AlertAnswer, AlertsAnswer, alert_answer, alerts_answer
from infoscreen.processes.api.schemas.base import Id
from infoscreen.services import alert_list, alerts
from infoscreen.services.alert_list import AlertFilter

router = APIRouter(prefix="/api/alerts", tags=["alerts"])


@router.get("")
def list_alerts(
    work: AdminWork,
    state: Annotated[Literal["open", "closed", "all"], Query()] = "all",
    kind: Annotated[list[AlertKind] | None, Query()] = None,
    severity: Severity | None = None,
    client_uuid: Annotated[str | None, Query(alias="clientUuid", max_length=36)] = None,
    group_id: Annotated[Id | None, Query(alias="groupId")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    cursor: Annotated[Id | None, Query(description="`nextCursor` of the page before.")] = None,
) -> AlertsAnswer:
    """Alerts, the newest first: all of them, the open or the closed ones, of some kinds, of one screen or group."""
    wanted = AlertFilter(
        None if state == "all" else state == "open",
        kind or (),
        severity,
        client_uuid.lower() if client_uuid else None,
        group_id,
    )
    return alerts_answer(alert_list.list_alerts(work, wanted, limit, cursor))


@router.post("/{alert_id}/acknowledge")
def acknowledge_alert(alert_id: Id, work: AdminWork) -> AlertAnswer:
    """Note that a person has seen an alert; it stays open until its cause is over."""
    return alert_answer(alert_list.listed(work, [alerts.acknowledge_alert(work, alert_id)])[0])


@router.post("/{alert_id}/resolve")
def resolve_alert(alert_id: Id, work: AdminWork) -> AlertAnswer:
    """End an alert about something that happened once; one whose cause is watched ends by itself (409)."""
    return alert_answer(alert_list.listed(work, [alerts.resolve_alert(work, alert_id)])[0])
