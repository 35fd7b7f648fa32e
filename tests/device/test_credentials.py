"""A device's passwords: kept whole on disk, tried in the right order, renewed over HTTP without a gap."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from device.broker import Mosquitto
from device.conftest import RunDevice
from device.samples import UUID, device_config
from infoscreen.domain.broker_accounts import password_hash
from infoscreen_device import credentials as module
from infoscreen_device.config import Account, Broker
from infoscreen_device.credentials import Credentials
from infoscreen_device.server import Renewal, https_context, renew
from infoscreen_device.trust import Trust
from ports import free_port
from waiting import eventually

ACCOUNT = Account(UUID, "infoscreen-client-9b8d1856", "old", Broker("h"), "the-token", server="http://server:8000")


def test_a_password_that_was_taken_is_tried_after_the_one_that_holds(tmp_path: Path) -> None:
    credentials = Credentials("old", tmp_path / "kept.json")
    credentials.take("new")
    assert credentials.known == ("old", "new")
    credentials.prefer("new")
    assert credentials.known == ("new", "old")


def test_what_is_kept_outlives_a_restart_and_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "kept" / "file.json"
    credentials = Credentials("old", file)
    credentials.take("new")
    credentials.prefer("new")
    assert Credentials("old", file).known == ("new", "old")
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["file.json"]


def test_the_password_that_let_the_device_in_is_never_pushed_out(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    for number in range(9):  # each switch comes to nothing, and the device is started again
        credentials = Credentials("old", file)
        credentials.take(f"new {number}")
        credentials.prefer(f"new {number}")
    assert Credentials("old", file).known == ("new 8", "new 7", "old")


def test_of_passwords_that_wait_only_the_newest_is_kept(tmp_path: Path) -> None:
    credentials = Credentials("old", tmp_path / "kept.json")
    for number in range(9):
        credentials.take(f"new {number}")
    assert credentials.known == ("old", "new 8")


def test_a_file_that_does_not_tell_which_password_worked_takes_the_first_for_it(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    Credentials("old", file).take("new")
    kept = json.loads(file.read_text())
    file.write_text(json.dumps({name: kept[name] for name in ("configured", "passwords")}))
    credentials = Credentials("old", file)
    credentials.take("newer")
    assert credentials.known == ("old", "newer", "new")


def test_one_that_was_configured_since_comes_first(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    Credentials("old", file).take("new")
    assert Credentials("by hand", file).known == ("by hand", "old", "new")


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"configured": "x", "passwords": []}', b"\xff"])
def test_a_damaged_file_costs_the_renewed_ones_only(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "kept.json"
    file.write_bytes(damage)
    credentials = Credentials("old", file)
    assert credentials.known == ("old",)
    credentials.take("new")
    assert Credentials("old", file).known == ("old", "new")


def test_a_password_that_cannot_be_written_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    credentials = Credentials("old", tmp_path / "kept.json")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_private", full)
    with pytest.raises(OSError, match="No space"):
        credentials.take("new")
    assert credentials.known == ("old",)


class Server:
    """The two addresses that a device renews its password by."""

    def __init__(self, credentials: Credentials, waiting: Any, confirm_status: int = 200) -> None:
        self._credentials, self._waiting, self._confirm_status = credentials, waiting, confirm_status
        self.confirmed: list[tuple[str, tuple[str, ...]]] = []
        self.is_connected = True

    def renew(self) -> None:
        async def ask() -> None:
            async with httpx.AsyncClient(transport=httpx.MockTransport(self._answer)) as http:
                mine = Renewal(ACCOUNT, self._credentials, Trust(ACCOUNT.broker), https_context(None))
                await renew(http, mine, is_connected=self.is_connected)

        asyncio.run(ask())

    def _answer(self, request: httpx.Request) -> httpx.Response:
        assert request.headers["Authorization"] == "Bearer the-token"
        if request.method == "GET":
            assert str(request.url) == "http://server:8000/api/device/credentials"
            return httpx.Response(200, json={"username": ACCOUNT.username, "waiting": self._waiting})
        self.confirmed.append((json.loads(request.content)["rotationId"], self._credentials.known))
        return httpx.Response(self._confirm_status, json={})


WAITING = {"rotationId": "7", "password": "new"}


def test_a_new_password_is_kept_before_it_is_confirmed_and_preferred_after(tmp_path: Path) -> None:
    credentials = Credentials("old", tmp_path / "kept.json")
    server = Server(credentials, WAITING)
    server.renew()
    assert server.confirmed == [("7", ("old", "new"))]
    assert Credentials("old", tmp_path / "kept.json").known == ("new", "old")


@pytest.mark.parametrize("status", [409, 500, 401])
def test_without_a_confirmed_confirmation_the_old_one_stays_first(tmp_path: Path, status: int) -> None:
    credentials = Credentials("old", tmp_path / "kept.json")
    Server(credentials, WAITING, status).renew()
    assert credentials.known == ("old", "new")


def test_what_cannot_be_kept_is_not_confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    credentials = Credentials("old", tmp_path / "kept.json")
    monkeypatch.setattr(module, "write_private", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    server = Server(credentials, WAITING)
    server.renew()
    assert server.confirmed == []


def test_a_device_that_is_not_connected_takes_none_for_it_does_not_know_which_one_holds(tmp_path: Path) -> None:
    credentials = Credentials("old", tmp_path / "kept.json")
    server = Server(credentials, WAITING)
    server.is_connected = False
    server.renew()
    assert (credentials.known, server.confirmed) == (("old",), [])


NONSENSE = [
    None,
    {},
    "new",
    {"rotationId": "7"},
    {"rotationId": "7", "password": ""},
    {"rotationId": "7", "password": "a\nb"},
]


@pytest.mark.parametrize("waiting", NONSENSE)
def test_nothing_or_nonsense_changes_nothing(tmp_path: Path, waiting: Any) -> None:
    credentials = Credentials("old", tmp_path / "kept.json")
    server = Server(credentials, waiting)
    server.renew()
    assert (credentials.known, server.confirmed) == (("old",), [])


def broker_that_wants(directory: Path, password: str) -> Mosquitto:
    passwords = directory / "passwords"
    passwords.write_text(f"{ACCOUNT.username}:{password_hash(password, bytes(12))}\n")
    passwords.chmod(0o600)
    return Mosquitto(directory, free_port(), f"allow_anonymous false\npassword_file {passwords}")


@pytest.mark.service
@pytest.mark.parametrize("mqtt_311", [False, True])
@pytest.mark.parametrize("wanted", ["two", "three"])
def test_it_comes_in_by_whichever_of_its_passwords_holds_and_remembers_it(
    tmp_path: Path, run_device: RunDevice, monkeypatch: pytest.MonkeyPatch, wanted: str, mqtt_311: bool
) -> None:
    monkeypatch.setattr("infoscreen_device.connection.delay_after", lambda _: 0.05)
    monkeypatch.setattr("infoscreen_device.connection.delay_after_refusal", lambda: 3600)
    file = tmp_path / "kept.json"
    configured = device_config().account.password
    kept = Credentials(configured, file)
    for password in ("three", "two", "one"):
        kept.worked(password)
    broker = broker_that_wants(tmp_path, wanted)
    broker.start()
    try:
        with run_device(broker.port, credentials_file=file, mqtt_311=mqtt_311):
            eventually(lambda: Credentials(configured, file).known[0] == wanted)
    finally:
        broker.kill()
