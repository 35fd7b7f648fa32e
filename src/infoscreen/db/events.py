"""Events: the table and its queries. Occurrences are not stored; `domain/recurrence.py` expands them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime


class Event(Base):
    """Something shown to one group from a start to an end, once or by a recurrence rule."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "is_active", "start_time"), NEVER_REUSED_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None] = mapped_column(Text)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    start_time: Mapped[datetime] = mapped_column(UtcDateTime)
    end_time: Mapped[datetime] = mapped_column(UtcDateTime)
    type: Mapped[str] = mapped_column(String(16))
    event_media_id: Mapped[int | None] = mapped_column(ForeignKey("event_media.id"), index=True)
    website_url: Mapped[str | None] = mapped_column(Text)
    message_content: Mapped[str | None] = mapped_column(Text)
    slideshow_interval: Mapped[int | None]
    page_progress: Mapped[bool | None]
    auto_progress: Mapped[bool | None]
    autoplay: Mapped[bool | None]
    loop: Mapped[bool | None]
    volume: Mapped[float | None]
    muted: Mapped[bool | None]
    recurrence_rule: Mapped[str | None] = mapped_column(Text)
    recurrence_end: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recurrence_exception: Mapped[str | None] = mapped_column(Text)
    recurrence_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    # Where in its series a detached occurrence was; the series knows it as an exception.
    detached_start: Mapped[datetime | None] = mapped_column(UtcDateTime)
    skip_holidays: Mapped[bool] = mapped_column(default=False)
    academic_period_id: Mapped[int | None] = mapped_column(ForeignKey("academic_periods.id"), index=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    updated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)


def events_between(
    session: Session,
    start: datetime | None = None,
    end: datetime | None = None,
    group_id: int | None = None,
    academic_period_id: int | None = None,
    recurrence_id: int | None = None,
) -> Sequence[Event]:
    """Masters that may have something between two instants: single ones touching it, series not over before."""
    wanted = select(Event).order_by(Event.start_time, Event.id)
    if start is not None:
        is_series = Event.recurrence_rule.is_not(None)
        runs_on = or_(Event.recurrence_end.is_(None), Event.recurrence_end >= start)
        wanted = wanted.where(or_(Event.end_time > start, is_series & runs_on))
    if end is not None:
        wanted = wanted.where(Event.start_time < end)
    if group_id is not None:
        wanted = wanted.where(Event.group_id == group_id)
    if academic_period_id is not None:
        wanted = wanted.where(Event.academic_period_id == academic_period_id)
    if recurrence_id is not None:
        wanted = wanted.where(Event.recurrence_id == recurrence_id)
    return session.scalars(wanted).all()


def detached_from(session: Session, event_id: int) -> Sequence[Event]:
    """What was detached from a series, by start."""
    wanted = select(Event).where(Event.recurrence_id == event_id)
    return session.scalars(wanted.order_by(Event.start_time, Event.id)).all()


def events_of_group(session: Session, group_id: int) -> Sequence[Event]:
    """Every event of a group, also those that are over."""
    return session.scalars(select(Event).where(Event.group_id == group_id).order_by(Event.start_time, Event.id)).all()


def active_versions(session: Session) -> dict[int, int]:
    """Every active event's version: what tells the scheduler which ones to expand anew."""
    return dict(session.execute(select(Event.id, Event.version).where(Event.is_active)).all())


def skipping_holidays(session: Session) -> set[int]:
    """Ids of the active events that skip holidays."""
    return set(session.scalars(select(Event.id).where(Event.is_active, Event.skip_holidays)))


def events_by_id(session: Session, ids: Collection[int]) -> Sequence[Event]:
    """The named events, in batches that every database takes."""
    wanted = sorted(ids)
    found: list[Event] = []
    for first in range(0, len(wanted), 500):
        found += session.scalars(select(Event).where(Event.id.in_(wanted[first : first + 500])))
    return found


def ended_single_events(session: Session, now: datetime) -> list[int]:
    """Ids of the active single events that are over."""
    over = Event.is_active & Event.recurrence_rule.is_(None) & (Event.end_time <= now)
    return list(session.scalars(select(Event.id).where(over)))


def set_inactive(session: Session, ids: Sequence[int]) -> None:
    """Deactivate events."""
    ended = update(Event).where(Event.id.in_(ids), Event.is_active)
    session.execute(ended.values(is_active=False, version=Event.version + 1))


def series_with_an_end(session: Session) -> Sequence[Event]:
    """Active series that end some day: candidates for being over."""
    rule = Event.recurrence_rule
    ends = or_(Event.recurrence_end.is_not(None), rule.contains("UNTIL="), rule.contains("COUNT="))
    return session.scalars(select(Event).where(Event.is_active, rule.is_not(None), ends)).all()


def count_events(session: Session, group_id: int) -> int:
    """How many events a group has."""
    return session.scalar(select(func.count()).where(Event.group_id == group_id)) or 0


def events_using_media(session: Session, media_id: int) -> Sequence[Event]:
    """Events that show a medium."""
    return session.scalars(select(Event).where(Event.event_media_id == media_id).order_by(Event.start_time)).all()


def events_of_period(session: Session, academic_period_id: int) -> Sequence[Event]:
    """Events that belong to a period, by start."""
    wanted = select(Event).where(Event.academic_period_id == academic_period_id)
    return session.scalars(wanted.order_by(Event.start_time, Event.id)).all()
