"""What a process writes to standard error: one event per line, whoever logs and whatever happens."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

TALK = """
import logging, sys, threading
from pathlib import Path
import structlog
from infoscreen.config import load_config
from infoscreen.processes.logs import set_up_logs

set_up_logs(load_config(data_dir=Path(sys.argv[1])), "listener")
log = structlog.get_logger()
log.info("began", path=Path("/x"), text="two\\nlines")
log.debug("too_quiet")
try:
    1 / 0
except ZeroDivisionError as error:
    log.error("failed", exc_info=error)
logging.getLogger("a.library").warning("disk %s\\nis full", "sda")
logging.getLogger("a.library").info("too quiet")
def fail():
    log.info("in_thread")
    raise ValueError("nobody catches this")
thread = threading.Thread(target=fail, name="pass")
thread.start()
thread.join()
raise RuntimeError("the end")
"""


def said(tmp_path: Path, log_format: str) -> list[str]:
    environment = {"LOG_FORMAT": log_format, "PATH": "/usr/bin"}
    talk = [sys.executable, "-c", TALK, str(tmp_path)]
    return subprocess.run(talk, env=environment, cwd=tmp_path, capture_output=True, text=True).stderr.splitlines()


@pytest.fixture
def events(tmp_path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said(tmp_path, "json")]


def test_every_line_is_one_event_with_its_time_level_and_process(events: list[dict[str, Any]]) -> None:
    assert [event["event"] for event in events] == [
        "began",
        "failed",
        "disk sda\nis full",
        "in_thread",
        "uncaught_error",
        "uncaught_error",
    ]
    assert [event["level"] for event in events] == ["info", "error", "warning", "info", "critical", "critical"]
    for event in events:
        assert event["process"] == "listener"
        assert datetime.fromisoformat(event["timestamp"]).tzinfo is not None


def test_errors_carry_their_trace_within_the_line(events: list[dict[str, Any]]) -> None:
    assert "ZeroDivisionError" in events[1]["exception"]
    assert "nobody catches this" in events[4]["exception"]
    assert events[4]["thread"] == "pass"
    assert "the end" in events[5]["exception"]


def test_for_people_it_is_text(tmp_path: Path) -> None:
    lines = said(tmp_path, "text")
    assert "began" in lines[0]
    assert not any(line.startswith("{") for line in lines)
