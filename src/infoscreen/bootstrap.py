"""Puts a process together: the configuration, the database and the adapters behind the ports."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

import structlog
from sqlalchemy.exc import DBAPIError

from infoscreen.adapters.broker_files import BrokerFiles, renew_server_password, server_password, server_passwords
from infoscreen.adapters.broker_proof import BrokerProof
from infoscreen.adapters.disk_store import DiskStore
from infoscreen.adapters.gotenberg import Gotenberg
from infoscreen.adapters.libreoffice import LibreOffice
from infoscreen.adapters.mosquitto import Mosquitto
from infoscreen.adapters.mosquitto_service import MosquittoService
from infoscreen.adapters.mqtt.connection import Connection
from infoscreen.adapters.mqtt.intake import MqttIntake
from infoscreen.adapters.mqtt.login import Login, Tls, tls_context
from infoscreen.adapters.mqtt.round_trip import round_trip
from infoscreen.adapters.no_bus import NoBus
from infoscreen.adapters.notifier import TargetNotifier
from infoscreen.adapters.passwords import Argon2Passwords
from infoscreen.adapters.pki.authority import Authority, read_certificate
from infoscreen.adapters.power_switches import open_power_switch
from infoscreen.adapters.probe import FileProbe
from infoscreen.adapters.queue import HueyQueue, open_queue
from infoscreen.adapters.screenshot_store import DiskScreenshotStore
from infoscreen.adapters.seal import KeyedSeal
from infoscreen.broker_config import BrokerConfig
from infoscreen.config import Config, ConfigError
from infoscreen.db import failures, schema
from infoscreen.db.base import READ_ONLY, open_engine, session_factory
from infoscreen.domain.access import SYSTEM, Actor
from infoscreen.domain.mosquitto_configuration import TlsFiles
from infoscreen.domain.pki import PkiStatus, Purpose, Stage
from infoscreen.services.file_ports import Converter
from infoscreen.services.notices import Announcer, Notice
from infoscreen.services.ports import Bus, Ports
from infoscreen.services.work import Work
from infoscreen_wire import access

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


def broker_login(config: Config, actor: access.Actor, instance: int) -> Login:
    """As whom a process instance connects: its own account, from its environment or the private broker's files."""
    broker = config.broker
    username = broker.username or f"infoscreen-{actor}-{instance}"

    def newest_password() -> str:
        if broker.password_file:
            return broker.password_file.read_text("utf-8").strip()
        return broker.password or server_password(config.data_dir / "broker", username)

    return Login(
        host=broker.host,
        port=broker.port,
        username=username,
        password=broker.password or newest_password(),
        newest_password=newest_password,
        keepalive=broker.keepalive,
        tls=_tls(broker),
    )


def _tls(broker: BrokerConfig) -> Tls | None:
    if not broker.tls_enabled:
        return None
    return Tls(broker.tls_ca_cert, broker.tls_certfile, broker.tls_keyfile, broker.tls_insecure)


def check_broker(config: Config, within: float) -> float:
    """Seconds that a message takes to the broker and back, by the health check's own account. Raises `BrokerLags`.

    Raises `ConfigError` where the environment names another account: two connections of one throw each other off.
    """
    username = f"infoscreen-{access.Actor.HEALTH}-1"
    if config.broker.username not in (None, username):
        raise ConfigError([f"MQTT_USER: the health check needs {username}, with its own MQTT_PASSWORD or …_FILE"])
    return round_trip(broker_login(config, access.Actor.HEALTH, 1), within)


def connect(
    config: Config,
    actor: access.Actor,
    instance: int,
    *,
    on_notice: Callable[[Notice], None] | None = None,
    on_connected: Callable[[], None] | None = None,
) -> Connection:
    """A process's lasting connection to the broker, started; it is there as soon as the broker is."""
    connection = Connection(broker_login(config, actor, instance), on_notice=on_notice, on_connected=on_connected)
    connection.start()
    return connection


