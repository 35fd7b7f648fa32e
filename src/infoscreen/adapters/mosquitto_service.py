"""A Mosquitto that somebody else runs (systemd, a container): found by its pid file, read through its log file.

One that this installation runs itself is in `mosquitto.py`; both are asked the same.
"""

import os
import signal
from pathlib import Path

import structlog

from infoscreen.domain.broker_accounts import BrokerNotStarted
from infoscreen.domain.broker_log import BrokerLog

log = structlog.get_logger()

# What is read at the first look: enough for the start of a broker with thousands of devices.
READ_AT_MOST = 4 * 1024 * 1024


class MosquittoService:
    """The broker of a pid file."""

    def __init__(self, pid_file: Path, log_file: Path | None = None) -> None:
        self._pid_file = pid_file
        self._log_file = _Followed(log_file) if log_file else None
        self.log = BrokerLog()

    @property
    def is_running(self) -> bool:
        """Whether the process of the pid file lives and is a Mosquitto."""
        return self.pid is not None

    @property
    def pid(self) -> int | None:
        """Process id of the broker, if it lives; another program that has the number meanwhile does not count."""
        try:
            pid = int(self._pid_file.read_text())
            return pid if Path(f"/proc/{pid}/comm").read_text().startswith("mosquitto") else None
        except (OSError, ValueError):
            return None

    @property
    def running_for(self) -> float:
        """Seconds since it started; 0 while it does not run."""
        try:
            started = int(Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()[19])
            uptime = float(Path("/proc/uptime").read_text().split()[0])
            return uptime - started / os.sysconf("SC_CLK_TCK")
        except OSError:
            return 0.0

    def start(self) -> None:
        """Say that it does not run: starting it is not ours. Raises `BrokerNotStarted`."""
        raise BrokerNotStarted(f"No Mosquitto runs under {self._pid_file}; start its service.")

    def reload(self) -> None:
        """Make it read accounts and rules again."""
        if pid := self.pid:
            os.kill(pid, signal.SIGHUP)

    def save(self) -> None:
        """Make it write what it keeps to its database now."""
        if pid := self.pid:
            os.kill(pid, signal.SIGUSR1)

    def stop(self) -> None:
        """End it: better no broker than an open one. Its service starts it again, with the files as they then are."""
        if pid := self.pid:
            log.error("broker_stopped", pid=pid)
            os.kill(pid, signal.SIGTERM)

    def read_log(self) -> None:
        """Take in what it has logged since this was asked last."""
        if self._log_file:
            for line in self._log_file.new_lines():
                self.log.read(line)


class _Followed:
    """A file that grows and is replaced by logrotate."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._inode = 0
        self._offset = 0
        self._rest = b""
        self._is_readable = True

    def new_lines(self) -> list[str]:
        try:
            with self._path.open("rb") as file:
                status = os.fstat(file.fileno())
                if status.st_ino != self._inode or status.st_size < self._offset:
                    self._inode, self._rest = status.st_ino, b""
                    self._offset = max(0, status.st_size - READ_AT_MOST)
                file.seek(self._offset)
                read = file.read(READ_AT_MOST)
                self._offset = file.tell()
        except OSError as error:
            if self._is_readable:
                log.warning("broker_log_unreadable", error=str(error))
            self._is_readable = False
            return []
        self._is_readable = True
        *lines, self._rest = (self._rest + read).split(b"\n")
        return [line.decode("utf-8", "replace") for line in lines]
