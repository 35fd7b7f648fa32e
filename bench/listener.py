"""How many health messages a second the listener takes from a real broker into a real database.

    python bench/listener.py [seconds a way, default 6]

Against the same library only counting (the ceiling), against our own connection only counting (as it reads messages by
itself, the listener may get above that ceiling), and against the usual way: a session and a commit for each.
In one run, on SQLite and on MariaDB, from 1,000 and from 10,000 devices; what counts is the ratio. Then how long a
message takes to its commit, at full load and at 2,000 a second.
"""

import gc
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parent))

from flood import HOST, Flood, open_broker, uuid
from paho.mqtt.client import Client as Paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session

from databases import running_mariadb
from infoscreen.adapters.mqtt.intake import MqttIntake
from infoscreen.adapters.mqtt.login import Login
from infoscreen.adapters.mqtt.read_ahead import ReadAheadClient
from infoscreen.bootstrap import App, build_app
from infoscreen.config import load_config
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.processes.clock import utc_now
from infoscreen.processes.listener import listen
from infoscreen.services.ports import Received
from infoscreen_wire import topics
from infoscreen_wire.payloads.from_device import Health
from infoscreen_wire.topics import ReportKind

ROUNDS = 3
WARM_UP_SECONDS = 2.5
STEADY_RATE = 2_000
HEALTH = topics.report_filter(ReportKind.HEALTH)
Way = Callable[["Site", Flood], Iterator[None]]


@dataclass
class Site:
    """A broker's port and an application on an empty database with 10,000 clients."""

    port: int
    app: App

    @property
    def is_sqlite(self) -> bool:
        return self.app.engine.dialect.name == "sqlite"


