"""Emergency messages, their groups, and what was last known of each of their screens."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, CursorResult, ForeignKey, Index, String, Text, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime, exact_string
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.domain.broadcasts import Announcement, Reported, Running, Severity


class Broadcast(Base):
    """A message; `ended_at` and `ended_by` are of a person who ended it before its time."""

    __tablename__ = "broadcasts"
    __table_args__ = (Index(None, "ends_at"), NEVER_REUSED_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(Text)
    severity: Mapped[str] = mapped_column(String(16))
    is_drill: Mapped[bool]
    is_for_all: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    def is_running(self, now: datetime) -> bool:
        """Whether it lasts; one that another machine's clock has begun in our future does."""
        return self.ended_at is None and now < self.ends_at

    @property
    def announcement(self) -> Announcement:
        """The message as the rules see it."""
        severity, end = Severity(self.severity), self.ended_at or self.ends_at
        return Announcement(self.id, self.message, severity, self.is_drill, self.started_at, end)


class BroadcastGroup(Base):
    """A group that a message was meant for; one for all has none."""

    __tablename__ = "broadcast_groups"

    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)


class BroadcastScreen(Base):
    """What was last known of a screen while a message lasted, and when it was first known to show it.

    It outlives its client and group, so that what a drill has shown stays what it was.
    """

    __tablename__ = "broadcast_screens"

    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id", ondelete="CASCADE"), primary_key=True)
    client_uuid: Mapped[str] = mapped_column(exact_string(36), primary_key=True)
    group_id: Mapped[int]
    status: Mapped[str] = mapped_column(String(16))
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Screen(NamedTuple):
    """A screen that a message is meant for, with what it reports."""

    uuid: str
    group_id: int
    reported: Reported


def running_broadcasts(session: Session, now: datetime) -> Sequence[Broadcast]:
    """Those that last, by id."""
    lasting = Broadcast.ended_at.is_(None) & (Broadcast.ends_at > now)
    return session.scalars(select(Broadcast).where(lasting).order_by(Broadcast.id)).all()


def broadcasts_at(session: Session, at: datetime) -> Sequence[Broadcast]:
    """Those that last, or lasted, at an instant."""
    end = func.coalesce(Broadcast.ended_at, Broadcast.ends_at)
    return session.scalars(select(Broadcast).where(Broadcast.started_at <= at, end > at).order_by(Broadcast.id)).all()


def as_running(session: Session, broadcasts: Iterable[Broadcast]) -> list[Running]:
    """These with their groups, as the rules see them."""
    found = list(broadcasts)
    groups = groups_of(session, [each.id for each in found if not each.is_for_all])
    return [Running(each.announcement, None if each.is_for_all else frozenset(groups[each.id])) for each in found]


def groups_of(session: Session, ids: Collection[int]) -> dict[int, list[int]]:
    """The groups that these messages name."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    wanted = select(BroadcastGroup.broadcast_id, BroadcastGroup.group_id).where(BroadcastGroup.broadcast_id.in_(ids))
    for broadcast_id, group_id in session.execute(wanted.order_by(BroadcastGroup.group_id)) if ids else ():
        found[broadcast_id].append(group_id)
    return found


def broadcasts_page(
    session: Session, limit: int, before_id: int | None, running_at: datetime | None
) -> tuple[Sequence[Broadcast], int]:
    """Messages, the newest first, from before an id on, and how many there are; or only those that last."""
    wanted, counted = select(Broadcast), select(func.count(Broadcast.id))
    if running_at is not None:
        lasting = Broadcast.ended_at.is_(None) & (Broadcast.ends_at > running_at)
        wanted, counted = wanted.where(lasting), counted.where(lasting)
    if before_id is not None:
        wanted = wanted.where(Broadcast.id < before_id)
    return session.scalars(wanted.order_by(Broadcast.id.desc()).limit(limit)).all(), session.scalar(counted) or 0


def end_now(session: Session, broadcast_id: int, now: datetime, user_id: int | None) -> bool:
    """End one that lasts; False when it is over."""
    lasting = (Broadcast.id == broadcast_id) & Broadcast.ended_at.is_(None) & (Broadcast.ends_at > now)
    return _count(session, update(Broadcast).where(lasting).values(ended_at=now, ended_by=user_id)) > 0


def screens_of(session: Session, group_ids: Collection[int] | None) -> list[Screen]:
    """The active clients of these groups, or of all but *Nicht zugeordnet*, by name."""
    name = func.coalesce(Client.description, Client.hostname, Client.uuid)
    reported = [getattr(ClientState, field) for field in Reported.__dataclass_fields__]
    meant: ColumnElement[bool] = Client.group_id != UNASSIGNED_ID
    if group_ids is not None:
        meant = Client.group_id.in_(group_ids)
    wanted = select(Client.uuid, Client.group_id, *reported).join(ClientState, ClientState.client_uuid == Client.uuid)
    rows = session.execute(wanted.where(Client.is_active, meant).order_by(name, Client.uuid))
    fields = list(Reported.__dataclass_fields__)
    return [Screen(row[0], row[1], Reported(**dict(zip(fields, row[2:], strict=True)))) for row in rows]


def kept_screens(session: Session, broadcast_ids: Collection[int]) -> Sequence[BroadcastScreen]:
    """What is kept of the screens of these messages, as it is now."""
    wanted = select(BroadcastScreen).where(BroadcastScreen.broadcast_id.in_(broadcast_ids))
    return session.scalars(wanted.execution_options(populate_existing=True)).all()


def count_screens(session: Session, broadcast_ids: Collection[int]) -> dict[int, list[tuple[str, bool, int]]]:
    """How many screens of each message have which status and were ever known to show it: (status, shown, count)."""
    found: defaultdict[int, list[tuple[str, bool, int]]] = defaultdict(list)
    shown = BroadcastScreen.shown_at.is_not(None)
    counted = select(BroadcastScreen.broadcast_id, BroadcastScreen.status, shown, func.count())
    wanted = counted.where(BroadcastScreen.broadcast_id.in_(broadcast_ids))
    for broadcast_id, status, was_shown, count in session.execute(
        wanted.group_by(BroadcastScreen.broadcast_id, BroadcastScreen.status, shown)
    ):
        found[broadcast_id].append((status, bool(was_shown), count))
    return found


def keep_new_screens(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep screens that are not kept yet; those that somebody else has kept meanwhile stay as they are."""
    if rows:
        is_sqlite = session.get_bind().dialect.name == "sqlite"
        ignoring = insert(BroadcastScreen).prefix_with("OR IGNORE" if is_sqlite else "IGNORE")
        session.execute(ignoring, sorted(rows, key=lambda row: (row["broadcast_id"], row["client_uuid"])))


def names_of(session: Session, uuids: Collection[str]) -> dict[str, Client]:
    """Those of these clients that still exist, by uuid."""
    return {client.uuid: client for client in session.scalars(select(Client).where(Client.uuid.in_(uuids)))}


def _count(session: Session, statement: Any) -> int:
    done = session.execute(statement, execution_options={"synchronize_session": "fetch"})
    return cast("CursorResult[Any]", done).rowcount
