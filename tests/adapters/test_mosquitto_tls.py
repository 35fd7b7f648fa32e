"""TLS on a real Mosquitto: who is refused, and that no renewal, finished or killed, costs anyone the connection."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
from cryptography import x509
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from brokers import HOST
from infoscreen.adapters.broker_files import BrokerFiles
from infoscreen.adapters.broker_proof import BrokerProof
from infoscreen.adapters.mosquitto import Mosquitto
from infoscreen.adapters.mqtt.connection import Connection
from infoscreen.adapters.mqtt.intake import MqttIntake
from infoscreen.adapters.mqtt.login import Login, Tls, tls_context
from infoscreen.adapters.pki.authority import Authority
from infoscreen.domain.broker_accounts import BrokerLags, Grant, password_hash
from infoscreen.domain.mosquitto_configuration import TlsFiles
from infoscreen.services.ports import Received
from infoscreen_device.config import Broker as DeviceBroker
from infoscreen_device.trust import tls_context as device_context
from infoscreen_wire import topics
from infoscreen_wire.access import Rule
from infoscreen_wire.topics import ReportKind
from killed_renewals import killed_at
from ports import free_port
from waiting import eventually

pytestmark = pytest.mark.service

NOW = datetime.now(UTC)
PASSWORD = "a password of the tests"
DEVICES = 200
ANYTHING = (Rule("+/#", publish=True, subscribe=True),)


class Peer:
    """One connection over TLS, or without; it does not come back by itself."""

    def __init__(
        self, port: int, context: ssl.SSLContext | None, username: str = "one", password: str = PASSWORD
    ) -> None:
        self.disconnects = 0
        self.is_accepted: bool | None = None
        self._client = Client(CallbackAPIVersion.VERSION2, username, reconnect_on_failure=False)
        self._client.username_pw_set(username, password)
        if context:
            self._client.tls_set_context(context)
        self._client.on_connect = self._connected
        self._client.on_disconnect = self._disconnected
        self._client.connect(HOST, port)
        self._client.loop_start()
        eventually(lambda: self.is_accepted is not None, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def is_served(self) -> bool:
        """Whether the broker confirms a message, on the connection that was there from the start."""
        sent = self._client.publish("a/b", "x", qos=1)
        sent.wait_for_publish(30)
        return sent.is_published() and not self.disconnects

    def _connected(self, _client: Client, _userdata: Any, _flags: Any, reason: Any, _properties: Any) -> None:
        self.is_accepted = not reason.is_failure

    def _disconnected(self, *_details: Any) -> None:
        self.disconnects += 1
        self.is_accepted = bool(self.is_accepted)


class Broker:
    """A Mosquitto with TLS and the PKI that it takes its certificate from."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory / "broker"
        self.directory.mkdir()
        self.port, self.plain_port = free_port(), free_port()
        self.authority = Authority(directory / "pki")
        self._mosquitto: Mosquitto | None = None

    def start(
        self,
        *,
        with_plain: bool = False,
        certificate: Path | None = None,
        requires_certificate: bool = False,
        usernames: list[str] | None = None,
    ) -> None:
        if self.authority.version is None:
            self.authority.init([], NOW)
        pki = self.authority
        pair = (certificate, certificate) if certificate else (pki.server_certificate_file, pki.server_key_file)
        tls = TlsFiles(*pair, pki.ca_file, requires_certificate)
        plain_port = self.plain_port if with_plain else None
        salted = password_hash(PASSWORD, b"a dozen byte")
        self.probe = BrokerFiles(self.directory).write(
            [Grant(name, salted, ANYTHING) for name in usernames or ["one", "two"]]
        )
        self._mosquitto = Mosquitto(self.directory, HOST, self.port, tls=tls, plain_port=plain_port)
        self._mosquitto.start()

    def reload(self) -> None:
        assert self._mosquitto
        self._mosquitto.reload()

    def stop(self) -> None:
        if self._mosquitto:
            self._mosquitto.stop()

    def context(self) -> ssl.SSLContext:
        """What a process trusts that starts now."""
        return tls_context(Tls(str(self.authority.ca_file)))

    def connect(self, username: str = "one") -> Peer:
        return Peer(self.port, self.context(), username)

    def shown_serial(self, context: ssl.SSLContext | None = None) -> int:
        """Serial number of the certificate that a new connection is shown, and finds good."""
        with (
            socket.create_connection((HOST, self.port), 10) as raw,
            (context or self.context()).wrap_socket(raw, server_hostname=HOST) as connection,
        ):
            shown = connection.getpeercert(binary_form=True)
        assert shown
        return x509.load_der_x509_certificate(shown).serial_number

    def serial(self) -> int:
        """Serial number of the certificate that counts on the disk."""
        return x509.load_pem_x509_certificate(self.authority.server_certificate_file.read_bytes()).serial_number

    def shows_newest(self) -> bool:
        return self.shown_serial() == self.serial()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    made = Broker(tmp_path)
    yield made
    made.stop()


