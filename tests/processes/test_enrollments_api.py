"""Enrolment over HTTP: an administrator's code, and a device that comes with it and no login."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from applications import Clock
from http_clients import LogIn
from infoscreen.domain.access import Role

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
OTHER = "11111111-ff34-4864-a726-12de072d0f77"


def new_code(admin: TestClient, **wish: Any) -> dict[str, Any]:
    answer = admin.post("/api/enrollments", json=wish)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_device_gets_its_account_for_a_code_and_nothing_else(admin: TestClient, nobody: TestClient) -> None:
    group = admin.post("/api/groups", json={"name": "Aula"}).json()["id"]
    code = new_code(admin, description="Aula links", groupId=group)["code"]
    hardware = {"hostname": "pi-aula-1", "ip": "10.0.3.17", "macs": ["aa:bb"], "osVersion": "Debian 12", "later": 1}
    answer = nobody.post("/api/enroll", json={"code": code, "uuid": UUID, **hardware})
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(answer.json()) == {
        "username",
        "password",
        "clientId",
        "host",
        "port",
        "tls",
        "caCertificate",
        "deviceToken",
    }
    client = admin.get(f"/api/clients/{UUID}").json()
    told = client["description"], client["groupId"], client["hostname"], client["osVersion"]
    assert told == ("Aula links", group, "pi-aula-1", "Debian 12")


def test_a_code_holds_for_an_hour_unless_told_otherwise(admin: TestClient, clock: Clock) -> None:
    for wish, minutes in (({}, 60), ({"validMinutes": 5}, 5)):
        expires = datetime.fromisoformat(new_code(admin, **wish)["expiresAt"])
        assert expires == (clock.now + timedelta(minutes=minutes)).replace(tzinfo=None)


@pytest.mark.parametrize("minutes", [0, -1, 10_081, 10**30, "soon"])
def test_a_code_cannot_hold_for_ever(admin: TestClient, minutes: object) -> None:
    answer = admin.post("/api/enrollments", json={"validMinutes": minutes})
    assert (answer.status_code, list(answer.json()["details"])) == (422, ["validMinutes"])


def test_open_codes_are_listed_without_the_code_and_can_be_withdrawn(admin: TestClient, nobody: TestClient) -> None:
    made = new_code(admin, description="Aula")
    listed = admin.get("/api/enrollments")
    assert made["code"] not in listed.text
    assert [(each["id"], each["description"]) for each in listed.json()["enrollments"]] == [(made["id"], "Aula")]
    assert admin.delete(f"/api/enrollments/{made['id']}").json() == {"success": True}
    assert admin.delete(f"/api/enrollments/{made['id']}").status_code == 404
    assert nobody.post("/api/enroll", json={"code": made["code"], "uuid": UUID}).status_code == 403


def test_wrong_used_and_expired_codes_are_answered_alike(admin: TestClient, nobody: TestClient, clock: Clock) -> None:
    used, expired = new_code(admin)["code"], new_code(admin)["code"]
    assert nobody.post("/api/enroll", json={"code": used, "uuid": UUID}).status_code == 201
    clock.forward(minutes=61)
    answers = [
        nobody.post("/api/enroll", json={"code": code, "uuid": OTHER}) for code in (used, expired, "3333-3333-3333")
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].json()["code"] == "enrollment_refused"


def test_guessing_is_answered_with_a_pause_even_for_a_right_code(admin: TestClient, nobody: TestClient) -> None:
    code = new_code(admin)["code"]
    guesses = [nobody.post("/api/enroll", json={"code": f"3333-3333-333{n}", "uuid": UUID}) for n in range(11)]
    assert [answer.status_code for answer in guesses] == [403] * 10 + [429]
    answer = nobody.post("/api/enroll", json={"code": code, "uuid": UUID}, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    assert answer.headers["Retry-After"] in answer.json()["error"]


def test_a_class_of_devices_behind_one_address_is_not_held_up(admin: TestClient, nobody: TestClient) -> None:
    for number in range(15):
        wanted = {"code": new_code(admin)["code"], "uuid": f"{number:08x}-ff34-4864-a726-12de072d0f77"}
        assert nobody.post("/api/enroll", json=wanted).status_code == 201


def test_a_device_with_an_account_is_told_that_it_has_one(admin: TestClient, nobody: TestClient) -> None:
    admin.post(f"/api/clients/{UUID}/broker-account")
    answer = nobody.post("/api/enroll", json={"code": new_code(admin)["code"], "uuid": UUID})
    assert (answer.status_code, answer.json()["code"]) == (409, "broker_account_exists")
    own = new_code(admin, clientUuid=UUID)["code"]
    assert nobody.post("/api/enroll", json={"code": own, "uuid": UUID}).status_code == 201


HOSTILE: list[Any] = [
    {},
    [],
    {"code": "x"},
    {"code": "", "uuid": UUID},
    {"code": "x" * 65, "uuid": UUID},
    {"code": 5, "uuid": UUID},
    {"code": "3333-3333-3333", "uuid": UUID, "hostname": "x" * 256},
    {"code": "3333-3333-3333", "uuid": UUID, "macs": ["x"] * 33},
    {"code": "3333-3333-3333", "uuid": "not-a-uuid"},
]


@pytest.mark.parametrize("body", HOSTILE)
def test_nonsense_is_refused_as_such(nobody: TestClient, body: Any) -> None:
    assert nobody.post("/api/enroll", json=body).status_code == 422


@pytest.mark.parametrize("role", [Role.USER, Role.EDITOR])
def test_only_administrators_deal_with_codes(role: Role, log_in: LogIn) -> None:
    person = log_in(role)
    assert person.post("/api/enrollments", json={}).status_code == 403
    assert person.get("/api/enrollments").status_code == 403
    assert person.delete("/api/enrollments/1").status_code == 403


def test_nobody_does_so_without_a_login(nobody: TestClient) -> None:
    assert nobody.post("/api/enrollments", json={}).status_code == 401
    assert nobody.get("/api/enrollments").status_code == 401
