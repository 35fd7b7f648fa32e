"""Commands over the API: what is answered, to whom, and in which words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from applications import Clock, RememberingBus
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.domain.access import Role
from infoscreen.domain.commands import Signal
from infoscreen.services.commands import give_signal

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
FIELDS = {
    "commandId",
    "clientUuid",
    "action",
    "status",
    "reason",
    "requestedBy",
    "issuedAt",
    "expiresAt",
    "publishedAt",
    "ackedAt",
    "executionStartedAt",
    "recoveredAt",
    "completedAt",
    "failedAt",
    "errorCode",
    "errorMessage",
    "overdueSince",
    "createdAt",
    "updatedAt",
}


@pytest.fixture(autouse=True)
def screen(api_app: App) -> None:
    with api_app.work() as work:
        screen = Client(uuid=UUID, description="Aula", group_id=UNASSIGNED_ID, created_at=work.now)
        screen.state = ClientState()
        work.session.add(screen)


@pytest.fixture
def tell(api_app: App) -> Callable[[str, Signal], None]:
    def give(command_id: str, signal: Signal) -> None:
        with api_app.work() as work:
            give_signal(work, command_id, signal)

    return give


ACTIONS = {"restart": "reboot_host", "shutdown": "shutdown_host", "restart_app": "restart_app"}


@pytest.mark.parametrize(("path", "action"), ACTIONS.items())
def test_a_command_is_answered_after_the_broker_has_confirmed_it(
    path: str, action: str, admin: TestClient, bus: RememberingBus
) -> None:
    answer = admin.post(f"/api/clients/{UUID}/{path}", json={"reason": "Bild steht"})
    assert answer.status_code == 202
    body = answer.json()
    assert body["success"] is True
    assert body["message"] == "Der Befehl ist unterwegs."
    command = body["command"]
    assert command.keys() == FIELDS | {"transitions"}
    assert (command["action"], command["status"], command["reason"]) == (action, "published", "Bild steht")
    assert command["publishedAt"] == "2026-11-23T07:00:00"
    assert command["requestedBy"]
    assert [step["toStatus"] for step in command["transitions"]] == ["queued", "publish_in_progress", "published"]
    assert bus.sent[0][0] == f"infoscreen/{UUID}/commands"


def test_a_reason_is_optional_and_bounded(admin: TestClient) -> None:
    assert admin.post(f"/api/clients/{UUID}/restart").json()["command"]["reason"] is None
    assert admin.post(f"/api/clients/{UUID}/restart", json={"reason": "x" * 2_001}).status_code == 422
    assert admin.post(f"/api/clients/{UUID}/restart", json={"resaon": "x"}).status_code == 422


def test_while_the_broker_is_away_the_command_has_failed_and_is_answered_503(
    admin: TestClient, bus: RememberingBus
) -> None:
    bus.is_connected = False
    answer = admin.post(f"/api/clients/{UUID}/restart")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    body = answer.json()
    assert (body["success"], body["code"]) == (False, "broker_unavailable")
    assert "Broker" in body["error"]
    assert (body["command"]["status"], body["command"]["errorCode"]) == ("failed", "mqtt_publish_failed")


def test_both_ways_to_be_unavailable_are_documented(admin: TestClient) -> None:
    told = admin.get("/api/openapi.json").json()["paths"]["/api/clients/{uuid}/restart"]["post"]["responses"]["503"]
    shapes = told["content"]["application/json"]["schema"]["anyOf"]
    assert [shape["$ref"].rsplit("/", 1)[-1] for shape in shapes] == ["RefusedCommand", "Problem"]


def test_the_fourth_restart_is_answered_429_with_the_blocked_command(admin: TestClient, clock: Clock) -> None:
    for path in ("restart", "restart_app", "restart"):
        assert admin.post(f"/api/clients/{UUID}/{path}").status_code == 202
        clock.forward(minutes=1)
    answer = admin.post(f"/api/clients/{UUID}/restart", headers={"Accept-Language": "en"})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == str(12 * 60)
    body = answer.json()
    assert body["success"] is False
    assert "in 12 min." in body["message"]
    assert (body["command"]["status"], body["command"]["errorCode"]) == ("blocked_safety", "lockout_threshold")
    assert admin.post(f"/api/clients/{UUID}/shutdown").status_code == 202


def test_a_command_is_followed_to_its_end(admin: TestClient, clock: Clock, tell: Callable[[str, Signal], None]) -> None:
    command_id = admin.post(f"/api/clients/{UUID}/restart_app").json()["command"]["commandId"]
    address = f"/api/clients/commands/{command_id}"
    assert admin.get(address).json()["overdueSince"] is None
    clock.forward(seconds=21)
    assert admin.get(address).json()["overdueSince"] == "2026-11-23T07:00:20"
    tell(command_id, Signal.ACK_COMPLETED)
    found = admin.get(address).json()
    assert (found["status"], found["overdueSince"], found["completedAt"]) == ("completed", None, "2026-11-23T07:00:21")
    assert found["transitions"][-1] == {
        "at": "2026-11-23T07:00:21",
        "fromStatus": "published",
        "toStatus": "completed",
        "cause": "ack_completed",
    }


def test_an_overdue_command_is_a_warning_about_its_client(admin: TestClient, api_app: App, clock: Clock) -> None:
    admin.post(f"/api/clients/{UUID}/restart_app")
    for seconds, status, warnings in ((20, "healthy", []), (1, "warning", ["command_overdue"])):
        clock.forward(seconds=seconds)
        with api_app.work() as work:
            work.session.get_one(ClientState, UUID).last_alive = work.now
        (found,) = admin.get("/api/clients/status").json()["clients"]
        assert (found["status"], found["warnings"]) == (status, warnings)


def test_cancelling_too_late_is_a_conflict(admin: TestClient, tell: Callable[[str, Signal], None]) -> None:
    first = admin.post(f"/api/clients/{UUID}/restart").json()["command"]["commandId"]
    canceled = admin.post(f"/api/clients/commands/{first}/cancel")
    assert (canceled.status_code, canceled.json()["status"]) == (200, "canceled")
    second = admin.post(f"/api/clients/{UUID}/restart").json()["command"]["commandId"]
    tell(second, Signal.ACK_ACCEPTED)
    for command_id in (first, second):
        refused = admin.post(f"/api/clients/commands/{command_id}/cancel")
        assert (refused.status_code, refused.json()["code"]) == (409, "command_too_late")


def test_the_history_is_read_in_pages_and_by_status_and_action(admin: TestClient, clock: Clock) -> None:
    for _ in range(5):
        admin.post(f"/api/clients/{UUID}/restart")
        clock.now += timedelta(minutes=2)
    newest = admin.get(f"/api/clients/{UUID}/commands", params={"limit": 3}).json()
    assert (newest["total"], len(newest["commands"])) == (5, 3)
    assert newest["commands"][0].keys() == FIELDS
    older = admin.get(f"/api/clients/{UUID}/commands", params={"limit": 3, "cursor": newest["nextCursor"]}).json()
    assert (len(older["commands"]), older["nextCursor"]) == (2, None)
    ids = [command["commandId"] for command in newest["commands"] + older["commands"]]
    assert len(set(ids)) == 5
    blocked = admin.get("/api/commands", params={"status": "blocked_safety"}).json()
    assert blocked["total"] == 2
    both = admin.get("/api/commands", params={"status": ["blocked_safety", "published"], "action": "reboot_host"})
    assert both.json()["total"] == 5
    assert admin.get("/api/commands", params={"action": "shutdown_host"}).json()["commands"] == []
    assert admin.get("/api/commands", params={"status": "lost"}).status_code == 422


def test_what_does_not_exist_is_answered_404(admin: TestClient) -> None:
    unknown = "ffffffff-ffff-4fff-8fff-ffffffffffff"
    for method, path in [
        ("POST", f"/api/clients/{unknown}/restart"),
        ("GET", f"/api/clients/{unknown}/commands"),
        ("GET", f"/api/clients/commands/{unknown}"),
        ("POST", f"/api/clients/commands/{unknown}/cancel"),
    ]:
        assert admin.request(method, path).status_code == 404, path


@pytest.mark.parametrize("role", [Role.USER, Role.EDITOR])
def test_only_administrators_command(role: Role, log_in: LogIn) -> None:
    person = log_in(role)
    for path in ACTIONS:
        assert person.post(f"/api/clients/{UUID}/{path}").status_code == 403
    assert person.get("/api/commands").status_code == 403
    assert person.get(f"/api/clients/{UUID}/commands").status_code == 403