def is_open(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), 5).close()
    except ConnectionRefusedError:
        return False
    return True


def test_with_tls_there_is_no_plain_port_and_the_other_speaks_nothing_plain(broker: Broker) -> None:
    broker.start()
    assert not is_open(broker.plain_port)
    with broker.connect() as encrypted, Peer(broker.port, None) as plain:
        assert (encrypted.is_accepted, plain.is_accepted) == (True, False)


def test_while_migrating_both_ports_serve_and_neither_lets_one_throw_another_off(broker: Broker) -> None:
    broker.start(with_plain=True)
    for port, context in ((broker.port, broker.context()), (broker.plain_port, None)):
        with Peer(port, context, "one") as victim:
            thief = Client(CallbackAPIVersion.VERSION2, "one", reconnect_on_failure=False)
            thief.username_pw_set("two", PASSWORD)
            if context:
                thief.tls_set_context(context)
            thief.connect(HOST, port)
            thief.loop_start()
            eventually(thief.is_connected)
            assert victim.is_served()
            thief.disconnect()
            thief.loop_stop()


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_tls_1_1_is_refused_and_1_2_is_not(broker: Broker) -> None:
    broker.start()
    context = broker.context()
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    assert broker.shown_serial(context) == broker.serial()
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(ssl.SSLError, match="PROTOCOL_VERSION"):
        broker.shown_serial(context)


def of_process(ca_file: Path) -> ssl.SSLContext:
    return tls_context(Tls(str(ca_file)))


def of_device(ca_file: Path) -> ssl.SSLContext:
    return device_context(DeviceBroker(HOST, tls=True, ca_certificate=ca_file.read_text()))


@pytest.mark.parametrize("speaker", [of_process, of_device])
class TestARefusal:
    def test_of_a_foreign_ca(self, speaker: Callable[[Path], ssl.SSLContext], broker: Broker, tmp_path: Path) -> None:
        broker.start()
        foreign = Authority(tmp_path / "foreign")
        foreign.init([], NOW)
        assert Peer(broker.port, speaker(broker.authority.ca_file)).is_accepted
        with pytest.raises(ssl.SSLCertVerificationError):
            Peer(broker.port, speaker(foreign.ca_file))

    def test_of_another_host(self, speaker: Callable[[Path], ssl.SSLContext], broker: Broker, tmp_path: Path) -> None:
        broker.authority.init([], NOW)
        elsewhere = tmp_path / "elsewhere.pem"
        elsewhere.write_bytes(broker.authority.issue("elsewhere", NOW, hosts=["elsewhere.example"]))
        broker.start(certificate=elsewhere)
        with pytest.raises(ssl.SSLCertVerificationError, match=HOST):
            Peer(broker.port, speaker(broker.authority.ca_file))

    def test_of_what_has_expired(self, speaker: Callable[[Path], ssl.SSLContext], broker: Broker) -> None:
        broker.authority.init([], NOW - timedelta(days=366))
        broker.start()
        with pytest.raises(ssl.SSLCertVerificationError, match="expired"):
            Peer(broker.port, speaker(broker.authority.ca_file))


def test_the_proof_speaks_tls_and_trusts_only_its_ca(broker: Broker, tmp_path: Path, monkeypatch: Any) -> None:
    broker.start()
    BrokerProof(HOST, broker.port, broker.context).prove(broker.probe)
    monkeypatch.setattr("infoscreen.adapters.broker_proof.PROOF_WITHIN", 0.1)
    with pytest.raises(BrokerLags):
        BrokerProof(HOST, broker.port, ssl.create_default_context).prove(broker.probe)


