"""New passwords for devices over HTTP: asked for by an administrator, fetched and confirmed by the device."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.domain.access import Role
from infoscreen.domain.broker_accounts import password_fits
from infoscreen.services import broker_accounts

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
ADDRESS = f"/api/clients/{UUID}/broker-account"
MANUAL = {"manual": True}


@pytest.fixture
def account(admin: TestClient) -> dict[str, Any]:
    made: dict[str, Any] = admin.post(ADDRESS).json()
    return made


def with_token(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def fetch(nobody: TestClient, account: dict[str, Any]) -> Any:
    answer = nobody.get("/api/device/credentials", headers=with_token(account["deviceToken"]))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.json()["waiting"]


def confirm(nobody: TestClient, account: dict[str, Any], rotation_id: str) -> int:
    body, headers = {"rotationId": rotation_id}, with_token(account["deviceToken"])
    status: int = nobody.post("/api/device/credentials/confirm", json=body, headers=headers).status_code
    return status


def lets_in(app: App, password: str) -> bool:
    with app.reading() as work:
        (grant,) = broker_accounts.grants(work)
    return password_fits(password, grant.password_hash)


def test_the_device_alone_is_told_its_new_password(
    api_app: App, admin: TestClient, nobody: TestClient, account: dict[str, Any]
) -> None:
    assert fetch(nobody, account) is None
    answer = admin.post(f"{ADDRESS}/rotate").json()
    assert (answer["password"], answer["deviceToken"], answer["rotation"]["state"]) == (None, None, "waiting")
    assert (answer["username"], answer["port"]) == (account["username"], account["port"])
    waiting = fetch(nobody, account)
    assert lets_in(api_app, account["password"])
    assert confirm(nobody, account, waiting["rotationId"]) == 200
    assert lets_in(api_app, waiting["password"])
    assert fetch(nobody, account) is None
    assert confirm(nobody, account, waiting["rotationId"]) == 200
    assert admin.get(ADDRESS).json()["rotation"]["state"] == "confirmed"


def test_a_rotation_under_way_is_not_disturbed_by_another(
    admin: TestClient, nobody: TestClient, account: dict[str, Any]
) -> None:
    admin.post(f"{ADDRESS}/rotate")
    confirm(nobody, account, fetch(nobody, account)["rotationId"])
    answer = admin.post(f"{ADDRESS}/rotate")
    assert (answer.status_code, answer.json()["code"]) == (409, "rotation_under_way")


def test_what_is_not_wanted_cannot_be_confirmed(admin: TestClient, nobody: TestClient, account: dict[str, Any]) -> None:
    admin.post(f"{ADDRESS}/rotate")
    assert confirm(nobody, account, "0" * 32) == 409


def test_a_device_set_up_by_hand_gets_secrets_that_are_shown_once_and_hold_at_once(
    api_app: App, admin: TestClient, nobody: TestClient, account: dict[str, Any]
) -> None:
    renewed = admin.post(f"{ADDRESS}/rotate", json=MANUAL).json()
    assert renewed["rotation"] is None
    assert renewed["username"] == account["username"]
    assert lets_in(api_app, renewed["password"])
    assert not lets_in(api_app, account["password"])
    assert fetch(nobody, renewed) is None
    old = nobody.get("/api/device/credentials", headers=with_token(account["deviceToken"]))
    assert old.status_code == 401


def test_the_state_of_an_account_holds_no_secret(admin: TestClient, account: dict[str, Any]) -> None:
    admin.post(f"{ADDRESS}/rotate")
    answer = admin.get(ADDRESS)
    assert set(answer.json()) == {"username", "createdAt", "rotation"}
    assert account["password"] not in answer.text


@pytest.mark.parametrize("authorization", ["", "Bearer ", "Bearer nonsense", "Basic eDp5", "bearer"])
def test_only_a_device_token_opens_the_devices_own_addresses(nobody: TestClient, authorization: str) -> None:
    headers = {"Authorization": authorization}
    assert nobody.get("/api/device/credentials", headers=headers).status_code == 401
    answer = nobody.post("/api/device/credentials/confirm", json={"rotationId": "x"}, headers=headers)
    assert answer.status_code == 401


def test_a_persons_login_is_no_device_token(admin: TestClient) -> None:
    assert admin.get("/api/device/credentials").status_code == 401


def test_without_an_account_there_is_nothing_to_rotate(admin: TestClient) -> None:
    for answer in (admin.get(ADDRESS), admin.post(f"{ADDRESS}/rotate"), admin.post(f"{ADDRESS}/rotate", json=MANUAL)):
        assert answer.status_code == 404


@pytest.mark.parametrize("role", [Role.USER, Role.EDITOR])
def test_only_administrators_rotate(role: Role, log_in: LogIn) -> None:
    person = log_in(role)
    assert person.post(f"{ADDRESS}/rotate").status_code == 403
    assert person.get(ADDRESS).status_code == 403
