"""What is remembered of the server's clock, in one row."""

from datetime import datetime

from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base, UtcDateTime
from infoscreen.domain.server_clock import Steadiness

THE_ROW = 1


class ServerClock(Base):
    """What the clock showed at the last look, and since when it has not leapt."""

    __tablename__ = "server_clock"

    id: Mapped[int] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    steady_since: Mapped[datetime] = mapped_column(UtcDateTime)


def load_clock(session: Session) -> Steadiness | None:
    """What is remembered; None before the first look."""
    row = session.get(ServerClock, THE_ROW)
    return Steadiness(row.seen_at, row.steady_since) if row else None


def save_clock(session: Session, seen: Steadiness) -> None:
    """Remember from now on."""
    session.merge(ServerClock(id=THE_ROW, seen_at=seen.seen_at, steady_since=seen.steady_since))
