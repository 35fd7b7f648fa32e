"""What crash recovery asks of the commands: who has been restarted lately, and who is being recovered."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import get_args

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from infoscreen.db.clients import Client
from infoscreen.db.commands import ClientCommand
from infoscreen.domain.commands import COUNTED, OPEN, Action
from infoscreen.domain.crash_recovery import A_DAY, MOST_A_DAY
from infoscreen.domain.health import CrashReason


def fleet_size(session: Session) -> int:
    """How many active clients there are."""
    return session.scalar(select(func.count()).where(Client.is_active.is_(True))) or 0


def restarted_within(session: Session, uuids: Collection[str], now: datetime, time: timedelta) -> set[str]:
    """Those of the named clients that somebody, or this, has given a restart within a time."""
    given = select(ClientCommand.client_uuid).where(ClientCommand.client_uuid.in_(uuids))
    return set(session.scalars(given.where(ClientCommand.action.in_(COUNTED), _was_within(now, time))))


def given_up(session: Session, uuids: Collection[str], now: datetime) -> set[str]:
    """Those of the named clients that have had as many recoveries in a day as there may be."""
    recovered = select(ClientCommand.client_uuid).where(ClientCommand.client_uuid.in_(uuids), *_is_recovery())
    counted = recovered.where(_was_within(now, A_DAY)).group_by(ClientCommand.client_uuid)
    return set(session.scalars(counted.having(func.count() >= MOST_A_DAY)))


def count_under_recovery(session: Session) -> int:
    """How many clients have a recovery that has not ended."""
    wanted = select(func.count(ClientCommand.client_uuid.distinct())).where(ClientCommand.status.in_(OPEN))
    return session.scalar(wanted.where(*_is_recovery())) or 0


def _was_within(now: datetime, time: timedelta) -> ColumnElement[bool]:
    """What seems to lie further ahead was before the clock was set back, and keeps nobody from being helped."""
    return (ClientCommand.created_at > now - time) & (ClientCommand.created_at < now + time)


def _is_recovery() -> tuple[ColumnElement[bool], ...]:
    return (
        ClientCommand.requested_by.is_(None),
        ClientCommand.rollout_id.is_(None),
        ClientCommand.action == Action.REBOOT_HOST,
        ClientCommand.reason.in_(get_args(CrashReason)),
    )
