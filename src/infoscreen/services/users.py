"""Logging in and out, changing the own password, and the first person of a new installation."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from infoscreen.db.login_attempts import attempts_of
from infoscreen.db.users import User, UserSession, count_users, end_sessions, user_by_name
from infoscreen.domain import logins
from infoscreen.domain.access import Actor, Role
from infoscreen.domain.errors import FieldError, Invalid, NotFound, NotLoggedIn
from infoscreen.domain.networks import network_of
from infoscreen.services.settings import get_setting
from infoscreen.services.work import Work


@dataclass(frozen=True, slots=True)
class Login:
    """A login in progress; `is_due_for_touch` asks for `touch_login`."""

    actor: Actor
    is_due_for_touch: bool


def token_hash(token: str) -> str:
    """What the database keeps of a random token."""
    return hashlib.sha256(token.encode()).hexdigest()


def note_attempt(work: Work, address: str) -> None:
    """Count an attempt to log in, right or wrong, for where it comes from; raises `TooManyLogins`."""
    network = network_of(address)
    row = attempts_of(work.session, network, work.now, work.now - timedelta(seconds=logins.MINUTE))
    row.attempts, row.last_at = logins.with_one_more(row.attempts, work.now.timestamp()), work.now


def password_hash_of(work: Work, username: str) -> str:
    """The hash to verify a login against; a hash that fits nothing for an unknown name."""
    user = user_by_name(work.session, username)
    return user.password_hash if user else work.ports.passwords.nobodys_hash


def log_in(work: Work, username: str, *, password_is_right: bool) -> tuple[User, str] | None:
    """Note a login attempt; with the right password begin a session and return the person and its token.

    None, with the failure counted, when it fails: the caller must commit that before it answers.
    """
    user = user_by_name(work.session, username)
    if user is None:
        return None
    if user.locked_until and user.locked_until > work.now:
        return None
    if not password_is_right or not user.is_active:
        user.failed_login_attempts += 1
        user.last_failed_login_at = work.now
        user.locked_until = logins.locked_until(user.failed_login_attempts, work.now)
        return None
    user.failed_login_attempts = 0
    user.locked_until = None
    user.last_login_at = work.now
    return user, _begin_session(work, user)


def _begin_session(work: Work, user: User) -> str:
    token = secrets.token_urlsafe(32)
    work.session.add(
        UserSession(token_hash=token_hash(token), user_id=user.id, created_at=work.now, last_seen_at=work.now)
    )
    return token


def find_login(work: Work, token: str) -> Login:
    """Whose session a token is; raises `NotLoggedIn` when it is nobody's, over, or the person is deactivated."""
    found = work.session.get(UserSession, token_hash(token)) if token else None
    if found is None or logins.is_over(found.last_seen_at, work.now) or not found.user.is_active:
        raise NotLoggedIn
    user = found.user
    due = work.now - found.last_seen_at > logins.TOUCH_EVERY
    return Login(Actor(user.id, Role(user.role), user.username), is_due_for_touch=due)


def touch_login(work: Work, token: str) -> None:
    """Note that a session is in use."""
    found = work.session.get(UserSession, token_hash(token))
    if found:
        found.last_seen_at = work.now


def log_out(work: Work, token: str) -> None:
    """End a session; harmless when it has ended."""
    found = work.session.get(UserSession, token_hash(token))
    if found:
        work.session.delete(found)


def me(work: Work) -> User:
    """The person who is calling."""
    user = work.session.get(User, work.actor.user_id)
    if user is None:
        raise NotLoggedIn
    return user


def change_own_password(work: Work, current: str, new: str, token: str) -> None:
    """Change the caller's password; their other sessions end."""
    user = me(work)
    if not work.ports.passwords.verify(user.password_hash, current):
        raise Invalid(currentPassword=FieldError("wrong_password"))
    logins.check_password(new, _minimum(work, Role(user.role)), "newPassword")
    user.password_hash = work.ports.passwords.hash(new)
    user.last_password_change_at = work.now
    end_sessions(work.session, user.id, but=token_hash(token))


def ensure_first_user(work: Work, username: str, password: str | None) -> str | None:
    """Make the superadmin of an installation without people; returns a password that was made up, to be shown once."""
    if count_users(work.session):
        return None
    made_up = None if password else secrets.token_urlsafe(12)
    add_user(work, username, password or made_up or "", Role.SUPERADMIN)
    return made_up


def create_user(work: Work, username: str, password: str, role: Role) -> User:
    """Add a person; raises `Invalid` for a name that is taken or a password that is too weak."""
    logins.check_password(password, _minimum(work, role))
    if user_by_name(work.session, username):
        raise Invalid(username=FieldError("username_taken"))
    return add_user(work, username, password, role)


def reset_password(work: Work, username: str, password: str) -> None:
    """Set a person's password, end their sessions and lift a lock; raises `NotFound`, `Invalid`."""
    user = user_by_name(work.session, username)
    if user is None:
        raise NotFound
    logins.check_password(password, _minimum(work, Role(user.role)))
    user.password_hash = work.ports.passwords.hash(password)
    user.last_password_change_at = work.now
    user.failed_login_attempts, user.locked_until = 0, None
    end_sessions(work.session, user.id)


def _minimum(work: Work, role: Role) -> int:
    """How long a password of this role must be at least."""
    return int(get_setting(work, "password_minimum_admin" if role.includes(Role.ADMIN) else "password_minimum"))


def add_user(work: Work, username: str, password: str, role: Role) -> User:
    """Add a person with a login."""
    user = User(
        username=username,
        password_hash=work.ports.passwords.hash(password),
        role=role.value,
        created_at=work.now,
        last_password_change_at=work.now,
    )
    work.session.add(user)
    work.session.flush()
    return user
