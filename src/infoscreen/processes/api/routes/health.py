"""`GET /health`: for monitors, without a login."""

import structlog
from fastapi import APIRouter, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from infoscreen.bootstrap import App
from infoscreen.processes.api.deps import CurrentApp
from infoscreen.processes.api.schemas.health import HealthAnswer

log = structlog.get_logger()
router = APIRouter(tags=["health"])


@router.head("/health", include_in_schema=False)
@router.get("/health", responses={503: {"model": HealthAnswer}})
def health(app: CurrentApp, response: Response) -> HealthAnswer:
    """Whether database, broker and job queue can be used; 503 with what fails."""
    answer = HealthAnswer(status="ok", failing=[])
    if not _database_answers(app):
        answer.failing.append("database")
    if not app.is_connected:
        answer.failing.append("broker")
    if not app.ports.jobs.answers():
        answer.failing.append("queue")
    if answer.failing:
        answer.status = "failing"
        response.status_code = 503
    return answer


def _database_answers(app: App) -> bool:
    try:
        with app.reading() as work:
            work.session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        log.error("database_unavailable", error=str(error))
        return False
    return True
