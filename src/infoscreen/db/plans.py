"""The numbers of published plans: a device keeps the one with the highest epoch and revision."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base

ONLY_ROW = 1


class GroupPlan(Base):
    """The revision of a group's plan that was published last."""

    __tablename__ = "group_plans"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int]


class PlanEpoch(Base):
    """The epoch of all plans: one row."""

    __tablename__ = "plan_epoch"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[int]


def plan_epoch(session: Session, now: datetime) -> int:
    """The epoch; a database that has none, because it is new, begins one that is higher than any before."""
    epoch = session.scalar(select(PlanEpoch.epoch).where(PlanEpoch.id == ONLY_ROW))
    return epoch if epoch is not None else begin_epoch(session, now)


def begin_epoch(session: Session, now: datetime) -> int:
    """Begin an epoch (seconds since 1970, or one more than the last): what a database that was restored has to do."""
    row = session.get(PlanEpoch, ONLY_ROW, with_for_update=True)
    epoch = max(int(now.timestamp()), row.epoch + 1 if row else 0)
    if row is None:
        session.add(PlanEpoch(id=ONLY_ROW, epoch=epoch))
    else:
        row.epoch = epoch
    session.flush()
    return epoch


def next_revisions(session: Session, group_ids: Collection[int]) -> dict[int, int]:
    """The next revision of each of these groups' plans, noted as used."""
    stored = dict(session.execute(select(GroupPlan.group_id, GroupPlan.revision)).all())
    session.add_all(GroupPlan(group_id=group_id, revision=1) for group_id in group_ids if group_id not in stored)
    known = [group_id for group_id in group_ids if group_id in stored]
    session.execute(
        update(GroupPlan).where(GroupPlan.group_id.in_(known)).values(revision=GroupPlan.revision + 1),
    )
    return {group_id: stored.get(group_id, 0) + 1 for group_id in group_ids}
