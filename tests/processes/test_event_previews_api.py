"""What an event that is being planned would be: its next dates, what holidays take of it, and what else runs then."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from applications import Clock
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.db.academic_calendar import AcademicPeriod, Holiday
from infoscreen.domain.access import Role

PLACE = "/api/events/preview"
# Mondays 08:00 to 09:00 in Vienna; the first one is today.
MONDAYS = {
    "startTime": "2026-11-23T07:00:00Z",
    "endTime": "2026-11-23T08:00:00Z",
    "recurrenceRule": "FREQ=WEEKLY;BYDAY=MO",
}


def make_group(admin: TestClient, name: str = "Aula") -> int:
    return int(admin.post("/api/groups", json={"name": name}).json()["id"])


def make_event(editor: TestClient, group_id: int, **fields: Any) -> dict[str, Any]:
    event = {"subject": "Chor", "groupId": group_id, "type": "message", "messageContent": "Singt mit!"}
    answer = editor.post("/api/events", json=event | MONDAYS | fields)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def preview(client: TestClient, **fields: Any) -> dict[str, Any]:
    answer = client.post(PLACE, json=MONDAYS | fields)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def days(found: dict[str, Any]) -> list[str]:
    return [each["startTime"][5:16] for each in found["showings"]]


def meetings(found: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(each["subject"], each["startTime"][5:16], each["times"]) for each in found["conflicts"]]


@pytest.fixture
def christmas(api_app: App) -> int:
    """An active school year with holidays from 24 December to 6 January."""
    with api_app.work() as work:
        days = {"start_date": date(2026, 9, 7), "end_date": date(2027, 7, 2)}
        year = AcademicPeriod(name="Schuljahr 2026/27", **days, period_type="schuljahr", is_active=True)
        work.session.add(year)
        work.session.flush()
        holiday = {"name": "Weihnachtsferien", "start_date": date(2026, 12, 24), "end_date": date(2027, 1, 6)}
        work.session.add(Holiday(**holiday, academic_period_id=year.id))
        return year.id


def test_the_next_five_are_told_from_now_on(log_in: LogIn, clock: Clock) -> None:
    user = log_in(Role.USER)
    assert days(preview(user)) == ["11-23T07:00", "11-30T07:00", "12-07T07:00", "12-14T07:00", "12-21T07:00"]
    clock.forward(minutes=59)
    assert days(preview(user))[:2] == ["11-23T07:00", "11-30T07:00"]
    clock.forward(minutes=1)
    assert days(preview(user))[:2] == ["11-30T07:00", "12-07T07:00"]
    assert days(preview(user, recurrenceRule="FREQ=WEEKLY;COUNT=2")) == ["11-30T07:00"]
    assert days(preview(user, recurrenceRule="FREQ=WEEKLY;COUNT=1")) == []
    assert days(preview(user, recurrenceRule=None)) == ["11-23T07:00"]


def test_the_next_dates_are_those_that_the_stored_series_has(editor: TestClient, admin: TestClient) -> None:
    group_id = make_group(admin)
    summer = {"startTime": "2027-03-22T07:00:00Z", "endTime": "2027-03-22T08:00:00Z"}
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    told = preview(editor, **summer, recurrenceRule=rule)
    event = make_event(editor, group_id, **summer, recurrenceRule=rule)
    window = {"start": "2027-03-01T00:00:00Z", "end": "2027-09-01T00:00:00Z", "groupId": group_id}
    stored = editor.get("/api/events/occurrences", params=window).json()["occurrences"]
    assert told["showings"] == [{name: each[name] for name in ("startTime", "endTime")} for each in stored[:5]]
    assert days(told)[0] == "03-31T06:00"
    assert editor.get(f"/api/events/{event['id']}").json()["recurrenceRule"] == rule


def test_holidays_are_left_out_and_named(editor: TestClient, christmas: int) -> None:
    december = {"startTime": "2026-12-14T07:00:00Z", "endTime": "2026-12-14T08:00:00Z"}
    found = preview(editor, **december, skipHolidays=True)
    assert days(found) == ["12-14T07:00", "12-21T07:00", "01-11T07:00", "01-18T07:00", "01-25T07:00"]
    assert [start[5:10] for start in found["holidays"]] == ["12-28", "01-04"]
    assert preview(editor, **december, skipHolidays=True, academicPeriodId=christmas) == found
    assert preview(editor, **december)["holidays"] == []


def test_a_changed_series_leaves_out_what_it_left_out(editor: TestClient, admin: TestClient) -> None:
    series = make_event(editor, make_group(admin))
    editor.delete(f"/api/events/{series['id']}/occurrences/2026-11-30")
    moved = {"startTime": "2026-11-24T07:00:00Z", "endTime": "2026-11-24T08:00:00Z"}
    found = preview(editor, **moved, recurrenceRule="FREQ=WEEKLY;BYDAY=TU", eventId=series["id"])
    assert days(found)[:2] == ["11-24T07:00", "12-08T07:00"]


def test_what_else_runs_in_the_group_is_told_for_every_showing(editor: TestClient, admin: TestClient) -> None:
    group_id, elsewhere = make_group(admin), make_group(admin, "Foyer")
    make_event(editor, group_id)
    once = {"startTime": "2026-12-07T07:30:00Z", "endTime": "2026-12-07T09:00:00Z", "recurrenceRule": None}
    make_event(editor, group_id, **once, subject="Nikolaus")
    touching = {"startTime": "2026-12-07T08:00:00Z", "endTime": "2026-12-07T09:00:00Z", "recurrenceRule": None}
    make_event(editor, group_id, **touching, subject="Danach")
    make_event(editor, elsewhere, subject="Woanders")
    found = preview(editor, groupId=group_id)
    assert meetings(found) == [("Chor", "11-23T07:00", 14), ("Nikolaus", "12-07T07:30", 1)]
    assert meetings(preview(editor, groupId=group_id, recurrenceRule=None)) == [("Chor", "11-23T07:00", 1)]
    assert meetings(preview(editor)) == []


def test_an_event_does_not_meet_itself_and_a_detached_one_only_the_rest_of_its_series(
    editor: TestClient, admin: TestClient
) -> None:
    group_id = make_group(admin)
    series = make_event(editor, group_id)
    own = {"groupId": group_id, "eventId": series["id"]}
    assert meetings(preview(editor, **own)) == []
    alone = {**own, "recurrenceRule": None, "occurrenceDay": "2026-11-23"}
    assert meetings(preview(editor, **alone)) == []
    next_week = {"startTime": "2026-11-30T07:00:00Z", "endTime": "2026-11-30T08:00:00Z"}
    assert meetings(preview(editor, **(alone | next_week))) == [("Chor", "11-30T07:00", 1)]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"endTime": "2026-11-23T07:00:00Z"}, "endTime"),
        ({"endTime": "2027-11-23T07:00:00Z"}, "endTime"),
        ({"recurrenceRule": "FREQ=HOURLY"}, "recurrenceRule"),
        ({"recurrenceRule": "every Monday"}, "recurrenceRule"),
        ({"recurrenceRule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "recurrenceRule"),
        ({"recurrenceEnd": "2026-11-22T07:00:00Z"}, "recurrenceEnd"),
        ({"subject": "Chor"}, "subject"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(editor: TestClient, fields: dict[str, Any], field: str) -> None:
    answer = editor.post(PLACE, json=MONDAYS | fields)
    assert (answer.status_code, list(answer.json()["details"])) == (422, [field])


def test_who_is_not_logged_in_sees_no_plan(nobody: TestClient) -> None:
    assert nobody.post(PLACE, json=MONDAYS).status_code == 401


def test_an_event_that_is_gone_is_told(editor: TestClient) -> None:
    assert editor.post(PLACE, json=MONDAYS | {"eventId": 4711}).status_code == 404
