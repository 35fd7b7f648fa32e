"""Settings that people change in the dashboard; their types and defaults are in `domain/settings.py`."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base, UtcDateTime


class SystemSetting(Base):
    """One setting; the value is text in the form its type defines."""

    __tablename__ = "system_settings"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1)


def setting_rows(session: Session) -> Sequence[SystemSetting]:
    """Every stored setting."""
    return session.scalars(select(SystemSetting)).all()


def stored_settings(session: Session) -> dict[str, str]:
    """Every stored setting: key → value."""
    return dict(session.execute(select(SystemSetting.key, SystemSetting.value)).all())
