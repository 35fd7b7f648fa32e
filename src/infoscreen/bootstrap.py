"""Puts a process together: the configuration, the database and the adapters behind the ports."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog

from infoscreen.adapters.broker_files import BrokerFiles, server_passwords
from infoscreen.adapters.mosquitto import Mosquitto
from infoscreen.config import Config
from infoscreen.db.base import READ_ONLY, open_engine, session_factory
from infoscreen.domain.access import SYSTEM, Actor
from infoscreen.services.ports import Ports
from infoscreen.services.work import Work

log = structlog.get_logger()


class App:
    """One process's way to the database and to everything outside; `clock` gives the instant, in UTC."""

    def __init__(self, config: Config, ports: Ports, clock: Callable[[], datetime]) -> None:
        self.config = config
        self.ports = ports
        self.clock = clock
        self.engine = open_engine(config.database_url)
        self._sessions = session_factory(self.engine)

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


@dataclass(frozen=True, slots=True)
class PrivateBroker:
    """The broker that this installation runs itself, its files, and its server processes' passwords by user name."""

    mosquitto: Mosquitto
    files: BrokerFiles
    server_passwords: dict[str, str]


def private_broker(config: Config) -> PrivateBroker:
    """The private broker in the data directory; not yet running."""
    directory = config.data_dir / "broker"
    passwords = server_passwords(directory)
    mosquitto = Mosquitto(directory, config.broker.host, config.broker.port)
    return PrivateBroker(mosquitto, BrokerFiles(directory), passwords)
