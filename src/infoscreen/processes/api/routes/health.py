"""`GET /health`: for monitors, without a login."""

import structlog
from fastapi import APIRouter, Response
from sqlalchemy.exc import SQLAlchemyError

from infoscreen.bootstrap import App
from infoscreen.processes.api.deps import CurrentApp
from infoscreen.processes.api.schemas.health import HealthAnswer
from infoscreen.services.leadership import does_one_lead

log = structlog.get_logger()
router = APIRouter(tags=["health"])


@router.head("/health", include_in_schema=False)
@router.get("/health", responses={503: {"model": HealthAnswer}})
def health(app: CurrentApp, response: Response) -> HealthAnswer:
    """Whether database, broker and job queue can be used and a scheduler leads; 503 with what fails."""
    answer = HealthAnswer(status="ok", failing=[])
    leads = _one_leads(app)
    if leads is None:
        answer.failing.append("database")
    elif not leads:
        answer.failing.append("scheduler")
    if not app.is_connected:
        answer.failing.append("broker")
    if not app.ports.jobs.answers():
        answer.failing.append("queue")
    if answer.failing:
        answer.status = "failing"
        response.status_code = 503
    return answer


def _one_leads(app: App) -> bool | None:
    """Whether a scheduler leads; None when the database cannot tell."""
    try:
        with app.reading() as work:
            return does_one_lead(work)
    except SQLAlchemyError as error:
        log.error("database_unavailable", error=str(error))
        return None
