"""The media library: its tables and queries; those of the conversions are in `conversions.py`."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime, exact_string


class MediaFolder(Base):
    """A folder of the library; the root is no row."""

    __tablename__ = "media_folders"
    __table_args__ = (UniqueConstraint("parent_id", "name"), NEVER_REUSED_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("media_folders.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))


class Media(Base):
    """One file of the library. Its content is stored once per sha256; the name is only shown, never used as a path."""

    __tablename__ = "event_media"
    __table_args__ = NEVER_REUSED_IDS

    id: Mapped[int] = mapped_column(primary_key=True)
    folder_id: Mapped[int | None] = mapped_column(ForeignKey("media_folders.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(16))
    mime_type: Mapped[str | None] = mapped_column(String(127))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(exact_string(64), index=True)
    page_count: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration: Mapped[float | None]
    bitrate: Mapped[int | None]
    academic_period_id: Mapped[int | None] = mapped_column(ForeignKey("academic_periods.id"), index=True)
    has_thumbnail: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)


class Conversion(Base):
    """One conversion of a source into a target format, once per content."""

    __tablename__ = "conversions"
    __table_args__ = (UniqueConstraint("source_media_id", "target_format", "file_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_media_id: Mapped[int] = mapped_column(ForeignKey("event_media.id", ondelete="CASCADE"))
    target_format: Mapped[str] = mapped_column(String(8))
    target_path: Mapped[str | None] = mapped_column(exact_string(255))
    target_sha256: Mapped[str | None] = mapped_column(exact_string(64))
    target_size: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(16), index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    file_hash: Mapped[str] = mapped_column(exact_string(64))
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error_message: Mapped[str | None] = mapped_column(Text)


def media_page(
    session: Session, folder_id: int | None, name_part: str, limit: int, offset: int
) -> tuple[Sequence[Media], int]:
    """Some of the media, the newest first, and how many there are in all."""
    wanted = select(Media)
    if folder_id is not None:
        wanted = wanted.where(Media.folder_id == folder_id)
    if name_part:
        wanted = wanted.where(Media.name.icontains(name_part, autoescape=True))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    newest_first = wanted.order_by(Media.created_at.desc(), Media.id.desc())
    return session.scalars(newest_first.limit(limit).offset(offset)).all(), total


def media_of_content(session: Session, sha256: str) -> Sequence[Media]:
    """All media of one content."""
    return session.scalars(select(Media).where(Media.sha256 == sha256).order_by(Media.id)).all()


def used_hashes(session: Session, hashes: Collection[str]) -> set[str]:
    """Which of these contents and converted PDFs some row still names."""
    asked = sorted(hashes)
    used: set[str] = set()
    for first in range(0, len(asked), 500):
        batch = asked[first : first + 500]
        used.update(session.scalars(select(Media.sha256).where(Media.sha256.in_(batch))))
        named = select(Conversion.target_sha256).where(Conversion.target_sha256.in_(batch))
        used.update(sha256 for sha256 in session.scalars(named) if sha256)
    return used


# What of a medium decides how it is published: its version and content, and where its conversion stands.
MediaStamp = tuple[int, str, str | None, str | None]


def media_stamps(session: Session) -> dict[int, MediaStamp]:
    """A stamp for every medium; another stamp means that what devices get of it has changed."""
    converted = (Conversion.source_media_id == Media.id) & (Conversion.target_format == "pdf")
    wanted = select(Media.id, Media.version, Media.sha256, Conversion.status, Conversion.target_sha256)
    rows = session.execute(wanted.outerjoin(Conversion, converted).order_by(Conversion.id))
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


def media_by_id(session: Session, ids: Collection[int]) -> dict[int, Media]:
    """The named media, by id."""
    wanted = sorted(ids)
    found: dict[int, Media] = {}
    for first in range(0, len(wanted), 500):
        rows = session.scalars(select(Media).where(Media.id.in_(wanted[first : first + 500])))
        found |= {media.id: media for media in rows}
    return found


def media_of_period(session: Session, academic_period_id: int) -> Sequence[Media]:
    """Media that belong to a period, by name."""
    return session.scalars(
        select(Media).where(Media.academic_period_id == academic_period_id).order_by(Media.name)
    ).all()
