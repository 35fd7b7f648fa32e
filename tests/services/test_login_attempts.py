"""The limit of logins of an address: exact also when everybody comes at once, and nothing of it stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import func, select

from applications import Clock
from infoscreen.bootstrap import App
from infoscreen.db.login_attempts import LoginAttempts
from infoscreen.domain.logins import LOGINS_A_MINUTE, TooManyLogins
from infoscreen.services import users


def is_allowed(app: App, address: str) -> bool:
    try:
        with app.work() as work:
            users.note_attempt(work, address)
    except TooManyLogins:
        return False
    return True


def test_of_forty_at_once_twenty_are_let_through(app: App) -> None:
    with ThreadPoolExecutor(10) as several:
        allowed = list(several.map(lambda _: is_allowed(app, "10.0.3.7"), range(2 * LOGINS_A_MINUTE)))
    assert sum(allowed) == LOGINS_A_MINUTE


def test_addresses_that_are_quiet_again_are_forgotten(app: App, clock: Clock) -> None:
    for number in range(50):
        assert is_allowed(app, f"10.0.4.{number}")
    clock.forward(minutes=2)
    assert is_allowed(app, "10.0.3.7")
    with app.reading() as work:
        assert work.session.scalar(select(func.count(LoginAttempts.network))) == 1


def test_a_clock_that_was_set_back_locks_nobody_out(app: App, clock: Clock) -> None:
    for _ in range(LOGINS_A_MINUTE):
        assert is_allowed(app, "10.0.3.7")
    assert not is_allowed(app, "10.0.3.7")
    clock.now -= timedelta(days=1)
    assert is_allowed(app, "10.0.3.7")
