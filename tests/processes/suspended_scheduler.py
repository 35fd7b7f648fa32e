"""A scheduler that writes down each time it publishes, as a process of its own; run by `test_leadership.py`."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from infoscreen.bootstrap import build_app
from infoscreen.config import load_config
from infoscreen.processes.cli.running import stop_on_signal
from infoscreen.processes.clock import utc_now
from infoscreen.processes.lead import Lead
from infoscreen.processes.scheduler import Scheduler, Signals
from infoscreen.services.ports import Message, Notice


class Diary:
    """In the broker's place: a line for each publish, with the lead it was made in and the machine's steady time."""

    is_connected = True

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self.lead: Lead | None = None

    def publish(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> None:
        term = self.lead._term if self.lead else None
        os.write(self._file, f"{time.monotonic()} {os.getpid()} {term}\n".encode())

    def publish_all(self, messages: Sequence[Message]) -> Sequence[bool]:
        return [True] * len(messages)

    def announce(self, notice: Notice) -> None:
        """Nobody listens."""


def main(data_dir: str, database_url: str, diary: str) -> None:
    # Everything again every second, so that whoever leads is heard all the time.
    settings = {"poll_interval_seconds": 1, "refresh_seconds": 1}
    config = load_config(data_dir=data_dir, db_conn=database_url, secret_key="k" * 40, **settings)
    bus = Diary(Path(diary))
    app = build_app(config, utc_now, bus)
    bus.lead = Lead(app)
    Scheduler(app, Signals(), bus.lead).run(stop_on_signal())


if __name__ == "__main__":
    main(*sys.argv[1:])
