"""Groups, clients and events over HTTP: shapes, roles, and what is refused."""

import sqlite3
from typing import Any

import pytest
from starlette.testclient import TestClient

from applications import RememberingBus
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.domain.access import Role
from infoscreen.processes.lead import Lead
from infoscreen.services import broker_accounts
from infoscreen_wire import topics

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"


def make_group(admin: TestClient, name: str = "Aula") -> int:
    answer = admin.post("/api/groups", json={"name": name})
    assert answer.status_code == 201, answer.text
    group_id: int = answer.json()["id"]
    return group_id


def message(group_id: int, **fields: Any) -> dict[str, Any]:
    return {
        "subject": "Begrüßung",
        "groupId": group_id,
        "startTime": "2026-11-23T08:00:00+01:00",
        "endTime": "2026-11-23T08:00:00Z",
        "type": "message",
        "messageContent": "Willkommen",
    } | fields


def register(api_app: App, uuid: str = UUID) -> None:
    with api_app.work() as work:
        broker_accounts.make_client_account(work, uuid)


@pytest.mark.parametrize(
    ("role", "method", "path", "body"),
    [
        (Role.USER, "POST", "/api/events", {}),
        (Role.EDITOR, "POST", "/api/groups", {"name": "Aula"}),
        (Role.EDITOR, "PUT", "/api/clients/group", {"clientIds": [UUID], "groupId": 1}),
        (Role.EDITOR, "DELETE", f"/api/clients/{UUID}", None),
        (Role.EDITOR, "GET", "/api/system-settings", None),
        (Role.EDITOR, "POST", f"/api/clients/{UUID}/broker-account", None),
    ],
)
def test_a_lesser_role_is_refused(log_in: LogIn, role: Role, method: str, path: str, body: Any) -> None:
    answer = log_in(role).request(method, path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_nicht_zugeordnet_is_always_there_last_and_fixed(admin: TestClient) -> None:
    make_group(admin)
    groups = admin.get("/api/groups").json()["groups"]
    assert [group["name"] for group in groups] == ["Aula", "Nicht zugeordnet"]
    unassigned = groups[-1]["id"]
    assert admin.put(f"/api/groups/{unassigned}", json={"name": "Anders"}).status_code == 409
    assert admin.delete(f"/api/groups/{unassigned}").status_code == 409


def test_a_group_name_is_taken_once(admin: TestClient) -> None:
    make_group(admin)
    answer = admin.post("/api/groups", json={"name": "  aula "})
    assert (answer.status_code, answer.json()["code"]) == (409, "group_name_taken")
    assert "Aula" in answer.json()["error"]


def test_an_edit_of_an_older_version_is_answered_with_the_row_as_it_is(admin: TestClient) -> None:
    group_id = make_group(admin)
    assert admin.put(f"/api/groups/{group_id}", json={"name": "Foyer", "version": 1}).json()["version"] == 2
    answer = admin.put(f"/api/groups/{group_id}", json={"name": "Mensa", "version": 1})
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_version")
    assert answer.json()["details"]["name"] == "Foyer"


def test_a_group_in_use_is_deleted_only_with_a_place_for_what_is_in_it(admin: TestClient, editor: TestClient) -> None:
    aula, foyer = make_group(admin), make_group(admin, "Foyer")
    event = editor.post("/api/events", json=message(aula)).json()
    assert admin.delete(f"/api/groups/{aula}").json()["code"] == "group_in_use"
    assert admin.delete(f"/api/groups/{aula}?moveTo=1").status_code == 422
    assert admin.delete(f"/api/groups/{aula}?moveTo={foyer}").status_code == 200
    assert editor.get(f"/api/events/{event['id']}").json()["groupId"] == foyer


def test_the_order_of_groups_is_kept_and_unknown_ids_are_refused(admin: TestClient) -> None:
    first, second, third = (make_group(admin, name) for name in ("A", "B", "C"))
    assert admin.post("/api/groups/order", json={"order": [third, first]}).json()["order"][:3] == [third, first, second]
    assert admin.post("/api/groups/order", json={"order": [999]}).status_code == 422
    assert admin.get("/api/groups/order").json()["order"][:2] == [third, first]


def test_the_frozen_lists_keep_their_snake_case(admin: TestClient, api_app: App) -> None:
    register(api_app)
    (client,) = admin.get("/api/clients/with_alive_status").json()
    assert set(client) == {"uuid", "description", "ip", "last_alive", "is_active", "is_alive"}
    (unassigned,) = admin.get("/api/groups/with_clients").json()
    assert set(unassigned) == {"id", "name", "created_at", "is_active", "clients"}
    assert set(unassigned["clients"][0]) == {
        "uuid", "hostname", "ip", "description", "last_alive", "is_active", "is_alive",
    }  # fmt: skip


def test_clients_are_assigned_all_or_none(admin: TestClient, api_app: App) -> None:
    register(api_app)
    aula = make_group(admin)
    other = "00000000-0000-4000-8000-000000000000"
    both = admin.put("/api/clients/group", json={"clientIds": [UUID, other], "groupId": aula})
    assert (both.status_code, both.json()["code"]) == (404, "unknown_clients")
    assert admin.get(f"/api/clients/{UUID}").json()["groupId"] == 1
    assert admin.put("/api/clients/group", json={"clientIds": [UUID], "groupId": aula}).status_code == 200
    assert admin.get(f"/api/clients?groupId={aula}").json()["total"] == 1


def test_a_new_description_publishes_the_group_once_more(admin: TestClient, api_app: App, bus: RememberingBus) -> None:
    register(api_app)
    answer = admin.put(f"/api/clients/{UUID}/description", json={"description": "Aula links"})
    assert answer.json()["description"] == "Aula links"
    assert bus.retained[topics.group_id(UUID)] == b"1"


def test_times_may_come_in_any_form_and_leave_in_utc_without_a_suffix(admin: TestClient, editor: TestClient) -> None:
    event = editor.post("/api/events", json=message(make_group(admin))).json()
    assert (event["startTime"], event["endTime"]) == ("2026-11-23T07:00:00", "2026-11-23T08:00:00")


def test_a_new_event_takes_the_settings_where_it_says_nothing_and_keeps_every_false(
    admin: TestClient, editor: TestClient
) -> None:
    group_id = make_group(admin)
    admin.put("/api/system-settings/presentation_interval", json={"value": "25"})
    event = editor.post("/api/events", json=message(group_id)).json()
    assert (event["slideshowInterval"], event["pageProgress"], event["volume"]) == (25, True, 0.8)
    off = {"pageProgress": False, "autoProgress": False, "autoplay": False, "loop": False, "muted": False, "volume": 0}
    created = editor.post("/api/events", json=message(group_id, **off)).json()
    changed = editor.put(f"/api/events/{created['id']}", json={"subject": "Neu"}).json()
    for answer in (created, changed):
        assert {name: answer[name] for name in off} == off


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"subject": "  "}, "subject"),
        ({"endTime": "2026-11-23T07:00:00"}, "endTime"),
        ({"groupId": 1}, "groupId"),
        ({"groupId": 4711}, "groupId"),
        ({"type": "website"}, "websiteUrl"),
        ({"type": "other"}, "type"),
        ({"type": "webuntis"}, "type"),
        ({"type": "presentation", "eventMediaId": 4711}, "eventMediaId"),
        ({"recurrenceRule": "FREQ=MINUTELY"}, "recurrenceRule"),
        ({"recurrenceException": "gestern"}, "recurrenceException"),
        ({"volume": 1.5}, "volume"),
        ({"academicPeriodId": 4711}, "academicPeriodId"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_field_is_named(admin: TestClient, editor: TestClient, fields: dict[str, Any], field: str) -> None:
    answer = editor.post("/api/events", json=message(make_group(admin), **fields))
    assert (answer.status_code, list(answer.json()["details"])) == (422, [field]), answer.text


def test_a_refused_change_leaves_the_event_as_it_was(admin: TestClient, editor: TestClient) -> None:
    event = editor.post("/api/events", json=message(make_group(admin))).json()
    assert editor.put(f"/api/events/{event['id']}", json={"endTime": "2026-11-23T06:00:00"}).status_code == 422
    assert editor.get(f"/api/events/{event['id']}").json() == event


def test_webuntis_takes_the_address_from_the_settings(admin: TestClient, editor: TestClient) -> None:
    group_id = make_group(admin)
    admin.put("/api/system-settings/supplement_table_url", json={"value": "https://plan.example.org/"})
    admin.put("/api/system-settings/supplement_table_enabled", json={"value": "true"})
    event = editor.post("/api/events", json=message(group_id, type="webuntis")).json()
    assert event["websiteUrl"] == "https://plan.example.org/"


def test_occurrences_are_expanded_and_masters_are_not(admin: TestClient, editor: TestClient) -> None:
    group_id = make_group(admin)
    editor.post("/api/events", json=message(group_id, recurrenceRule="FREQ=WEEKLY;BYDAY=MO,WE"))
    window = f"start=2026-11-23T00:00:00Z&end=2026-12-07T00:00:00Z&groupId={group_id}"
    assert len(editor.get(f"/api/events?{window}").json()["events"]) == 1
    starts = [each["startTime"] for each in editor.get(f"/api/events/occurrences?{window}").json()["occurrences"]]
    assert starts == ["2026-11-23T07:00:00", "2026-11-25T07:00:00", "2026-11-30T07:00:00", "2026-12-02T07:00:00"]
    too_long = editor.get("/api/events/occurrences?start=2026-01-01T00:00:00Z&end=2027-02-06T00:00:00Z")
    assert (too_long.status_code, list(too_long.json()["details"])) == (422, ["end"])


def test_only_public_settings_are_told_to_everyone(log_in: LogIn) -> None:
    told = log_in(Role.USER).get("/api/system-settings/defaults").json()
    assert told["timezone"] == "Europe/Vienna"
    assert "supplement_table_url" not in told


def test_the_broker_or_the_scheduler_being_away_is_told_by_health(
    nobody: TestClient, api_app: App, bus: RememberingBus
) -> None:
    answer = nobody.get("/health")
    assert (answer.status_code, answer.json()["failing"]) == (503, ["scheduler"])
    Lead(api_app).keep()
    assert nobody.get("/health").status_code == 200
    bus.is_connected = False
    answer = nobody.get("/health")
    assert (answer.status_code, answer.json()["failing"]) == (503, ["broker"])


def test_the_queue_being_away_is_told_by_health(api_app: App, nobody: TestClient) -> None:
    Lead(api_app).keep()
    assert nobody.get("/health").status_code == 200
    with sqlite3.connect(api_app.config.data_dir / "queue.db") as queue:
        queue.execute("ALTER TABLE task RENAME TO gone")
    answer = nobody.get("/health")
    assert (answer.status_code, answer.json()["failing"]) == (503, ["queue"])


@pytest.mark.parametrize(
    "path",
    [
        "/api/events/10000000000000000000000000",
        "/api/events?groupId=99999999999999999999",
        "/api/events?start=9999-12-01T00:00:00Z",
        "/api/events/occurrences?start=0001-01-01T00:00:00Z&end=0001-01-02T00:00:00Z",
        "/api/eventmedia?offset=99999999999999999999",
        "/api/eventmedia?folderId=99999999999999999999",
        "/api/conversions/99999999999999999999/status",
    ],
)
def test_a_number_or_time_out_of_reach_is_told_and_is_no_error_of_the_server(admin: TestClient, path: str) -> None:
    answer = admin.get(path)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_fields")


@pytest.mark.parametrize("fields", [{"subject": "a\x00b"}, {"subject": "\u200b"}, {"messageContent": "a\x00"}])
def test_characters_that_nobody_can_see_are_refused(
    admin: TestClient, editor: TestClient, fields: dict[str, Any]
) -> None:
    answer = editor.post("/api/events", json=message(make_group(admin), **fields))
    assert (answer.status_code, list(answer.json()["details"])) == (422, list(fields))


def test_fractions_of_a_second_are_cut_off(admin: TestClient, editor: TestClient) -> None:
    event = editor.post("/api/events", json=message(make_group(admin), startTime="2026-11-23T07:00:00.75Z")).json()
    assert event["startTime"] == "2026-11-23T07:00:00"


def test_a_stale_edit_of_a_client_is_answered_with_the_client(admin: TestClient, api_app: App) -> None:
    register(api_app)
    admin.put(f"/api/clients/{UUID}", json={"description": "Aula links", "version": 1})
    answer = admin.put(f"/api/clients/{UUID}", json={"description": "Aula rechts", "version": 1})
    assert (answer.status_code, answer.json()["details"]["description"]) == (409, "Aula links")


def test_a_wrong_method_is_told_and_no_page_is_answered_below_the_api(admin: TestClient, api_app: App) -> None:
    Lead(api_app).keep()
    assert admin.get("/api/auth/login").status_code == 405
    assert admin.get("/api/nothing").status_code == 404
    assert admin.head("/health").status_code == 200


def test_a_json_body_without_an_end_is_refused(admin: TestClient) -> None:
    too_long = admin.post("/api/groups", content=b" " * 1_100_000, headers={"Content-Type": "application/json"})
    assert too_long.status_code == 413
    chunked = admin.post("/api/groups", content=iter([b"{}"]), headers={"Content-Type": "application/json"})
    assert chunked.status_code == 411


def test_an_odd_origin_is_foreign(admin: TestClient) -> None:
    assert admin.post("/api/groups", json={"name": "x"}, headers={"Origin": "http://["}).status_code == 403
