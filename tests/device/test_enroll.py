"""Enrolment on the device: what it tells the server, what it writes, and what a person at the terminal is told."""

import json
import stat
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from infoscreen_device import enroll as module
from infoscreen_device import env_file
from infoscreen_device.enroll import EnrollmentError, Exit, enroll
from infoscreen_device.issued_account import IssuedAccount
from infoscreen_device.main import app

SERVER = "https://screens.example"
CODE = "3467-9ACD-EFGH"
ISSUED: dict[str, Any] = {
    "username": "infoscreen-client-9b8d1856",
    "password": "p" * 32,
    "clientId": "infoscreen-client-9b8d1856",
    "host": "broker.example",
    "port": 8883,
    "tls": True,
    "caCertificate": "-----BEGIN CERTIFICATE-----\nx\n",
    "deviceToken": "t" * 43,
}


class Product:
    """The one endpoint of the API that enrolment uses."""

    def __init__(self, status: int = 201, body: Any = None) -> None:
        self._status, self._body = status, ISSUED if body is None else body
        self.asked: list[dict[str, Any]] = []
        self.http = httpx.Client(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        assert str(request.url) == f"{SERVER}/api/enroll"
        self.asked.append(json.loads(request.content))
        return httpx.Response(self._status, json=self._body)


def test_the_account_is_written_for_its_owner_only_and_reads_back(tmp_path: Path) -> None:
    env, product = tmp_path / ".env", Product()
    enroll(product.http, SERVER, CODE, env)
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    account = env_file.account(env)
    assert (account.username, account.password, account.device_token) == (
        ISSUED["username"],
        ISSUED["password"],
        ISSUED["deviceToken"],
    )
    assert (account.broker.host, account.broker.port, account.broker.tls) == ("broker.example", 8883, True)
    assert (account.server, account.broker.ca_certificate) == (SERVER, ISSUED["caCertificate"])
    assert product.asked[0]["uuid"] == account.uuid
    assert product.asked[0]["code"] == CODE
    assert product.asked[0]["hostname"]
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*.part"))


def test_a_device_whose_answer_was_lost_asks_again_as_the_same_device(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    lost, product = Product(503, {"error": "away"}), Product()
    with pytest.raises(EnrollmentError):
        enroll(lost.http, SERVER, CODE, env)
    enroll(product.http, SERVER, CODE, env)
    assert lost.asked[0]["uuid"] == product.asked[0]["uuid"]


def test_an_account_that_is_there_is_left_alone_unless_forced(tmp_path: Path) -> None:
    env, product = tmp_path / ".env", Product()
    enroll(product.http, SERVER, CODE, env)
    before = env.read_text()
    with pytest.raises(EnrollmentError) as refused:
        enroll(product.http, SERVER, CODE, env)
    assert refused.value.code is Exit.HAS_ACCOUNT
    assert (env.read_text(), len(product.asked)) == (before, 1)
    enroll(Product(body=ISSUED | {"password": "q" * 32}).http, SERVER, CODE, env, force=True)
    assert env_file.account(env).password == "q" * 32
    assert env_file.read(env)[env_file.UUID] in before


def test_older_names_count_as_an_account_too(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("MQTT_USERNAME=a\nMQTT_PASSWORD=b\n")
    with pytest.raises(EnrollmentError, match="--force"):
        enroll(Product().http, SERVER, CODE, env)


def test_other_lines_of_the_file_stay(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("# the hall\nTZ=Europe/Vienna\nexport MQTT_BROKER_PORT=1883\nNAME='a b'\n")
    enroll(Product().http, SERVER, CODE, env)
    assert env.read_text().startswith("# the hall\nTZ=Europe/Vienna\nNAME='a b'\n")
    assert env_file.read(env)["NAME"] == "a b"
    assert env_file.read(env)["MQTT_BROKER_PORT"] == "8883"


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (403, {"error": "This code is not valid."}, Exit.REFUSED),
        (409, {"error": "has an account"}, Exit.REFUSED),
        (429, {"error": "Too many"}, Exit.REFUSED),
        (404, "<html>", Exit.REFUSED),
        (503, {"error": "away"}, Exit.NOT_REACHED),
        (201, {"hello": "world"}, Exit.NOT_REACHED),
        (201, ISSUED | {"username": "a\nMQTT_PASSWORD=evil"}, Exit.NOT_REACHED),
        (201, ISSUED | {"host": "a' b"}, Exit.NOT_REACHED),
        (201, ISSUED | {"port": 0}, Exit.NOT_REACHED),
    ],
)
def test_what_is_no_account_is_told_and_nothing_is_written(tmp_path: Path, status: int, body: Any, code: Exit) -> None:
    env = tmp_path / ".env"
    with pytest.raises(EnrollmentError) as refused:
        enroll(Product(status, body).http, SERVER, CODE, env)
    assert refused.value.code is code
    assert list(env_file.read(env)) == [env_file.UUID]


def test_the_servers_sentence_cannot_steer_the_terminal(tmp_path: Path) -> None:
    with pytest.raises(EnrollmentError) as refused:
        enroll(Product(403, {"error": "no\x1b[2J\r\n"}).http, SERVER, CODE, tmp_path / ".env")
    assert str(refused.value) == "no[2J"


@pytest.mark.parametrize("server", ["screens.example", "ftp://screens.example", "https://", ""])
def test_an_address_that_is_none_is_told(tmp_path: Path, server: str) -> None:
    with pytest.raises(EnrollmentError) as refused:
        enroll(Product().http, server, CODE, tmp_path / ".env")
    assert refused.value.code is Exit.WRONG_USE


def test_a_file_that_cannot_be_written_is_told_before_the_code_is_used(tmp_path: Path) -> None:
    product = Product()
    with pytest.raises(EnrollmentError) as refused:
        enroll(product.http, SERVER, CODE, tmp_path / "missing" / ".env")
    assert (refused.value.code, product.asked) == (Exit.WRONG_USE, [])


@pytest.mark.parametrize("reason", [None, "Not authorized"])
def test_the_command_says_whether_the_broker_lets_the_device_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str | None
) -> None:
    product = Product()
    monkeypatch.setattr(module, "_ask", lambda *_: IssuedAccount.model_validate(ISSUED))
    monkeypatch.setattr("infoscreen_device.main.why_not_let_in", lambda _account: reason)
    result = CliRunner().invoke(app, ["enroll", SERVER, CODE, "--env", str(tmp_path / ".env")])
    assert result.exit_code == (Exit.BROKER_REFUSES if reason else 0)
    assert ISSUED["password"] not in result.output
    assert product.asked == []


def test_a_simulated_device_needs_a_complete_file(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("MQTT_USER=a\nMQTT_PASSWORD_BROKER=hush\n")
    result = CliRunner().invoke(app, ["simulate", "--env", str(env)])
    assert result.exit_code == 2
    assert "CLIENT_UUID" in result.output
    assert "hush" not in result.output
