"""Accounts of the broker, and whether the broker has been told of the newest change."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base, UtcDateTime, exact_string


class BrokerAccount(Base):
    """One account, with the broker's own hash of its password and the hash of its device token.

    `password_since` is when the password was made, `ca_fingerprint` of what the device trusted when it asked last.
    """

    __tablename__ = "broker_accounts"

    username: Mapped[str] = mapped_column(exact_string(64), primary_key=True)
    actor: Mapped[str] = mapped_column(String(32))
    client_uuid: Mapped[str | None] = mapped_column(
        exact_string(36), ForeignKey("clients.uuid", ondelete="CASCADE"), unique=True
    )
    password_hash: Mapped[str] = mapped_column(exact_string(255))
    device_token_hash: Mapped[str | None] = mapped_column(exact_string(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    password_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ca_fingerprint: Mapped[str | None] = mapped_column(exact_string(64))


class BrokerSync(Base):
    """The one row that counts changes the broker must follow (`wanted`) and those it has followed (`applied`)."""

    __tablename__ = "broker_sync"

    id: Mapped[int] = mapped_column(primary_key=True)
    wanted: Mapped[int]
    applied: Mapped[int]


def all_accounts(session: Session) -> Sequence[BrokerAccount]:
    """Every account by name."""
    return session.scalars(select(BrokerAccount).order_by(BrokerAccount.username)).all()


def accounts_named(session: Session, usernames: Iterable[str]) -> Sequence[BrokerAccount]:
    """Those of these accounts that there are."""
    return session.scalars(select(BrokerAccount).where(BrokerAccount.username.in_(list(usernames)))).all()


def account_of_client(session: Session, uuid: str) -> BrokerAccount | None:
    """The account of a client."""
    return session.scalars(select(BrokerAccount).where(BrokerAccount.client_uuid == uuid)).first()


def account_of_device_token(session: Session, token_hash: str) -> BrokerAccount | None:
    """The account that a device token, given by its hash, belongs to."""
    return session.scalars(select(BrokerAccount).where(BrokerAccount.device_token_hash == token_hash)).first()


def clients_without_ca(session: Session, fingerprint: str) -> Sequence[str]:
    """Uuids of the clients whose device is not known to trust what has this fingerprint."""
    differs = BrokerAccount.ca_fingerprint.is_distinct_from(fingerprint)
    behind = select(BrokerAccount.client_uuid).where(BrokerAccount.client_uuid.is_not(None), differs)
    return [uuid for uuid in session.scalars(behind.order_by(BrokerAccount.client_uuid)) if uuid]


def usernames(session: Session, beginning: str) -> set[str]:
    """Names of the accounts that begin like this."""
    return set(session.scalars(select(BrokerAccount.username).where(BrokerAccount.username.startswith(beginning))))


def want_sync(session: Session) -> None:
    """Count a change of accounts or group rights; the broker process applies it."""
    session.execute(update(BrokerSync).values(wanted=BrokerSync.wanted + 1))


def sync_state(session: Session) -> tuple[int, int]:
    """How many changes are wanted, and how many of them the broker has applied."""
    row = session.execute(select(BrokerSync.wanted, BrokerSync.applied)).one()
    return row.wanted, row.applied


def note_applied(session: Session, wanted: int) -> None:
    """Note that the broker's files hold every change up to `wanted`."""
    session.execute(update(BrokerSync).where(BrokerSync.applied < wanted).values(applied=wanted))
