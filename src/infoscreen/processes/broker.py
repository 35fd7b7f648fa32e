"""The process `broker`: runs the private Mosquitto and keeps its accounts and rules equal to the database.

It watches the database, not the broker, so it needs no connection to do its work; while the database is away, Mosquitto
goes on with what it has.
"""

import threading
import time
from collections.abc import Callable

import structlog

from infoscreen.bootstrap import App, PrivateBroker, private_broker
from infoscreen.domain.broker_accounts import BrokerIsOpen, Probe
from infoscreen.services import broker_accounts

log = structlog.get_logger()

# Seconds.
LOOK_EVERY = 0.2
# A reload stalls the broker, for 30 ms with 1,000 accounts of 21 rules, 300 ms with 3,000 and 8 s with 10,000; changes
# that come faster go into one.
RELOAD_AT_MOST_EVERY = 1.0
PROOF_TAKES_AT_MOST = 30.0
START_AT_MOST_EVERY = 1.0
RETRY_AT_MOST_AFTER = 5.0


def run(app: App, stop: threading.Event) -> None:
    """Run the private broker until `stop` is set; it ends with the thread that called."""
    keeper = Keeper(app, private_broker(app.config))
    try:
        while not stop.is_set():
            keeper.step()
            stop.wait(LOOK_EVERY)
    finally:
        keeper.stop()


class Duty:
    """Something that is seen to again and again: not too often, and after a failure with growing pauses.

    `act` answers whether there was anything to do.
    """

    def __init__(self, failed: str, act: Callable[[], bool], *, at_most_every: float = 0.0) -> None:
        self._failed = failed
        self._act = act
        self._pause = at_most_every
        self._failures = 0
        self._not_before = float("-inf")

    def attempt(self) -> None:
        """Do it if it is time."""
        if time.monotonic() < self._not_before:
            return
        try:
            if self._act():
                self._failures = 0
                self._not_before = time.monotonic() + self._pause
        except Exception as error:  # noqa: BLE001 - whatever it is: the broker runs on, and it is tried again
            self._failures += 1
            self._not_before = time.monotonic() + min(LOOK_EVERY * 2**self._failures, RETRY_AT_MOST_AFTER)
            log.error(self._failed, error=str(error), failures=self._failures)


class Keeper:
    """Carries every change of the database to the broker, and keeps the broker running."""

    def __init__(self, app: App, broker: PrivateBroker) -> None:
        self._app = app
        self._files = broker.files
        self._mosquitto = broker.mosquitto
        self._proof = broker.proof
        self._server_passwords = broker.server_passwords
        self._written: int | None = None
        self._written_at = float("-inf")
        self._probe: Probe | None = None
        self._is_proved = False
        self._duties = (
            Duty("broker_files_not_written", self._follow_database, at_most_every=RELOAD_AT_MOST_EVERY),
            Duty("broker_not_started", self._keep_running, at_most_every=START_AT_MOST_EVERY),
            Duty("broker_not_proved", self._prove),
        )

    def step(self) -> None:
        """Do whatever is due."""
        if not self._mosquitto.is_running:
            self._written = None  # what ended it may have harmed its files as well
        for duty in self._duties:
            duty.attempt()

    def stop(self) -> None:
        """Stop the broker."""
        self._mosquitto.stop()

    def _follow_database(self) -> bool:
        if self._awaits_proof():
            return False
        if self._written is None:
            with self._app.work() as work:
                broker_accounts.register_server_accounts(work, self._server_passwords)
        with self._app.reading() as work:
            wanted, applied = broker_accounts.sync_state(work)
            # A number that went back, or is applied no more though it was, means a database restored from a backup.
            if self._is_proved and self._written == wanted <= applied:
                return False
            grants = broker_accounts.grants(work)
        self._probe = self._files.write(grants)
        self._written, self._written_at = wanted, time.monotonic()
        self._is_proved = False
        self._mosquitto.reload()
        log.info("broker_files_written", accounts=len(grants), change=wanted)
        return True

    def _awaits_proof(self) -> bool:
        # Whoever is busy reading the last files is not given the next ones; but a reload may also get lost.
        is_recent = time.monotonic() < self._written_at + PROOF_TAKES_AT_MOST
        return self._written is not None and not self._is_proved and is_recent

    def _keep_running(self) -> bool:
        if self._mosquitto.is_running:
            return False
        self._is_proved = False
        self._mosquitto.start()
        log.info("broker_started", pid=self._mosquitto.pid)
        return True

    def _prove(self) -> bool:
        if self._is_proved or self._probe is None or self._written is None or not self._mosquitto.is_running:
            return False
        try:
            self._proof.prove(self._probe)
        except BrokerIsOpen:
            self._mosquitto.stop()
            self._files.withdraw()
            raise
        with self._app.work() as work:
            broker_accounts.note_applied(work, self._written)
        self._is_proved = True
        return True
