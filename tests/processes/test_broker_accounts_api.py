"""Making and revoking a device's broker account over HTTP."""

import pytest
from starlette.testclient import TestClient

from http_clients import LogIn
from infoscreen.domain.access import Role

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
ADDRESS = f"/api/clients/{UUID}/broker-account"


def test_the_answer_holds_everything_a_device_needs_to_connect(admin: TestClient) -> None:
    answer = admin.post(ADDRESS)
    assert answer.status_code == 201
    account = answer.json()
    assert len(account.pop("password")) >= 20
    assert len(account.pop("deviceToken")) >= 20
    assert account == {
        "username": "infoscreen-client-9b8d1856",
        "clientId": "infoscreen-client-9b8d1856",
        "host": "screens.example",
        "port": 1883,
        "tls": False,
        "caCertificate": None,
    }


def test_the_client_is_there_from_then_on(admin: TestClient) -> None:
    admin.post(ADDRESS)
    assert admin.get(f"/api/clients/{UUID}").status_code == 200


def test_a_second_account_is_refused_until_the_first_is_revoked(admin: TestClient) -> None:
    first = admin.post(ADDRESS).json()
    again = admin.post(ADDRESS)
    assert (again.status_code, again.json()["code"]) == (409, "broker_account_exists")
    assert admin.delete(ADDRESS).json() == {"success": True}
    second = admin.post(ADDRESS)
    assert second.status_code == 201
    assert second.json()["password"] != first["password"]


def test_there_is_nothing_to_revoke_where_there_is_no_account(admin: TestClient) -> None:
    assert admin.delete(ADDRESS).status_code == 404


def test_a_malformed_uuid_is_refused_with_a_sentence(admin: TestClient) -> None:
    answer = admin.post("/api/clients/not-a-uuid/broker-account", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["details"]) == (422, {"uuid": "This is not a UUID."})


@pytest.mark.parametrize("role", [Role.USER, Role.EDITOR])
def test_only_administrators_make_and_revoke_accounts(role: Role, log_in: LogIn) -> None:
    person = log_in(role)
    assert person.post(ADDRESS).status_code == 403
    assert person.delete(ADDRESS).status_code == 403


def test_nobody_does_so_without_a_login(nobody: TestClient) -> None:
    assert nobody.post(ADDRESS).status_code == 401
