"""`/api/alerts`: what somebody should look at."""

from fastapi import APIRouter

from infoscreen.processes.api.deps import AdminWork
from infoscreen.processes.api.schemas.alerts import AlertAnswer, AlertsAnswer
from infoscreen.services import alerts

router = APIRouter(prefix="/api/alerts", tags=["alerts"])


@router.get("")
def list_alerts(work: AdminWork) -> AlertsAnswer:
    """Every open alert, and the last 200 that were closed."""
    return AlertsAnswer(
        open=[AlertAnswer.model_validate(each) for each in alerts.open_alerts(work)],
        closed=[AlertAnswer.model_validate(each) for each in alerts.closed_alerts(work)],
    )


@router.post("/{alert_id}/acknowledge")
def acknowledge_alert(alert_id: int, work: AdminWork) -> AlertAnswer:
    """Note that a person has seen an alert; it stays open until its cause is over."""
    return AlertAnswer.model_validate(alerts.acknowledge_alert(work, alert_id))
