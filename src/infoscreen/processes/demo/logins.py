"""The demo people's passwords: made up at the first start, and kept to be told again."""

import secrets
from pathlib import Path

from infoscreen.bootstrap import App
from infoscreen.processes.demo import private_files
from infoscreen.processes.demo.school import PEOPLE
from infoscreen.services import users

# Without those that are taken for each other; twelve of them are 59 bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def keep_logins(path: Path) -> dict[str, str]:
    """User name → password, as the file has them; it is there before the people are, so that no password gets lost."""
    logins = private_files.read(path) or {username: _password() for username in PEOPLE}
    private_files.write(path, logins)
    return logins


def those_that_work(app: App, logins: dict[str, str]) -> dict[str, str]:
    """The logins without those whose person is gone or has chosen another password."""
    with app.reading() as work:
        hashes = {username: users.password_hash_of(work, username) for username in logins}
    return {
        username: password
        for username, password in logins.items()
        if app.ports.passwords.verify(hashes[username], password)
    }


def _password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