class WatchedIntake(MqttIntake):
    """The listener's own intake; notes what is committed, and how long it took from its arrival."""

    def __init__(self, login: Login, flood: Flood) -> None:
        super().__init__(login)
        self.flood = flood
        self.lags: list[float] = []

    def confirm(self, messages: Sequence[Received]) -> None:
        now = time.monotonic()
        super().confirm(messages)
        self.flood.taken(len(messages))
        self.lags += [now - message.received_at for message in messages[:: max(1, len(messages) // 100)]]


@contextmanager
def counting(site: Site, flood: Flood) -> Iterator[list[float]]:
    """The ceiling: the same library and protocol, and nothing done."""
    client = paho()
    client.on_message = lambda _client, _userdata, _message: flood.taken(1)
    with subscribed(client, site.port):
        yield []


@contextmanager
def counting_ahead(site: Site, flood: Flood) -> Iterator[list[float]]:
    """The listener's own connection, and nothing done."""
    client = ReadAheadClient(
        CallbackAPIVersion.VERSION2,
        "bench",
        protocol=MQTTProtocolVersion.MQTTv311,
        on_messages=lambda messages: flood.taken(len(messages)),
    )
    with subscribed(client, site.port):
        yield []


@contextmanager
def listener(site: Site, flood: Flood) -> Iterator[list[float]]:
    """The product: validation, batches, confirmation after the commit, metrics."""
    intake, stop = WatchedIntake(Login(HOST, site.port, "listener", ""), flood), threading.Event()
    thread = threading.Thread(target=listen, args=(site.app, intake, stop))
    thread.start()
    try:
        yield intake.lags
    finally:
        stop.set()
        thread.join()


@contextmanager
def usual_way(site: Site, flood: Flood) -> Iterator[list[float]]:
    """What is usually written: validate, load the row, change it, commit; the database as it is by default."""
    engine = create_engine(site.app.engine.url)
    if site.is_sqlite:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")

    def store(_client: Paho, _userdata: object, message: object) -> None:
        topic, payload = message.topic, message.payload  # type: ignore[attr-defined]
        health = Health.model_validate_json(payload)
        assert health.actual_state
        with Session(engine) as session:
            state = session.get_one(ClientState, topic.split("/")[1])
            state.last_alive = state.last_health = utc_now()
            state.process_status, state.process_pid = health.actual_state.status, health.actual_state.pid
            state.current_process, state.boot_id = health.actual_state.process, health.boot_id
            session.commit()
        flood.taken(1)

    client = paho()
    client.on_message = store
    with subscribed(client, site.port):
        yield []
    engine.dispose()


def paho() -> Paho:
    return Paho(CallbackAPIVersion.VERSION2, "bench", protocol=MQTTProtocolVersion.MQTTv311)


@contextmanager
def subscribed(client: Paho, port: int) -> Iterator[None]:
    client.on_connect = lambda connected, *_rest: connected.subscribe(HEALTH, 0)
    client.connect(HOST, port)
    client.loop_start()
    yield
    client.disconnect()
    client.loop_stop()


WAYS = {
    "counting only": counting,
    "counting, our connection": counting_ahead,
    "listener": listener,
    "usual way": usual_way,
}


@dataclass(frozen=True)
class Figures:
    """Messages a second, processor microseconds a message, and seconds from arrival to commit."""

    rate: float
    cpu: float
    lags: Sequence[float] = ()

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.lags, n=100)[98] if len(self.lags) > 1 else 0.0


def measure(site: Site, way: str, devices: int, seconds: float, rate: int = 0) -> Figures:
    under_way = 1_000 if way == "usual way" else 20_000
    with Flood(site.port, devices, rate, under_way) as flood, WAYS[way](site, flood) as lags:
        flood.begin()
        time.sleep(WARM_UP_SECONDS)
        lags.clear()
        begun, taken, cpu = time.monotonic(), flood.total, time.process_time()
        time.sleep(seconds)
        number, spent = flood.total - taken, time.process_time() - cpu
        figures = Figures(number / (time.monotonic() - begun), 1e6 * spent / max(1, number), list(lags))
        flood.end()
        assert flood.lost == 0, f"{flood.lost} messages were lost"
    return figures


def compare(site: Site, devices: int, seconds: float) -> None:
    """All ways in turns, so that what else the machine does hits all; the median of the rounds."""
    found: dict[str, list[Figures]] = {way: [] for way in WAYS}
    for _ in range(ROUNDS):
        for way, figures in found.items():
            figures.append(measure(site, way, devices, seconds))
    middle = {way: sorted(figures, key=lambda each: each.rate)[ROUNDS // 2] for way, figures in found.items()}
    ceiling, usual = middle["counting only"].rate, middle["usual way"].rate
    for way, each in middle.items():
        lag = f"{1000 * each.p99:.0f} ms" if each.lags else ""
        print(
            f"| {site.app.engine.dialect.name}, {devices:,} | {way} | {each.rate:,.0f} | {each.rate / ceiling:.2f} |"
            f" {each.rate / usual:.1f} | {each.cpu:.0f} µs | {lag} |",
            flush=True,
        )


def steady(site: Site, seconds: float) -> None:
    figures = measure(site, "listener", 1_000, seconds, STEADY_RATE)
    p50 = statistics.median(figures.lags)
    name = site.app.engine.dialect.name
    print(f"\n{name}, {figures.rate:,.0f} a second: to commit {1000 * p50:.0f} ms, p99 {1000 * figures.p99:.0f} ms")
    print(f"{figures.cpu:.0f} µs of processor time a message\n", flush=True)


def add_clients(app: App, number: int) -> None:
    uuids = [uuid(each) for each in range(number)]
    with app.work() as work:
        common = {"group_id": UNASSIGNED_ID, "created_at": work.now}
        work.session.execute(insert(Client), [{"uuid": each, **common} for each in uuids])
        work.session.execute(insert(ClientState), [{"client_uuid": each} for each in uuids])


def run(port: int, database_url: str, directory: Path, seconds: float) -> None:
    app = build_app(load_config(data_dir=directory, db_conn=database_url), utc_now)
    app.upgrade_database()
    add_clients(app, 10_000)
    site = Site(port, app)
    gc.freeze()  # as the listener's process does
    print("\n| database, devices | | messages/s | × counting | × usual way | CPU a message | to commit, p99 |")
    print("|---|---|---|---|---|---|---|")
    for devices in (1_000, 10_000):
        compare(site, devices, seconds)
    steady(site, seconds)
    app.engine.dispose()


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as name, open_broker(Path(name)) as port:
        directory = Path(name)
        run(port, f"sqlite:///{directory / 'bench.db'}", directory, seconds)
        with running_mariadb(directory / "mariadb", survives_kill=True) as server:
            run(port, server.new_database(), directory, seconds)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 6.0)
