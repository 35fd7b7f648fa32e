"""A device's CAs: renewed by the server, proved by the broker, kept over a restart, and never a way to lock it out."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from infoscreen.adapters.pki.certificates import Issuer, issue_server, make_ca
from infoscreen_device.config import Account, Broker
from infoscreen_device.credentials import Credentials
from infoscreen_device.server import Renewal, https_context, renew
from infoscreen_device.trust import Trust
from infoscreen_wire.trust import fingerprint

NOW = datetime.now(UTC)
OLD, NEW = make_ca(NOW), make_ca(NOW)
BOTH = (OLD.certificates_pem + NEW.certificates_pem).decode()


def text(issuer: Issuer) -> str:
    return issuer.certificates_pem.decode()


@contextmanager
def broker(issuer: Issuer, directory: Path) -> Iterator[int]:
    """A door that shows a certificate of this CA; yields its port."""
    pair = issue_server(issuer, ["localhost"], NOW)
    (directory / "door.pem").write_bytes(pair.key_pem + pair.certificates_pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(directory / "door.pem")
    with socket.create_server(("127.0.0.1", 0)) as door:

        def open_door() -> None:
            with suppress(OSError):
                while True:
                    raw, _ = door.accept()
                    with suppress(OSError):
                        context.wrap_socket(raw, server_side=True).close()

        thread = threading.Thread(target=open_door)
        thread.start()
        try:
            yield int(door.getsockname()[1])
        finally:
            door.shutdown(socket.SHUT_RDWR)
            thread.join(10)


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with broker(NEW, tmp_path) as port:
        yield port


class Server:
    """The address that a device asks for what is new."""

    def __init__(self, told: str | None, address: str = "https://screens.example") -> None:
        self._told, self._address = told, address
        self.heard: list[str | None] = []

    def renew(self, trust: Trust) -> None:
        async def ask() -> None:
            async with httpx.AsyncClient(transport=httpx.MockTransport(self._answer)) as http:
                account = Account("uuid", "name", "secret", Broker("h"), "the-token", server=self._address)
                mine = Renewal(account, Credentials("secret"), trust, https_context(None))
                await renew(http, mine, is_connected=False)

        asyncio.run(ask())

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.heard.append(request.url.params.get("caFingerprint"))
        return httpx.Response(200, json={"username": "name", "caCertificate": self._told, "waiting": None})


def test_a_new_ca_is_taken_kept_and_told_to_the_server(port: int, tmp_path: Path) -> None:
    configured, file = Broker("localhost", port, tls=True, ca_certificate=text(OLD)), tmp_path / "kept" / "ca.json"
    server = Server(BOTH)
    server.renew(Trust(configured, file))
    assert server.heard == [fingerprint(text(OLD)), fingerprint(BOTH)]
    assert Trust(configured, file).ca_certificate == BOTH
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("told", [text(OLD), "nonsense", "", "ü", BOTH[:700], None, "x" * 70_000])
def test_what_the_broker_is_not_of_is_not_taken(port: int, tmp_path: Path, told: str | None) -> None:
    configured = Broker("localhost", port, tls=True, ca_certificate=BOTH)
    trust = Trust(configured, tmp_path / "ca.json")
    Server(told).renew(trust)
    assert (trust.ca_certificate, (tmp_path / "ca.json").exists()) == (BOTH, False)


def test_a_broker_that_is_away_proves_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = int(door.getsockname()[1])
    trust = Trust(Broker("localhost", port, tls=True, ca_certificate=text(OLD)), tmp_path / "ca.json")
    Server(BOTH).renew(trust)
    assert trust.ca_certificate == text(OLD)


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("http://10.0.3.2:8000", False),
        ("http://screens.example", False),
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("https://screens.example", True),
    ],
)
def test_over_a_way_on_which_anybody_can_speak_none_is_taken(
    port: int, tmp_path: Path, address: str, is_taken: bool
) -> None:
    trust = Trust(Broker("localhost", port, tls=True, ca_certificate=text(OLD)), tmp_path / "ca.json")
    Server(BOTH, address).renew(trust)
    assert (trust.ca_certificate == BOTH) == is_taken


def test_one_that_was_configured_since_counts(port: int, tmp_path: Path) -> None:
    file = tmp_path / "ca.json"
    Trust(Broker("localhost", port, tls=True, ca_certificate=text(OLD)), file).take(BOTH)
    by_hand = Broker("localhost", port, tls=True, ca_certificate=text(NEW))
    assert Trust(by_hand, file).ca_certificate == text(NEW)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"configured": "", "ca_certificate": "x"}', b"\xff"])
def test_a_damaged_file_costs_the_renewal_only(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "ca.json"
    file.write_bytes(damage)
    assert Trust(Broker("h", tls=True, ca_certificate=text(OLD)), file).ca_certificate == text(OLD)


def test_without_tls_or_a_file_nothing_is_taken(port: int, tmp_path: Path) -> None:
    for broker, file in (
        (Broker("localhost", port), tmp_path / "ca.json"),
        (Broker("localhost", port, tls=True), None),
    ):
        trust = Trust(broker, file)
        Server(BOTH).renew(trust)
        assert trust.ca_certificate is None
