"""`infoscreen up` is patient with a busy machine and a database that goes away, and says so where it is in vain."""

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import typer
from sqlalchemy.exc import OperationalError

from applications import configuration
from infoscreen.bootstrap import App
from infoscreen.processes import up
from infoscreen.processes.cli import up as command
from infoscreen.processes.up import Child, end, wait_until_ready
from ports import free_port
from waiting import eventually

SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]
DIES = [sys.executable, "-c", "raise SystemExit(1)"]


def program(name: str, command: list[str]) -> Child:
    return Child(name, lambda: subprocess.Popen(command))


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(up, "READY_WITHIN_SECONDS", 600)
    monkeypatch.setattr(up, "READY_WITHOUT_ONE_SECONDS", 0)


def test_children_that_run_are_given_their_time(tmp_path: Path) -> None:
    port, stop = free_port(), threading.Event()
    children = [program("api", SLEEPS), program("worker", SLEEPS)]
    found: list[bool] = []
    config = configuration(tmp_path, http_port=port)
    waiting = threading.Thread(target=lambda: found.append(wait_until_ready(config, children, stop)))
    waiting.start()
    try:
        eventually(lambda: all(child.process for child in children))
        assert found == []

        class Health(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_words: object) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", port), Health) as server:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
            eventually(lambda: found == [True], timeout=30)
            server.shutdown()
    finally:
        stop.set()
        waiting.join()
        end(children)


def test_a_child_that_dies_ends_the_patience(tmp_path: Path) -> None:
    children = [program("api", SLEEPS), program("listener", DIES)]
    try:
        assert not wait_until_ready(configuration(tmp_path, http_port=free_port()), children, threading.Event())
    finally:
        end(children)


def away(number: int) -> OperationalError:
    return OperationalError("SELECT 1", {}, Exception(number, "Lost connection to server during query"))


def test_a_database_that_goes_away_while_it_is_prepared_is_waited_for(
    app_on_sqlite: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[OperationalError | None] = [away(2013), away(1053), None]

    def prepare(_app: App) -> str:
        if error := answers.pop(0):
            raise error
        return "a password"

    monkeypatch.setattr(command, "prepare", prepare)
    monkeypatch.setattr(command, "DATABASE_AGAIN_SECONDS", 0.01)
    assert command._prepare(app_on_sqlite, threading.Event(), demo=False) == ("a password", None)


def test_a_database_that_refuses_ends_it_with_a_sentence(
    app_on_sqlite: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def prepare(_app: App) -> str:
        raise away(1142)

    monkeypatch.setattr(command, "prepare", prepare)
    with pytest.raises(typer.Exit) as ended:
        command._prepare(app_on_sqlite, threading.Event(), demo=False)
    assert ended.value.exit_code == 3
    assert "the database cannot be used: Lost connection" in capsys.readouterr().err
