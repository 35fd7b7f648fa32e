"""Keeps a broker's accounts and rules equal to the database: the private one, which it runs, or a service's.

It watches the database, not the broker, so it needs no connection to do its work; while the database is away, Mosquitto
goes on with what it has.
"""

import threading
import time
from enum import StrEnum

import structlog

from infoscreen.bootstrap import App
from infoscreen.broker_bootstrap import KeptBroker, private_broker
from infoscreen.domain.broker_accounts import BrokerFilesHeld, BrokerIsOpen, Grant, Probe, ReloadLost, revokes
from infoscreen.processes.broker_saves import LISTENERS, SAVE_EVERY, BrokerSaves
from infoscreen.processes.broker_watch import BrokerWatch
from infoscreen.processes.certificates import CertificateWatch
from infoscreen.processes.duty import Duty
from infoscreen.processes.server_passwords import ServerPasswords
from infoscreen.services import broker_accounts

log = structlog.get_logger()

# Seconds.
LOOK_EVERY = 0.2
# A reload stalls the broker, for 30 ms with 1,000 accounts of 21 rules, 300 ms with 3,000 and 8 s with 10,000; changes
# that come faster go into one.
RELOAD_AT_MOST_EVERY = 1.0
PROOF_TAKES_AT_MOST = 30.0
START_AT_MOST_EVERY = 1.0
# Everything is compared this often even if no change was counted: a restored database may have the same count.
COMPARE_EVERY = 10.0
# How long a broker that was just started is not reloaded while sessions of the listener are still away.
LISTENER_PATIENCE = 60.0
SYNC_WITHIN = LISTENER_PATIENCE + PROOF_TAKES_AT_MOST


class SyncOutcome(StrEnum):
    """How far one synchronisation came."""

    PROVED = "proved"  # the broker was seen to follow the database
    WRITTEN = "written"  # the files are right; the broker does not run and takes them when it starts
    LATE = "late"


def run(app: App, stop: threading.Event) -> None:
    """Run the private broker until `stop` is set; it ends with the thread that called."""
    broker = private_broker(app.config)
    keeper = Keeper(app, broker)
    with broker.files.held():
        try:
            _keep(keeper, BrokerWatch(app, broker), BrokerSaves(broker), stop)
        finally:
            keeper.stop()


def watch(app: App, broker: KeptBroker, stop: threading.Event) -> None:
    """Keep a broker that runs as a service of its own equal to the database until `stop` is set."""
    with broker.files.held():
        _keep(Keeper(app, broker), BrokerWatch(app, broker), BrokerSaves(broker), stop)


def sync_once(app: App, broker: KeptBroker, within: float = SYNC_WITHIN) -> SyncOutcome:
    """Make the broker match the database. Who keeps its files already, here or in another process, does it."""
    try:
        with broker.files.held():
            return _sync_here(Keeper(app, broker), within)
    except BrokerFilesHeld:
        return sync_elsewhere(app, within)


def _sync_here(keeper: "Keeper", within: float) -> SyncOutcome:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        keeper.step()
        if keeper.is_proved:
            return SyncOutcome.PROVED
        if keeper.is_written and not keeper.is_broker_running:
            return SyncOutcome.WRITTEN
        time.sleep(LOOK_EVERY)
    return SyncOutcome.LATE


def sync_elsewhere(app: App, within: float = SYNC_WITHIN) -> SyncOutcome:
    """Ask the process that keeps the broker for a sync, and wait until it is done."""
    with app.work() as work:
        broker_accounts.ask_for_sync(work)
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        with app.reading() as work:
            wanted, applied = broker_accounts.sync_state(work)
        if applied >= wanted:
            return SyncOutcome.PROVED
        time.sleep(LOOK_EVERY)
    return SyncOutcome.LATE


def _keep(keeper: "Keeper", watch: BrokerWatch, saves: BrokerSaves, stop: threading.Event) -> None:
    duties = (
        Duty("broker_not_saved", saves.save_what_waits, at_most_every=SAVE_EVERY),
        Duty("refused_logins_not_counted", watch.look_at_logins),
        Duty("quiet_alerts_not_closed", watch.close_quiet),
        Duty("certificates_not_checked", watch.look_at_certificates),
    )
    while not stop.is_set():
        keeper.step()
        for duty in duties:
            duty.attempt()
        stop.wait(LOOK_EVERY)


