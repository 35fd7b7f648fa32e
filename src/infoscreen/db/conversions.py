"""Queries of the conversions. A change of state is one UPDATE that names the state it comes from and counts rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, exists, func, select, update
from sqlalchemy.orm import Session

from infoscreen.db.media import Conversion
from infoscreen.domain.conversions import ConversionStatus, before

PDF = "pdf"


def conversions_of(session: Session, media_ids: Collection[int]) -> dict[int, Conversion]:
    """The conversions of these media to PDF, by medium."""
    named = sorted(media_ids)
    found: dict[int, Conversion] = {}
    for first in range(0, len(named), 500):
        of_media = Conversion.source_media_id.in_(named[first : first + 500])
        rows = session.scalars(select(Conversion).where(of_media, Conversion.target_format == PDF))
        found |= {conversion.source_media_id: conversion for conversion in rows}
    return found


def conversion_of(session: Session, media_id: int) -> Conversion | None:
    """The conversion of one medium to PDF, if there is one."""
    return conversions_of(session, [media_id]).get(media_id)


def ready_conversion(session: Session, file_hash: str) -> Conversion | None:
    """A finished conversion of a content, whichever medium it was made for."""
    return session.scalars(_of_content(file_hash, ConversionStatus.READY)).first()


def is_in_work(session: Session, file_hash: str) -> bool:
    """Whether a worker is converting a content right now."""
    wanted = _of_content(file_hash, ConversionStatus.PROCESSING)
    return bool(session.scalar(select(exists(wanted.with_only_columns(Conversion.id)))))


def _of_content(file_hash: str, status: ConversionStatus) -> Any:
    of_content = (Conversion.file_hash == file_hash) & (Conversion.target_format == PDF)
    return select(Conversion).where(of_content, Conversion.status == status)


def move(session: Session, conversion_id: int, to: ConversionStatus, **values: Any) -> bool:
    """Change the state if it may come from the present one; whether it did."""
    return _counts(session, Conversion.id == conversion_id, Conversion.status.in_(before(to)), status=to, **values)


def finish(session: Session, conversion_id: int, attempt: int, to: ConversionStatus, **values: Any) -> bool:
    """End a try if it is still the one in work; not so when the worker was taken for dead and another took over."""
    is_this_try = (Conversion.id == conversion_id) & (Conversion.attempts == attempt)
    return _counts(session, is_this_try, Conversion.status == ConversionStatus.PROCESSING, status=to, **values)


def settle_others(session: Session, file_hash: str, to: ConversionStatus, **values: Any) -> None:
    """Give the waiting conversions of the same content the outcome of the one that was made."""
    waiting = [status for status in before(to) if status != ConversionStatus.PROCESSING]
    _counts(session, Conversion.file_hash == file_hash, Conversion.status.in_(waiting), status=to, **values)


def _counts(session: Session, *where: Any, **values: Any) -> bool:
    result = session.execute(update(Conversion).where(Conversion.target_format == PDF, *where).values(**values))
    return cast("CursorResult[Any]", result).rowcount > 0


def count_by_status(session: Session) -> dict[ConversionStatus, int]:
    """How many conversions have each status that any has."""
    counted = select(Conversion.status, func.count()).group_by(Conversion.status)
    return {ConversionStatus(status): number for status, number in session.execute(counted)}


def started_before(session: Session, instant: datetime) -> Sequence[Conversion]:
    """Conversions in work since before an instant."""
    in_work = Conversion.status == ConversionStatus.PROCESSING
    return session.scalars(select(Conversion).where(in_work, Conversion.started_at < instant)).all()


def waiting(session: Session) -> Sequence[Conversion]:
    """Conversions that wait for a worker, the oldest first."""
    return session.scalars(
        select(Conversion).where(Conversion.status == ConversionStatus.PENDING).order_by(Conversion.id)
    ).all()
