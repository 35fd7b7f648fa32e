"""Remote commands and every step of their lives. A status changes by compare-and-set, with its transition."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
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
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from infoscreen.db.base import NEVER_REUSED_IDS, Base, UtcDateTime, exact_string
from infoscreen.db.clients import Client, ClientState
from infoscreen.domain.command_timing import Life
from infoscreen.domain.commands import COUNTED, Action, Command, Status, Transition


class ClientCommand(Base):
    """One command to one client. `republish`: its device was heard of again and has not acknowledged it."""

    __tablename__ = "client_commands"
    __table_args__ = (
        Index(None, "client_uuid", "created_at"),
        Index(None, "status", "id"),
        Index(None, "is_followed", "client_uuid"),
        NEVER_REUSED_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    command_id: Mapped[str] = mapped_column(exact_string(36), unique=True)
    client_uuid: Mapped[str] = mapped_column(exact_string(36), ForeignKey("clients.uuid", ondelete="CASCADE"))
    action: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(32))
    status_since: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    rollout_id: Mapped[int | None] = mapped_column(index=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    execution_started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recovered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error_code: Mapped[str | None] = mapped_column(String(128))
    error_message: Mapped[str | None] = mapped_column(Text)
    boot_id: Mapped[str | None] = mapped_column(String(255))
    steady_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_followed: Mapped[bool]
    republish: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    transitions: Mapped[list["CommandTransition"]] = relationship(order_by="CommandTransition.id", viewonly=True)

    def as_command(self) -> Command:
        """The command as the rules see it."""
        seen: dict[str, Any] = {name: getattr(self, name) for name in _SEEN}
        return Command(**seen | {"action": Action(self.action), "status": Status(self.status)})


class CommandTransition(Base):
    """One step; a command enters a status at most once, and the database holds that too."""

    __tablename__ = "command_transitions"
    __table_args__ = (UniqueConstraint("command_id", "to_status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    command_id: Mapped[int] = mapped_column(ForeignKey("client_commands.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    from_status: Mapped[str | None] = mapped_column(String(32))
    to_status: Mapped[str] = mapped_column(String(32))
    cause: Mapped[str] = mapped_column(String(32))


def columns_of(command: Command) -> dict[str, Any]:
    """A command of the rules, as columns."""
    return {name: getattr(command, name) for name in _SEEN}


_SEEN = tuple(field.name for field in fields(Command))


class Followed(NamedTuple):
    """A command that the clock still matters to, and what is known of its device's signs of life."""

    row: ClientCommand
    life: Life


def add_command(session: Session, row: ClientCommand, begun: Transition) -> None:
    """Store a new command with its first transition."""
    session.add(row)
    session.flush()
    _keep(session, [row.id], [begun])


def command_by_id(session: Session, command_id: str) -> ClientCommand | None:
    """One command."""
    return session.scalars(select(ClientCommand).where(ClientCommand.command_id == command_id)).first()


def commands_by_id(session: Session, command_ids: Collection[str]) -> Sequence[ClientCommand]:
    """Several commands, in the order in which they were issued."""
    wanted = select(ClientCommand).where(ClientCommand.command_id.in_(command_ids))
    return session.scalars(wanted.order_by(ClientCommand.id)).all()


def locked_command(session: Session, command_id: str) -> ClientCommand | None:
    """One command as it is now, locked until the transaction ends."""
    wanted = select(ClientCommand).where(ClientCommand.command_id == command_id).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).first()


def locked_of_batch(session: Session, uuids: Collection[str], command_ids: Collection[str]) -> Sequence[ClientCommand]:
    """The named commands, and those of the named clients that are followed, locked in one order."""
    # Few are followed at any time, far fewer than a batch has clients.
    followed = session.execute(select(ClientCommand.id, ClientCommand.client_uuid).where(ClientCommand.is_followed))
    ids = {number for number, uuid in followed if uuid in uuids}
    if command_ids:
        ids.update(session.scalars(select(ClientCommand.id).where(ClientCommand.command_id.in_(command_ids))))
    return locked_commands(session, ids)


def locked_commands(session: Session, ids: Collection[int]) -> Sequence[ClientCommand]:
    """Commands as they are now, locked in one order until the transaction ends."""
    if not ids:
        return []
    wanted = select(ClientCommand).where(ClientCommand.id.in_(ids)).order_by(ClientCommand.id).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).all()


