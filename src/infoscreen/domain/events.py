"""What makes an event valid: its times, and the content its type needs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from infoscreen.domain.errors import FieldError, Invalid
from infoscreen.domain.media import SLIDES, VIDEOS
from infoscreen.domain.settings import is_web_address

LONGEST = timedelta(days=31)
TYPES = ("presentation", "video", "website", "webuntis", "message")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is asked of an event, before it is stored."""

    type: str
    start: datetime
    end: datetime
    media_kind: str | None
    website_url: str | None
    message_content: str | None


def check(draft: Draft) -> None:
    """Raise `Invalid` with every field that is wrong."""
    mistakes = _time_mistakes(draft.start, draft.end) | _content_mistakes(draft)
    if mistakes:
        raise Invalid(**mistakes)


def check_times(start: datetime, end: datetime) -> None:
    """Raise `Invalid` for an end that is not after its start, or too long after it."""
    mistakes = _time_mistakes(start, end)
    if mistakes:
        raise Invalid(**mistakes)


def _time_mistakes(start: datetime, end: datetime) -> dict[str, FieldError]:
    if end <= start:
        return {"endTime": FieldError("end_not_after_start")}
    if end - start > LONGEST:
        return {"endTime": FieldError("longer_than_31_days")}
    return {}


def _content_mistakes(draft: Draft) -> dict[str, FieldError]:
    if draft.type == "presentation" and draft.media_kind not in SLIDES:
        return {"eventMediaId": FieldError("needs_slides")}
    if draft.type == "video" and draft.media_kind not in VIDEOS:
        return {"eventMediaId": FieldError("needs_video")}
    if draft.type == "website" and not is_web_address(draft.website_url or ""):
        return {"websiteUrl": FieldError("needs_url")}
    if draft.type == "message" and not (draft.message_content or "").strip():
        return {"messageContent": FieldError("needs_text")}
    if draft.type not in TYPES:
        return {"type": FieldError("type_not_offered")}
    return {}
