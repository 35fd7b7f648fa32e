"""Media and conversions."""

from typing import Annotated

from pydantic import Field
from starlette.requests import Request

from infoscreen.domain.conversions import ConversionStatus
from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime, Id
from infoscreen.processes.api.sentences import sentence
from infoscreen.services.conversions import ConversionState
from infoscreen.services.media import ListedMedia, content_path, thumbnail_path


class ConversionAnswer(ApiModel):
    """Where a conversion stands; `errorMessage` is a sentence, `errorCode` stays the same in every language."""

    media_id: int
    status: ConversionStatus
    error_code: str | None
    error_message: str | None
    started_at: ApiTime | None
    completed_at: ApiTime | None
    pdf_url: str | None


class StoredMedia(ApiModel):
    """A medium as it is stored; duration in seconds, sizes in bytes and pixels."""

    id: int
    folder_id: int | None
    name: str
    kind: str
    mime_type: str | None
    size: int
    sha256: str
    page_count: int | None
    width: int | None
    height: int | None
    duration: float | None
    academic_period_id: int | None
    created_at: ApiTime
    version: int


class MediaAnswer(StoredMedia):
    """A medium with where its content is."""

    conversion: ConversionAnswer | None
    thumbnail_url: str | None
    content_url: str


class MediaPage(ApiModel):
    media: list[MediaAnswer]
    total: int


class MediaChange(ApiRequest):
    """Fields that are left out stay as they are."""

    name: Annotated[str, Field(min_length=1, max_length=1000)] = ""
    academic_period_id: Id | None = None
    version: int | None = None


def media_answer(request: Request, listed: ListedMedia) -> MediaAnswer:
    """A medium in the request's language."""
    media = listed.media
    fields = {name: getattr(media, name) for name in MediaAnswer.model_fields if hasattr(media, name)}
    return MediaAnswer(
        **fields,
        conversion=conversion_answer(request, listed.conversion) if listed.conversion else None,
        thumbnail_url=thumbnail_path(media) if media.has_thumbnail else None,
        content_url=content_path(media),
    )


def conversion_answer(request: Request, state: ConversionState) -> ConversionAnswer:
    """The conversion, with the reason of a failure as a sentence."""
    return ConversionAnswer(
        media_id=state.media_id,
        status=state.status,
        error_code=state.failure,
        error_message=sentence(request, f"conversion_{state.failure}") if state.failure else None,
        started_at=state.started_at,
        completed_at=state.completed_at,
        pdf_url=state.pdf_path,
    )
