"""A database that is away when something starts is waited for; one that refuses ends it with a sentence."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pymysql
import pytest

from databases import MariaDb
from ports import free_port
from waiting import eventually

PROGRAM = Path(sys.executable).with_name("infoscreen")
ADDRESS = "mysql+pymysql://root:secret@127.0.0.1:{port}/screens"


def command(tmp_path: Path, port: int, *words: str) -> tuple[list[str], dict[str, str]]:
    environment = os.environ | {"DB_CONN": ADDRESS.format(port=port), "DATA_DIR": str(tmp_path / "data")}
    return [str(PROGRAM), *words], environment


@contextmanager
def started(tmp_path: Path, port: int, *words: str) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    words_and_environment, log = command(tmp_path, port, *words), tmp_path / "log"
    with log.open("wb") as file:
        child = subprocess.Popen(words_and_environment[0], env=words_and_environment[1], stdout=file, stderr=file)
    try:
        yield child, log
    finally:
        child.kill()
        child.wait()


@pytest.mark.parametrize("words", [["up", "--http-port", "{http}", "--mqtt-port", "{mqtt}"], ["scheduler"]])
def test_what_is_to_run_waits_says_so_once_and_can_be_stopped(tmp_path: Path, words: list[str]) -> None:
    given = [word.format(http=free_port(), mqtt=free_port()) for word in words]
    with started(tmp_path, free_port(), *given) as (child, log):
        eventually(lambda: b"waiting for it" in log.read_bytes(), timeout=60)
        assert child.poll() is None
        child.terminate()
        child.wait(10)
        text = log.read_text()
    assert text.count("waiting for it") == 1
    assert "Traceback" not in text
    assert "secret" not in text


@pytest.mark.parametrize("words", [["db", "check"], ["user", "create", "somebody", "--password", "long enough"]])
def test_an_operators_task_ends_with_a_sentence_and_exit_code_3(tmp_path: Path, words: list[str]) -> None:
    arguments, environment = command(tmp_path, free_port(), *words)
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert "the database cannot be used" in done.stderr


def test_up_with_one_account_for_all_processes_of_a_broker_of_its_own_is_told_and_ends(tmp_path: Path) -> None:
    environment = {"MQTT_BROKER_HOST": "127.0.0.1", "MQTT_USER": "infoscreen-server-api-1", "MQTT_PASSWORD": "x" * 32}
    arguments = [str(PROGRAM), "up", "--data-dir", str(tmp_path / "data")]
    done = subprocess.run(
        arguments, env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, "one by one" in done.stderr, done.stderr.count("\n")) == (4, True, 1)


@pytest.mark.service
def test_a_process_goes_on_as_soon_as_mariadb_is_there_and_gives_up_where_it_is_refused(tmp_path: Path) -> None:
    directory = tmp_path / "mariadb"
    directory.mkdir()
    server = MariaDb(directory)
    server.install()
    with started(tmp_path, server.port, "scheduler") as (child, log):
        eventually(lambda: b"waiting for it" in log.read_bytes(), timeout=60)
        server.start()
        try:
            # Root has no password here: the database refuses, and that is no reason to wait.
            assert child.wait(60) == 3
            assert "Access denied" in log.read_text()
            with closing(pymysql.connect(host="127.0.0.1", port=server.port, user="root")) as connection:
                connection.cursor().execute("SET PASSWORD FOR root@localhost = PASSWORD('secret')")
            with started(tmp_path, server.port, "scheduler") as (second, _):
                assert second.wait(60) == 3
            assert "Unknown database" in log.read_text()
        finally:
            server.stop()
