"""`…/explain`: why a group or a screen shows what it shows, now or at any time."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from infoscreen.processes.api.deps import CurrentApp, UserWork
from infoscreen.processes.api.explain_answers import client_answer, group_answer
from infoscreen.processes.api.schemas.base import GivenTime, Id
from infoscreen.processes.api.schemas.explain import ClientExplanationAnswer, GroupExplanationAnswer
from infoscreen.services import explain

router = APIRouter(prefix="/api", tags=["explain"])
At = Annotated[GivenTime | None, Query(description="The instant; now, where it is left out.")]


@router.get("/groups/{group_id}/explain")
def explain_group(group_id: Id, request: Request, work: UserWork, at: At = None) -> GroupExplanationAnswer:
    """What a group shows at an instant, and every rule that decided on each event of that day."""
    return group_answer(request, explain.explain_group(work, group_id, at))


@router.get("/clients/{uuid}/explain")
def explain_client(
    uuid: str, request: Request, work: UserWork, app: CurrentApp, at: At = None
) -> ClientExplanationAnswer:
    """The same for one screen, with whether it is alive, what it says it shows, and what its TV was told."""
    grace, rules = app.config.monitoring.grace_period_seconds, app.config.power
    return client_answer(request, explain.explain_client(work, uuid, at, grace, rules))
