"""A thousand devices at their real rates, for a while: what is lost, how late it is stored, what it takes.

    python bench/soak.py [seconds, default 60; the figures of docs/performance.md are of 600]

Each device sends health every 5 s, a heartbeat every 65 s, a picture every minute and a line of its log every minute;
the lines need confirmation. Then the database is killed under the load for a quarter of the time.
"""

import gc
import logging
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from queue import Empty
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parent))

import structlog
from flood import HOST, open_broker, uuid
from sqlalchemy import func, select
from thousand_devices import DEVICES, Devices

from databases import MariaDb, running_mariadb
from infoscreen.adapters.mqtt.intake import MqttIntake
from infoscreen.adapters.mqtt.login import Login
from infoscreen.bootstrap import App, build_app
from infoscreen.config import load_config
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.db.monitoring import ClientLog
from infoscreen.processes.clock import utc_now
from infoscreen.processes.listener import listen
from infoscreen.services.ports import Received

SETTLES_WITHIN_SECONDS = 60


class WatchedIntake(MqttIntake):
    """The listener's own intake; notes how long each message took from its arrival to its commit."""

    def __init__(self, login: Login) -> None:
        super().__init__(login)
        self.lags: list[float] = []
        self.taken = 0

    def confirm(self, messages: list[Received]) -> None:  # type: ignore[override]
        now = time.monotonic()
        super().confirm(messages)
        self.taken += len(messages)
        self.lags += [now - message.received_at for message in messages]


def run_listener(port: int, database_url: str, data_dir: str, reports: Any, stop: Any) -> None:
    """The listener in a process of its own; every two seconds it reports: messages, lags, MB, processor seconds."""
    gc.freeze()  # as the listener's process does
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    intake, ended = WatchedIntake(Login(HOST, port, "listener", "")), threading.Event()
    app = build_app(load_config(data_dir=Path(data_dir), db_conn=database_url), utc_now, intake)
    thread = threading.Thread(target=listen, args=(app, intake, ended))
    thread.start()
    while not stop.wait(2):
        lags, intake.lags = intake.lags, []
        reports.put((intake.taken, lags, resident_mb(), time.process_time(), intake.dropped))
    ended.set()
    thread.join()


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


class Watched:
    """What the listener's process reports."""

    def __init__(self, reports: Any) -> None:
        self._reports = reports
        self.lags: list[float] = []
        self.memory: list[float] = []
        self.taken = self.dropped = 0
        self.cpu = 0.0

    def read(self) -> None:
        """All of it: a queue between processes looks empty while something is still on its way."""
        with suppress(Empty):
            while True:
                self.taken, lags, memory, self.cpu, self.dropped = self._reports.get(timeout=0.5)
                self.lags += lags
                self.memory.append(memory)


def stored_lines(app: App) -> tuple[int, int]:
    """How many lines are stored, and how many different ones."""
    with app.reading() as work:
        counted = select(func.count(ClientLog.id), func.count(func.distinct(ClientLog.message)))
        every, different = work.session.execute(counted).one()
    return every, different


def add_clients(app: App) -> None:
    with app.work() as work:
        for number in range(DEVICES):
            client = Client(uuid=uuid(number), group_id=UNASSIGNED_ID, created_at=work.now - timedelta(days=1))
            client.state = ClientState()
            work.session.add(client)


def settle(devices: Devices, watched: Watched, app: App) -> None:
    """Wait until every line is stored and every message taken, or for as long as what is missing then is lost."""
    deadline = time.monotonic() + SETTLES_WITHIN_SECONDS
    while time.monotonic() < deadline:
        watched.read()
        if watched.taken + watched.dropped >= devices.sent and stored_lines(app)[1] == devices.lines:
            break


def soak(seconds: float, directory: Path, port: int, server: MariaDb) -> None:
    url = server.new_database()
    app = build_app(load_config(data_dir=directory, db_conn=url), utc_now)
    app.upgrade_database()
    add_clients(app)
    reports, stop = multiprocessing.Queue(), multiprocessing.Event()
    arguments = (port, url, str(directory), reports, stop)
    listener = multiprocessing.Process(target=run_listener, args=arguments, daemon=True)
    listener.start()
    time.sleep(3)
    devices, watched = Devices(port), Watched(reports)
    try:
        under_load(seconds, devices, watched, app)
        without_database(seconds / 4, devices, watched, app, server)
    finally:
        stop.set()
        listener.join(20)
        listener.kill()


def under_load(seconds: float, devices: Devices, watched: Watched, app: App) -> None:
    devices.run(5)
    watched.read()
    watched.lags.clear()
    watched.memory.clear()
    before, load = watched.cpu, os.getloadavg()[0]
    devices.run(seconds)
    settle(devices, watched, app)
    watched.read()
    tell("1,000 devices", seconds, devices, watched, app, before)
    print(
        f"load of the machine (two cores, with all that is measured): {load:.1f} → {os.getloadavg()[0]:.1f}\n",
        flush=True,
    )


def without_database(seconds: float, devices: Devices, watched: Watched, app: App, server: MariaDb) -> None:
    calm = watched.memory[-1]
    watched.memory.clear()
    server.stop()
    devices.run(seconds)
    watched.read()
    most = max(watched.memory, default=calm)
    server.start()
    settle(devices, watched, app)
    watched.read()
    print(f"database away for {seconds:.0f} s: memory {calm:.0f} → {most:.0f} MB at most, dropped {watched.dropped}")
    tell_lines(devices, app)


def tell_lines(devices: Devices, app: App) -> None:
    every, different = stored_lines(app)
    lost, doubled = devices.lines - different, every - different
    print(f"lines with confirmation sent {devices.lines}, stored {every}, lost {lost}, doubled {doubled}", flush=True)


def tell(name: str, seconds: float, devices: Devices, watched: Watched, app: App, cpu_before: float) -> None:
    p99 = statistics.quantiles(watched.lags, n=100)[98]
    fifth = max(1, len(watched.memory) // 5)
    early, late = statistics.median(watched.memory[:fifth]), statistics.median(watched.memory[-fifth:])
    cpu = (watched.cpu - cpu_before) / seconds
    print(f"{name}, {seconds:.0f} s: {devices.sent} messages, {watched.taken} stored, {watched.dropped} dropped")
    tell_lines(devices, app)
    print(
        f"arrival to commit: median {1000 * statistics.median(watched.lags):.0f} ms, p99 {1000 * p99:.0f} ms,"
        f" worst {1000 * max(watched.lags):.0f} ms"
    )
    print(
        f"processor {100 * cpu:.0f} % of a core; memory {watched.memory[0]:.0f} MB at the start, {early:.0f} MB in the"
        f" first fifth, {late:.0f} MB in the last, {max(watched.memory):.0f} MB at most"
    )


def main(seconds: float) -> None:
    with (
        tempfile.TemporaryDirectory() as name,
        open_broker(Path(name)) as port,
        running_mariadb(Path(name) / "mariadb", survives_kill=True) as server,
    ):
        soak(seconds, Path(name), port, server)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0)
