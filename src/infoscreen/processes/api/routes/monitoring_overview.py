"""`GET /api/client-logs/monitoring-overview`: how all clients are, in one request for the whole page."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Response

from infoscreen.processes.api.deps import CurrentApp, SuperadminWork
from infoscreen.processes.api.named_clients import NamedClients
from infoscreen.processes.api.overview_answers import overview_answer
from infoscreen.processes.api.schemas.base import without_suffix
from infoscreen.processes.api.schemas.monitoring_overview import OverviewAnswer
from infoscreen.services import monitoring_overview as overview

router = APIRouter(prefix="/api/client-logs", tags=["client-logs"])

# Log lines are kept for 90 days.
LONGEST_HOURS = 90 * 24


@router.get("/monitoring-overview", response_class=Response, responses={200: {"model": OverviewAnswer}})
def monitoring_overview(
    work: SuperadminWork,
    app: CurrentApp,
    hours: Annotated[int, Query(ge=1, le=LONGEST_HOURS)] = 24,
    named: NamedClients = None,
) -> Response:
    """Every client by name: how it is now, what it last said, and how many log lines it sent in the last hours."""
    settings = app.config.monitoring
    patience = overview.Patience(settings.grace_period_seconds, settings.priority_screenshot_ttl_seconds)
    answer = {
        "periodHours": hours,
        "gracePeriodSeconds": patience.grace_seconds,
        "timestamp": without_suffix(work.now),
    } | overview_answer(overview.monitoring_overview(work, hours, patience, named))
    return Response(orjson.dumps(answer), media_type="application/json")
