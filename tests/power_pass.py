"""The scheduler's power pass in a process of its own, some seconds ahead of time; run by the tests that kill it."""

import signal
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

from applications import configuration
from infoscreen.bootstrap import build_app
from infoscreen.processes.clock import utc_now
from infoscreen.processes.passes import Pass, running_passes
from infoscreen.processes.power_cycles import PowerCycles


def run(data_dir: Path, seconds_ahead: float) -> None:
    def clock() -> datetime:
        return utc_now() + timedelta(seconds=seconds_ahead)

    stop, cycles = threading.Event(), PowerCycles()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    app = build_app(configuration(data_dir), clock)
    with running_passes(app, stop, [Pass("power", 0.1, cycles.look, cycles.end)]):
        while not stop.wait(0.1):
            pass


if __name__ == "__main__":
    run(Path(sys.argv[1]), float(sys.argv[2]))
