"""When a login is locked, when a session ends, and what a password must be."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from infoscreen.domain.errors import FieldError, InfoscreenError, Invalid

FAILURES_BEFORE_LOCK = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
# Of one address, right and wrong ones alike.
LOGINS_A_MINUTE = 20
MINUTE = 60.0
SESSION_IDLE = timedelta(hours=12)
# A session's last use is noted this coarsely, so that reading pages does not write to the database.
TOUCH_EVERY = timedelta(minutes=5)
COMMON = frozenset(
    {
        "123456",
        "1234567",
        "12345678",
        "123456789",
        "1234567890",
        "111111",
        "000000",
        "password",
        "password1",
        "passwort",
        "passwort1",
        "qwertz",
        "qwerty",
        "qwertzuiop",
        "abc123",
        "hallo123",
        "schule",
        "schule123",
        "geheim",
        "geheim123",
        "infoscreen",
        "infoscreen1",
        "iloveyou",
        "letmein",
        "welcome",
        "admin123",
        "admin1234",
        "administrator",
        "superadmin",
        "superadmin1",
        "willkommen",
        "willkommen1",
        "dragon",
        "monkey",
    }
)


class TooManyLogins(InfoscreenError):
    """An address has tried too often; `retry_after` says in how many seconds it may try again."""

    code = "too_many_logins"


def with_one_more(attempts: Sequence[float], now: float) -> list[float]:
    """The last minute's attempts of an address (Unix times) and one more; raises `TooManyLogins`.

    What is refused does not count, so that whoever goes on trying is let in as soon as the minute is over. Attempts
    from the future are those of a clock that was set back since.
    """
    recent = [at for at in attempts if now - MINUTE < at <= now]
    if len(recent) >= LOGINS_A_MINUTE:
        raise TooManyLogins(retry_after=int(recent[-LOGINS_A_MINUTE] + MINUTE - now) + 1)
    return [*recent, now]


def locked_until(failures: int, now: datetime) -> datetime | None:
    """Until when an account is locked after this many failures in a row; None while it is not.

    15 minutes after the fifth, doubling with each further one, up to 24 hours.
    """
    if failures < FAILURES_BEFORE_LOCK:
        return None
    doublings = min(failures - FAILURES_BEFORE_LOCK, 10)
    return now + min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


def is_over(last_seen: datetime, now: datetime) -> bool:
    """Whether a session has been idle for too long."""
    return now - last_seen > SESSION_IDLE


def check_password(password: str, minimum: int, field: str = "password") -> None:
    """Raise `Invalid` for a password that has fewer characters than the minimum or is too common."""
    if len(password) < minimum:
        raise Invalid(**{field: FieldError("password_too_short", minimum=minimum)})
    if password.lower() in COMMON:
        raise Invalid(**{field: FieldError("password_too_common")})
