"""Real databases for tests: a SQLite file, or a database in a MariaDB that is started once and belongs to the tests."""

import itertools
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pymysql
import pytest
from pymysql.constants import CLIENT
from sqlalchemy import make_url

from ports import free_port
from waiting import eventually

_numbers = itertools.count(1)
_MARIADB_OPTIONS = (
    "--no-defaults",
    "--bind-address=127.0.0.1",
    "--skip-log-bin",
    "--performance-schema=OFF",
    "--innodb-buffer-pool-size=64M",
    "--innodb-log-file-size=16M",
    # Nobody pulls the plug of a test: what a killed server has written is in the machine's memory.
    "--innodb-flush-method=nosync",
    "--sync-frm=OFF",
    "--innodb-file-per-table=OFF",
    "--character-set-server=utf8mb4",
)


class MariaDb:
    """A MariaDB of the tests' own, on a free port, with its files in a directory of theirs."""

    def __init__(self, directory: Path, *, survives_kill: bool = False) -> None:
        self._directory = directory
        kept = int(survives_kill)
        self._safety = (f"--innodb-flush-log-at-trx-commit={kept}", f"--innodb-doublewrite={kept}")
        self.port = free_port()
        self._user = pwd.getpwuid(os.getuid()).pw_name
        self._child: subprocess.Popen[bytes] | None = None

    def install(self) -> None:
        """Make its system tables; on a busy machine its tool has failed once in a while, for no known reason."""
        options = [f"--datadir={self._directory}", f"--user={self._user}", "--auth-root-authentication-method=normal"]
        command = ["mariadb-install-db", "--no-defaults", "--skip-test-db", *options]
        for _ in range(3):
            tried = subprocess.run(command, capture_output=True, text=True, check=False)
            if tried.returncode == 0:
                return
            shutil.rmtree(self._directory, ignore_errors=True)
            self._directory.mkdir(exist_ok=True)
        raise AssertionError(f"mariadb-install-db failed: {tried.stdout[-1000:]}{tried.stderr[-1000:]}")

    def start(self) -> None:
        """Start it and wait until it answers."""
        places = [f"--datadir={self._directory}", f"--socket={self._directory / 's'}", f"--port={self.port}"]
        with (self._directory / "log").open("ab") as log:
            command = ["/usr/sbin/mariadbd", *_MARIADB_OPTIONS, *self._safety, *places, f"--user={self._user}"]
            self._child = subprocess.Popen(command, stdout=log, stderr=log)
        eventually(self._answers, timeout=60)

    def stop(self) -> None:
        """Kill it: nothing of it is needed any more, or the test wants to see just that."""
        if self._child:
            self._child.kill()
            self._child.wait()

    def new_database(self) -> str:
        """The address of an empty database.

        Without TLS, for which the driver loads every certificate authority of the machine for each connection.
        """
        name = f"test_{next(_numbers)}"
        with pymysql.connect(host="127.0.0.1", port=self.port, user="root", ssl_disabled=True) as connection:
            connection.cursor().execute(f"CREATE DATABASE {name}")
        return f"mysql+pymysql://root@127.0.0.1:{self.port}/{name}?charset=utf8mb4&ssl_disabled=true"

    def _answers(self) -> bool:
        assert self._child
        assert self._child.poll() is None, "MariaDB ended at once"
        with suppress(pymysql.OperationalError):
            pymysql.connect(host="127.0.0.1", port=self.port, user="root", ssl_disabled=True).close()
            return True
        return False


def dumped(url: str) -> str:
    """The statements that make another database like this one."""
    server = make_url(url)
    options = ["--no-defaults", "--skip-comments", "--skip-add-locks", "--skip-add-drop-table", "--user=root"]
    command = ["mariadb-dump", *options, f"--host={server.host}", f"--port={server.port}", str(server.database)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def restore(url: str, statements: str) -> None:
    """Run what `dumped` gave, in an empty database."""
    server = make_url(url)
    where: dict[str, Any] = {"host": server.host, "port": server.port, "database": server.database, "user": "root"}
    with pymysql.connect(**where, client_flag=CLIENT.MULTI_STATEMENTS, ssl_disabled=True) as connection:
        cursor = connection.cursor()
        cursor.execute(statements)
        while cursor.nextset():
            pass
        connection.commit()


@contextmanager
def running_mariadb(directory: Path, *, survives_kill: bool = False) -> Iterator[MariaDb]:
    """A server that runs until the block ends."""
    directory.mkdir(exist_ok=True)
    server = MariaDb(directory, survives_kill=survives_kill)
    server.install()
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def mariadb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MariaDb]:
    with running_mariadb(tmp_path_factory.mktemp("mariadb")) as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("mariadb", marks=pytest.mark.service)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind, one after the other."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    server: MariaDb = request.getfixturevalue("mariadb")
    return server.new_database()
