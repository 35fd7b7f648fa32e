"""Where alerts are sent on to, and the outbox: what is to be told by which channel, until it is."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import JSON, CursorResult, ForeignKey, Index, String, Text, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.alerts import Alert
from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime
from infoscreen.domain.alert_channels import CLAIMED_FOR, LAST_RETRY, LONGEST_WAIT, News, Outcome


class AlertChannel(Base):
    """One channel; `target` is what may be shown of where it leads to, `sealed` all of it."""

    __tablename__ = "alert_channels"
    __table_args__ = NEVER_REUSED_IDS

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(16))
    target: Mapped[dict[str, Any]] = mapped_column(JSON)
    sealed: Mapped[str] = mapped_column(Text)
    is_active: Mapped[bool] = mapped_column(default=True)
    kinds: Mapped[list[str]] = mapped_column(JSON)
    least_severity: Mapped[str] = mapped_column(String(16))
    tells_closed: Mapped[bool] = mapped_column(default=True)
    quiet_minutes: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    version: Mapped[int] = mapped_column(default=1)
    last_sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str | None] = mapped_column(String(32))
    retry_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AlertNotice(Base):
    """One thing to be told by one channel; done when it has an outcome."""

    __tablename__ = "alert_notices"
    __table_args__ = (
        Index(None, "done_at", "due_at"),
        Index(None, "alert_id", "channel_id"),
        NEVER_REUSED_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("alert_channels.id", ondelete="CASCADE"), index=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"))
    news: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(16))


def all_channels(session: Session, *, lock: bool = False) -> Sequence[AlertChannel]:
    """Every channel in the order in which they were made."""
    wanted = select(AlertChannel).order_by(AlertChannel.id)
    return session.scalars(wanted.with_for_update() if lock else wanted).all()


def active_channels(session: Session) -> Sequence[AlertChannel]:
    """Those that are to tell."""
    return session.scalars(select(AlertChannel).where(AlertChannel.is_active.is_(True))).all()


def last_told(session: Session, channel_id: int, kind: str, subject: str) -> datetime | None:
    """When a channel last told that an alert of this cause was opened."""
    told = select(func.max(AlertNotice.done_at)).join(Alert, Alert.id == AlertNotice.alert_id)
    told = told.where(AlertNotice.channel_id == channel_id, Alert.kind == kind, Alert.subject == subject)
    return session.scalar(told.where(AlertNotice.news == News.OPENED, AlertNotice.outcome == Outcome.SENT))


def notices_of(session: Session, alert_id: int) -> Sequence[AlertNotice]:
    """What was or is to be told of an alert."""
    return session.scalars(select(AlertNotice).where(AlertNotice.alert_id == alert_id)).all()


def channels_with_due(session: Session, now: datetime) -> Sequence[AlertChannel]:
    """Channels that have something to tell now and may try."""
    waiting = select(AlertNotice.channel_id).where(*_due(now))
    # Later than any could be: from before the clock was set back.
    at_once = or_(AlertChannel.retry_at <= now, AlertChannel.retry_at > now + LAST_RETRY)
    ready = or_(AlertChannel.retry_at.is_(None), at_once)
    wanted = select(AlertChannel).where(AlertChannel.is_active.is_(True), ready, AlertChannel.id.in_(waiting))
    return session.scalars(wanted.order_by(AlertChannel.id)).all()


def due_notices(session: Session, channel_id: int, now: datetime) -> Sequence[tuple[AlertNotice, Alert]]:
    """What a channel has to tell now, the oldest first, locked until the transaction ends."""
    wanted = select(AlertNotice, Alert).join(Alert, Alert.id == AlertNotice.alert_id)
    wanted = wanted.where(AlertNotice.channel_id == channel_id, *_due(now)).order_by(AlertNotice.id)
    rows = session.execute(wanted.with_for_update(of=AlertNotice)).all()
    return [(notice, alert) for notice, alert in rows]


def finish(session: Session, ids: Collection[int], at: datetime, outcome: Outcome) -> int:
    """Give notices that have none an outcome; how many had none."""
    done = update(AlertNotice).where(AlertNotice.id.in_(ids), AlertNotice.done_at.is_(None))
    done = done.values(done_at=at, outcome=outcome, claimed_until=None)
    return cast("CursorResult[Any]", session.execute(done)).rowcount


def release(session: Session, ids: Collection[int]) -> None:
    """Let notices that could not be told be tried again."""
    freed = update(AlertNotice).where(AlertNotice.id.in_(ids), AlertNotice.done_at.is_(None))
    session.execute(freed.values(claimed_until=None))


def prune_notices(session: Session, before: datetime) -> int:
    """Forget what was done before an instant; how many there were."""
    return cast("CursorResult[Any]", session.execute(delete(AlertNotice).where(AlertNotice.done_at < before))).rowcount


def _due(now: datetime) -> tuple[Any, ...]:
    # What is due or claimed for longer than can be is from before the clock was set back.
    claimed, due = AlertNotice.claimed_until, AlertNotice.due_at
    free = or_(claimed.is_(None), claimed <= now, claimed > now + CLAIMED_FOR)
    return AlertNotice.done_at.is_(None), or_(due <= now, due > now + LONGEST_WAIT), free
