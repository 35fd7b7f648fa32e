"""`/api/conversions` and `/api/files/converted`: presentations as PDF."""

from fastapi import APIRouter, Request, Response

from infoscreen.domain.errors import NotFound
from infoscreen.processes.api.deps import CurrentApp, EditorWork, UserWork
from infoscreen.processes.api.file_answers import MayFetch, file_answer
from infoscreen.processes.api.routes.media import FILE_ANSWERS
from infoscreen.processes.api.schemas.base import Id
from infoscreen.processes.api.schemas.media import ConversionAnswer, conversion_answer
from infoscreen.services.conversions import conversion_status, request_conversion

router = APIRouter(prefix="/api", tags=["media"])


@router.post("/conversions/{media_id}/pdf", status_code=202)
def convert_media(request: Request, media_id: Id, work: EditorWork) -> ConversionAnswer:
    """Have a presentation converted; what is ready or under way is left as it is, what failed is tried again."""
    request_conversion(work, media_id)
    return conversion_answer(request, conversion_status(work, media_id))


@router.get("/conversions/{media_id}/status")
def get_conversion_status(request: Request, media_id: Id, work: UserWork) -> ConversionAnswer:
    """Where a medium's conversion stands; 404 for one that is shown as it is."""
    return conversion_answer(request, conversion_status(work, media_id))


@router.head("/files/converted/{path:path}", dependencies=[MayFetch], include_in_schema=False)
@router.get("/files/converted/{path:path}", dependencies=[MayFetch], response_class=Response, responses=FILE_ANSWERS)
def get_converted(request: Request, path: str, app: CurrentApp) -> Response:
    """A converted PDF, whole or in byte ranges."""
    folder, _, name = path.partition("/")
    sha256 = name.removesuffix(".pdf")
    if not name.endswith(".pdf") or folder != sha256[:2]:
        raise NotFound
    return file_answer(request, app.ports.media.pdf_path(sha256), "application/pdf", sha256)
