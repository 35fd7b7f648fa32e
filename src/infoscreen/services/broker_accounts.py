"""Accounts of the broker: made and revoked here, in the database; the process `broker` carries them to Mosquitto.

Whoever changes a client's group, or deletes a client, calls `db.broker_accounts.want_sync` in the same transaction.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from infoscreen.db import broker_accounts as table
from infoscreen.db import credential_rotations as rotations
from infoscreen.db import enrollments
from infoscreen.db.broker_accounts import BrokerAccount, want_sync
from infoscreen.db.clients import Client, ClientState, group_assignments
from infoscreen.domain.alerts import AlertKind, Closing
from infoscreen.domain.broker_accounts import (
    SALT_BYTES,
    Grant,
    canary_uuid,
    client_username,
    is_uuid,
    password_fits,
    password_hash,
    server_actor,
)
from infoscreen.domain.errors import Conflict, FieldError, Invalid, NotFound
from infoscreen.services.alerts import close_alert
from infoscreen.services.notices import NoticeKind
from infoscreen.services.work import Work
from infoscreen_wire.access import Actor, Rule, device_rules, server_rules

# Bytes of randomness: 32 characters of password, 43 of token.
PASSWORD_BYTES = 24
DEVICE_TOKEN_BYTES = 32


class BrokerAccountExists(Conflict):
    """The client has an account; a lost password is renewed, not made a second time."""

    code = "broker_account_exists"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a device needs to connect, in clear: told once, kept nowhere."""

    username: str
    password: str
    device_token: str


def make_client_account(work: Work, uuid: str) -> Credentials:
    """Make the account of a client, and the client where its uuid has not been seen yet.

    Raises `Invalid` for a malformed uuid and `BrokerAccountExists`.
    """
    uuid = checked_uuid(uuid)
    if table.account_of_client(work.session, uuid):
        raise BrokerAccountExists
    credentials = Credentials(
        username=client_username(uuid, table.usernames(work.session, beginning=client_username(uuid, ()))),
        password=new_password(),
        device_token=_new_device_token(),
    )
    try:
        _ensure_client(work, uuid)
        _add(work, credentials.username, Actor.CLIENT, credentials.password, uuid, credentials.device_token)
    except IntegrityError:
        raise BrokerAccountExists from None  # somebody else made it at the same moment
    want_sync(work.session)
    work.announce(NoticeKind.CLIENTS, uuid)
    return credentials


def renew_client_account(work: Work, uuid: str) -> Credentials:
    """Give a client's account a new password and device token that hold at once; a rotation under way ends.

    Raises `NotFound`.
    """
    account = account_of_client(work, uuid)
    # First, so that a rotation in its last step is either over or no longer there to switch anything.
    rotations.forget(work.session, account.username)
    credentials = Credentials(account.username, new_password(), _new_device_token())
    account.password_hash, account.password_since = hashed(credentials.password), work.now
    account.device_token_hash = _device_token_hash(credentials.device_token)
    want_sync(work.session)
    close_alert(work, AlertKind.BROKER_ACCOUNT_NOT_ROTATED, uuid.lower(), Closing.RESOLVED)
    work.announce(NoticeKind.CLIENTS, uuid.lower())
    return credentials


def account_of_client(work: Work, uuid: str) -> BrokerAccount:
    """The account of a client; raises `NotFound`."""
    account = table.account_of_client(work.session, uuid.lower())
    if account is None:
        raise NotFound
    return account


def has_account(work: Work, uuid: str) -> bool:
    """Whether a client has an account."""
    return table.account_of_client(work.session, uuid.lower()) is not None


def revoke_client_account(work: Work, uuid: str) -> None:
    """Take a client's account away; its connection ends, its device token is void, and so is the code it came with.

    Raises `NotFound`.
    """
    work.session.delete(account_of_client(work, uuid))
    enrollments.forget_used_by(work.session, uuid.lower())
    want_sync(work.session)
    close_alert(work, AlertKind.BROKER_ACCOUNT_NOT_ROTATED, uuid.lower(), Closing.RESOLVED)
    work.announce(NoticeKind.CLIENTS, uuid.lower())


def client_of_device_token(work: Work, token: str) -> Client | None:
    """The client that a device token belongs to."""
    account = table.account_of_device_token(work.session, _device_token_hash(token))
    return work.session.get(Client, account.client_uuid) if account else None


def note_trusted(work: Work, uuid: str, fingerprint: str) -> None:
    """Note which CAs a client's device trusts, as it says itself; raises `NotFound`."""
    account_of_client(work, uuid).ca_fingerprint = fingerprint


def clients_without_ca(work: Work, fingerprint: str) -> Sequence[str]:
    """Uuids of the clients whose device is not known to trust the CAs of this fingerprint."""
    return table.clients_without_ca(work.session, fingerprint)


def register_server_accounts(work: Work, passwords: Mapping[str, str]) -> None:
    """Make the database hold the server processes' accounts (user name → password), as the data directory has them."""
    for username, password in passwords.items():
        account = work.session.get(BrokerAccount, username)
        if account is None:
            _add(work, username, server_actor(username), password)
        elif not password_fits(password, account.password_hash):
            account.password_hash, account.password_since = hashed(password), work.now
        else:
            continue
        want_sync(work.session)


def grants(work: Work) -> list[Grant]:
    """What the broker must be told of every account, as of this transaction."""
    groups = group_assignments(work.session)
    return [
        Grant(account.username, account.password_hash, _rules(account, groups))
        for account in table.all_accounts(work.session)
    ]


def ask_for_sync(work: Work) -> None:
    """Have the broker told everything anew, though nothing has changed."""
    want_sync(work.session)


def sync_state(work: Work) -> tuple[int, int]:
    """How many changes are wanted, and how many of them the broker has applied."""
    return table.sync_state(work.session)


def note_applied(work: Work, wanted: int) -> None:
    """Note that the broker follows every change up to `wanted`."""
    table.note_applied(work.session, wanted)


def new_password() -> str:
    """A password nobody can guess."""
    return secrets.token_urlsafe(PASSWORD_BYTES)


def hashed(password: str) -> str:
    """The broker's own hash of a password."""
    return password_hash(password, secrets.token_bytes(SALT_BYTES))


def checked_uuid(uuid: str) -> str:
    """A uuid in lower case; raises `Invalid`."""
    if not is_uuid(uuid.lower()):
        raise Invalid(uuid=FieldError("not_a_uuid"))
    return uuid.lower()


def _ensure_client(work: Work, uuid: str) -> None:
    if work.session.get(Client, uuid) is None:
        work.session.add(Client(uuid=uuid, created_at=work.now, state=ClientState()))
        work.session.flush()


def _add(
    work: Work, username: str, actor: Actor, password: str, uuid: str | None = None, device_token: str | None = None
) -> None:
    account = BrokerAccount(
        username=username,
        actor=actor.value,
        client_uuid=uuid,
        password_hash=hashed(password),
        device_token_hash=device_token and _device_token_hash(device_token),
        created_at=work.now,
        password_since=work.now,
    )
    work.session.add(account)
    work.session.flush()


def _new_device_token() -> str:
    return secrets.token_urlsafe(DEVICE_TOKEN_BYTES)


def _device_token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _rules(account: BrokerAccount, groups: Mapping[str, int]) -> tuple[Rule, ...]:
    if account.client_uuid is not None:
        return device_rules(account.client_uuid, groups.get(account.client_uuid))
    if account.actor == Actor.CLIENT:
        return device_rules(canary_uuid(account.username), None)
    return server_rules(Actor(account.actor))
