"""The `service_failed_…` columns of `client_states`: which are open, and which the broker may still hold."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from infoscreen.db.clients import Client, ClientState


def open_failures(session: Session) -> Sequence[Client]:
    """Clients with an open failure, the newest first."""
    wanted = select(Client).join(Client.state).where(ClientState.service_failed_at.is_not(None))
    return session.scalars(wanted.order_by(ClientState.service_failed_at.desc(), Client.uuid)).unique().all()


def locked_states(session: Session, uuids: Collection[str]) -> Sequence[ClientState]:
    """States of the named clients that exist, as they are now, locked in one order until the transaction ends."""
    wanted = select(ClientState).where(ClientState.client_uuid.in_(uuids)).order_by(ClientState.client_uuid)
    return session.scalars(wanted.with_for_update().execution_options(populate_existing=True)).all()


def followed_states(session: Session) -> Sequence[ClientState]:
    """States with an open failure; their clients' signs of life decide when it is over."""
    return session.scalars(select(ClientState).where(ClientState.service_failed_at.is_not(None))).all()


def uncleared(session: Session) -> Sequence[str]:
    """Clients whose failure was cleared here and may still be held by the broker."""
    return session.scalars(select(ClientState.client_uuid).where(ClientState.service_failed_clearing)).all()


def note_cleared(session: Session, uuid: str) -> None:
    """The broker holds it no more; unless the device has failed anew meanwhile, that is the end of it."""
    cleared = update(ClientState).where(ClientState.client_uuid == uuid, ClientState.service_failed_at.is_(None))
    session.execute(cleared.values(service_failed_clearing=False), execution_options={"synchronize_session": False})
