"""Pictures come while listener, broker and database are killed: whole ones are read, and in the end all are known."""

import json
import threading
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Self

import pytest
from PIL import Image

from brokers import Installation, Peer, kill_mosquitto, running_broker
from databases import running_mariadb
from infoscreen.adapters.screenshot_store import KEPT_PER_CLIENT, DiskScreenshotStore
from infoscreen.db.clients import ClientState
from infoscreen.services.broker_accounts import Credentials
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from listener_processes import ListenerProcess, begin_session
from listening import School, add_screen, picture
from waiting import eventually

pytestmark = [pytest.mark.service, pytest.mark.timeout(600)]

SCREENS = [f"{number:08x}-0000-4000-8000-0000000000af" for number in range(0x1000, 0x1003)]
COLORS = ("navy", "olive", "teal", "maroon", "purple")


class Busy:
    """Something that goes on in a thread of its own until the block ends."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        raise NotImplementedError


class Cameras(Busy):
    """Screens that send a picture after the other, each of another size, until the test has seen enough."""

    def __init__(self, broker: Installation, accounts: dict[str, Credentials]) -> None:
        super().__init__()
        self._broker, self._accounts = broker, accounts
        self._number = 0

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._send()
            except (OSError, AssertionError):  # the broker is away
                self._stop.wait(0.2)

    def _send(self) -> None:
        peers = {uuid: self._broker.connect(each.username, each.password) for uuid, each in self._accounts.items()}
        try:
            while not self._stop.wait(0.05) and all(peer.is_connected for peer in peers.values()):
                self._number += 1
                for uuid, peer in peers.items():
                    take_picture(peer, uuid, self._number)
        finally:
            for peer in peers.values():
                peer.close()


def take_picture(peer: Peer, uuid: str, number: int) -> None:
    kind = "event_start" if number % 5 == 0 else "periodic"
    data = picture((64 + number % 200, 36), COLORS[number % len(COLORS)], "JPEG")
    shot = {"data": data, "timestamp": "2026-11-23T09:00:00Z", "screenshot_type": kind}
    peer.send(topics.report(uuid, ReportKind.SCREENSHOT), json.dumps(shot))


class Reader(Busy):
    """Reads every picture again and again, as open pages do, and keeps those that are not whole."""

    def __init__(self, directory: Path) -> None:
        super().__init__()
        self.broken: list[str] = []
        self.whole = 0
        self._directory = directory

    def _run(self) -> None:
        while not self._stop.is_set():
            for path in self._directory.glob("*.jpg"):
                self._look(path)
            self._stop.wait(0.01)

    def _look(self, path: Path) -> None:
        try:
            content = path.read_bytes()
        except FileNotFoundError:  # the twenty-first
            return
        try:
            Image.open(BytesIO(content)).load()
            self.whole += 1
        except OSError:
            self.broken.append(path.name)


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running_broker(tmp_path_factory.mktemp("broker")) as broker:
        yield broker


@pytest.fixture(scope="module")
def accounts(broker: Installation) -> dict[str, Credentials]:
    made = {uuid: broker.add_device(uuid) for uuid in SCREENS}
    last = made[SCREENS[-1]]
    eventually(lambda: broker.can_connect(last.username, last.password), 60)
    return made


@pytest.fixture(params=["sqlite", "mariadb"])
def killable(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """A database's address, and what kills it and starts it again; SQLite dies with the process that uses it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}", lambda: None
        return
    with running_mariadb(tmp_path / "mariadb", survives_kill=True) as server:

        def restart() -> None:
            server.stop()
            server.start()

        yield server.new_database(), restart


def state(school: School, uuid: str) -> ClientState:
    with school.app.reading() as work:
        return work.session.get_one(ClientState, uuid)


def has_newer(school: School, than: list[ClientState]) -> bool:
    taken = [
        (state(school, uuid).screenshot_at, before.screenshot_at) for uuid, before in zip(SCREENS, than, strict=True)
    ]
    return all(now and (before is None or now > before) for now, before in taken)


def wait_for_more(school: School) -> None:
    eventually(partial(has_newer, school, [state(school, uuid) for uuid in SCREENS]), 45)


def test_no_picture_is_ever_half_there_and_none_stays_that_nobody_knows_of(
    broker: Installation,
    accounts: dict[str, Credentials],
    killable: tuple[str, Callable[[], None]],
    tmp_path: Path,
) -> None:
    url, restart_database = killable
    school = School(url, tmp_path)
    for uuid in SCREENS:
        add_screen(school.app, uuid)
    begin_session(broker)
    directory = broker.app.config.data_dir / "screenshots"
    listener = ListenerProcess(broker, school.app.engine.url.render_as_string(hide_password=False))
    with listener, Reader(directory) as reader:
        with Cameras(broker, accounts):
            for disturb in (
                listener.kill,
                restart_database,
                partial(kill_mosquitto, broker),
                listener.kill,
            ):
                wait_for_more(school)
                disturb()
                if listener.process.returncode is not None:
                    listener.start()
            wait_for_more(school)  # what is sent while nobody listens is lost, the last pictures too
            eventually(partial(are_all_kept, DiskScreenshotStore(directory)), 90)
        take_last_pictures(broker, accounts)
    assert reader.whole
    assert reader.broken == []
    for uuid in SCREENS:
        check(school, directory, uuid)


def take_last_pictures(broker: Installation, accounts: dict[str, Credentials]) -> None:
    """One more of each, and nothing after it."""
    for uuid, account in accounts.items():
        with broker.connect(account.username, account.password) as peer:
            take_picture(peer, uuid, 1)
            peer.hear_out()


def are_all_kept(store: DiskScreenshotStore) -> bool:
    return all(len(store.history(uuid)) == KEPT_PER_CLIENT for uuid in SCREENS)


def check(school: School, directory: Path, uuid: str) -> None:
    """That what the row says is the latest is the latest, and that every file is one that somebody knows of."""
    store = DiskScreenshotStore(directory)
    latest = directory / f"{uuid}.jpg"
    eventually(lambda: sha256(latest.read_bytes()).hexdigest() == state(school, uuid).screenshot_hash, 60)
    kept = [each.name for each in store.history(uuid)]
    assert len(kept) == KEPT_PER_CLIENT
    files = {path.name for path in directory.glob(f"{uuid}*")}
    assert files == {latest.name, f"{uuid}_priority.jpg", f"{uuid}_meta.json", *kept}
