"""The broker's presence as it is remembered, and when screens last reported."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base, UtcDateTime
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.commands import ClientCommand
from infoscreen.domain.commands import Action, Status
from infoscreen.domain.outage import Cause, Outage, Watch

THE_ROW = 1
# What a screen that shuts down has sent just before may arrive after its word that it is done.
LAST_WORDS = timedelta(seconds=60)
# From the command to the last sign of life: a shutdown expires after five minutes at the latest.
SHUTDOWN_TAKES = timedelta(minutes=6)


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
    group_id: int


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


def last_signs(session: Session, now: datetime) -> Sequence[LastSign]:
    """Every active client that has ever reported, but for those that somebody has shut down."""
    wanted = (
        select(ClientState.client_uuid, ClientState.last_alive, ClientState.process_status, Client.group_id)
        .join(Client, Client.uuid == ClientState.client_uuid)
        .where(Client.is_active.is_(True), ClientState.last_alive.is_not(None))
    )
    signs = [
        LastSign(uuid, last, process, group_id)
        for uuid, last, process, group_id in session.execute(wanted)
        if last is not None
    ]
    down = _shut_down(session, [sign for sign in signs if now - sign.last_alive > LAST_WORDS])
    return [sign for sign in signs if sign.uuid not in down]


def _shut_down(session: Session, silent: Sequence[LastSign]) -> set[str]:
    """Those of the silent that were told to shut down, did, and have not been heard of since."""
    if not silent:
        return set()
    since = min(sign.last_alive for sign in silent) - SHUTDOWN_TAKES
    completed = (
        select(ClientCommand.client_uuid, func.max(ClientCommand.completed_at))
        .where(ClientCommand.client_uuid.in_([sign.uuid for sign in silent]), ClientCommand.created_at > since)
        .where(ClientCommand.action == Action.SHUTDOWN_HOST, ClientCommand.status == Status.COMPLETED)
        .group_by(ClientCommand.client_uuid)
    )
    down_at = {uuid: at for uuid, at in session.execute(completed) if at is not None}
    return {sign.uuid for sign in silent if sign.uuid in down_at and sign.last_alive <= down_at[sign.uuid] + LAST_WORDS}


def _outage(row: BrokerWatch) -> Outage | None:
    if row.cause is None or row.began_at is None or row.told_from is None:
        return None
    if row.first_sign is None or row.last_sign is None or row.affected is None:
        return None
    return Outage(Cause(row.cause), row.began_at, row.told_from, row.first_sign, row.last_sign, row.affected)
