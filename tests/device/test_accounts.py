"""Where virtual devices get their accounts from: a file, or the product's own API."""

import json
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from device.samples import UUID
from infoscreen_device.config import Intervals
from infoscreen_device.main import app
from infoscreen_device.simulate import accounts, provision
from infoscreen_device.simulate.accounts import DeviceEntry, DevicesFile, FleetOptions
from infoscreen_device.simulate.provision import ProvisioningError

OPTIONS = FleetOptions(Intervals(), (1280, 720))
SERVER = "http://server:8000"


class Product:
    """The two endpoints of the API that provisioning uses."""

    def __init__(self, login_status: int = 200, answers_before_failure: int = 100) -> None:
        self.login_status = login_status
        self.left = answers_before_failure
        self.issued: list[str] = []
        self.http = httpx.Client(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/auth/login":
            assert json.loads(request.content) == {"username": "admin", "password": "secret"}
            return httpx.Response(self.login_status, json={}, headers={"Set-Cookie": "session=abc; Path=/"})
        assert request.headers["Cookie"] == "session=abc"
        if self.left == 0:
            return httpx.Response(503)
        self.left -= 1
        uuid = request.url.path.split("/")[3]
        self.issued.append(uuid)
        account = {"username": f"infoscreen-client-{uuid[:8]}", "password": "p" * 20, "clientId": "x"}
        where = {"host": "broker", "port": 8883, "tls": True, "caCertificate": "PEM", "deviceToken": "token"}
        return httpx.Response(200, json=account | where)


@pytest.fixture(autouse=True)
def _broker_lets_in_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provision, "BROKER_LETS_IN_SECONDS", 0)


def provisioned(product: Product, count: int, state: Path) -> DevicesFile:
    return provision.provision(product.http, SERVER, ("admin", "secret"), count, state)


def test_a_file_written_by_hand_becomes_devices(tmp_path: Path) -> None:
    path = tmp_path / "devices.json"
    device = {"uuid": UUID, "username": "u", "password": "p", "deviceToken": "t", "hostname": "pi-1", "ip": "10.0.0.1"}
    path.write_text(json.dumps({"host": "127.0.0.1", "port": 1884, "devices": [device]}))
    (config,) = accounts.configs(accounts.read(path), OPTIONS)
    assert (config.account.broker.host, config.account.broker.port, config.account.broker.tls) == (
        "127.0.0.1",
        1884,
        False,
    )
    assert (config.account.device_token, config.account.server_host) == ("t", "127.0.0.1")
    assert (config.hardware.hostname, config.hardware.description) == ("pi-1", None)


def test_a_written_file_is_readable_by_its_owner_only_and_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "devices.json"
    file = DevicesFile(devices=(DeviceEntry(uuid=UUID, username="u", password="p", hostname="pi-1"),))
    accounts.write(path, file)
    assert path.stat().st_mode & 0o777 == 0o600
    assert accounts.read(path) == file


def test_accounts_are_asked_for_once_and_used_again(tmp_path: Path) -> None:
    state, product = tmp_path / "state.json", Product()
    first = provisioned(product, 3, state)
    assert provisioned(product, 3, state) == first
    assert provisioned(product, 2, state).devices == first.devices[:2]
    assert len(provisioned(product, 4, state).devices) == len(product.issued) == 4
    (config, *_) = accounts.configs(first, OPTIONS)
    assert (config.account.broker.host, config.account.broker.tls, config.account.server_host) == (
        "broker",
        True,
        "server",
    )


def test_accounts_made_before_a_failure_are_kept(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with pytest.raises(ProvisioningError, match="503"):
        provisioned(Product(answers_before_failure=2), 5, state)
    assert len(accounts.read(state).devices) == 2


def test_a_refused_login_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProvisioningError, match="401"):
        provisioned(Product(login_status=401), 1, tmp_path / "state.json")


def test_accounts_of_one_server_are_not_used_for_another(tmp_path: Path) -> None:
    state, product = tmp_path / "state.json", Product()
    provisioned(product, 1, state)
    with pytest.raises(ProvisioningError, match="belongs to"):
        provision.provision(product.http, "http://other", ("admin", "secret"), 1, state)


def test_no_secret_is_in_what_is_printed_of_an_account() -> None:
    file = DevicesFile(
        devices=(DeviceEntry(uuid=UUID, username="u", password="hush", device_token="psst", hostname="h"),)
    )
    printed = repr(file) + repr(accounts.configs(file, OPTIONS))
    assert "hush" not in printed
    assert "psst" not in printed


@pytest.mark.parametrize("content", ["", "[]", '{"devices": [{"uuid": "x", "password": "hush"}]}'])
def test_a_broken_file_is_one_sentence_without_secrets(tmp_path: Path, content: str) -> None:
    path = tmp_path / "devices.json"
    path.write_text(content)
    path.chmod(0o600)
    result = CliRunner().invoke(app, ["simulate", "--devices", str(path)])
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert "hush" not in result.output


def test_without_devices_or_a_server_the_command_says_what_it_needs() -> None:
    result = CliRunner().invoke(app, ["simulate"])
    assert result.exit_code == 2
    assert "--devices" in result.output
