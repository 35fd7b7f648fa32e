"""A listener that is killed between commit and confirmation, as a process of its own; run by `test_listener.py`."""

import os
import signal
import sys
import threading
from collections.abc import Iterable

from infoscreen.bootstrap import build_app
from infoscreen.broker_bootstrap import open_intake
from infoscreen.config import load_config
from infoscreen.processes.clock import utc_now
from infoscreen.processes.listener import listen
from infoscreen.services.ports import Received


def main(data_dir: str, port: str, database_url: str) -> None:
    config = load_config(data_dir=data_dir, mqtt_broker_port=int(port), db_conn=database_url)
    intake = open_intake(config, 1)

    def die(_messages: Iterable[Received]) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    intake.confirm = die  # type: ignore[method-assign, assignment]
    listen(build_app(config, utc_now, intake), intake, threading.Event())


if __name__ == "__main__":
    main(*sys.argv[1:])
