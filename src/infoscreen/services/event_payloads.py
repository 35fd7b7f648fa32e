"""Events as devices get them: formatted once per event, then dated and addressed for each occurrence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from infoscreen.db.events import Event
from infoscreen.db.media import Conversion, Media
from infoscreen.domain.broadcasts import Announcement
from infoscreen.domain.conversions import ConversionStatus
from infoscreen.domain.errors import InfoscreenError
from infoscreen.domain.media import SlideContent, VideoContent
from infoscreen.domain.messages import to_safe_html
from infoscreen.domain.signed_addresses import signed_address
from infoscreen.domain.timeline import Occurrence
from infoscreen.services.media import content_of
from infoscreen_wire.payloads.base import to_z
from infoscreen_wire.payloads.to_device import (
    MessageBlock,
    PresentationBlock,
    PublishedEvent,
    SlideFile,
    VideoBlock,
    WebsiteBlock,
    occurrence_id,
)


class ContentMissing(InfoscreenError):
    """The event has no content that could be published."""

    code = "content_missing"


class ConversionHasFailed(ContentMissing):
    """The event's presentation could not be converted."""

    code = "content_not_converted"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes the addresses that devices fetch: below `base_url`, signed with `key`."""

    base_url: str
    key: bytes

    def of(self, path: str, group_id: int, end: datetime) -> str:
        """The address of a path for a group, valid until a day after the occurrence's end."""
        return signed_address(self.key, self.base_url, path, group_id, end)


@dataclass(frozen=True, slots=True)
class Showable:
    """An event in its published form, but for what is each occurrence's own: its times, and the address of its file."""

    event_id: int
    wire: Mapping[str, Any]
    content: SlideContent | VideoContent | None = None
    file: Mapping[str, Any] = field(default_factory=dict)

    def at(self, occurrence: Occurrence, addresses: Addresses) -> dict[str, Any]:
        """The published form of one occurrence."""
        own: dict[str, Any] = {
            "occurrence_id": occurrence_id(self.event_id, occurrence.start),
            "start": to_z(occurrence.start),
            "end": to_z(occurrence.end),
            "group_id": occurrence.group_id,
        }
        if isinstance(self.content, SlideContent):
            file = {**self.file, "url": addresses.of(self.content.path, occurrence.group_id, occurrence.end)}
            own["presentation"] = {**self.wire["presentation"], "files": [file]}
        elif isinstance(self.content, VideoContent):
            url = addresses.of(self.content.path, occurrence.group_id, occurrence.end)
            own["video"] = {**self.wire["video"], "url": url}
        return {**self.wire, **own}


def announced(announcement: Announcement) -> Showable:
    """An emergency message's form: the only event of its groups while it lasts."""
    event = PublishedEvent(
        id=announcement.event_id,
        occurrence_id="",
        title=announcement.title,
        start=announcement.start,
        end=announcement.end,
        group_id=0,
        event_type="message",
        recurrence_rule=None,
        recurrence_end=None,
        message=MessageBlock(content=announcement.html),
    )
    return Showable(announcement.event_id, event.to_wire())


def announcement_in(announcement: Announcement, group_id: int) -> Occurrence:
    """An emergency message as the occurrence that a group shows."""
    return Occurrence(announcement.event_id, group_id, announcement.start, announcement.end)


def showable(event: Event, media: Media | None, conversion: Conversion | None) -> Showable | None:
    """The event's form; None while its content is still being prepared. Raises `ContentMissing`."""
    common = PublishedEvent(
        id=event.id,
        occurrence_id="",
        title=event.subject,
        start=event.start_time,
        end=event.end_time,
        group_id=event.group_id,
        event_type=event.type,
        recurrence_rule=event.recurrence_rule,
        recurrence_end=event.recurrence_end,
    )
    match event.type:
        case "presentation" | "video":
            return _with_media(event, media, conversion, common)
        case "website" | "webuntis":
            if not event.website_url:
                raise ContentMissing
            common = common.model_copy(update={"website": WebsiteBlock(url=event.website_url)})
        case "message":
            block = MessageBlock(content=to_safe_html(event.message_content or ""))
            common = common.model_copy(update={"message": block})
    return Showable(event.id, common.to_wire())


def _with_media(
    event: Event, media: Media | None, conversion: Conversion | None, common: PublishedEvent
) -> Showable | None:
    if media is None:
        raise ContentMissing
    content = content_of(media, conversion)
    if content is None:
        if conversion is not None and conversion.status == ConversionStatus.FAILED:
            raise ConversionHasFailed
        return None
    if isinstance(content, VideoContent):
        wire = common.model_copy(update={"video": _video(event, content)}).to_wire()
        return Showable(event.id, wire, content)
    slides = _presentation(event, content)
    wire = common.model_copy(update={"presentation": slides}).to_wire()
    return Showable(event.id, wire, content, slides.files[0].model_dump())


def _presentation(event: Event, content: SlideContent) -> PresentationBlock:
    auto_progress = event.auto_progress is not False
    return PresentationBlock(
        files=[SlideFile(name=content.name, url="", checksum=content.checksum, size=content.size)],
        slide_interval=event.slideshow_interval or 10,
        auto_advance=auto_progress,
        page_progress=event.page_progress is not False,
        auto_progress=auto_progress,
    )


def _video(event: Event, content: VideoContent) -> VideoBlock:
    return VideoBlock(
        url="",
        autoplay=event.autoplay is not False,
        loop=event.loop is not False,
        volume=0.8 if event.volume is None else event.volume,
        muted=event.muted is True,
        mime_type=content.mime_type,
        size=content.size,
        duration=content.duration,
        resolution=content.resolution,
        bitrate=content.bitrate,
        checksum=content.checksum,
    )
