"""Conversions of presentations to PDF: asked for, done once per content, tried again after what can pass.

The table is the truth and the queue only a messenger: `sweep` finds what a crash left. A try that was taken for
dead cannot store anything any more, because every end of a try names its number.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from infoscreen.db import conversions as rows
from infoscreen.db.media import Conversion, Media, media_of_content
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.conversions import (
    STALE_AFTER,
    ConversionFailed,
    ConversionInterrupted,
    ConversionStatus,
    Failure,
    NothingToConvert,
    after_failure,
    is_due,
)
from infoscreen.domain.errors import DiskFull, NotFound
from infoscreen.domain.media import CONVERTED, Kind, UnreadableMedia
from infoscreen.services.alerts import close_alert, raise_alert
from infoscreen.services.file_ports import Converter, StoredFile
from infoscreen.services.notices import NoticeKind
from infoscreen.services.ports import Ports
from infoscreen.services.work import OpenWork, Work

log = structlog.get_logger()

CONVERTED_PATH = "/api/files/converted"


@dataclass(frozen=True, slots=True)
class ConversionState:
    """Where the conversion of a medium stands, why its last try failed, and the path of its PDF's address."""

    media_id: int
    status: ConversionStatus
    failure: Failure | None
    started_at: datetime | None
    completed_at: datetime | None
    pdf_path: str | None


def count_by_status(work: Work) -> dict[ConversionStatus, int]:
    """How many conversions have each status."""
    return dict.fromkeys(ConversionStatus, 0) | rows.count_by_status(work.session)


