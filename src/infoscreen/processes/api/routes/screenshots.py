"""`/screenshots`: what the screens show. For people who are logged in, as a screen can show pupils' names."""

from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Request, Response

from infoscreen.processes.api.deps import CurrentApp, UserWork
from infoscreen.processes.api.schemas.screenshots import ScreenshotAnswer, ScreenshotsAnswer
from infoscreen.services import screenshots

router = APIRouter(prefix="/screenshots", tags=["screenshots"])

A_PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}},
    304: {"description": "Not changed"},
}


@router.get("/{uuid}.jpg", response_class=Response, responses=A_PICTURE)
def latest_screenshot(uuid: str, request: Request, work: UserWork) -> Response:
    """The latest picture of a client."""
    return _picture(request, screenshots.latest_screenshot(work, uuid))


@router.get("/{uuid}/priority", response_class=Response, responses=A_PICTURE)
def priority_screenshot(uuid: str, request: Request, work: UserWork, app: CurrentApp) -> Response:
    """The picture of an event's start or stop while it is recent, else the latest."""
    ttl_seconds = app.config.monitoring.priority_screenshot_ttl_seconds
    return _picture(request, screenshots.priority_screenshot(work, uuid, ttl_seconds))


@router.get("/{uuid}/history")
def screenshot_history(uuid: str, work: UserWork) -> ScreenshotsAnswer:
    """The recent pictures of a client, the newest first."""
    kept = screenshots.screenshot_history(work, uuid)
    return ScreenshotsAnswer(screenshots=[ScreenshotAnswer.model_validate(each) for each in kept])


def _picture(request: Request, jpeg: bytes) -> Response:
    # No copy stays on a shared computer; whoever keeps one itself can ask whether it is still the same.
    headers = {"Cache-Control": "no-store", "ETag": f'"{sha256(jpeg).hexdigest()}"'}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(jpeg, media_type="image/jpeg", headers=headers)
