"""Bulk commands and rollouts over the API: shapes, roles, and what is refused."""

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from applications import RememberingBus
from fleets import add_screens, uuid_of
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.domain.access import Role
from infoscreen.domain.commands import Action, Signal
from infoscreen.services.commands import give_signal, issue_command
from infoscreen.services.rollout_pass import advance_rollouts

BULK, ROLLOUTS = "/api/clients/commands/bulk", "/api/rollouts"
TALLY = {
    "pending": 0,
    "open": 0,
    "completed": 0,
    "failed": 0,
    "timedOut": 0,
    "expired": 0,
    "canceled": 0,
    "blocked": 0,
    "vanished": 0,
    "commands": 0,
    "failures": 0,
    "failurePercent": 0.0,
}


@pytest.fixture(autouse=True)
def screens(api_app: App) -> None:
    add_screens(api_app, 4)


def order(count: int = 4, **fields: Any) -> dict[str, Any]:
    uuids = [uuid_of(number) for number in range(count)]
    return {"clientIds": uuids, "action": "reboot_host", "reason": "Update"} | fields


def tell(api_app: App, command_id: str, *signals: Signal) -> None:
    for signal in (Signal.TAKEN, Signal.PUBLISHED, *signals):
        with api_app.work() as work:
            give_signal(work, command_id, signal)


def advance(api_app: App) -> None:
    advance_rollouts(api_app.reading, api_app.work)


def test_a_bulk_command_is_answered_with_one_command_or_block_per_client(api_app: App, admin: TestClient) -> None:
    for _ in range(3):
        with api_app.work() as work:
            issue_command(work, uuid_of(1), Action.RESTART_APP, None)
    answer = admin.post(BULK, json=order())
    assert answer.status_code == 202
    body = answer.json()
    assert (body["success"], body["message"]) == (True, "Der Befehl ist unterwegs. Infoscreens: 4.")
    assert [(each["clientUuid"], each["status"]) for each in body["commands"]] == [
        (uuid_of(0), "queued"),
        (uuid_of(1), "blocked_safety"),
        (uuid_of(2), "queued"),
        (uuid_of(3), "queued"),
    ]
    assert {each["reason"] for each in body["commands"]} == {"Update"}
    assert body["rollout"]["totals"] == TALLY | {"open": 3, "blocked": 1, "commands": 4}
    blocked = body["rollout"]["targets"][1]
    assert (blocked["outcome"], blocked["errorCode"]) == ("blocked", "lockout_threshold")


def test_a_rollout_tells_its_waves_its_halt_in_words_and_every_clients_part(api_app: App, admin: TestClient) -> None:
    started = admin.post(BULK, json=order(waves=[{"size": 1}])).json()
    assert started["message"] == "Der Befehl ist unterwegs. Infoscreens: 4, Wellen: 2."
    (command,) = started["commands"]
    tell(api_app, command["commandId"], Signal.ACK_FAILED)
    advance(api_app)
    english = {"Accept-Language": "en"}
    rollout = admin.get(f"{ROLLOUTS}/{started['rollout']['id']}", headers=english).json()
    assert (rollout["state"], rollout["wave"], rollout["canary"]) == ("halted", 1, None)
    assert rollout["halt"] == {
        "code": "too_many_failures",
        "params": {"wave": 1, "failed": 1, "timedOut": 0, "failures": 1, "commands": 1, "percent": 100.0},
        "message": "Halted: in wave 1, 1 of 1 commands failed or timed out (100.0 %); 5 % are allowed.",
    }
    german = admin.get(f"{ROLLOUTS}/{started['rollout']['id']}").json()["halt"]["message"]
    assert german == (
        "Angehalten: In Welle 1 fehlgeschlagen oder ohne Rückmeldung: 1 von 1 Befehlen (100,0 %); erlaubt sind 5 %."
    )
    first, second = rollout["waves"]
    failed = TALLY | {"failed": 1, "commands": 1, "failures": 1, "failurePercent": 100.0}
    assert first == failed | {"number": 1, "isCanary": False, "state": "present"}
    assert second == TALLY | {"pending": 3, "commands": 3, "number": 2, "isCanary": False, "state": "ahead"}
    assert [(each["wave"], each["outcome"], each["status"]) for each in rollout["targets"]] == [
        (1, "failed", "failed"),
        *[(2, "pending", None)] * 3,
    ]


def test_a_person_pauses_resumes_and_stops_it(api_app: App, admin: TestClient) -> None:
    rollout_id = admin.post(BULK, json=order()).json()["rollout"]["id"]
    path = f"{ROLLOUTS}/{rollout_id}"
    assert admin.post(f"{path}/pause").json()["state"] == "paused"
    again = admin.post(f"{path}/pause")
    assert (again.status_code, again.json()["code"]) == (409, "rollout_not_running")
    assert admin.post(f"{path}/resume").json()["state"] == "running"
    stopped = admin.post(f"{path}/stop").json()
    assert (stopped["state"], stopped["totals"]["canceled"]) == ("stopped", 4)
    ended = admin.post(f"{path}/resume")
    assert (ended.status_code, ended.json()["code"]) == (409, "rollout_ended")


