"""One occurrence as devices get it: the published form of each type of event."""

from dataclasses import dataclass

from infoscreen.db.events import Event
from infoscreen.db.media import Media
from infoscreen.domain.errors import InfoscreenError
from infoscreen.domain.media import SlideContent, VideoContent
from infoscreen.domain.messages import to_safe_html
from infoscreen.domain.signed_addresses import signed_address
from infoscreen.domain.timeline import Occurrence
from infoscreen.services.media import published_content
from infoscreen.services.work import Work
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


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes the addresses that devices fetch: below `base_url`, signed with `key`."""

    base_url: str
    key: bytes

    def of(self, path: str, occurrence: Occurrence) -> str:
        """The address of a path for the occurrence's group, valid until a day after the occurrence's end."""
        return signed_address(self.key, self.base_url, path, occurrence.group_id, occurrence.end)


def published_event(work: Work, event: Event, occurrence: Occurrence, addresses: Addresses) -> PublishedEvent | None:
    """The published form; None while the event's content is still being prepared. Raises `ContentMissing`."""
    common = PublishedEvent(
        id=event.id,
        occurrence_id=occurrence_id(event.id, occurrence.start),
        title=event.subject,
        start=occurrence.start,
        end=occurrence.end,
        group_id=event.group_id,
        event_type=event.type,
        recurrence_rule=event.recurrence_rule,
        recurrence_end=event.recurrence_end,
    )
    match event.type:
        case "presentation" | "video":
            return _with_media(work, event, occurrence, addresses, common)
        case "website" | "webuntis":
            if not event.website_url:
                raise ContentMissing
            return common.model_copy(update={"website": WebsiteBlock(url=event.website_url)})
        case "message":
            block = MessageBlock(content=to_safe_html(event.message_content or ""))
            return common.model_copy(update={"message": block})
        case _:
            return common


def _with_media(
    work: Work, event: Event, occurrence: Occurrence, addresses: Addresses, common: PublishedEvent
) -> PublishedEvent | None:
    media = work.session.get(Media, event.event_media_id) if event.event_media_id else None
    if media is None:
        raise ContentMissing
    content = published_content(work.session, media)
    if content is None:
        return None
    address = addresses.of(content.path, occurrence)
    if isinstance(content, VideoContent):
        return common.model_copy(update={"video": _video(event, content, address)})
    return common.model_copy(update={"presentation": _presentation(event, content, address)})


def _presentation(event: Event, content: SlideContent, address: str) -> PresentationBlock:
    auto_progress = event.auto_progress is not False
    return PresentationBlock(
        files=[SlideFile(name=content.name, url=address, checksum=content.checksum, size=content.size)],
        slide_interval=event.slideshow_interval or 10,
        auto_advance=auto_progress,
        page_progress=event.page_progress is not False,
        auto_progress=auto_progress,
    )


def _video(event: Event, content: VideoContent, address: str) -> VideoBlock:
    return VideoBlock(
        url=address,
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
