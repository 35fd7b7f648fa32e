"""Managed power as an administrator sets it up: mistakes by field, and secrets that go in and never come out."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from applications import RememberingBus
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.domain.access import Role
from power_switches.http_plugs import Gen2Shelly

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
ADDRESS = f"/api/clients/{UUID}/power-switch"
SECRET = "a-secret-that-nobody-reads"
SHELLY = {"driver": "shelly_http", "address": "10.0.9.17", "outlet": "0", "secret": SECRET}
TASMOTA = {"driver": "tasmota_mqtt", "address": "plugs.school.local", "outlet": "1", "topic": "tasmota_8B2A10"}
POE = {"driver": "poe_snmp", "address": "[fd00::9]:1161", "outlet": "2.7", "secret": SECRET}
VERSION_3 = POE | {"username": "infoscreen", "authProtocol": "sha256"}


@pytest.fixture
def admin(admin: TestClient) -> TestClient:
    assert admin.post(f"/api/clients/{UUID}/broker-account").status_code == 201
    return admin


def put(admin: TestClient, **fields: Any) -> Any:
    return admin.put(ADDRESS, json=fields)


def mistakes(admin: TestClient, **fields: Any) -> list[str]:
    answer = put(admin, **fields)
    assert answer.status_code == 422, answer.text
    return sorted(answer.json()["details"])


@pytest.mark.parametrize("switch", [SHELLY, TASMOTA, POE, VERSION_3], ids=["shelly", "tasmota", "poe", "version3"])
def test_a_switch_is_set_up_shown_and_forgotten(admin: TestClient, switch: dict[str, Any]) -> None:
    told = put(admin, **switch)
    assert told.status_code == 200, told.text
    assert admin.get(ADDRESS).json() == told.json()
    assert told.json()["offSeconds"] == 10
    assert told.json()["hasSecret"] == ("secret" in switch)
    assert told.json().items() >= {name: value for name, value in switch.items() if name != "secret"}.items()
    assert admin.get(f"/api/clients/{UUID}").json()["hasPowerSwitch"] is True
    assert admin.delete(ADDRESS).status_code == 200
    assert admin.get(ADDRESS).status_code == 404
    assert admin.delete(ADDRESS).status_code == 404
    assert admin.get(f"/api/clients/{UUID}").json()["hasPowerSwitch"] is False


def test_the_secret_is_in_no_answer_no_log_and_not_readable_in_the_database(
    admin: TestClient, api_app: App, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = {"secret": SECRET, "privacySecret": SECRET + "-too"}
    answers = [
        put(admin, **VERSION_3 | secrets | {"privacyProtocol": "aes128"}),
        put(admin, **VERSION_3 | secrets | {"privacyProtocol": "aes128", "outlet": "x"}),
        put(admin, **VERSION_3 | secrets | {"offSeconds": SECRET}),
        admin.get(ADDRESS),
        admin.get(f"/api/clients/{UUID}"),
        admin.get("/api/clients"),
    ]
    assert [each.status_code for each in answers] == [200, 422, 422, 200, 200, 200]
    with api_app.engine.connect() as connection:
        stored = str(connection.execute(text("SELECT * FROM power_switches")).all())
    told = "".join(each.text for each in answers) + stored + caplog.text + "".join(capfd.readouterr())
    assert SECRET not in told
    assert "gAAAA" in stored


def test_a_secret_that_is_not_sent_again_is_kept(admin: TestClient) -> None:
    put(admin, **SHELLY)
    kept = {name: value for name, value in SHELLY.items() if name != "secret"}
    assert put(admin, **kept | {"outlet": "1", "offSeconds": 30}).json()["hasSecret"] is True
    assert put(admin, **kept | {"secret": None}).json()["hasSecret"] is False
    assert put(admin, **kept).json()["hasSecret"] is False


def test_a_kept_secret_never_goes_to_another_place(admin: TestClient) -> None:
    kept = {name: value for name, value in SHELLY.items() if name != "secret"}
    for elsewhere in ({"address": "10.0.9.18"}, {"driver": "tasmota_http", "outlet": "1"}, {"username": "x"}):
        put(admin, **SHELLY)
        assert mistakes(admin, **kept | elsewhere) == ["secret"]
        assert put(admin, **kept | elsewhere | {"secret": "new"}).status_code == 200


NO_ADDRESSES = (
    "http://10.0.9.17",
    "10.0.9.17/cm",
    "plug:0",
    "plug:65536",
    "plug:http",
    "a b",
    "user@plug",
    "fd00::9",
    "-plug",
    "",
)


def test_an_address_is_a_host_and_perhaps_a_port(admin: TestClient) -> None:
    for address in NO_ADDRESSES:
        assert mistakes(admin, **SHELLY | {"address": address}) == ["address"], address
    for address in ("plug-1", "plug_1.school.local:8080", "10.0.9.17", "[fd00::9]:80"):
        assert put(admin, **SHELLY | {"address": address}).status_code == 200, address


MISTAKES: list[tuple[dict[str, Any], list[str]]] = [
    (SHELLY | {"outlet": "all"}, ["outlet"]),
    (POE | {"outlet": "", "address": "", "secret": None}, ["address", "outlet", "secret"]),
    (SHELLY | {"outlet": "32"}, ["outlet"]),
    (TASMOTA | {"outlet": "0"}, ["outlet"]),
    (POE | {"outlet": "0"}, ["outlet"]),
    (POE | {"outlet": "1.2.3"}, ["outlet"]),
    (SHELLY | {"offSeconds": 2}, ["offSeconds"]),
    (SHELLY | {"offSeconds": 61}, ["offSeconds"]),
    (SHELLY | {"topic": "shellies/x", "tls": True}, ["tls", "topic"]),
    (SHELLY | {"driver": "zigbee"}, ["driver"]),
    (SHELLY | {"password": "x"}, ["password"]),
    (TASMOTA | {"topic": "#"}, ["topic"]),
    (TASMOTA | {"topic": "a/+/b"}, ["topic"]),
    (TASMOTA | {"topic": None}, ["topic"]),
    (TASMOTA | {"caCertificate": "x"}, ["caCertificate"]),
    (TASMOTA | {"caCertificate": "x", "tls": True}, ["caCertificate"]),
    (TASMOTA | {"username": "a\nb"}, ["username"]),
    (POE | {"secret": None}, ["secret"]),
    (POE | {"authProtocol": "sha256"}, ["authProtocol"]),
    (VERSION_3 | {"authProtocol": None}, ["authProtocol"]),
    (VERSION_3 | {"secret": "short"}, ["secret"]),
    (VERSION_3 | {"privacyProtocol": "aes128"}, ["privacySecret"]),
    (VERSION_3 | {"privacySecret": "long enough"}, ["privacyProtocol"]),
]


def test_each_mistake_is_told_by_its_field(admin: TestClient) -> None:
    told = [(switch, mistakes(admin, **switch)) for switch, _ in MISTAKES]
    assert told == MISTAKES
    assert admin.get(ADDRESS).status_code == 404


def test_only_administrators_see_and_change_it(admin: TestClient, log_in: LogIn) -> None:
    put(admin, **SHELLY)
    for role in (Role.USER, Role.EDITOR):
        person = log_in(role)
        answers = [
            person.get(ADDRESS),
            person.put(ADDRESS, json=SHELLY),
            person.delete(ADDRESS),
            person.get(f"{ADDRESS}/state"),
        ]
        assert {each.status_code for each in answers} == {403}
    assert admin.put("/api/clients/no-such-client/power-switch", json=SHELLY).status_code == 404


def test_a_deleted_client_takes_its_switch_along(admin: TestClient, api_app: App) -> None:
    put(admin, **SHELLY)
    assert admin.delete(f"/api/clients/{UUID}").status_code == 200
    with api_app.engine.connect() as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM power_switches")) == 0


@pytest.fixture
def plug() -> Iterator[Gen2Shelly]:
    plug = Gen2Shelly(SECRET)
    yield plug
    plug.stop()


def test_the_switch_can_be_asked_how_it_stands(admin: TestClient, plug: Gen2Shelly) -> None:
    right = SHELLY | {"address": plug.settings.address, "outlet": "1"}
    put(admin, **right)
    assert admin.get(f"{ADDRESS}/state").json() == {"isOn": True}
    plug.outlets.on["1"] = False
    assert admin.get(f"{ADDRESS}/state").json() == {"isOn": False}
    assert plug.outlets.switched == []
    for wrong, code in (({"outlet": "7"}, "power_switch_no_outlet"), ({"secret": "wrong"}, "power_switch_refused")):
        put(admin, **right | wrong)
        answer = admin.get(f"{ADDRESS}/state", headers={"Accept-Language": "en"})
        assert (answer.status_code, answer.json()["code"]) == (502, code)


def test_after_a_change_of_the_key_the_secret_has_to_be_entered_again(admin: TestClient, api_app: App) -> None:
    put(admin, **SHELLY)
    with api_app.engine.begin() as connection:
        connection.execute(text("UPDATE power_switches SET sealed_secret = 'gAAAAsealed with another key'"))
    assert admin.get(f"{ADDRESS}/state").json()["code"] == "power_switch_secret_lost"
    assert admin.get(ADDRESS).json()["hasSecret"] is True
    kept = {name: value for name, value in SHELLY.items() if name != "secret"}
    assert put(admin, **kept).status_code == 502
    documented = admin.get("/api/openapi.json").json()["paths"]["/api/clients/{uuid}/power-switch"]["put"]
    assert "502" in documented["responses"]
    assert put(admin, **SHELLY).status_code == 200


def cycle(admin: TestClient) -> Any:
    return admin.post(f"/api/clients/{UUID}/power_cycle", json={"reason": "Bild steht"})


def test_a_power_cycle_is_taken_and_followed_like_any_command(admin: TestClient, bus: RememberingBus) -> None:
    put(admin, **SHELLY)
    bus.is_connected = False
    answer = cycle(admin)
    assert (answer.status_code, answer.json()["success"]) == (202, True)
    assert answer.json()["message"] == "Der Strom wird aus- und wieder eingeschaltet."
    command = answer.json()["command"]
    assert (command["action"], command["status"], command["reason"]) == ("power_cycle", "queued", "Bild steht")
    assert admin.get(f"/api/clients/commands/{command['commandId']}").json() == command
    again = cycle(admin)
    assert (again.status_code, again.json()["code"]) == (409, "power_cycle_under_way")


def test_without_a_power_switch_there_is_nothing_to_cycle(admin: TestClient, editor: TestClient) -> None:
    answer = cycle(admin)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_power_switch")
    assert admin.get("/api/commands").json()["commands"] == []
    assert cycle(editor).status_code == 403
    assert admin.post("/api/clients/no-such-client/power_cycle").status_code == 404


def test_the_lockout_blocks_a_power_cycle_as_well(admin: TestClient) -> None:
    put(admin, **SHELLY)
    for _ in range(3):
        assert admin.post(f"/api/clients/{UUID}/restart").status_code == 202
    answer = cycle(admin)
    assert answer.status_code == 429
    assert (answer.json()["code"], answer.json()["command"]["status"]) == ("lockout_active", "blocked_safety")
