"""Whoever asks for an account is a stranger: what strangers send costs nothing, and what is put out stays out."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from applications import Clock

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
ODD = ["\ud800", "\x00", "a\x1b[2Jb", "ß" * 64, "\u202e3467", "Ⅳ" * 12, "9" * 64]


def new_code(admin: TestClient, **wish: Any) -> str:
    code: str = admin.post("/api/enrollments", json=wish).json()["code"]
    return code


@pytest.mark.parametrize("odd", ODD)
def test_odd_characters_are_refused_and_break_nothing(nobody: TestClient, odd: str) -> None:
    for body in (
        {"code": odd, "uuid": UUID},
        {"code": "3467-9ACD-EFGH", "uuid": odd},
        {"code": "3467-9ACD-EFGH", "uuid": UUID, "hostname": odd},
        {"code": "3467-9ACD-EFGH", "uuid": UUID, "macs": [odd]},
    ):
        answer = nobody.post("/api/enroll", content=json.dumps(body), headers={"Content-Type": "application/json"})
        assert answer.status_code in (400, 403, 422), body


def test_a_description_with_control_characters_is_refused(admin: TestClient) -> None:
    answer = admin.post("/api/enrollments", json={"description": "a\x1b[2Jb"})
    assert (answer.status_code, list(answer.json()["details"])) == (422, ["description"])


@pytest.mark.parametrize("address", ["/api/enroll", "/api/auth/login", "/api/groups"])
def test_a_stranger_cannot_fill_the_memory(nobody: TestClient, address: str) -> None:
    """Whatever kind it says it is: what is not an upload is small, and says how small before it is read."""
    for kind in ("application/json", "multipart/form-data; boundary=x"):
        large = nobody.post(address, content=b"x" * (1024 * 1024 + 1), headers={"Content-Type": kind})
        assert large.status_code == 413
        endless = nobody.post(address, content=iter([b"x"]), headers={"Content-Type": kind})
        assert endless.status_code == 411


def test_who_was_put_out_does_not_come_back_by_the_same_code(
    admin: TestClient, nobody: TestClient, clock: Clock
) -> None:
    body = {"code": new_code(admin), "uuid": UUID}
    assert nobody.post("/api/enroll", json=body).status_code == 201
    clock.forward(minutes=1)
    assert nobody.post("/api/enroll", json=body).status_code == 201  # its answer may have been lost
    admin.delete(f"/api/clients/{UUID}/broker-account").raise_for_status()
    assert nobody.post("/api/enroll", json=body).status_code == 403
    again = {"code": new_code(admin), "uuid": UUID}
    assert nobody.post("/api/enroll", json=again).status_code == 201


def test_a_deleted_device_does_not_come_back_by_the_same_code(admin: TestClient, nobody: TestClient) -> None:
    body = {"code": new_code(admin), "uuid": UUID}
    assert nobody.post("/api/enroll", json=body).status_code == 201
    admin.delete(f"/api/clients/{UUID}").raise_for_status()
    assert nobody.post("/api/enroll", json=body).status_code == 403
    assert admin.get(f"/api/clients/{UUID}").status_code == 404


def test_what_was_told_before_a_revocation_opens_nothing_after_it(admin: TestClient, nobody: TestClient) -> None:
    first = nobody.post("/api/enroll", json={"code": new_code(admin), "uuid": UUID}).json()
    admin.delete(f"/api/clients/{UUID}/broker-account").raise_for_status()
    second = nobody.post("/api/enroll", json={"code": new_code(admin), "uuid": UUID}).json()
    assert second["username"] == first["username"]
    for account, status in ((first, 401), (second, 200)):
        headers = {"Authorization": f"Bearer {account['deviceToken']}"}
        assert nobody.get("/api/device/credentials", headers=headers).status_code == status


def test_a_group_that_is_gone_meanwhile_leaves_the_device_unassigned(admin: TestClient, nobody: TestClient) -> None:
    group = admin.post("/api/groups", json={"name": "Aula"}).json()["id"]
    code = new_code(admin, groupId=group)
    admin.delete(f"/api/groups/{group}").raise_for_status()
    assert nobody.post("/api/enroll", json={"code": code, "uuid": UUID}).status_code == 201
    assert admin.get(f"/api/clients/{UUID}").json()["groupId"] == 1
