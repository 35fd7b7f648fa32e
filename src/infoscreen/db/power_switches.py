"""What switches a client's power: one row per client that has such a switch, its secrets sealed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base, UtcDateTime, exact_string


class PowerSwitch(Base):
    """A switch as it was set up, and what it is being made to do.

    `off_since`: before it is asked to turn off, until it has confirmed that it is on again. `due_at`: when to see to it
    next, for the command `command_id`.
    """

    __tablename__ = "power_switches"

    client_uuid: Mapped[str] = mapped_column(
        exact_string(36), ForeignKey("clients.uuid", ondelete="CASCADE"), primary_key=True
    )
    driver: Mapped[str] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(300))
    outlet: Mapped[str] = mapped_column(String(32))
    off_seconds: Mapped[int]
    username: Mapped[str | None] = mapped_column(String(255))
    topic: Mapped[str | None] = mapped_column(String(255))
    tls: Mapped[bool]
    ca_certificate: Mapped[str | None] = mapped_column(Text)
    auth_protocol: Mapped[str | None] = mapped_column(String(16))
    privacy_protocol: Mapped[str | None] = mapped_column(String(16))
    sealed_secret: Mapped[str | None] = mapped_column(Text)
    sealed_privacy_secret: Mapped[str | None] = mapped_column(Text)
    off_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    command_id: Mapped[str | None] = mapped_column(exact_string(36))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


def locked_power_switch(session: Session, uuid: str) -> PowerSwitch | None:
    """A client's switch as it is now, locked until the transaction ends."""
    wanted = select(PowerSwitch).where(PowerSwitch.client_uuid == uuid).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).first()


def is_any_dark(session: Session) -> bool:
    """Whether any switch is off by a command, or may be."""
    return (
        session.scalars(select(PowerSwitch.client_uuid).where(PowerSwitch.off_since.is_not(None))).first() is not None
    )


def dark_power_switches(session: Session) -> Sequence[PowerSwitch]:
    """The switches that are off by a command, or may be, locked until the transaction ends."""
    dark = select(PowerSwitch).where(PowerSwitch.off_since.is_not(None)).with_for_update()
    return session.scalars(dark.order_by(PowerSwitch.client_uuid)).all()


def due_power_switches(session: Session, now: datetime, latest: datetime) -> Sequence[str]:
    """The clients whose switches have to be seen to, those that wait longest first.

    What is due after `latest` was noted by another clock, and is due as well.
    """
    due = select(PowerSwitch.client_uuid).where(or_(PowerSwitch.due_at <= now, PowerSwitch.due_at > latest))
    return session.scalars(due.order_by(PowerSwitch.due_at)).all()
