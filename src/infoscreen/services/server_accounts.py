"""Accounts that a person makes: of server processes and monitors on a broker of its own, and the canary.

Those of devices are in `broker_accounts.py`; the private broker makes its server accounts itself.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

from infoscreen.db import broker_accounts as table
from infoscreen.db.broker_accounts import BrokerAccount, want_sync
from infoscreen.domain.broker_accounts import SALT_BYTES, password_hash, server_actor
from infoscreen.domain.errors import Conflict, FieldError, Invalid, NotFound
from infoscreen.services.work import Work
from infoscreen_wire.access import Actor

# The password of a server process has 43 characters.
PASSWORD_BYTES = 32


class AccountNameTaken(Conflict):
    """There is an account of this name."""

    code = "account_name_taken"


def add_account(work: Work, username: str, canary: str | None) -> str:
    """Make an account and return its password, in clear and for the only time; `canary` is that account's name.

    Raises `Invalid` for a name that says no actor, and `AccountNameTaken`.
    """
    actor = _actor(username, canary)
    if work.session.get(BrokerAccount, username):
        raise AccountNameTaken
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    work.session.add(
        BrokerAccount(
            username=username,
            actor=actor,
            password_hash=_hashed(password),
            created_at=work.now,
            password_since=work.now,
        )
    )
    want_sync(work.session)
    return password


def renew_account(work: Work, username: str) -> str:
    """Give an account a new password that holds at once, and return it. Raises `NotFound`."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    account = _own(work, username)
    account.password_hash, account.password_since = _hashed(password), work.now
    want_sync(work.session)
    return password


def due_account(work: Work, usernames: Iterable[str], days: int) -> str | None:
    """That of these accounts whose password is the oldest, if it is older than so many days."""
    named = table.accounts_named(work.session, usernames)
    since = {each.username: each.password_since or each.created_at for each in named}
    due = {name: at for name, at in since.items() if work.now - at > timedelta(days=days)}
    return min(due, key=lambda name: due[name], default=None)


def revoke_account(work: Work, username: str) -> None:
    """Take an account away; its connection ends. Raises `NotFound`."""
    work.session.delete(_own(work, username))
    want_sync(work.session)


def all_accounts(work: Work) -> Sequence[BrokerAccount]:
    """Every account, those of devices too, by name."""
    return table.all_accounts(work.session)


def count_listeners(work: Work) -> int:
    """How many listeners may log in to the broker: each has an account of its own."""
    return sum(account.actor == Actor.LISTENER for account in table.all_accounts(work.session))


def _actor(username: str, canary: str | None) -> Actor:
    if username == canary:
        return Actor.CLIENT
    try:
        return server_actor(username)
    except ValueError:
        raise Invalid(username=FieldError("not_an_account_name")) from None


def _own(work: Work, username: str) -> BrokerAccount:
    """An account that is no device's: those are renewed and revoked with their device token."""
    account = work.session.get(BrokerAccount, username)
    if account is None or account.client_uuid is not None:
        raise NotFound
    return account


def _hashed(password: str) -> str:
    return password_hash(password, secrets.token_bytes(SALT_BYTES))