def test_a_canary_group_is_shown_with_when_it_is_ready(api_app: App, admin: TestClient) -> None:
    body = {"action": "restart_app", "reason": "Update", "waves": [{"clientIds": [uuid_of(2)]}], "canary": True}
    started = admin.post(ROLLOUTS, json=body)
    assert started.status_code == 202
    (command,) = started.json()["commands"]
    tell(api_app, command["commandId"], Signal.ACK_COMPLETED)
    advance(api_app)
    (rollout,) = admin.get(ROLLOUTS).json()["rollouts"]
    assert (rollout["state"], rollout["isCanary"]) == ("waiting", True)
    canary = rollout["canary"]
    assert (canary["beganAt"], canary["readyAt"]) == ("2026-11-23T07:00:00", "2026-11-30T07:00:00")
    assert (canary["isReady"], canary["completed"]) == (False, 1)
    path = f"{ROLLOUTS}/{rollout['id']}/resume"
    refused = admin.post(path)
    assert (refused.status_code, refused.json()["code"]) == (409, "canary_not_ready")
    assert refused.json()["error"].endswith("Bisher: 1 ausgeführt, 0,0 % Fehler; frühestens 30.11.2026 07:00 (UTC).")
    assert refused.json()["details"]["ready_at"] == "2026-11-30T07:00:00"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (order(reason=" "), "reason"),
        (order(reason=None), "reason"),
        ({"clientIds": [uuid_of(0)], "action": "reboot_host"}, "reason"),
        (order(action="power_cycle"), "action"),
        (order(clientIds=["not a uuid"]), "clientIds.0"),
        (order(clientIds=[]), "clientIds"),
        (order(groupId=1), "clientIds"),
        ({"action": "reboot_host", "reason": "x"}, "clientIds"),
        (order(clientIds=None, groupId=99), "groupId"),
        (order(waves=[{}]), "waves"),
        (order(waves=[{"size": 1, "groupId": 1}]), "waves"),
        (order(waves=[{"groupId": 2}]), "waves"),
        (order(waves=[{"size": 0}]), "waves.0.size"),
        (order(canary=True), "canary"),
    ],
)
def test_what_makes_no_sense_is_told_by_field_and_nothing_is_stored(
    admin: TestClient, body: dict[str, Any], field: str
) -> None:
    answer = admin.post(BULK, json=body)
    assert (answer.status_code, list(answer.json()["details"])) == (422, [field])
    assert admin.get(ROLLOUTS).json() == {"rollouts": [], "total": 0, "nextCursor": None}


def test_unknown_clients_are_named(admin: TestClient) -> None:
    answer = admin.post(BULK, json=order(clientIds=[uuid_of(0), uuid_of(77)]))
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_clients")
    assert uuid_of(77) in answer.json()["error"]


def test_the_same_client_twice_is_one(admin: TestClient) -> None:
    answer = admin.post(BULK, json=order(clientIds=[uuid_of(0), uuid_of(0).upper()])).json()
    assert len(answer["commands"]) == 1


def test_one_that_has_begun_is_answered_when_its_next_step_has_to_wait_for_the_database(
    admin: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deadlock(*_arguments: object, **_options: object) -> None:
        raise OperationalError("SELECT", {}, Exception(1213, "Deadlock found when trying to get lock"))

    monkeypatch.setattr("infoscreen.processes.api.routes.rollouts.advance_rollout", deadlock)
    answer = admin.post(BULK, json=order())
    assert answer.status_code == 202
    assert (answer.json()["commands"], answer.json()["rollout"]["totals"]["pending"]) == ([], 4)


def test_without_the_broker_nothing_begins(admin: TestClient, bus: RememberingBus) -> None:
    bus.is_connected = False
    answer = admin.post(BULK, json=order())
    assert (answer.status_code, answer.json()["code"]) == (503, "broker_unavailable")
    assert admin.get("/api/commands").json()["total"] == 0


def test_rollouts_come_in_pages(admin: TestClient) -> None:
    ids = [admin.post(BULK, json=order(action="shutdown_host")).json()["rollout"]["id"] for _ in range(3)]
    first = admin.get(ROLLOUTS, params={"limit": 2}).json()
    assert [each["id"] for each in first["rollouts"]] == ids[:0:-1]
    assert first["total"] == 3
    rest = admin.get(ROLLOUTS, params={"limit": 2, "cursor": first["nextCursor"]}).json()
    assert [each["id"] for each in rest["rollouts"]] == ids[:1]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", BULK),
        ("GET", ROLLOUTS),
        ("POST", ROLLOUTS),
        ("GET", "/api/rollouts/1"),
        *(("POST", f"/api/rollouts/1/{move}") for move in ("pause", "resume", "stop")),
    ],
)
def test_editors_have_no_part_in_it(log_in: LogIn, method: str, path: str) -> None:
    assert log_in(Role.EDITOR).request(method, path, json=order()).status_code == 403


def test_a_rollout_that_is_not_there_is_answered_404(admin: TestClient) -> None:
    assert admin.get("/api/rollouts/7").status_code == 404
    assert admin.post("/api/rollouts/7/stop").status_code == 404
