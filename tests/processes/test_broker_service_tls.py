"""The broker run from deploy/mosquitto/ with TLS: `broker sync --watch` carries accounts and renewals to it."""

import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509

from applications import configuration
from brokers import HOST, Service
from infoscreen.bootstrap import App, authority, build_app, connect, kept_broker
from infoscreen.config import Config
from infoscreen.processes import broker as process
from infoscreen.processes.clock import utc_now
from infoscreen.services import server_accounts
from infoscreen_wire.access import Actor
from ports import free_port
from waiting import eventually

pytestmark = pytest.mark.service


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
def app(tmp_path: Path) -> Iterator[App]:
    """The database and PKI of a service that runs, and that `broker sync --watch` looks after."""
    config = service_configuration(tmp_path, free_port())
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


def shows_newest(config: Config) -> bool:
    context = ssl.create_default_context(cafile=config.broker.tls_ca_cert)
    with (
        socket.create_connection((HOST, config.broker.port), 10) as raw,
        context.wrap_socket(raw, server_hostname=HOST) as connection,
    ):
        shown = connection.getpeercert(binary_form=True)
    assert shown
    newest = x509.load_pem_x509_certificate(authority(config).server_certificate_file.read_bytes())
    return x509.load_der_x509_certificate(shown) == newest


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
