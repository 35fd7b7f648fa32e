"""What switches a client's power: one row per client that has such a switch, its secrets sealed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

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
