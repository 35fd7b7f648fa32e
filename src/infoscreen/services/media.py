"""The media library: uploads, names, deletion, and what of a medium devices get.

An upload has two parts, so that no transaction is open while bytes come in: `receive_upload`, then `accept_upload`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from infoscreen.db.academic_calendar import AcademicPeriod
from infoscreen.db.conversions import conversion_of, conversions_of
from infoscreen.db.events import Event, events_using_media
from infoscreen.db.media import Conversion, Media, MediaFolder, media_page, used_hashes
from infoscreen.domain.access import Role
from infoscreen.domain.alerts import AlertKind, Closing
from infoscreen.domain.conversions import ConversionStatus
from infoscreen.domain.errors import FieldError, Invalid, NotAllowed, NotFound
from infoscreen.domain.media import (
    CONVERTED,
    VIDEOS,
    FileTooLarge,
    Kind,
    MediaFacts,
    MediaInUse,
    SlideContent,
    UploadLimits,
    VideoContent,
    WrongKind,
    agreed_kind,
    claimed_kind,
    name_in_address,
    shown_name,
)
from infoscreen.services.alerts import close_alert
from infoscreen.services.conversions import CONVERTED_PATH, ConversionState, request_conversion, state_of
from infoscreen.services.file_ports import StoredFile
from infoscreen.services.notices import NoticeKind
from infoscreen.services.ports import Ports
from infoscreen.services.versions import next_version
from infoscreen.services.work import Work

STREAM_PATH = "/api/eventmedia/stream"
# A content without a row is kept so long: an upload may just be about to name it.
KEPT_UNUSED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that has come in whole and is of an accepted kind, with its small picture."""

    name: str
    stored: StoredFile
    facts: MediaFacts
    thumbnail: bytes | None


@dataclass(frozen=True, slots=True)
class ListedMedia:
    """A medium and its conversion, if it needs one."""

    media: Media
    conversion: ConversionState | None


