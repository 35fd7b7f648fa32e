"""An application over a real database and disk, with a clock that tests set and a bus that remembers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from argon2 import PasswordHasher as Argon2
from sqlalchemy import Engine

from databases import dumped, restore
from infoscreen.adapters.passwords import Argon2Passwords
from infoscreen.bootstrap import App, build_app
from infoscreen.config import Config, load_config
from infoscreen.db import schema
from infoscreen.db.base import open_engine
from infoscreen.domain.errors import BusUnavailable
from infoscreen.services import settings
from infoscreen.services.notices import Notice
from infoscreen.services.ports import Message

# Real hashes, but not made to be slow.
QUICK_PASSWORDS = Argon2Passwords(Argon2(time_cost=1, memory_cost=8, parallelism=1))
# A Monday in the school year, 08:00 in Vienna.
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@dataclass
class Clock:
    """The time, as a test sets it."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **lengths: float) -> None:
        """Let time pass."""
        self.now += timedelta(**lengths)


@dataclass
class RememberingBus:
    """The broker's place: keeps retained messages, can be away."""

    is_connected: bool = True
    retained: dict[str, bytes] = field(default_factory=dict)
    sent: list[tuple[str, bytes]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def publish(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> None:
        if not self.is_connected:
            raise BusUnavailable
        self.sent.append((topic, payload))
        if retain:
            self.retained[topic] = payload

    def publish_all(self, messages: Sequence[Message]) -> Sequence[bool]:
        confirmed = []
        for message in messages:
            try:
                self.publish(message.topic, message.payload)
            except BusUnavailable:
                confirmed.append(False)
            else:
                confirmed.append(True)
        return confirmed

    def announce(self, notice: Notice) -> None:
        self.notices.append(notice)


def configuration(data_dir: Path, **given: object) -> Config:
    """A configuration that takes nothing from the machine's environment."""
    values = {"secret_key": "k" * 40, "public_base_url": "http://screens.example:8000"} | given
    return load_config(data_dir=data_dir, **values)


@cache
def _usual_configuration() -> Config:
    """To read the environment takes as long as all else that an application needs; two are read, and compared."""
    one, other = (configuration(Path("/", name), db_conn="sqlite:///" + name) for name in ("one", "other"))
    assert replace(one, data_dir=other.data_dir, database_url=other.database_url) == other
    return one


@cache
def _sqlite_at_this_version() -> bytes:
    """A migrated SQLite file: to copy it takes a tenth of the time that every migration takes."""
    with TemporaryDirectory() as directory:
        file = Path(directory, "test.db")
        engine = open_engine(f"sqlite:///{file}")
        schema.upgrade(engine)
        engine.dispose()
        return file.read_bytes()


_mariadb_at_this_version: list[str] = []


def _make_tables(database_url: str) -> None:
    """Give an empty database the tables of this version, by a copy of those that the migrations made."""
    if database_url.startswith("sqlite:///"):
        file = Path(database_url.removeprefix("sqlite:///"))
        if not file.exists():
            file.write_bytes(_sqlite_at_this_version())
    elif _mariadb_at_this_version:
        restore(database_url, _mariadb_at_this_version[0])
    else:
        engine = open_engine(database_url)
        schema.upgrade(engine)
        engine.dispose()
        _mariadb_at_this_version.append(dumped(database_url))


_first_engines: dict[str, Engine] = {}
_compiled: dict[object, object] = {}


def _share_statements(engine: Engine) -> None:
    """Let it use what the statements of earlier engines were compiled to, which takes longer than to run them."""
    engine.dialect = _first_engines.setdefault(engine.dialect.name, engine).dialect
    engine.update_execution_options(compiled_cache=_compiled)


def started_app(database_url: str, data_dir: Path, clock: Clock, bus: RememberingBus) -> App:
    """An application whose database is at this version and seeded."""
    _make_tables(database_url)
    config = replace(_usual_configuration(), data_dir=data_dir.resolve(), database_url=database_url)
    app = build_app(config, clock, bus)
    app.ports = replace(app.ports, passwords=QUICK_PASSWORDS)
    # Before: what a dialect knows of the first database, its name among it, is not true of another server's.
    app.upgrade_database()
    _share_statements(app.engine)
    with app.work() as work:
        settings.seed_settings(work)
    return app


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bus() -> RememberingBus:
    return RememberingBus()


@pytest.fixture
def app(database_url: str, tmp_path: Path, clock: Clock, bus: RememberingBus) -> Iterator[App]:
    """An application on each kind of database, one after the other."""
    app = started_app(database_url, tmp_path / "data", clock, bus)
    yield app
    app.engine.dispose()


@pytest.fixture
def app_on_sqlite(tmp_path: Path, clock: Clock, bus: RememberingBus) -> Iterator[App]:
    """An application on SQLite, for what does not depend on the kind of database."""
    app = started_app(f"sqlite:///{tmp_path / 'test.db'}", tmp_path / "data", clock, bus)
    yield app
    app.engine.dispose()
