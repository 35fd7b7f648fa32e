"""The broker run from deploy/mosquitto/ with TLS: `broker sync --watch` carries accounts and renewals to it."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from applications import configuration
from brokers import HOST, Service
from infoscreen.adapters.broker_files import BrokerFiles
from infoscreen.adapters.pki.authority import Authority
from infoscreen.bootstrap import App, build_app
from infoscreen.broker_bootstrap import authority, connect, kept_broker
from infoscreen.config import Config
from infoscreen.domain.broker_accounts import Grant, password_hash
from infoscreen.processes import broker as process
from infoscreen.processes.clock import utc_now
from infoscreen.services import server_accounts
from infoscreen_wire.access import Actor, Rule
from ports import free_port
from waiting import eventually

pytestmark = pytest.mark.service

USERNAME, PASSWORD = "infoscreen-client-9b8d1856", "a password of the tests"


def service_configuration(service: Path, port: int, **given: object) -> Config:
    data = service / "infoscreen"
    return configuration(
        data,
        mqtt_broker_host=HOST,
        mqtt_broker_port=port,
        mqtt_broker_files_dir=data,
        mqtt_broker_pid_file=service / "mosquitto.pid",
        mqtt_tls_enabled=True,
        mqtt_tls_ca_cert=data / "pki" / "current" / "ca.crt",
        **given,
    )


@pytest.fixture
def app(config: Config, tmp_path: Path) -> Iterator[App]:
    """The database and PKI of a service that runs, and that `broker sync --watch` looks after."""
    app = build_app(config, utc_now)
    app.upgrade_database()
    authority(config).init([HOST], utc_now())
    service, stop = Service(tmp_path, config.broker.port, "tls.conf"), threading.Event()
    keeper = threading.Thread(target=process.watch, args=(app, kept_broker(config), stop))
    keeper.start()
    eventually(lambda: (tmp_path / "infoscreen" / "acl_file").exists())
    service.start()
    yield app
    stop.set()
    keeper.join(10)
    service.stop()
    app.engine.dispose()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return service_configuration(tmp_path, free_port())


@contextmanager
def service_with_a_certificate(directory: Path, config: Config, made_at: datetime) -> Iterator[None]:
    """A service that nobody looks after, with one account and a certificate that was made at an instant."""
    authority(config).init([HOST], made_at)
    grant = Grant(USERNAME, password_hash(PASSWORD, b"a dozen byte"), (Rule("+/#", publish=True, subscribe=True),))
    BrokerFiles(directory / "infoscreen").write([grant])
    service = Service(directory, config.broker.port, "tls.conf")
    service.start()
    try:
        eventually(lambda: is_open(config.broker.port))
        yield
    finally:
        service.stop()


def is_open(port: int) -> bool:
    with suppress(OSError):
        socket.create_connection((HOST, port), 5).close()
        return True
    return False


def trusting(config: Config) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=config.broker.tls_ca_cert)


def shown(config: Config, context: ssl.SSLContext, host: str = HOST) -> x509.Certificate:
    """The certificate that the broker shows, found good for a host."""
    with (
        socket.create_connection((HOST, config.broker.port), 10) as raw,
        context.wrap_socket(raw, server_hostname=host) as connection,
    ):
        certificate = connection.getpeercert(binary_form=True)
    assert certificate
    return x509.load_der_x509_certificate(certificate)


def shows_newest(config: Config) -> bool:
    newest = x509.load_pem_x509_certificate(authority(config).server_certificate_file.read_bytes())
    return shown(config, trusting(config)) == newest


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_a_broker_of_its_own_refuses_tls_1_1_and_is_refused_under_another_name_or_ca(
    config: Config, tmp_path: Path
) -> None:
    with service_with_a_certificate(tmp_path, config, utc_now()):
        old = trusting(config)
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_2
        shown(config, old)
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        with pytest.raises(ssl.SSLError, match="PROTOCOL_VERSION"):
            shown(config, old)
        with pytest.raises(ssl.SSLCertVerificationError, match=r"elsewhere\.example"):
            shown(config, trusting(config), "elsewhere.example")
        foreign = Authority(tmp_path / "foreign")
        foreign.init([HOST], utc_now())
        with pytest.raises(ssl.SSLCertVerificationError, match=r"unable to get local issuer|self-signed"):
            shown(config, ssl.create_default_context(cafile=foreign.ca_file))


def test_a_broker_of_its_own_with_tls_serves_nobody_who_speaks_without(config: Config, tmp_path: Path) -> None:
    with service_with_a_certificate(tmp_path, config, utc_now()):
        shown(config, trusting(config))
        plain = Client(CallbackAPIVersion.VERSION2, USERNAME, reconnect_on_failure=False)
        plain.username_pw_set(USERNAME, PASSWORD)
        ended: list[None] = []
        plain.on_disconnect = lambda *_: ended.append(None)
        plain.connect(HOST, config.broker.port)
        plain.loop_start()
        try:
            eventually(lambda: ended, timeout=30)
            assert not plain.is_connected()
        finally:
            plain.loop_stop()


def test_an_expired_certificate_of_a_broker_of_its_own_is_refused(config: Config, tmp_path: Path) -> None:
    with (
        service_with_a_certificate(tmp_path, config, utc_now() - timedelta(days=366)),
        pytest.raises(ssl.SSLCertVerificationError, match="expired"),
    ):
        shown(config, trusting(config))


def test_a_renewal_reaches_a_broker_of_its_own_and_drops_no_process(app: App, tmp_path: Path) -> None:
    with app.work() as work:
        username = "infoscreen-server-api-1"
        password = server_accounts.add_account(work, username, None)
    config = service_configuration(tmp_path, app.config.broker.port, mqtt_user=username, mqtt_password=password)
    connections: list[None] = []
    connection = connect(config, Actor.API, 1, on_connected=lambda: connections.append(None))
    try:
        eventually(lambda: connection.is_connected, timeout=30)
        for _ in range(3):
            authority(config).renew_server(utc_now())
            eventually(lambda: shows_newest(config), timeout=90)
        assert (connection.is_connected, len(connections)) == (True, 1)
    finally:
        connection.stop()
