"""Emergency messages and held groups over HTTP: who may, what is refused and in which words, what is answered."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from applications import Clock, RememberingBus
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.domain.access import Role
from infoscreen.services import broker_accounts, clients
from infoscreen.services.notices import NoticeKind

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
MESSAGE = {"message": "Bitte alle in den Hof", "severity": "critical", "minutes": 10, "reason": "Rauch im Keller"}


def make_group(admin: TestClient, name: str = "Aula") -> int:
    return int(admin.post("/api/groups", json={"name": name}).json()["id"])


def add_screen(app: App, group_id: int) -> None:
    with app.work() as work:
        broker_accounts.make_client_account(work, UUID)
        clients.assign_clients(work, [UUID], group_id)


def begun(admin: TestClient, **fields: Any) -> dict[str, Any]:
    answer = admin.post("/api/broadcasts", json=MESSAGE | fields)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def explained(client: TestClient, path: str, at: str | None = None) -> dict[str, Any]:
    return dict(client.get(f"/api/{path}/explain", params={"at": at} if at else {}).json())


def test_a_message_is_answered_with_its_roll_call(admin: TestClient, api_app: App, bus: RememberingBus) -> None:
    group_id = make_group(admin)
    add_screen(api_app, group_id)
    answer = begun(admin, groupIds=[group_id], drill=True)
    (screen,) = answer.pop("screens")
    assert screen == {
        "uuid": UUID, "name": UUID, "groupId": group_id, "status": "offline", "shownAt": None, "lastAlive": None,
    }  # fmt: skip
    assert answer == {
        "id": 1, "eventId": 1_000_000_001, "title": "Übung: Notfall", "message": "Bitte alle in den Hof",
        "severity": "critical", "drill": True, "all": False, "groupIds": [group_id], "reason": "Rauch im Keller",
        "startedAt": "2026-11-23T07:00:00", "endsAt": "2026-11-23T07:10:00", "endedAt": None, "endedBy": None,
        "createdBy": 3, "createdByName": "admin", "isRunning": True, "unreached": 0, "tellsTvs": False,
        "counts": {"shown": 0, "preparing": 0, "tvOff": 0, "offline": 1, "overruled": 0, "total": 1, "everShown": 0},
    }  # fmt: skip
    assert (bus.notices[-1].kind, bus.notices[-1].ids) == (NoticeKind.BROADCASTS, (1,))


def test_everybody_sees_messages_and_only_an_admin_begins_ends_or_holds(admin: TestClient, log_in: LogIn) -> None:
    group_id = make_group(admin)
    number = begun(admin, all=True)["id"]
    user, editor = log_in(Role.USER), log_in(Role.EDITOR)
    assert user.get("/api/broadcasts").json()["total"] == 1
    assert user.get(f"/api/broadcasts/{number}").json()["isRunning"]
    for path in ("broadcasts", f"broadcasts/{number}/end", f"groups/{group_id}/pause", f"groups/{group_id}/resume"):
        assert editor.post(f"/api/{path}", json=MESSAGE | {"all": True}).status_code == 403


def test_a_message_ends_by_hand_once(admin: TestClient, bus: RememberingBus) -> None:
    make_group(admin)
    number = begun(admin, all=True)["id"]
    ended = admin.post(f"/api/broadcasts/{number}/end").json()
    assert (ended["isRunning"], ended["endedAt"], ended["endedBy"]) == (False, "2026-11-23T07:00:00", 3)
    assert bus.notices[-1].kind is NoticeKind.BROADCASTS
    again = admin.post(f"/api/broadcasts/{number}/end")
    assert (again.status_code, again.json()["code"]) == (409, "broadcast_over")
    assert again.json()["error"] == "Diese Durchsage ist schon zu Ende."
    assert admin.post("/api/broadcasts/99/end").status_code == 404


def test_one_that_ended_by_itself_was_ended_by_nobody(admin: TestClient, clock: Clock) -> None:
    make_group(admin)
    number = begun(admin, all=True, minutes=1)["id"]
    clock.forward(minutes=2)
    found = admin.get(f"/api/broadcasts/{number}").json()
    assert (found["isRunning"], found["endedAt"], found["endedBy"]) == (False, "2026-11-23T07:01:00", None)


def test_the_list_is_by_age_and_can_be_of_those_that_last(admin: TestClient, clock: Clock) -> None:
    make_group(admin)
    begun(admin, all=True, minutes=1)
    clock.forward(minutes=5)
    begun(admin, all=True, minutes=1_440)
    page = admin.get("/api/broadcasts?limit=1").json()
    assert ([each["id"] for each in page["broadcasts"]], page["total"], page["nextCursor"]) == ([2], 2, 2)
    older = admin.get(f"/api/broadcasts?limit=1&cursor={page['nextCursor']}").json()
    assert ([each["id"] for each in older["broadcasts"]], older["nextCursor"]) == ([1], None)
    running = admin.get("/api/broadcasts?running=true").json()
    assert ([each["id"] for each in running["broadcasts"]], running["total"]) == ([2], 1)


@pytest.mark.parametrize(
    ("fields", "mistaken"),
    [
        ({}, "groupIds"),
        ({"all": True, "groupIds": [2]}, "groupIds"),
        ({"groupIds": []}, "groupIds"),
        ({"groupIds": [1]}, "groupIds"),
        ({"groupIds": [2, 4711]}, "groupIds"),
        ({"all": True, "minutes": 0}, "minutes"),
        ({"all": True, "minutes": 1_441}, "minutes"),
        ({"all": True, "message": " \n "}, "message"),
        ({"all": True, "message": "x" * 1_001}, "message"),
        ({"all": True, "message": "a\u0000b"}, "message"),
        ({"all": True, "severity": "grave"}, "severity"),
        ({"all": True, "reason": ""}, "reason"),
        ({"all": True, "sound": True}, "sound"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_field_and_nothing_begins(
    admin: TestClient, fields: dict[str, Any], mistaken: str
) -> None:
    make_group(admin)
    answer = admin.post("/api/broadcasts", json=MESSAGE | fields)
    assert answer.status_code == 422, answer.text
    assert any(field.split(".")[0] == mistaken for field in answer.json()["details"])
    assert admin.get("/api/broadcasts").json()["total"] == 0


def test_a_school_without_a_group_is_told_why_nothing_can_be_shown(admin: TestClient) -> None:
    answer = admin.post("/api/broadcasts", json=MESSAGE | {"all": True})
    assert answer.json()["details"]["all"] == "Es gibt noch keine Raumgruppe, die etwas zeigen könnte."


def test_a_group_is_held_and_released(admin: TestClient) -> None:
    group_id = make_group(admin)
    assert admin.post(f"/api/groups/{group_id}/pause").json()["pausedAt"] == "2026-11-23T07:00:00"
    assert admin.get(f"/api/groups/{group_id}").json()["pausedAt"] == "2026-11-23T07:00:00"
    assert admin.post(f"/api/groups/{group_id}/resume").json()["pausedAt"] is None
    assert admin.post("/api/groups/1/pause").status_code == 409
    assert admin.post("/api/groups/99/pause").status_code == 404


def test_it_is_explained_what_overrides_the_plan(admin: TestClient, editor: TestClient, api_app: App) -> None:
    group_id = make_group(admin)
    add_screen(api_app, group_id)
    event = {
        "subject": "Speiseplan", "groupId": group_id, "type": "message", "messageContent": "Suppe",
        "startTime": "2026-11-23T06:00:00Z", "endTime": "2026-11-23T09:00:00Z",
    }  # fmt: skip
    assert editor.post("/api/events", json=event).status_code == 201
    number = begun(admin, groupIds=[group_id])["eventId"]
    found = explained(editor, f"groups/{group_id}")
    assert found["shown"] == [number]
    assert found["sentence"] == "In „Aula“ läuft am 23.11.2026 08:00: „Notfall“."
    assert [each["sentence"] for each in found["candidates"]] == [
        "Eine Durchsage hat Vorrang, bis 08:10.",
        "Von einer Durchsage verdrängt („Notfall“, bis 08:10).",
    ]
    assert found["tv"]["sentence"] == "Die Fernseher sind an, weil eine Durchsage läuft."
    afterwards = explained(editor, f"groups/{group_id}", at="2026-11-23T07:10:00Z")
    assert [each["title"] for each in afterwards["candidates"] if each["isShown"]] == ["Speiseplan"]


def test_it_is_explained_that_a_group_is_held(admin: TestClient, editor: TestClient) -> None:
    group_id = make_group(admin)
    event = {
        "subject": "Speiseplan", "groupId": group_id, "type": "message", "messageContent": "Suppe",
        "startTime": "2026-11-23T06:00:00Z", "endTime": "2026-11-23T09:00:00Z",
    }  # fmt: skip
    editor.post("/api/events", json=event)
    admin.post(f"/api/groups/{group_id}/pause")
    found = explained(editor, f"groups/{group_id}")
    assert (found["shown"], found["tv"]["desiredState"]) == ([], "off")
    assert "„Speiseplan“ wäre jetzt dran: Die Raumgruppe „Aula“ ist angehalten." in found["sentence"]


def test_a_screen_that_shows_the_message_is_as_planned(admin: TestClient, api_app: App) -> None:
    group_id = make_group(admin)
    add_screen(api_app, group_id)
    number = begun(admin, groupIds=[group_id])["eventId"]
    with api_app.work() as work:
        state = clients.get_client(work, UUID).state
        state.current_event_id, state.last_alive = number, work.now
    found = explained(admin, f"clients/{UUID}")
    assert found["isAsPlanned"]
    assert "Der Infoscreen sagt, dass er „Notfall“ zeigt, wie geplant." in found["sentences"]
