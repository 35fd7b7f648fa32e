"""A person subscribes a group's plan: the address is secret, opens this one plan, and ends when it should."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar
from sqlalchemy import select, update

from applications import Clock
from infoscreen.bootstrap import App
from infoscreen.db.calendar_feeds import CalendarFeed
from infoscreen.db.users import User

MONDAYS = {
    "subject": "Wochenplan",
    "startTime": "2026-11-23T07:00:00Z",
    "endTime": "2026-11-23T08:00:00Z",
    "type": "message",
    "messageContent": "Guten Morgen",
    "recurrenceRule": "FREQ=WEEKLY;BYDAY=MO",
}


@pytest.fixture
def group_id(admin: TestClient) -> int:
    return int(admin.post("/api/groups", json={"name": "Aula"}).json()["id"])


def subscribe(client: TestClient, group_id: int) -> str:
    answer = client.post(f"/api/calendar/{group_id}")
    assert answer.status_code == 201, answer.text
    return str(answer.json()["path"])


def make_event(editor: TestClient, group_id: int, **fields: Any) -> dict[str, Any]:
    answer = editor.post("/api/events", json=MONDAYS | {"groupId": group_id} | fields)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def events_in(client: TestClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(answer.text).walk("VEVENT")}


def test_the_address_needs_no_login_and_has_the_groups_plan(
    editor: TestClient, nobody: TestClient, admin: TestClient, group_id: int
) -> None:
    other = int(admin.post("/api/groups", json={"name": "Mensa"}).json()["id"])
    make_event(editor, group_id)
    make_event(editor, other, subject="Speiseplan")
    assert list(events_in(nobody, subscribe(editor, group_id))) == ["Wochenplan"]


def test_a_skipped_and_a_detached_date_are_left_out_of_the_series(
    editor: TestClient, nobody: TestClient, group_id: int
) -> None:
    event = make_event(editor, group_id)
    path = subscribe(editor, group_id)
    uid = str(events_in(nobody, path)["Wochenplan"]["UID"])
    editor.delete(f"/api/events/{event['id']}/occurrences/2026-11-30").raise_for_status()
    editor.post(
        f"/api/events/{event['id']}/occurrences/2026-12-07/detach", json={"subject": "Advent"}
    ).raise_for_status()
    found = events_in(nobody, path)
    skipped = [str(each.dt.date()) for exdate in found["Wochenplan"]["EXDATE"] for each in exdate.dts]
    assert skipped == ["2026-11-30", "2026-12-07"]
    assert found["Advent"]["DTSTART"].dt.isoformat() == "2026-12-07T08:00:00+01:00"
    assert str(found["Wochenplan"]["UID"]) == uid != str(found["Advent"]["UID"])


def test_what_is_switched_off_is_not_in_it_and_what_is_over_is(
    editor: TestClient, nobody: TestClient, clock: Clock, group_id: int
) -> None:
    make_event(editor, group_id, subject="Aus", isActive=False)
    once = make_event(editor, group_id, subject="Vorbei", recurrenceRule=None)
    clock.forward(hours=6)
    editor.put(f"/api/events/{once['id']}", json={"isActive": False, "version": once["version"]}).raise_for_status()
    assert list(events_in(nobody, subscribe(editor, group_id))) == ["Vorbei"]


@pytest.mark.parametrize("token", ["", "?token=", "?token=wrong", "?token=" + "ä" * 400])
def test_without_the_right_token_there_is_nothing(
    editor: TestClient, nobody: TestClient, group_id: int, token: str
) -> None:
    subscribe(editor, group_id)
    answer = nobody.get(f"/api/calendar/{group_id}.ics{token}")
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_calendar_token")
    assert editor.get(f"/api/calendar/{group_id}.ics").status_code == 401


def test_a_token_opens_its_own_group_alone_and_nothing_else_of_the_api(
    editor: TestClient, nobody: TestClient, admin: TestClient, group_id: int
) -> None:
    other = int(admin.post("/api/groups", json={"name": "Mensa"}).json()["id"])
    token = subscribe(editor, group_id).partition("token=")[2]
    assert nobody.get(f"/api/calendar/{other}.ics?token={token}").status_code == 401
    assert nobody.get(f"/api/groups?token={token}").status_code == 401
    assert nobody.get("/api/groups", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_renewed_address_ends_the_one_before_and_a_revoked_one_ends(
    editor: TestClient, nobody: TestClient, group_id: int
) -> None:
    first = subscribe(editor, group_id)
    second = subscribe(editor, group_id)
    assert (nobody.get(first).status_code, nobody.get(second).status_code) == (401, 200)
    assert editor.delete(f"/api/calendar/{group_id}").status_code == 200
    assert nobody.get(second).status_code == 401
    assert editor.delete(f"/api/calendar/{group_id}").status_code == 404


def test_everyone_has_addresses_of_their_own(
    admin: TestClient, editor: TestClient, nobody: TestClient, group_id: int
) -> None:
    of_editor, of_admin = subscribe(editor, group_id), subscribe(admin, group_id)
    editor.delete(f"/api/calendar/{group_id}").raise_for_status()
    assert (nobody.get(of_editor).status_code, nobody.get(of_admin).status_code) == (401, 200)
    assert editor.get("/api/calendar").json() == {"calendars": []}
    (listed,) = admin.get("/api/calendar").json()["calendars"]
    assert listed["groupId"] == group_id
    assert listed["lastUsedAt"] is not None
    assert "token" not in admin.get("/api/calendar").text


def test_the_address_of_somebody_who_was_deactivated_ends(
    api_app: App, editor: TestClient, nobody: TestClient, group_id: int
) -> None:
    path = subscribe(editor, group_id)
    with api_app.work() as work:
        work.session.execute(update(User).values(is_active=False))
    assert nobody.get(path).status_code == 401


def test_the_database_has_no_token(api_app: App, editor: TestClient, group_id: int) -> None:
    token = subscribe(editor, group_id).partition("token=")[2]
    with api_app.reading() as work:
        row = work.session.scalars(select(CalendarFeed)).one()
        assert token not in str(vars(row))


def test_an_unchanged_plan_is_not_sent_again(
    editor: TestClient, nobody: TestClient, clock: Clock, group_id: int
) -> None:
    event = make_event(editor, group_id)
    path = subscribe(editor, group_id)
    first = nobody.get(path)
    clock.forward(hours=3)
    by_tag = nobody.get(path, headers={"If-None-Match": first.headers["etag"]})
    by_time = nobody.get(path, headers={"If-Modified-Since": first.headers["last-modified"]})
    assert (by_tag.status_code, by_time.status_code, by_tag.content) == (304, 304, b"")
    assert nobody.get(path).headers["last-modified"] == first.headers["last-modified"]
    editor.put(f"/api/events/{event['id']}", json={"subject": "Neu", "version": 1}).raise_for_status()
    for known in ({"If-None-Match": first.headers["etag"]}, {"If-Modified-Since": first.headers["last-modified"]}):
        assert nobody.get(path, headers=known).status_code == 200
    assert nobody.get(path, headers={"If-Modified-Since": "nonsense"}).status_code == 200


def test_a_group_that_is_deleted_takes_its_addresses_along(
    admin: TestClient, nobody: TestClient, group_id: int
) -> None:
    path = subscribe(admin, group_id)
    admin.delete(f"/api/groups/{group_id}").raise_for_status()
    assert nobody.get(path).status_code == 401
    assert admin.post("/api/calendar/999").status_code == 404


def test_who_is_not_logged_in_has_no_addresses(nobody: TestClient, group_id: int) -> None:
    asked: list[Callable[[], Any]] = [
        lambda: nobody.get("/api/calendar"),
        lambda: nobody.post(f"/api/calendar/{group_id}"),
        lambda: nobody.delete(f"/api/calendar/{group_id}"),
    ]
    assert [ask().status_code for ask in asked] == [401, 401, 401]