def test_where_certificates_are_required_it_takes_both_certificate_and_password(broker: Broker, tmp_path: Path) -> None:
    broker.authority.init([], NOW)
    own = tmp_path / "one.pem"
    own.write_bytes(broker.authority.issue("one", NOW))
    broker.start(requires_certificate=True)
    ca = broker.authority.ca_file
    device = DeviceBroker(HOST, broker.port, tls=True, ca_certificate=ca.read_text(), certfile=own)
    for with_own in (tls_context(Tls(str(ca), str(own))), device_context(device)):
        with Peer(broker.port, with_own) as both, Peer(broker.port, with_own, password="wrong") as wrong:
            assert (both.is_accepted, wrong.is_accepted) == (True, False)
    with pytest.raises((ssl.SSLError, ConnectionError, AssertionError)):
        assert broker.connect().is_accepted


def test_a_renewal_drops_none_of_200_and_new_connections_see_the_new_certificate(broker: Broker) -> None:
    names = [f"device-{number}" for number in range(DEVICES)]
    broker.start(usernames=names)
    with ExitStack() as stack:
        context = broker.context()
        peers = [stack.enter_context(Peer(broker.port, context, name)) for name in names]
        before = broker.serial()
        broker.authority.renew_server(NOW)
        broker.reload()
        eventually(broker.shows_newest)
        assert broker.serial() != before
        assert sum(peer.is_served() for peer in peers) == DEVICES


def test_the_ca_is_renewed_under_a_process_that_knows_only_the_old_one_and_must_come_back(broker: Broker) -> None:
    broker.start()
    connection = Connection(Login(HOST, broker.port, "one", PASSWORD, tls=Tls(str(broker.authority.ca_file))))
    connection.start()
    try:
        eventually(lambda: connection.is_connected)
        for _ in range(3):
            broker.authority.advance_ca(NOW)
            broker.reload()
            eventually(broker.shows_newest)
            connection.publish("a/b", b"still there")
            broker.stop()
            eventually(lambda: not connection.is_connected)
            broker.start()
            eventually(lambda: connection.is_connected, timeout=30)
    finally:
        connection.stop()


def test_the_listeners_connection_reads_ahead_over_tls_and_misses_nothing(broker: Broker) -> None:
    broker.start()
    tls = Tls(str(broker.authority.ca_file))
    intake = MqttIntake(Login(HOST, broker.port, "two", PASSWORD, tls=tls))
    intake.start()
    sender = Connection(Login(HOST, broker.port, "one", PASSWORD, tls=tls))
    sender.start()
    sent = [bytes([number % 256]) * (1 + 997 * number % 40_000) for number in range(200)]
    try:
        eventually(lambda: intake.is_connected and sender.is_connected)
        topic = topics.report("9b8d1856-ff34-4864-a726-12de072d0f77", ReportKind.LOG_ERROR)
        eventually(lambda: is_heard(sender, intake, topic))
        for content in sent:
            sender.publish(topic, content)
        heard: list[Received] = []
        while len(heard) < len(sent):
            heard += [each for each in eventually(lambda: intake.collect(1_000, 0.1)) if each.payload != b"first"]
    finally:
        sender.stop()
        intake.stop()
    assert [each.payload for each in heard] == sent


def is_heard(sender: Connection, intake: MqttIntake, topic: str) -> bool:
    sender.publish(topic, b"first")
    return bool(intake.collect(1_000, 0.1))


def test_a_pair_that_does_not_fit_leaves_the_one_before_at_work(broker: Broker, tmp_path: Path) -> None:
    pair = tmp_path / "server.pem"
    broker.authority.init([], NOW)
    whole = broker.authority.issue("server", NOW, hosts=[HOST])
    pair.write_bytes(whole)
    broker.start(certificate=pair)
    with broker.connect() as peer:
        before = broker.shown_serial()
        pair.write_bytes(whole[: len(whole) // 2])
        broker.reload()
        assert peer.is_served()  # after the reload: Mosquitto does one thing after the other
        assert broker.shown_serial() == before


@pytest.mark.parametrize("change", ["server", "ca"])
def test_a_renewal_killed_at_any_step_leaves_a_pair_that_works(change: str, broker: Broker) -> None:
    broker.start()
    broker.authority.advance_ca(NOW)
    directory, at = broker.authority.ca_file.parents[1], 0
    with broker.connect() as peer:
        is_killed = True
        while is_killed:
            at += 1
            is_killed = killed_at(directory, NOW, change, at)
            broker.reload()
            eventually(broker.shows_newest)
        assert at > 5
        assert peer.is_served()


def test_connections_that_never_speak_keep_nobody_out(broker: Broker) -> None:
    broker.start()
    with ExitStack() as stack:
        for _ in range(50):
            stack.enter_context(closing(socket.create_connection((HOST, broker.port), 5)))
        with broker.connect() as peer:
            assert peer.is_served()
