"""Puts together what has to do with the broker: connections to it, the one that is kept here, and its certificates."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from infoscreen.adapters.broker_files import BrokerFiles, renew_server_password, server_password, server_passwords
from infoscreen.adapters.broker_proof import BrokerProof
from infoscreen.adapters.mosquitto import Mosquitto
from infoscreen.adapters.mosquitto_service import MosquittoService
from infoscreen.adapters.mqtt.connection import Connection
from infoscreen.adapters.mqtt.intake import MqttIntake
from infoscreen.adapters.mqtt.login import Login, Tls, tls_context
from infoscreen.adapters.mqtt.round_trip import round_trip
from infoscreen.adapters.pki.authority import Authority, read_certificate
from infoscreen.broker_config import BrokerConfig
from infoscreen.config import Config, ConfigError
from infoscreen.domain.mosquitto_configuration import TlsFiles
from infoscreen.domain.pki import PkiStatus, Purpose, Stage
from infoscreen.services.notices import Notice
from infoscreen_wire import access


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
