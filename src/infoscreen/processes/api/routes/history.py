"""`/api/history`: messages, errors and availability by the hour, for charts."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query

from infoscreen.processes.api.deps import AdminWork
from infoscreen.processes.api.schemas.history import HistoryAnswer, HistoryPoint
from infoscreen.services import history
from infoscreen.services.history import HOURS_KEPT, Point

router = APIRouter(prefix="/api", tags=["history"])

Hours = Annotated[int, Query(ge=1, le=HOURS_KEPT)]


@router.get("/history")
def fleet_history(work: AdminWork, hours: Hours = 24) -> HistoryAnswer:
    """The last hours of all active clients together; sums are kept for a year."""
    return _answer(history.fleet_history(work, hours))


@router.get("/clients/{uuid}/history")
def client_history(uuid: str, work: AdminWork, hours: Hours = 24) -> HistoryAnswer:
    """A client's last hours; sums are kept for a year."""
    return _answer(history.client_history(work, uuid, hours))


def _answer(points: Sequence[Point]) -> HistoryAnswer:
    return HistoryAnswer(
        hours=len(points),
        points=[
            HistoryPoint(
                hour=point.hour,
                messages=point.sums.messages,
                errors=point.sums.errors,
                warnings=point.sums.warnings,
                availability=point.sums.availability,
            )
            for point in points
        ],
    )
