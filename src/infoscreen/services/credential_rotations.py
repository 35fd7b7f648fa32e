"""New passwords for devices, handed over so that no device is ever locked out; the rules are in the domain's file.

A new password waits sealed, and is gone once the device has confirmed; from then on there are hashes only.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError

from infoscreen.db import credential_rotations as table
from infoscreen.db.broker_accounts import BrokerAccount, sync_state, want_sync
from infoscreen.db.credential_rotations import CredentialRotation as CredentialRotation
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.credential_rotation import (
    ENDED,
    FETCH_WITHIN,
    Observed,
    Rotation,
    RotationEnded,
    RotationUnderWay,
    State,
    next_state,
)
from infoscreen.services.alerts import close_alert, raise_alert
from infoscreen.services.broker_accounts import account_of_client, hashed, new_password
from infoscreen.services.notices import NoticeKind
from infoscreen.services.ports import Unsealable
from infoscreen.services.work import Work

ID_BYTES = 16
HANDED_OVER = (State.CONFIRMED, State.SWITCHED, State.DONE)


@dataclass(frozen=True, slots=True)
class WaitingPassword:
    """A new password for a device, and the rotation it confirms by."""

    rotation_id: str
    password: str


def start_rotation(work: Work, uuid: str) -> CredentialRotation:
    """Let a new password wait for a client's device, in place of one that it has not confirmed.

    Raises `NotFound` without an account, and `RotationUnderWay` while the broker is being switched, or switched back.
    """
    account = account_of_client(work, uuid)
    table.forget_replaceable(work.session, account.username, applied=sync_state(work.session)[1])
    rotation = CredentialRotation(
        username=account.username,
        id=secrets.token_hex(ID_BYTES),
        state=State.WAITING,
        since=work.now,
        started_at=work.now,
        sealed_password=work.ports.seal.seal(new_password()),
    )
    work.session.add(rotation)
    try:
        work.session.flush()
    except IntegrityError:
        raise RotationUnderWay from None
    work.announce(NoticeKind.CLIENTS, uuid.lower())
    return rotation


def rotation_of_client(work: Work, uuid: str) -> CredentialRotation | None:
    """The newest rotation of a client's account; raises `NotFound` without an account."""
    return table.rotation_of(work.session, account_of_client(work, uuid).username)


def waiting_password(work: Work, uuid: str) -> WaitingPassword | None:
    """The password that waits for a client's device: the same one however often it asks, until it has confirmed."""
    rotation = rotation_of_client(work, uuid)
    if rotation is None or rotation.sealed_password is None:
        return None
    try:
        return WaitingPassword(rotation.id, work.ports.seal.unseal(rotation.sealed_password))
    except Unsealable:
        return None  # the installation's key was changed; a new rotation replaces this one


def confirm_rotation(work: Work, uuid: str, rotation_id: str) -> None:
    """Take a device's word that it keeps old and new password: switch. Saying so again changes nothing.

    Raises `RotationEnded` when this is not, or no longer, the password that is wanted.
    """
    account = account_of_client(work, uuid)
    waiting = waiting_password(work, uuid)
    if waiting and waiting.rotation_id == rotation_id and _advance_to_confirmed(work, account, rotation_id):
        account.password_hash, account.password_since = hashed(waiting.password), work.now
        _switch_broker(work, rotation_id)
        work.announce(NoticeKind.CLIENTS, uuid.lower())
    elif not _was_handed_over(work, account.username, rotation_id):
        raise RotationEnded


def is_settling_due(work: Work) -> bool:
    """Whether `settle_rotations` has anything to do or to watch; asked without holding the database's write lock."""
    return any(table.due_rotations(work.session, work.now - FETCH_WITHIN)) or table.has_switching(work.session)


def settle_rotations(work: Work) -> bool:
    """Move on every rotation whose time has come; whether any is to be watched closely."""
    _, applied = sync_state(work.session)
    for due in table.due_rotations(work.session, work.now - FETCH_WITHIN):
        follows = due.rotation.change is not None and due.rotation.change <= applied
        before = Rotation(State(due.rotation.state), due.rotation.since)
        after = next_state(before, Observed(work.now, follows, due.last_alive))
        if after is not None:
            _move(work, due.rotation, due.uuid, after)
    return table.has_switching(work.session)


def _advance_to_confirmed(work: Work, account: BrokerAccount, rotation_id: str) -> bool:
    kept: dict[str, Any] = {"sealed_password": None, "old_hash": account.password_hash}
    return table.advance(work.session, rotation_id, State.WAITING, State.CONFIRMED, work.now, **kept)


def _switch_broker(work: Work, rotation_id: str) -> None:
    want_sync(work.session)
    table.note_change(work.session, rotation_id, sync_state(work.session)[0])


def _was_handed_over(work: Work, username: str, rotation_id: str) -> bool:
    rotation = table.rotation_of(work.session, username)
    return rotation is not None and rotation.id == rotation_id and rotation.state in HANDED_OVER


def _move(work: Work, rotation: CredentialRotation, uuid: str, after: State) -> None:
    old_hash = rotation.old_hash
    forgotten = {"sealed_password": None, "old_hash": None} if after in ENDED else {}
    if not table.advance(work.session, rotation.id, State(rotation.state), after, work.now, **forgotten):
        return
    if after is State.REVERTED and old_hash is not None:
        work.session.get_one(BrokerAccount, rotation.username).password_hash = old_hash
        _switch_broker(work, rotation.id)
    if after in (State.REVERTED, State.EXPIRED):
        raise_alert(work, AlertKind.BROKER_ACCOUNT_NOT_ROTATED, uuid, Severity.WARNING, ended=after)
    elif after is State.DONE:
        close_alert(work, AlertKind.BROKER_ACCOUNT_NOT_ROTATED, uuid)
    work.announce(NoticeKind.CLIENTS, uuid)
