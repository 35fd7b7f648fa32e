"""Rollouts and what became of each client's part of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    case,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime, exact_string
from infoscreen.db.clients import Client
from infoscreen.db.commands import ClientCommand, locked_commands
from infoscreen.domain.commands import OPEN, Status
from infoscreen.domain.rollouts import Outcome, State, Tally, outcome_of


class Rollout(Base):
    """One command to many clients. `wave` is the present one, from 1; `excused` are its failures that were accepted."""

    __tablename__ = "rollouts"
    __table_args__ = (Index(None, "state"), NEVER_REUSED_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    halt: Mapped[str | None] = mapped_column(String(32))
    is_canary: Mapped[bool]
    wave: Mapped[int] = mapped_column(default=1)
    waves: Mapped[int]
    excused: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state_since: Mapped[datetime] = mapped_column(UtcDateTime)


class RolloutTarget(Base):
    """One client's part; it outlives its client and its command, so that percentages stay what they were.

    `status` is `pending`, then that of the command as it was last seen, or `vanished`.
    """

    __tablename__ = "rollout_targets"
    __table_args__ = (
        UniqueConstraint("rollout_id", "client_uuid"),
        Index(None, "rollout_id", "wave", "status"),
        Index(None, "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollouts.id", ondelete="CASCADE"))
    wave: Mapped[int]
    client_uuid: Mapped[str] = mapped_column(exact_string(36))
    command_id: Mapped[str | None] = mapped_column(exact_string(36))
    status: Mapped[str] = mapped_column(String(32), default=Outcome.PENDING)


UNSETTLED = (Outcome.PENDING, *OPEN)
# A command that was seen at its end keeps that outcome when it is deleted with its client.
_SETTLED = RolloutTarget.status.not_in(UNSETTLED)
_STATUS: ColumnElement[str] = case(
    (ClientCommand.status.is_not(None), ClientCommand.status),
    (_SETTLED, RolloutTarget.status),
    (Client.uuid.is_(None) | RolloutTarget.command_id.is_not(None), Outcome.VANISHED.value),
    else_=RolloutTarget.status,
)


class TargetState(NamedTuple):
    """A client's part as it is now; `command` is None before it has one, and when it is gone."""

    target: RolloutTarget
    status: str
    command: ClientCommand | None


def locked_rollout(session: Session, rollout_id: int) -> Rollout | None:
    """A rollout as it is now, locked until the transaction ends."""
    wanted = select(Rollout).where(Rollout.id == rollout_id).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).first()


def rollouts(session: Session, limit: int, before_id: int | None) -> Sequence[Rollout]:
    """Rollouts, the newest first, from before an id on."""
    wanted = select(Rollout).order_by(Rollout.id.desc()).limit(limit)
    return session.scalars(wanted if before_id is None else wanted.where(Rollout.id < before_id)).all()


def count_rollouts(session: Session) -> int:
    """How many there are."""
    return session.scalar(select(func.count(Rollout.id))) or 0


def running_rollouts(session: Session) -> Sequence[int]:
    """Ids of those that go on by themselves."""
    return session.scalars(select(Rollout.id).where(Rollout.state == State.RUNNING).order_by(Rollout.id)).all()


def add_targets(session: Session, rollout_id: int, waves: Iterable[Iterable[str]]) -> None:
    """Store which client is in which wave."""
    rows = [
        {"rollout_id": rollout_id, "wave": number, "client_uuid": uuid, "status": Outcome.PENDING}
        for number, uuids in enumerate(waves, 1)
        for uuid in uuids
    ]
    session.execute(insert(RolloutTarget), rows)


def target_states(session: Session, rollout_id: int) -> list[TargetState]:
    """Every client's part of a rollout, by wave."""
    wanted = _joined(select(RolloutTarget, _STATUS, ClientCommand)).where(RolloutTarget.rollout_id == rollout_id)
    return [TargetState(*row) for row in session.execute(wanted.order_by(RolloutTarget.wave, RolloutTarget.id))]


def tallies(session: Session, rollout_ids: Iterable[int]) -> dict[tuple[int, int], Tally]:
    """How many clients of a wave have which outcome, by rollout and wave."""
    counted = _joined(select(RolloutTarget.rollout_id, RolloutTarget.wave, _STATUS, func.count()))
    wanted = counted.where(RolloutTarget.rollout_id.in_(list(rollout_ids)))
    found: dict[tuple[int, int], list[Outcome]] = {}
    for rollout_id, wave, status, count in session.execute(
        wanted.group_by(RolloutTarget.rollout_id, RolloutTarget.wave, _STATUS)
    ):
        found.setdefault((rollout_id, wave), []).extend([outcome_of(status)] * count)
    return {key: Tally.of(outcomes) for key, outcomes in found.items()}


