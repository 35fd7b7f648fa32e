"""Leases: one row for each thing that one process at a time may do, changed only by who proves what it has seen."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import BigInteger, CursorResult, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base, UtcDateTime
from infoscreen.domain.leadership import Lease


class LeaseRow(Base):
    """One lease; `beaten_at` is its holder's clock and only for people to read."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    holder: Mapped[str | None] = mapped_column(String(128))
    term: Mapped[int] = mapped_column(default=0)
    beat: Mapped[int] = mapped_column(BigInteger, default=0)
    beaten_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def read_lease(session: Session, name: str) -> Lease:
    """A lease as it stands."""
    columns = (LeaseRow.holder, LeaseRow.term, LeaseRow.beat, LeaseRow.beaten_at)
    row = session.execute(select(*columns).where(LeaseRow.name == name)).one()
    return Lease(row[0], row[1], row[2], row[3])


def beat_lease(session: Session, name: str, holder: str, term: int, at: datetime) -> bool:
    """Keep a lease; False when it is somebody else's by now."""
    return _changed(session, name, LeaseRow.holder == holder, LeaseRow.term == term, beaten_at=at)


def take_lease(session: Session, name: str, seen: Lease, holder: str, at: datetime) -> bool:
    """Take a lease that is as it was seen; False when it is not."""
    as_seen = (LeaseRow.term == seen.term, LeaseRow.beat == seen.beat)
    return _changed(session, name, *as_seen, holder=holder, term=seen.term + 1, beaten_at=at)


def free_lease(session: Session, name: str, holder: str, term: int) -> None:
    """Give a lease up, where it is still one's own."""
    _changed(session, name, LeaseRow.holder == holder, LeaseRow.term == term, holder=None)


def _changed(session: Session, name: str, *as_seen: Any, **values: Any) -> bool:
    change = update(LeaseRow).where(LeaseRow.name == name, *as_seen).values(beat=LeaseRow.beat + 1, **values)
    return cast("CursorResult[Any]", session.execute(change)).rowcount == 1
