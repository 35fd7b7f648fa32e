"""What crash recovery asks of the commands: who has been restarted lately, and who is being recovered."""

from collections.abc import Collection
from datetime import datetime
from typing import get_args

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from infoscreen.db.clients import Client
from infoscreen.db.commands import ClientCommand
from infoscreen.domain.commands import COUNTED, OPEN, Action
from infoscreen.domain.crash_recovery import MOST_A_DAY
from infoscreen.domain.health import CrashReason


def fleet_size(session: Session) -> int:
    """How many active clients there are."""
    return session.scalar(select(func.count()).where(Client.is_active.is_(True))) or 0


def restarted_since(session: Session, uuids: Collection[str], since: datetime) -> set[str]:
    """Those of the named clients that somebody, or this, has given a restart since an instant."""
    given = select(ClientCommand.client_uuid).where(ClientCommand.client_uuid.in_(uuids))
    return set(session.scalars(given.where(ClientCommand.action.in_(COUNTED), ClientCommand.created_at > since)))


def given_up(session: Session, uuids: Collection[str], since: datetime) -> set[str]:
    """Those of the named clients that have had as many recoveries since an instant as there may be."""
    recovered = select(ClientCommand.client_uuid).where(ClientCommand.client_uuid.in_(uuids), *_is_recovery())
    counted = recovered.where(ClientCommand.created_at > since).group_by(ClientCommand.client_uuid)
    return set(session.scalars(counted.having(func.count() >= MOST_A_DAY)))


def count_under_recovery(session: Session) -> int:
    """How many clients have a recovery that has not ended."""
    wanted = select(func.count(ClientCommand.client_uuid.distinct())).where(ClientCommand.status.in_(OPEN))
    return session.scalar(wanted.where(*_is_recovery())) or 0


def _is_recovery() -> tuple[ColumnElement[bool], ...]:
    return (
        ClientCommand.requested_by.is_(None),
        ClientCommand.rollout_id.is_(None),
        ClientCommand.action == Action.REBOOT_HOST,
        ClientCommand.reason.in_(get_args(CrashReason)),
    )
