"""New passwords for the private broker's server accounts, by schedule: one process after the other.

The file in the data directory is written first, and the processes read it at each connection: a crash between any two
steps leaves a file whose passwords the keeper registers at its start.
"""

import time

import structlog

from infoscreen.bootstrap import App
from infoscreen.broker_bootstrap import KeptBroker
from infoscreen.services import broker_accounts, server_accounts

log = structlog.get_logger()

# Seconds. A process is back within two; one that is not holds up the others, until it is.
LOOK_EVERY = 10.0
BACK_WITHIN = 60.0


class ServerPasswords:
    """Renews one account at a time, and the next only when the broker follows and the process is back."""

    def __init__(self, app: App, broker: KeptBroker) -> None:
        self._app = app
        self._broker = broker
        self._days = app.config.broker.server_password_days
        self._looked_at = float("-inf")
        self._awaited: str | None = None
        self._awaited_since = 0.0

    def renew_one(self, followed: int) -> bool:
        """Renew the oldest that is due, unless there are changes that the broker has not followed; whether it was."""
        if not self._days or not self._broker.server_directory or not self._is_time():
            return False
        with self._app.reading() as work:
            if broker_accounts.sync_state(work)[0] != followed:
                return False
            username = server_accounts.due_account(work, self._broker.server_passwords, self._days)
        if username is None:
            self._looked_at = time.monotonic()
            return False
        self._renew(username)
        return True

    def _is_time(self) -> bool:
        if self._awaited is None:
            return time.monotonic() >= self._looked_at + LOOK_EVERY
        if self._awaited in self._broker.mosquitto.log.connected:
            self._awaited = None
            return True
        if time.monotonic() > self._awaited_since + BACK_WITHIN:
            log.error("server_process_not_back", username=self._awaited)
            self._awaited_since = time.monotonic()
        return False

    def _renew(self, username: str) -> None:
        self._broker.renew_server_password(username)
        with self._app.work() as work:
            broker_accounts.register_server_accounts(work, self._broker.server_passwords)
        log.info("server_password_renewed", username=username)
        # The broker is told in the next step of this thread: from now on the process has to say again that it is there.
        connected = self._broker.mosquitto.log.connected
        if username in connected:
            connected.discard(username)
            self._awaited, self._awaited_since = username, time.monotonic()
