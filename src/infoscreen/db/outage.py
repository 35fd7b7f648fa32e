"""The broker's presence as it is remembered, and when screens last reported."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base, UtcDateTime
from infoscreen.db.clients import Client, ClientState
from infoscreen.domain.outage import Cause, Outage, Watch

THE_ROW = 1


class BrokerWatch(Base):
    """The one row that outlives a restart of the scheduler; from `cause` on it is the suspected outage, if any.

    Whoever decides about many screens at once locks it first, so that two schedulers decide one after the other.
    """

    __tablename__ = "broker_watch"

    id: Mapped[int] = mapped_column(primary_key=True)
    connected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cause: Mapped[str | None] = mapped_column(String(32))
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_sign: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_sign: Mapped[datetime | None] = mapped_column(UtcDateTime)
    affected: Mapped[int | None]


class LastSign(NamedTuple):
    """An active client that has reported, when it last did, and what it said of its player."""

    uuid: str
    last_alive: datetime
    process_status: str | None


def load_watch(session: Session, *, lock: bool = False) -> Watch:
    """What is remembered; with `lock`, others who lock it wait until the transaction ends."""
    wanted = select(BrokerWatch).where(BrokerWatch.id == THE_ROW)
    row = session.scalars(wanted.with_for_update() if lock else wanted).one()
    return Watch(row.connected_at, row.back_at, _outage(row))


def save_watch(session: Session, watch: Watch) -> None:
    """Remember from now on."""
    row, outage = session.get_one(BrokerWatch, THE_ROW), watch.outage
    row.connected_at, row.back_at = watch.connected_at, watch.back_at
    row.cause, row.affected = (outage.cause, outage.affected) if outage else (None, None)
    row.began_at, row.told_from = (outage.began_at, outage.told_from) if outage else (None, None)
    row.first_sign, row.last_sign = (outage.first, outage.last) if outage else (None, None)


def last_signs(session: Session) -> Sequence[LastSign]:
    """Every active client that has ever reported."""
    wanted = (
        select(ClientState.client_uuid, ClientState.last_alive, ClientState.process_status)
        .join(Client, Client.uuid == ClientState.client_uuid)
        .where(Client.is_active.is_(True), ClientState.last_alive.is_not(None))
    )
    return [LastSign(uuid, last, process) for uuid, last, process in session.execute(wanted) if last is not None]


def _outage(row: BrokerWatch) -> Outage | None:
    if row.cause is None or row.began_at is None or row.told_from is None:
        return None
    if row.first_sign is None or row.last_sign is None or row.affected is None:
        return None
    return Outage(Cause(row.cause), row.began_at, row.told_from, row.first_sign, row.last_sign, row.affected)
