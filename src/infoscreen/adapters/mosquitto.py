"""Runs a private Mosquitto as a child: start, reload, stop. What it is told is in `domain/mosquitto_configuration.py`.

Accounts and rules are in the files of `broker_files.py`; `broker_proof.py` sees whether they are followed.
"""

import os
import pwd
import resource
import shutil
import signal
import subprocess
import threading
import time
from collections import deque
from pathlib import Path
from socket import SO_REUSEADDR, SOL_SOCKET, create_connection, socket

import structlog

from infoscreen.domain.broker_accounts import BrokerNotStarted
from infoscreen.domain.broker_log import BrokerLog
from infoscreen.domain.mosquitto_configuration import Listeners, TlsFiles, configuration

log = structlog.get_logger()

OPEN_FILES = 65_536
# Seconds. A start takes 50 ms; one that takes longer, because of a large database, goes on in the background.
START_WITHIN = 3.0
STOP_WITHIN = 4.0
ANSWER_WITHIN = 1.0
LOOK_EVERY = 0.01
# What the broker says before it gives up on its own database.
BROKEN_DATABASE = "Couldn't open database"
HINT = "Debian starts one of its own on 1883: end that (systemctl disable --now mosquitto), or set MQTT_BROKER_PORT."


class Mosquitto:
    """One private broker, from its configuration to its end; with `tls`, only `plain_port` goes without."""

    def __init__(
        self, directory: Path, host: str, port: int, *, tls: TlsFiles | None = None, plain_port: int | None = None
    ) -> None:
        self._directory = directory
        self._listeners = Listeners(host, port, tls, plain_port)
        self._configuration_file = directory / "mosquitto.conf"
        self._child: subprocess.Popen[str] | None = None
        self._last_lines: deque[str] = deque(maxlen=10)
        self._started_at = 0.0
        self.log = BrokerLog()

    @property
    def is_running(self) -> bool:
        """Whether the child lives."""
        return self._child is not None and self._child.poll() is None

    @property
    def pid(self) -> int | None:
        """Process id of the child, if it lives."""
        return self._child.pid if self._child and self.is_running else None

    @property
    def running_for(self) -> float:
        """Seconds since it started; 0 while it does not run."""
        return time.monotonic() - self._started_at if self.is_running else 0.0

    def read_log(self) -> None:
        """Nothing to do: what it says is taken in as it comes."""

    def check(self) -> None:
        """See whether it could start: the program is there and its ports are free. Raises `BrokerNotStarted`."""
        _program()
        for port in self._listeners.ports:
            _check_port(self._listeners.host, port)

    def start(self) -> None:
        """Start it and wait until it listens; a database it cannot read is moved aside. Raises `BrokerNotStarted`."""
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        user = pwd.getpwuid(os.getuid()).pw_name
        self._configuration_file.write_text(configuration(self._directory, user, self._listeners), "utf-8")
        self._move_broken_database_aside()
        self.check()
        self._launch()
        if self._move_broken_database_aside():
            self._launch()
        if not self.is_running:
            raise BrokerNotStarted("Mosquitto ended at once: " + " ".join(self._last_lines))

    def reload(self) -> None:
        """Make it read accounts and rules again; connections that may stay do."""
        if self._child and self.is_running:
            self._child.send_signal(signal.SIGHUP)

    def save(self) -> None:
        """Make it write what it keeps to its database now."""
        if self._child and self.is_running:
            self._child.send_signal(signal.SIGUSR1)

    def stop(self) -> None:
        """End it in good order, its database written; by force when that takes too long."""
        if self._child is None:
            return
        self._child.terminate()
        try:
            self._child.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child = None

    def _launch(self) -> None:
        # It ends with this process, however that ends, but only by our will: a Ctrl-C in the terminal is not for it.
        command = ["setpriv", "--pdeathsig", "TERM", _program(), "-c", str(self._configuration_file)]
        self._child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
        self._started_at = time.monotonic()
        _raise_open_files(self._child.pid)
        self._last_lines.clear()
        reader = threading.Thread(target=self._pass_on, args=(self._child,), daemon=True)
        reader.start()
        self._wait_until_it_listens()
        if not self.is_running:
            reader.join(ANSWER_WITHIN)

    def _wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + START_WITHIN
        while self.is_running and time.monotonic() < deadline:
            try:
                create_connection((self._listeners.host, self._listeners.port), ANSWER_WITHIN).close()
                return
            except OSError:
                time.sleep(LOOK_EVERY)

    def _pass_on(self, child: subprocess.Popen[str]) -> None:
        assert child.stderr  # noqa: S101 - it was asked for
        for line in child.stderr:
            self._last_lines.append(line.strip())
            if not self.log.read(line):
                log.warning("mosquitto_says", line=line.strip())

    def _move_broken_database_aside(self) -> bool:
        if self.is_running or not any(BROKEN_DATABASE in line for line in self._last_lines):
            return False
        database = self._directory / "mosquitto.db"
        aside = database.with_name("mosquitto.db.broken")
        database.replace(aside)
        log.error("broker_database_broken", moved_to=str(aside))
        return True


def _check_port(host: str, port: int) -> None:
    with socket() as trial:
        trial.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            # A foreign broker on the port would answer in place of ours.
            trial.bind((host, port))
        except OSError as error:
            raise BrokerNotStarted(f"Mosquitto cannot listen on {host}:{port}: {error.strerror}. {HINT}") from error


def _program() -> str:
    # Debian keeps it where only root's PATH looks.
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    program = shutil.which("mosquitto", path=places)
    if program is None:
        raise BrokerNotStarted("Mosquitto is missing: install the Debian package “mosquitto”.")
    return program


def _raise_open_files(pid: int) -> None:
    """Let a process hold a connection for every device; the usual limit of 1,024 ends at 1,017 devices."""
    _, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    allowed = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (allowed, hard))