class Keeper:
    """Carries every change of the database to the broker, and keeps a private broker running."""

    def __init__(self, app: App, broker: KeptBroker) -> None:
        self._app = app
        self._files = broker.files
        self._mosquitto = broker.mosquitto
        self._proof = broker.proof
        self._certificate = CertificateWatch(app)
        self._broker = broker
        self._server_passwords = ServerPasswords(app, broker)
        self._written: int | None = None
        self._content = 0
        self._looked_at = float("-inf")
        self._probe: Probe | None = None
        self._pid: int | None = None
        self._is_proved = False
        self._unproved_since = float("-inf")
        self._duties = (
            Duty("certificate_not_renewed", self._follow_certificate),
            Duty("broker_files_not_written", self._follow_database, at_most_every=RELOAD_AT_MOST_EVERY),
            Duty("broker_not_started", self._keep_running, at_most_every=START_AT_MOST_EVERY),
            Duty("broker_not_proved", self._prove),
            Duty("server_password_not_renewed", self._renew_password),
        )

    @property
    def is_proved(self) -> bool:
        """Whether the broker was seen to follow what was written last."""
        return self._is_proved

    @property
    def is_broker_running(self) -> bool:
        """Whether there is a broker to be told."""
        return self._mosquitto.is_running

    @property
    def is_written(self) -> bool:
        """Whether the files hold what the database said at the last look."""
        return self._written is not None and self._files.are_as_written()

    def step(self) -> None:
        """Do whatever is due."""
        self._mosquitto.read_log()
        if self._mosquitto.pid != self._pid:
            self._pid = self._mosquitto.pid
            self._expect_proof()
        for duty in self._duties:
            duty.attempt()

    def stop(self) -> None:
        """Stop the broker."""
        self._mosquitto.stop()

    def _expect_proof(self) -> None:
        self._is_proved, self._unproved_since = False, time.monotonic()

    def _follow_certificate(self) -> bool:
        if not self._certificate.has_changed():
            return False
        self._written = None  # with the accounts, the broker reads its certificate again
        return True

    def _follow_database(self) -> bool:
        if self._awaits_proof():
            return False
        with self._app.reading() as work:
            wanted, applied = broker_accounts.sync_state(work)
            followed = self._has_followed(wanted, applied)
            if followed and time.monotonic() < self._looked_at + COMPARE_EVERY:
                return False
            grants = broker_accounts.grants(work)
        self._looked_at = time.monotonic()
        if (followed and hash(tuple(grants)) == self._content) or self._waits_for_listener(grants):
            return False
        with self._app.work() as work:
            # A restored database may know other passwords of our own processes than they have.
            broker_accounts.register_server_accounts(work, self._broker.server_passwords)
            wanted, _ = broker_accounts.sync_state(work)
            grants = broker_accounts.grants(work)
        self._write(grants, wanted)
        return True

    def _write(self, grants: list[Grant], wanted: int) -> None:
        self._probe = self._files.write(grants)
        self._written, self._content = wanted, hash(tuple(grants))
        self._expect_proof()
        self._mosquitto.reload()
        log.info("broker_files_written", accounts=len(grants), change=wanted)

    def _has_followed(self, wanted: int, applied: int) -> bool:
        if self._written != wanted or not self._files.are_as_written():
            return False
        # Applied no more though it was: a database restored from a backup. A broker that is away takes the files later.
        return wanted <= applied if self._is_proved else not self._mosquitto.is_running

    def _awaits_proof(self) -> bool:
        # Whoever is busy reading the last files is not given the next ones; but a reload may also get lost.
        is_recent = time.monotonic() < self._unproved_since + PROOF_TAKES_AT_MOST
        return self._mosquitto.is_running and not self._is_proved and is_recent and self.is_written

    def _waits_for_listener(self, grants: list[Grant]) -> bool:
        """A reload loses what a restarted broker keeps for a session that is not back; a revocation is worth it."""
        if not self._mosquitto.is_running or self._mosquitto.running_for > LISTENER_PATIENCE:
            return False
        listeners = {grant.username for grant in grants if grant.username.startswith(LISTENERS)}
        return not listeners <= self._mosquitto.log.connected and not revokes(self._files.password_hashes(), grants)

    def _keep_running(self) -> bool:
        if self._mosquitto.is_running:
            return False
        self._mosquitto.start()
        log.info("broker_started", pid=self._mosquitto.pid)
        return True

    def _renew_password(self) -> bool:
        return self._is_proved and self._written is not None and self._server_passwords.renew_one(self._written)

    def _prove(self) -> bool:
        if self._is_proved or self._probe is None or self._written is None or not self._mosquitto.is_running:
            return False
        try:
            self._proof.prove(self._probe)
        except ReloadLost:
            self._mosquitto.reload()
            raise
        except BrokerIsOpen:
            self._mosquitto.stop()
            self._files.withdraw()
            raise
        with self._app.work() as work:
            broker_accounts.note_applied(work, self._written)
        self._is_proved = True
        return True
