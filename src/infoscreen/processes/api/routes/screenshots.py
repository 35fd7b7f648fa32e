"""`/screenshots`: what the screens show. For people who are logged in, as a screen can show pupils' names.

Devices send their pictures over MQTT; one that cannot posts it to `/api/clients/{uuid}/screenshot`.
"""

from hashlib import sha256
from threading import Lock
from typing import Any

from fastapi import APIRouter, Request, Response

from infoscreen.domain.errors import FieldError, Invalid, NotAllowed, TooLarge
from infoscreen.processes.api.deps import CallingDevice, CurrentApp, UserWork
from infoscreen.processes.api.multipart import FilePart, take_upload
from infoscreen.processes.api.schemas.base import Problem, Success
from infoscreen.processes.api.schemas.screenshots import ScreenshotAnswer, ScreenshotsAnswer
from infoscreen.services import screenshots
from infoscreen.services.refusals import Unreadable
from infoscreen.services.report_pictures import develop
from infoscreen.services.screenshots import Picture
from infoscreen_wire.payloads.from_device import capture_type
from infoscreen_wire.topics import PICTURE_SIZE_LIMIT

router = APIRouter(tags=["screenshots"])

A_SCREENSHOT = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["image"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "screenshot_type": {"enum": ["periodic", "event_start", "event_stop"], "default": "periodic"},
                },
            }
        }
    },
}
# One at a time: a picture can hold much more than the file it came in.
DEVELOPING = Lock()

A_PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}},
    304: {"description": "Not changed"},
}


@router.get("/screenshots/{uuid}.jpg", response_class=Response, responses=A_PICTURE)
def latest_screenshot(uuid: str, request: Request, work: UserWork) -> Response:
    """The latest picture of a client."""
    return _picture(request, screenshots.latest_screenshot(work, uuid))


@router.get("/screenshots/{uuid}/thumbnail", response_class=Response, responses=A_PICTURE)
def screenshot_thumbnail(uuid: str, request: Request, work: UserWork) -> Response:
    """The latest picture of a client, at most 240 pixels wide and high: for lists, where the whole one costs much."""
    return _picture(request, screenshots.screenshot_thumbnail(work, uuid))


@router.get("/screenshots/{uuid}/priority", response_class=Response, responses=A_PICTURE)
def priority_screenshot(uuid: str, request: Request, work: UserWork, app: CurrentApp) -> Response:
    """The picture of an event's start or stop while it is recent, else the latest."""
    ttl_seconds = app.config.monitoring.priority_screenshot_ttl_seconds
    return _picture(request, screenshots.priority_screenshot(work, uuid, ttl_seconds))


@router.get("/screenshots/{uuid}/history")
def screenshot_history(uuid: str, work: UserWork) -> ScreenshotsAnswer:
    """The recent pictures of a client, the newest first."""
    answers = [
        ScreenshotAnswer(
            name=each.name, kind=each.kind, taken_at=each.taken_at, url=f"/screenshots/{uuid}/history/{each.name}"
        )
        for each in screenshots.screenshot_history(work, uuid)
    ]
    return ScreenshotsAnswer(screenshots=answers)


@router.get("/screenshots/{uuid}/history/{name}", response_class=Response, responses=A_PICTURE)
def recent_screenshot(uuid: str, name: str, request: Request, work: UserWork) -> Response:
    """One of the recent pictures of a client, by its name in the history."""
    return _picture(request, screenshots.recent_screenshot(work, uuid, name))


@router.post(
    "/api/clients/{uuid}/screenshot",
    openapi_extra={"requestBody": A_SCREENSHOT},
    responses={413: {"model": Problem}},
)
async def post_screenshot(uuid: str, device: CallingDevice, request: Request, app: CurrentApp) -> Success:
    """Take a picture from a device that posts over HTTP: its own, with its device token.

    Any valid image of at most 40 megapixels and 8 MiB; another `screenshot_type` counts as periodic.
    """
    if uuid.lower() != device:
        raise NotAllowed

    def take_in() -> Success:
        content, kind = _posted(request)
        try:
            with DEVELOPING:
                developed = develop(content)
        except Unreadable:
            raise Invalid(image=FieldError("picture_unreadable")) from None
        with app.work() as work:
            screenshots.record_pictures(work, [Picture(device, kind, developed, work.now)])
        return Success()

    return await take_upload(request, take_in)


def _posted(request: Request) -> tuple[bytes, str]:
    """The picture and why it was taken; raises `TooLarge`, and `Invalid` without a picture."""
    part, content = FilePart(request, "image"), bytearray()
    part.find()
    for chunk in part.chunks():
        content += chunk
        if len(content) > PICTURE_SIZE_LIMIT:
            raise TooLarge
    part.finish()
    return bytes(content), capture_type(part.fields.get("screenshot_type"))


def _picture(request: Request, jpeg: bytes) -> Response:
    # No copy stays on a shared computer; whoever keeps one itself can ask whether it is still the same.
    headers = {"Cache-Control": "no-store", "ETag": f'"{sha256(jpeg).hexdigest()}"'}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(jpeg, media_type="image/jpeg", headers=headers)
