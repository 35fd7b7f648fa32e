"""Puts a process together: the configuration, the database and the adapters behind the ports."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

import structlog
from sqlalchemy.exc import DBAPIError

from infoscreen.adapters.disk_store import DiskStore
from infoscreen.adapters.gotenberg import Gotenberg
from infoscreen.adapters.libreoffice import LibreOffice
from infoscreen.adapters.no_bus import NoBus
from infoscreen.adapters.notifier import TargetNotifier
from infoscreen.adapters.passwords import Argon2Passwords
from infoscreen.adapters.power_switches import open_power_switch
from infoscreen.adapters.probe import FileProbe
from infoscreen.adapters.queue import HueyQueue, open_queue
from infoscreen.adapters.screenshot_store import DiskScreenshotStore
from infoscreen.adapters.seal import KeyedSeal
from infoscreen.config import Config
from infoscreen.db import failures, schema
from infoscreen.db.base import READ_ONLY, open_engine, session_factory
from infoscreen.domain.access import SYSTEM, Actor
from infoscreen.services.file_ports import Converter
from infoscreen.services.notices import Announcer
from infoscreen.services.ports import Bus, Ports
from infoscreen.services.work import Work

log = structlog.get_logger()

Clock = Callable[[], datetime]


class DatabaseUnusable(Exception):
    """The database does not answer, and may soon (`is_away`), or it refuses; the text is its own."""

    def __init__(self, error: DBAPIError) -> None:
        super().__init__(failures.reason(error))
        self.is_away = failures.is_away(error)


class BusConnection(Bus, Announcer, Protocol):
    """The connection a process speaks to the broker through."""


class App:
    """One process's way to the database and to everything outside; `clock` gives the instant, in UTC."""

    def __init__(self, config: Config, ports: Ports, clock: Clock) -> None:
        self.config = config
        self.ports = ports
        self.clock = clock
        self.engine = open_engine(config.database_url)
        self._sessions = session_factory(self.engine)

    @property
    def is_connected(self) -> bool:
        """Whether the broker can be used."""
        return self.ports.bus.is_connected

    def close(self) -> None:
        """Close what is open of database and queue; what is used afterwards opens them anew."""
        self.engine.dispose()
        self.ports.jobs.close()

    def upgrade_database(self) -> None:
        """Bring the database to this version's schema."""
        schema.upgrade(self.engine)

    def is_database_current(self) -> bool:
        """Whether the database has this version's schema. Raises `DatabaseUnusable`."""
        try:
            return schema.is_current(self.engine)
        except DBAPIError as error:
            raise DatabaseUnusable(error) from error

    @contextmanager
    def work(self, actor: Actor = SYSTEM) -> Iterator[Work]:
        """One transaction, committed when the block ends, rolled back when it raises; then its effects."""
        with self._sessions() as session, session.begin():
            work = Work(session, self.clock(), actor, self.ports)
            yield work
        self._follow_up(work)

    @contextmanager
    def reading(self, actor: Actor = SYSTEM) -> Iterator[Work]:
        """A transaction that only reads and therefore waits for no writer."""
        engine = self.engine.execution_options(**{READ_ONLY: True})
        with self._sessions(bind=engine) as session, session.begin():
            yield Work(session, self.clock(), actor, self.ports)

    def _follow_up(self, work: Work) -> None:
        for effect in work.effects:
            try:
                effect(self.ports)
            except Exception as error:  # noqa: BLE001 - the commit stands; the scheduler repeats what matters
                log.warning("effect_failed", effect=getattr(effect, "__qualname__", repr(effect)), error=str(error))
        for notice in work.notices():
            self.ports.announcer.announce(notice)


def build_app(config: Config, clock: Clock, bus: BusConnection | None = None) -> App:
    """An application over the configured database and disk; without a bus (tasks of an operator) nobody is told."""
    spoken = bus or NoBus()
    ports = Ports(
        bus=spoken,
        announcer=spoken,
        jobs=job_queue(config),
        media=DiskStore(config.data_dir),
        probe=FileProbe(),
        screenshots=DiskScreenshotStore(config.data_dir / "screenshots"),
        passwords=Argon2Passwords(),
        seal=KeyedSeal(config.secret_key),
        notifier=TargetNotifier(local=config.alerts.local_targets),
        power_switch=open_power_switch,
    )
    return App(config, ports, clock)


def job_queue(config: Config) -> HueyQueue:
    """The queue between the processes and the workers."""
    return open_queue(config.data_dir, config.media.redis_url, config.secret_key)


def converter(config: Config) -> Converter:
    """What makes PDFs of presentations."""
    gotenberg_url = config.media.gotenberg_url
    return Gotenberg(gotenberg_url) if gotenberg_url else LibreOffice()
