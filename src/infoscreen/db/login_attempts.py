"""When each address has tried to log in during the last minute: one row an address, and only of those that did."""

from datetime import datetime

from sqlalchemy import JSON, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base, UtcDateTime, exact_string


class LoginAttempts(Base):
    """Unix times of a network's attempts; as many as are allowed, and no more."""

    __tablename__ = "login_attempts"

    network: Mapped[str] = mapped_column(exact_string(64), primary_key=True)
    attempts: Mapped[list[float]] = mapped_column(JSON)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def attempts_of(session: Session, network: str, now: datetime, forgotten_before: datetime) -> LoginAttempts:
    """The row of a network, locked until the transaction ends; a new one takes the place of those of quiet networks."""
    locked = select(LoginAttempts).where(LoginAttempts.network == network).with_for_update()
    found = session.scalars(locked).first()
    if found is not None:
        return found
    session.execute(delete(LoginAttempts).where(LoginAttempts.last_at < forgotten_before))
    made = LoginAttempts(network=network, attempts=[], last_at=now)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:  # another request of this network was first
        return session.scalars(locked).one()
    return made