@contextmanager
def receive_upload(ports: Ports, chunks: Iterator[bytes], name: str, limits: UploadLimits) -> Iterator[Upload]:
    """Take in and examine a file; it is gone when the block ends, unless it was accepted.

    Raises `FileTooLarge`, `WrongKind`, `UnreadableMedia`, `DiskFull`, and `Invalid` for a video that is too long.
    """
    claimed_kind(name)
    with ports.media.receive(_limited(chunks, limits.max_bytes)) as stored:
        facts = ports.probe.examine(stored.path, name)
        if facts.duration is not None and facts.duration > limits.max_video_seconds:
            raise Invalid(file=FieldError("video_too_long", minutes=limits.max_video_seconds // 60))
        yield Upload(
            shown_name(name) or facts.kind.value, stored, facts, ports.probe.thumbnail(stored.path, facts.kind)
        )


def _limited(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise FileTooLarge(megabytes=limit // 1024**2)
        yield chunk


def accept_upload(work: Work, upload: Upload, folder_id: int | None = None) -> Media:
    """Make a received file a medium; the same content is kept once. What needs a PDF is converted."""
    if folder_id is not None and work.session.get(MediaFolder, folder_id) is None:
        raise Invalid(folder_id=FieldError("no_such_folder"))
    work.ports.media.keep(upload.stored)
    if upload.thumbnail:
        work.ports.media.keep_thumbnail(upload.stored.sha256, upload.thumbnail)
    facts = upload.facts
    media = Media(
        folder_id=folder_id,
        name=upload.name,
        kind=facts.kind.value,
        mime_type=facts.mime_type,
        size=upload.stored.size,
        sha256=upload.stored.sha256,
        page_count=facts.page_count,
        width=facts.width,
        height=facts.height,
        duration=facts.duration,
        bitrate=facts.bitrate,
        has_thumbnail=upload.thumbnail is not None,
        created_by=work.actor.user_id,
        created_at=work.now,
    )
    work.session.add(media)
    work.session.flush()
    if facts.kind in CONVERTED:
        request_conversion(work, media.id)
    work.announce(NoticeKind.MEDIA, media.id)
    return media


def get_media(work: Work, media_id: int) -> Media:
    """One medium; raises `NotFound`."""
    media = work.session.get(Media, media_id)
    if media is None:
        raise NotFound
    return media


def listed(work: Work, media: Media) -> ListedMedia:
    """A medium with its conversion."""
    conversion = conversion_of(work.session, media.id)
    return ListedMedia(media, state_of(conversion) if conversion else None)


def list_media(
    work: Work, folder_id: int | None, name_part: str, limit: int, offset: int
) -> tuple[Sequence[ListedMedia], int]:
    """Some of the media, the newest first, and how many there are in all."""
    page, total = media_page(work.session, folder_id, name_part, limit, offset)
    found = conversions_of(work.session, [media.id for media in page])
    states = {media_id: state_of(conversion) for media_id, conversion in found.items()}
    return [ListedMedia(media, states.get(media.id)) for media in page], total


def change_media(work: Work, media_id: int, fields: Mapping[str, Any], version: int | None = None) -> Media:
    """Give a medium another name of the same kind, or another period; raises `Invalid`, `StaleVersion`."""
    media = get_media(work, media_id)
    changes = dict(fields)
    if "name" in changes:
        changes["name"] = _agreed_name(media, changes["name"])
    period_id = changes.get("academic_period_id")
    if period_id is not None and work.session.get(AcademicPeriod, period_id) is None:
        raise Invalid(academicPeriodId=FieldError("no_such_period"))
    next_version(work, media, version)
    for name, value in changes.items():
        setattr(media, name, value)
    work.announce(NoticeKind.MEDIA, media.id)
    return media


def _agreed_name(media: Media, name: str) -> str:
    shown = shown_name(name)
    if not shown:
        raise Invalid(name=FieldError("missing"))
    try:
        agreed_kind(shown, Kind(media.kind))
    except WrongKind:
        raise Invalid(name=FieldError("ending_of_another_kind", kind=media.kind)) from None
    return shown


def delete_media(work: Work, media_id: int, *, force: bool = False) -> None:
    """Delete a medium; raises `MediaInUse` while events show it, unless an admin forces them to go without."""
    media = get_media(work, media_id)
    if force and not work.actor.role.includes(Role.ADMIN):
        raise NotAllowed
    using = events_using_media(work.session, media_id)
    to_come = [event for event in using if not _is_over(event, work.now)]
    if to_come and not force:
        raise MediaInUse(name=media.name, events=[{"id": event.id, "subject": event.subject} for event in to_come])
    for event in using:
        event.event_media_id = None
        event.version += 1
        event.updated_at, event.updated_by = work.now, work.actor.user_id
        work.announce(NoticeKind.EVENTS, event.id)
    work.session.flush()
    work.session.delete(media)
    close_alert(work, AlertKind.CONVERSION_FAILED, str(media_id), Closing.RESOLVED)
    work.announce(NoticeKind.MEDIA, media_id)


def _is_over(event: Event, now: datetime) -> bool:
    if event.recurrence_rule is None:
        return event.end_time <= now
    return event.recurrence_end is not None and max(event.recurrence_end, event.end_time) <= now


def forget_unused(work: Work) -> None:
    """Delete contents and PDFs from disk that no row has named for a while."""
    since = work.now - KEPT_UNUSED
    idle = work.ports.media.idle(since)
    for sha256 in idle - used_hashes(work.session, idle):
        work.ports.media.delete_idle(sha256, since)


def content_of(media: Media, conversion: Conversion | None) -> SlideContent | VideoContent | None:
    """What devices get of a medium; None while its PDF is not ready, and for kinds that no event shows."""
    if media.kind in VIDEOS:
        return _video(media)
    if media.kind == Kind.PDF:
        name = name_in_address(media.name)
        return SlideContent(name, stream_path(media), f"sha256:{media.sha256}", media.size)
    if media.kind not in CONVERTED or conversion is None or conversion.status != ConversionStatus.READY:
        return None
    return SlideContent(
        name_in_address(media.name, "pdf"),
        f"{CONVERTED_PATH}/{conversion.target_path}",
        f"sha256:{conversion.target_sha256}",
        conversion.target_size or 0,
    )


def stream_path(media: Media) -> str:
    """The path of a medium's own content, not quoted."""
    return f"{STREAM_PATH}/{media.id}/{name_in_address(media.name)}"


def content_path(media: Media) -> str:
    """The address of a medium's own content."""
    return quote(stream_path(media))


def thumbnail_path(media: Media) -> str:
    """The address of a medium's small picture."""
    return f"/api/eventmedia/{media.id}/thumbnail"


def _video(media: Media) -> VideoContent:
    return VideoContent(
        name_in_address(media.name),
        stream_path(media),
        f"sha256:{media.sha256}",
        media.size,
        media.mime_type or "application/octet-stream",
        media.duration,
        f"{media.width}x{media.height}" if media.width and media.height else None,
        media.bitrate,
    )