def save_command(
    session: Session, row: ClientCommand, after: Command, steps: Sequence[Transition], now: datetime
) -> bool:
    """Write what changed, if the status is still that of `row`, and keep the steps; False when somebody was first."""
    changed = {**_changed(row, after), "updated_at": now}
    if _update(session, [row.id], row.status, changed) == 0:
        return False
    _keep(session, [row.id], steps)
    _note(session, row, changed)
    return True


def save_alike(
    session: Session, rows: Sequence[ClientCommand], after: Command, steps: Sequence[Transition], now: datetime
) -> None:
    """Write the same change of many locked commands that all have one status, in two statements."""
    ids = [row.id for row in rows]
    changed = {**_changed(rows[0], after), "updated_at": now}
    _update(session, ids, rows[0].status, changed)
    _keep(session, ids, steps)
    for row in rows:
        _note(session, row, changed)


def life_of(session: Session, uuid: str) -> Life:
    """What is known of a device's signs of life."""
    return _life(session.execute(_LIFE.where(ClientState.client_uuid == uuid)).one())


def followed_commands(session: Session) -> list[Followed]:
    """Every command that the clock still matters to."""
    wanted = (
        select(ClientCommand, *_LIFE_COLUMNS)
        .join(ClientState, ClientState.client_uuid == ClientCommand.client_uuid)
        .where(ClientCommand.is_followed)
        .order_by(ClientCommand.id)
    )
    return [Followed(row[0], _life(row[1:])) for row in session.execute(wanted)]


def lock_client(session: Session, uuid: str) -> bool:
    """Let one at a time decide about a client; False when there is none."""
    return session.scalar(select(Client.uuid).where(Client.uuid == uuid).with_for_update()) is not None


def counted_times(session: Session, uuid: str, since: datetime) -> Sequence[datetime]:
    """When a client was given the commands that its lockout counts."""
    return session.scalars(
        select(ClientCommand.created_at).where(
            ClientCommand.client_uuid == uuid,
            ClientCommand.created_at > since,
            ClientCommand.action.in_(COUNTED),
            ClientCommand.status != Status.BLOCKED_SAFETY,
        )
    ).all()


def count_by_status(session: Session) -> dict[Status, int]:
    """How many commands have each status that any has."""
    counted = select(ClientCommand.status, func.count()).group_by(ClientCommand.status)
    return {Status(status): number for status, number in session.execute(counted)}


class Page(NamedTuple):
    """A part of the history, the newest first, and how many there are in all."""

    rows: Sequence[ClientCommand]
    total: int


def history(session: Session, conditions: Sequence[ColumnElement[bool]], limit: int, before_id: int | None) -> Page:
    """Commands that meet every condition, the newest first, from before an id on."""
    wanted = select(ClientCommand).where(*conditions).order_by(ClientCommand.id.desc()).limit(limit)
    if before_id is not None:
        wanted = wanted.where(ClientCommand.id < before_id)
    total = session.scalar(select(func.count(ClientCommand.id)).where(*conditions)) or 0
    return Page(session.scalars(wanted).all(), total)


_LIFE_COLUMNS = (ClientState.last_alive, ClientState.last_health, ClientState.boot_id, ClientState.process_status)
_LIFE = select(*_LIFE_COLUMNS)


def _life(row: Any) -> Life:
    last_alive, last_health, boot_id, process_status = row
    return Life(last_alive, last_health, boot_id, process_status == "crashed")


def _changed(row: ClientCommand, after: Command) -> dict[str, Any]:
    before = row.as_command()
    return {name: value for name in _SEEN if (value := getattr(after, name)) != getattr(before, name)}


def _update(session: Session, ids: Sequence[int], status: str, changed: dict[str, Any]) -> int:
    moved = update(ClientCommand).where(ClientCommand.id.in_(ids), ClientCommand.status == status).values(**changed)
    done = session.execute(moved, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", done).rowcount


def _note(session: Session, row: ClientCommand, changed: dict[str, Any]) -> None:
    for name, value in changed.items():
        set_committed_value(row, name, value)  # expired, each would be read again
    session.expire(row, ["transitions"])


def _keep(session: Session, command_ids: Iterable[int], steps: Sequence[Transition]) -> None:
    rows = [
        {
            "command_id": command_id,
            "at": step.at,
            "from_status": step.before,
            "to_status": step.after,
            "cause": step.cause,
        }
        for command_id in command_ids
        for step in steps
    ]
    if rows:
        session.execute(insert(CommandTransition), rows)