@dataclass(frozen=True, slots=True)
class Try:
    """One try of one conversion, claimed by this worker."""

    conversion_id: int
    media_id: int
    attempt: int
    file_hash: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF in its place."""

    pdf: StoredFile
    page_count: int | None
    thumbnail: bytes | None


def conversion_status(work: Work, media_id: int) -> ConversionState:
    """The conversion of a medium; raises `NotFound` where there is none, because the medium is shown as it is."""
    conversion = rows.conversion_of(work.session, media_id)
    if conversion is None:
        raise NotFound
    return state_of(conversion)


def state_of(conversion: Conversion) -> ConversionState:
    """What people see of a conversion."""
    return ConversionState(
        conversion.source_media_id,
        ConversionStatus(conversion.status),
        Failure(conversion.error_message) if conversion.error_message else None,
        conversion.started_at,
        conversion.completed_at,
        f"{CONVERTED_PATH}/{conversion.target_path}" if conversion.target_path else None,
    )


def request_conversion(work: Work, media_id: int) -> Conversion:
    """Have a medium converted, once per content; a failed one is tried anew. Raises `NotFound`, `NothingToConvert`."""
    # Locked, so that two requests at once do not make two rows.
    media = work.session.get(Media, media_id, with_for_update=True)
    if media is None:
        raise NotFound
    if media.kind not in CONVERTED:
        raise NothingToConvert(name=media.name)
    conversion = rows.conversion_of(work.session, media_id) or _new_conversion(work, media)
    if conversion.status == ConversionStatus.FAILED:
        rows.move(
            work.session, conversion.id, ConversionStatus.PENDING, attempts=0, completed_at=None, error_message=None
        )
    if conversion.status == ConversionStatus.PENDING and not _adopt(work, media, conversion):
        work.after_commit(partial(_enqueue, conversion.id))
    work.session.refresh(conversion)
    work.announce(NoticeKind.CONVERSIONS, media_id)
    return conversion


def _new_conversion(work: Work, media: Media) -> Conversion:
    conversion = Conversion(
        source_media_id=media.id, target_format=rows.PDF, file_hash=media.sha256, status=ConversionStatus.PENDING
    )
    work.session.add(conversion)
    work.session.flush()
    return conversion


def _adopt(work: Work, media: Media, conversion: Conversion) -> bool:
    """Take over the PDF that another medium of the same content already has."""
    ready = rows.ready_conversion(work.session, conversion.file_hash)
    if ready is None:
        return False
    twin = work.session.get_one(Media, ready.source_media_id)
    media.page_count, media.has_thumbnail = twin.page_count, twin.has_thumbnail
    result = {"target_path": ready.target_path, "target_sha256": ready.target_sha256, "target_size": ready.target_size}
    close_alert(work, AlertKind.CONVERSION_FAILED, str(media.id))
    return rows.move(work.session, conversion.id, ConversionStatus.READY, completed_at=work.now, **result)


def run_conversion(open_work: OpenWork, converter: Converter, conversion_id: int) -> None:
    """Do one conversion if it still waits: claimed in one transaction, made outside of any, stored in another."""
    with open_work() as work:
        claimed, ports = _claim(work, conversion_id), work.ports
    if claimed is None:
        return
    try:
        made = _make(ports, converter, claimed)
    except ConversionInterrupted:
        with open_work() as work:
            _give_back(work, claimed)
    except ConversionFailed as error:
        with open_work() as work:
            _note_failure(work, claimed, error.failure)
    else:
        with open_work() as work:
            _note_ready(work, claimed, made)


def _claim(work: Work, conversion_id: int) -> Try | None:
    conversion = work.session.get(Conversion, conversion_id)
    if conversion is None or not is_due(conversion.attempts, conversion.completed_at, work.now):
        return None
    media = work.session.get_one(Media, conversion.source_media_id)
    attempt = conversion.attempts + 1
    if rows.is_in_work(work.session, conversion.file_hash) or not rows.move(
        work.session,
        conversion_id,
        ConversionStatus.PROCESSING,
        attempts=attempt,
        started_at=work.now,
        completed_at=None,
    ):
        return None
    work.announce(NoticeKind.CONVERSIONS, media.id)
    return Try(conversion_id, media.id, attempt, conversion.file_hash, Kind(media.kind))


def _make(ports: Ports, converter: Converter, claimed: Try) -> Made:
    try:
        source = ports.media.path(claimed.file_hash)
        if ports.probe.is_protected(source):
            raise ConversionFailed(Failure.PASSWORD_PROTECTED)
        pdf = ports.media.keep_pdf(lambda target: _convert_whole(ports, converter, source, claimed.kind, target))
        page_count = ports.probe.examine(pdf.path, "converted.pdf").page_count
        return Made(pdf, page_count, ports.probe.thumbnail(pdf.path, Kind.PDF))
    except DiskFull:
        raise ConversionFailed(Failure.DISK_FULL) from None
    except (UnreadableMedia, NotFound):
        raise ConversionFailed(Failure.UNREADABLE) from None


def _convert_whole(ports: Ports, converter: Converter, source: Path, kind: Kind, target: Path) -> None:
    converter.to_pdf(source, kind, target)
    ports.probe.examine(target, "converted.pdf")


def _give_back(work: Work, claimed: Try) -> None:
    before = claimed.attempt - 1
    rows.finish(work.session, claimed.conversion_id, claimed.attempt, ConversionStatus.PENDING, attempts=before)
    work.announce(NoticeKind.CONVERSIONS, claimed.media_id)


def _note_failure(work: Work, claimed: Try, failure: Failure) -> None:
    status = after_failure(failure, claimed.attempt)
    outcome: dict[str, Any] = {"completed_at": work.now, "error_message": failure.value}
    log.warning("conversion_failed", media_id=claimed.media_id, failure=failure.value, then=status.value)
    if rows.finish(work.session, claimed.conversion_id, claimed.attempt, status, **outcome):
        if status == ConversionStatus.FAILED:
            rows.settle_others(work.session, claimed.file_hash, status, **outcome)
            for media in media_of_content(work.session, claimed.file_hash):
                told = {"failure": failure.value, "name": media.name}
                raise_alert(work, AlertKind.CONVERSION_FAILED, str(media.id), Severity.WARNING, **told)
        _announce_content(work, claimed.file_hash)


def _note_ready(work: Work, claimed: Try, made: Made) -> None:
    path = f"{made.pdf.sha256[:2]}/{made.pdf.sha256}.pdf"
    outcome: dict[str, Any] = {"completed_at": work.now, "error_message": None, "target_path": path}
    outcome |= {"target_sha256": made.pdf.sha256, "target_size": made.pdf.size}
    if not rows.finish(work.session, claimed.conversion_id, claimed.attempt, ConversionStatus.READY, **outcome):
        return
    rows.settle_others(work.session, claimed.file_hash, ConversionStatus.READY, **outcome)
    if made.thumbnail:
        work.ports.media.keep_thumbnail(claimed.file_hash, made.thumbnail)
    for media in media_of_content(work.session, claimed.file_hash):
        media.page_count = made.page_count
        media.has_thumbnail = made.thumbnail is not None
        close_alert(work, AlertKind.CONVERSION_FAILED, str(media.id))
    _announce_content(work, claimed.file_hash)


def _announce_content(work: Work, file_hash: str) -> None:
    work.announce(NoticeKind.CONVERSIONS, *(media.id for media in media_of_content(work.session, file_hash)))


def sweep(work: Work) -> None:
    """Free what a dead worker held, and fill an empty queue with what is due: lost entries, second tries, leftovers."""
    for conversion in rows.started_before(work.session, work.now - STALE_AFTER):
        _free(work, conversion)
    if not work.ports.jobs.is_empty():
        return
    seen: set[str] = set()
    for conversion in rows.waiting(work.session):
        due = is_due(conversion.attempts, conversion.completed_at, work.now)
        if due and conversion.file_hash not in seen and not rows.is_in_work(work.session, conversion.file_hash):
            work.after_commit(partial(_enqueue, conversion.id))
        seen.add(conversion.file_hash)


def _enqueue(conversion_id: int, ports: Ports) -> None:
    ports.jobs.enqueue_conversion(conversion_id)


def _free(work: Work, conversion: Conversion) -> None:
    media = work.session.get_one(Media, conversion.source_media_id)
    dead = Try(conversion.id, media.id, conversion.attempts, conversion.file_hash, Kind(media.kind))
    _note_failure(work, dead, Failure.WORKER_DIED)
