"""`/api/eventmedia`: the media library, uploads, and the files themselves."""

from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response

from infoscreen.bootstrap import App
from infoscreen.domain.access import Role
from infoscreen.domain.errors import NotAllowed
from infoscreen.domain.media import FileTooLarge, UploadLimits
from infoscreen.processes.api.deps import CurrentActor, CurrentApp, EditorWork, UserWork
from infoscreen.processes.api.file_answers import MayFetch, file_answer
from infoscreen.processes.api.multipart import ROOM_FOR_HEADERS, FilePart, take_upload
from infoscreen.processes.api.schemas.base import Id, Problem, Success
from infoscreen.processes.api.schemas.media import MediaAnswer, MediaChange, MediaPage, media_answer
from infoscreen.services import media, settings

router = APIRouter(prefix="/api/eventmedia", tags=["media"])

UPLOAD_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        }
    },
}
Answers = dict[int | str, dict[str, Any]]
UPLOAD_REFUSALS: Answers = {status: {"model": Problem} for status in (413, 415, 507)}
A_FILE: dict[str, Any] = {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
FILE_ANSWERS: Answers = {
    200: A_FILE,
    206: A_FILE,
    304: {"description": "Not changed"},
    416: {"model": Problem, "description": "No such range"},
}


@router.get("")
def list_media(
    request: Request,
    work: UserWork,
    folder_id: Annotated[Id | None, Query(alias="folderId")] = None,
    q: Annotated[str, Query(max_length=255, description="Part of the name.")] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> MediaPage:
    """Media, the newest first."""
    page, total = media.list_media(work, folder_id, q, limit, offset)
    return MediaPage(media=[media_answer(request, listed) for listed in page], total=total)


@router.post("", status_code=201, openapi_extra={"requestBody": UPLOAD_BODY}, responses=UPLOAD_REFUSALS)
async def upload_media(
    request: Request,
    actor: CurrentActor,
    app: CurrentApp,
    folder_id: Annotated[Id | None, Query(alias="folderId")] = None,
) -> MediaAnswer:
    """Upload one file, as the field `file` of a multipart form; a presentation's conversion begins at once."""
    if not actor.role.includes(Role.EDITOR):
        raise NotAllowed
    limits = await to_thread.run_sync(_limits, app)
    if _announced_size(request) > limits.max_bytes + ROOM_FOR_HEADERS:
        raise FileTooLarge(megabytes=limits.max_bytes // 1024**2)

    def take_in() -> MediaAnswer:
        part = FilePart(request)
        part.find()
        with (
            media.receive_upload(app.ports, part.chunks(), part.name, limits) as upload,
            app.work(actor) as work,
        ):
            return media_answer(request, media.listed(work, media.accept_upload(work, upload, folder_id)))

    return await take_upload(request, take_in)


def _limits(app: App) -> UploadLimits:
    with app.reading() as work:
        return settings.upload_limits(work)


def _announced_size(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


@router.get("/{media_id}")
def get_media(request: Request, media_id: Id, work: UserWork) -> MediaAnswer:
    """One medium."""
    return media_answer(request, media.listed(work, media.get_media(work, media_id)))


@router.put("/{media_id}")
def change_media(request: Request, media_id: Id, change: MediaChange, work: EditorWork) -> MediaAnswer:
    """Rename a medium, or say to which academic period it belongs."""
    changed = media.change_media(work, media_id, change.given(), change.version)
    return media_answer(request, media.listed(work, changed))


@router.delete("/{media_id}")
def delete_media(media_id: Id, work: EditorWork, force: bool = False) -> Success:
    """Delete a medium. While events show it, it is a conflict that names them; an admin may force it."""
    media.delete_media(work, media_id, force=force)
    return Success()


@router.get("/{media_id}/thumbnail", dependencies=[MayFetch], response_class=Response, responses={200: A_FILE})
def get_thumbnail(request: Request, media_id: Id, app: CurrentApp) -> Response:
    """A small JPEG of what the medium shows."""
    with app.reading() as work:
        shown = media.get_media(work, media_id)
    path = app.ports.media.thumbnail_path(shown.sha256)
    return file_answer(request, path, "image/jpeg", f"{shown.sha256}-thumbnail")


@router.get("/{media_id}/download", dependencies=[MayFetch], response_class=Response, responses=FILE_ANSWERS)
def download_media(request: Request, media_id: Id, app: CurrentApp) -> Response:
    """The medium's file under its name, to be saved."""
    with app.reading() as work:
        wanted = media.get_media(work, media_id)
    path = app.ports.media.path(wanted.sha256)
    return file_answer(request, path, wanted.mime_type or "", wanted.sha256, download_name=wanted.name)


@router.head("/stream/{media_id}/{filename:path}", dependencies=[MayFetch], include_in_schema=False)
@router.get(
    "/stream/{media_id}/{filename:path}",
    dependencies=[MayFetch],
    response_class=Response,
    responses=FILE_ANSWERS,
)
def stream_media(request: Request, media_id: Id, app: CurrentApp) -> Response:
    """The medium's file, whole or in byte ranges, as players ask for it."""
    with app.reading() as work:
        wanted = media.get_media(work, media_id)
    return file_answer(request, app.ports.media.path(wanted.sha256), wanted.mime_type or "", wanted.sha256)