def open_intake(config: Config, instance: int, on_figure: Callable[[str, bytes], None] | None = None) -> MqttIntake:
    """The listener's connection, not started yet; it is its process's bus as well."""
    login = broker_login(config, access.Actor.LISTENER, instance)
    return MqttIntake(login, on_figure, is_shared=config.broker.listeners_share)


@dataclass(frozen=True, slots=True)
class KeptBroker:
    """A broker that takes its accounts and rules from the database.

    The private one keeps the passwords of server processes in a directory; of a broker that somebody else runs, the
    accounts of processes are made by a person.
    """

    mosquitto: Mosquitto | MosquittoService
    files: BrokerFiles
    proof: BrokerProof
    server_directory: Path | None = None

    @property
    def server_passwords(self) -> dict[str, str]:
        """Passwords of server processes by user name, as they are now."""
        return server_passwords(self.server_directory) if self.server_directory else {}

    def renew_server_password(self, username: str) -> None:
        """Give a server process another password, on the disk; raises `LookupError`."""
        if self.server_directory is None:
            raise LookupError(username)
        renew_server_password(self.server_directory, username)


def private_broker(config: Config) -> KeptBroker:
    """The private broker in the data directory; not yet running."""
    directory = config.data_dir / "broker"
    return KeptBroker(private_mosquitto(config), BrokerFiles(directory), broker_proof(config), directory)


def private_mosquitto(config: Config) -> Mosquitto:
    """The program behind the private broker; not yet running."""
    broker, pki = config.broker, authority(config)
    tls = TlsFiles(pki.server_certificate_file, pki.server_key_file, pki.ca_file, broker.tls_requires_certificate)
    return Mosquitto(
        config.data_dir / "broker",
        broker.listen_host,
        broker.port,
        tls=tls if broker.tls_enabled else None,
        plain_port=broker.plain_port,
    )


def broker_service(config: Config) -> KeptBroker:
    """The broker that runs as a service of its own on this machine. Raises `ConfigError` where it is not told."""
    service = config.broker_service
    if service.files_dir is None or service.pid_file is None:
        raise ConfigError(["MQTT_BROKER_FILES_DIR, MQTT_BROKER_PID_FILE: a broker of its own needs both"])
    return KeptBroker(
        MosquittoService(service.pid_file, service.log_file),
        BrokerFiles(service.files_dir),
        broker_proof(config),
    )


def kept_broker(config: Config) -> KeptBroker:
    """The broker that this installation's accounts and rules go to."""
    return private_broker(config) if config.broker.private else broker_service(config)


def broker_proof(config: Config) -> BrokerProof:
    """What tries the broker from outside, as any process reaches it."""
    tls = _tls(config.broker)
    return BrokerProof(config.broker.host, config.broker.port, (lambda: tls_context(tls)) if tls else None)


def authority(config: Config) -> Authority:
    """The installation's own CA, made or not."""
    return Authority(config.data_dir / "pki")


def renew_certificate(config: Config, now: datetime) -> None:
    """Renew the broker's certificate where that is due; a private broker's is made where there is none."""
    pki = authority(config)
    if config.broker.tls_enabled and (config.broker.private or pki.version is not None):
        pki.ensure(config.broker.names, now)


def pki_status(config: Config) -> PkiStatus:
    """Every certificate here that TLS to the broker hangs on, of our own CA or given by settings.

    Raises `PkiRefused` for one that cannot be read.
    """
    pki = authority(config)
    own = pki.status() if pki.version is not None else PkiStatus(Stage.STEADY, ())
    broker = config.broker
    given = {Purpose.CA: None if broker.private else broker.tls_ca_cert, Purpose.CLIENT: broker.tls_certfile}
    read = (read_certificate(Path(path), purpose) for purpose, path in given.items() if path)
    known = {each.serial for each in own.certificates}
    return replace(own, certificates=(*own.certificates, *(each for each in read if each.serial not in known)))