def pending_targets(session: Session, rollout_id: int, wave: int, limit: int) -> Sequence[RolloutTarget]:
    """Clients of a wave that still exist and have no command yet."""
    wanted = (
        select(RolloutTarget)
        .join(Client, Client.uuid == RolloutTarget.client_uuid)
        .where(RolloutTarget.rollout_id == rollout_id, RolloutTarget.wave == wave)
        .where(RolloutTarget.status == Outcome.PENDING)
    )
    return session.scalars(wanted.order_by(RolloutTarget.id).limit(limit)).all()


def assign_command(session: Session, target: RolloutTarget, command_id: str, status: str) -> bool:
    """Note a client's command; False when it has got one meanwhile."""
    pending = update(RolloutTarget).where(RolloutTarget.id == target.id, RolloutTarget.status == Outcome.PENDING)
    return _count(session, pending.values(command_id=command_id, status=status)) > 0


def have_unkept_outcomes(session: Session) -> bool:
    """Whether `keep_outcomes` has anything to do."""
    return bool(_changed(session))


def keep_outcomes(session: Session) -> set[int]:
    """Keep what has become of clients since last time, in every rollout; the ids of the rollouts concerned."""
    changed = _changed(session)
    alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for each in changed:
        alike[each.kept, each.status].append(each.target_id)
    for (kept, status), ids in alike.items():
        # One that a person has sent out again meanwhile is pending, and its old command means nothing to it.
        moved = update(RolloutTarget).where(RolloutTarget.id.in_(ids), RolloutTarget.status == kept)
        _count(session, moved.values(status=status))
    return {each.rollout_id for each in changed}


def try_again(session: Session, rollout_id: int, wave: int) -> None:
    """Let the clients of a wave whose commands have ended have new ones."""
    of_wave = update(RolloutTarget).where(RolloutTarget.rollout_id == rollout_id, RolloutTarget.wave == wave)
    ended = of_wave.where(RolloutTarget.status.not_in((*UNSETTLED, Outcome.VANISHED)))
    _count(session, ended.values(status=Outcome.PENDING, command_id=None))


def open_commands(session: Session, rollout_id: int) -> Sequence[ClientCommand]:
    """A rollout's commands that have not ended, locked until the transaction ends."""
    wanted = select(ClientCommand.id).where(ClientCommand.rollout_id == rollout_id)
    return locked_commands(session, session.scalars(wanted.where(ClientCommand.status.in_(OPEN))).all())


def failed_commands(session: Session, rollout_id: int) -> set[str]:
    """Ids of a rollout's commands that count against it."""
    wanted = select(ClientCommand.command_id).where(ClientCommand.rollout_id == rollout_id)
    return set(session.scalars(wanted.where(ClientCommand.status.in_((Status.FAILED, Status.TIMED_OUT)))))


def statuses_since(session: Session, rollout_id: int, wave: int, since: datetime) -> Sequence[str]:
    """The statuses of every command, whoever asked, that the clients of a wave have been given since an instant."""
    clients = select(RolloutTarget.client_uuid).where(
        RolloutTarget.rollout_id == rollout_id, RolloutTarget.wave == wave
    )
    given = select(ClientCommand.status).where(ClientCommand.client_uuid.in_(clients))
    return session.scalars(given.where(ClientCommand.created_at >= since)).all()


class _Change(NamedTuple):
    target_id: int
    rollout_id: int
    kept: str
    status: str


def _changed(session: Session) -> list[_Change]:
    # A target whose client is there and that waits for its wave is never among them, however long it waits.
    wanted = _joined(select(RolloutTarget.id, RolloutTarget.rollout_id, RolloutTarget.status, _STATUS))
    found = wanted.where(RolloutTarget.status.in_(UNSETTLED), RolloutTarget.status != _STATUS)
    return [_Change(*row) for row in session.execute(found.order_by(RolloutTarget.id))]


def _joined(wanted: Any) -> Any:
    with_command = wanted.join_from(
        RolloutTarget, ClientCommand, ClientCommand.command_id == RolloutTarget.command_id, isouter=True
    )
    return with_command.join(Client, Client.uuid == RolloutTarget.client_uuid, isouter=True)


def _count(session: Session, statement: Any) -> int:
    done = session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", done).rowcount
