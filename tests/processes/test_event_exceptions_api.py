"""Single occurrences of a series over HTTP: skipped, detached, and what becomes of them when the series goes."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from applications import Clock
from infoscreen.bootstrap import App
from infoscreen.db.academic_calendar import AcademicPeriod, Holiday
from infoscreen.processes.api.schemas.events import Detachment, EventAnswer


def make_group(admin: TestClient, name: str = "Aula") -> int:
    return int(admin.post("/api/groups", json={"name": name}).json()["id"])


def make_series(editor: TestClient, group_id: int, **fields: Any) -> dict[str, Any]:
    """Mondays 08:00 to 09:00 in Vienna from 23 November 2026."""
    series = {
        "subject": "Wochenplan",
        "groupId": group_id,
        "startTime": "2026-11-23T07:00:00Z",
        "endTime": "2026-11-23T08:00:00Z",
        "type": "message",
        "messageContent": "Guten Morgen",
        "recurrenceRule": "FREQ=WEEKLY;BYDAY=MO",
    }
    answer = editor.post("/api/events", json=series | fields)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def starts(editor: TestClient, group_id: int, end: str = "2026-12-22") -> list[str]:
    window = f"start=2026-11-01T00:00:00Z&end={end}T00:00:00Z&groupId={group_id}"
    found = editor.get(f"/api/events/occurrences?{window}").json()["occurrences"]
    return [each["startTime"][5:13] for each in found]


def test_a_skipped_occurrence_is_an_exception_of_its_series(admin: TestClient, editor: TestClient) -> None:
    group_id = make_group(admin)
    series = make_series(editor, group_id)
    answer = editor.delete(f"/api/events/{series['id']}/occurrences/2026-11-30")
    assert answer.status_code == 200
    stored = editor.get(f"/api/events/{series['id']}").json()
    assert (stored["recurrenceException"], stored["version"]) == ("20261130T070000Z", 2)
    assert starts(editor, group_id) == ["11-23T07", "12-07T07", "12-14T07", "12-21T07"]


def test_a_skipped_occurrence_is_listed_and_taken_back_in(admin: TestClient, editor: TestClient) -> None:
    group_id = make_group(admin)
    place = f"/api/events/{make_series(editor, group_id)['id']}/occurrences"
    for day in ("2026-12-07", "2026-11-30"):
        editor.delete(f"{place}/{day}")
    assert editor.get(f"{place}/skipped").json() == {"skipped": ["2026-11-30T07:00:00", "2026-12-07T07:00:00"]}
    answer = editor.post(f"{place}/2026-11-30/restore", params={"version": 3})
    assert (answer.json()["recurrenceException"], answer.json()["version"]) == ("20261207T070000Z", 4)
    assert starts(editor, group_id) == ["11-23T07", "11-30T07", "12-14T07", "12-21T07"]
    assert editor.post(f"{place}/2026-11-30/restore").status_code == 404


def test_what_was_detached_is_neither_listed_as_skipped_nor_taken_back_in(
    admin: TestClient, editor: TestClient
) -> None:
    place = f"/api/events/{make_series(editor, make_group(admin))['id']}/occurrences"
    assert editor.post(f"{place}/2026-11-30/detach", json={}).status_code == 201
    assert editor.get(f"{place}/skipped").json() == {"skipped": []}
    assert editor.post(f"{place}/2026-11-30/restore").status_code == 404


def test_a_date_is_not_taken_back_into_a_series_that_somebody_has_changed(
    admin: TestClient, editor: TestClient
) -> None:
    series = make_series(editor, make_group(admin))
    place = f"/api/events/{series['id']}/occurrences/2026-11-30"
    editor.delete(place)
    answer = editor.post(f"{place}/restore", params={"version": series["version"]})
    assert answer.status_code == 409
    stored = editor.get(f"/api/events/{series['id']}").json()
    assert stored["recurrenceException"] == "20261130T070000Z"


@pytest.mark.parametrize("day", ["2026-12-01", "2026-11-16", "2026-11-22"])
def test_a_date_without_an_occurrence_is_not_found(admin: TestClient, editor: TestClient, day: str) -> None:
    series = make_series(editor, make_group(admin))
    assert editor.delete(f"/api/events/{series['id']}/occurrences/{day}").status_code == 404
    assert editor.post(f"/api/events/{series['id']}/occurrences/{day}/detach", json={}).status_code == 404
    assert editor.get(f"/api/events/{series['id']}").json() == series


def test_what_is_skipped_is_skipped_once(admin: TestClient, editor: TestClient) -> None:
    place = f"/api/events/{make_series(editor, make_group(admin))['id']}/occurrences/2026-11-30"
    assert editor.delete(place).status_code == 200
    assert editor.delete(place).status_code == 404
    assert editor.post(f"{place}/detach", json={}).status_code == 404


def test_a_single_event_has_no_occurrences_to_skip(admin: TestClient, editor: TestClient) -> None:
    single = make_series(editor, make_group(admin), recurrenceRule=None)
    assert editor.delete(f"/api/events/{single['id']}/occurrences/2026-11-23").status_code == 404


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-01", "0001-01-01", "9999-12-31"])
def test_a_date_that_is_none_or_out_of_reach_is_named(admin: TestClient, editor: TestClient, day: str) -> None:
    answer = editor.delete(f"/api/events/{make_series(editor, make_group(admin))['id']}/occurrences/{day}")
    assert (answer.status_code, list(answer.json()["details"])) == (422, ["day"])


def test_a_detached_occurrence_is_an_event_of_its_own(admin: TestClient, editor: TestClient) -> None:
    group_id = make_group(admin)
    series = make_series(editor, group_id)
    changes = {"subject": "Konferenz", "startTime": "2026-11-30T09:00:00Z", "endTime": "2026-11-30T10:00:00Z"}
    answer = editor.post(f"/api/events/{series['id']}/occurrences/2026-11-30/detach", json=changes)
    assert answer.status_code == 201, answer.text
    detached = answer.json()
    assert detached["recurrenceId"] == series["id"]
    assert (detached["recurrenceRule"], detached["recurrenceException"]) == (None, None)
    assert (detached["subject"], detached["startTime"]) == ("Konferenz", "2026-11-30T09:00:00")
    assert starts(editor, group_id) == ["11-23T07", "11-30T09", "12-07T07", "12-14T07", "12-21T07"]
    stored = editor.get(f"/api/events/{series['id']}").json()
    untouched = series.keys() - {"recurrenceException", "updatedAt", "updatedBy", "version"}
    assert {name: stored[name] for name in untouched} == {name: series[name] for name in untouched}


def test_a_detached_occurrence_takes_everything_else_from_its_series(admin: TestClient, editor: TestClient) -> None:
    odd = {"slideshowInterval": 33, "volume": 0.25, "description": "Nur montags", "autoplay": False, "muted": True}
    series = make_series(editor, make_group(admin), **odd)
    detached = editor.post(f"/api/events/{series['id']}/occurrences/2026-11-23/detach", json={}).json()
    own = {"id", "recurrenceRule", "recurrenceException", "recurrenceId", "version", "createdAt", "createdBy"}
    own.add("detachedStart")
    shared = {field for field in series if field not in own}
    assert {name: detached[name] for name in shared} == {name: series[name] for name in shared}


def test_a_detached_occurrence_may_change_all_but_its_recurrence() -> None:
    changeable = set(Detachment.model_fields)
    recurrence = {"recurrence_rule", "recurrence_end", "recurrence_exception", "recurrence_id", "detached_start"}
    fixed = {"id", "created_by", "created_at", "updated_by", "updated_at"}
    assert changeable == set(EventAnswer.model_fields) - recurrence - fixed


def test_a_refused_detachment_leaves_the_series_as_it_was(admin: TestClient, editor: TestClient) -> None:
    group_id = make_group(admin)
    series = make_series(editor, group_id)
    place = f"/api/events/{series['id']}/occurrences/2026-11-30/detach"
    refused = editor.post(place, json={"endTime": "2026-11-30T06:00:00Z"})
    assert (refused.status_code, list(refused.json()["details"])) == (422, ["endTime"])
    assert editor.post(place, json={"recurrenceRule": "FREQ=DAILY"}).status_code == 422
    assert editor.get(f"/api/events/{series['id']}").json() == series
    assert len(starts(editor, group_id)) == 5


def test_an_older_version_of_the_series_is_a_conflict(admin: TestClient, editor: TestClient) -> None:
    series = make_series(editor, make_group(admin))
    place = f"/api/events/{series['id']}/occurrences"
    assert editor.delete(f"{place}/2026-11-30?version=1").status_code == 200
    stale = editor.post(f"{place}/2026-12-07/detach", json={"version": 1})
    assert (stale.status_code, stale.json()["details"]["recurrenceException"]) == (409, "20261130T070000Z")
    assert editor.delete(f"{place}/2026-12-07?version=1").status_code == 409
    assert editor.post(f"{place}/2026-12-07/detach", json={"version": 2}).status_code == 201


@pytest.mark.parametrize(
    ("choice", "left"), [("", ["11-30T07"]), ("?detached=false", ["11-30T07"]), ("?detached=true", [])]
)
def test_detached_occurrences_outlive_their_series_unless_asked_otherwise(
    admin: TestClient, editor: TestClient, choice: str, left: list[str]
) -> None:
    group_id = make_group(admin)
    series = make_series(editor, group_id)
    detached = editor.post(f"/api/events/{series['id']}/occurrences/2026-11-30/detach", json={}).json()
    assert editor.delete(f"/api/events/{series['id']}{choice}").status_code == 200
    assert starts(editor, group_id) == left
    if left:
        assert editor.get(f"/api/events/{detached['id']}").json()["recurrenceId"] is None


def test_what_was_skipped_stays_skipped_when_the_series_moves(admin: TestClient, editor: TestClient) -> None:
    group_id = make_group(admin)
    series = make_series(editor, group_id)
    editor.delete(f"/api/events/{series['id']}/occurrences/2026-11-30")
    later = {"startTime": "2026-11-23T09:30:00Z", "endTime": "2026-11-23T10:30:00Z"}
    moved = editor.put(f"/api/events/{series['id']}", json=later).json()
    assert moved["recurrenceException"] == "20261130T093000Z"
    assert starts(editor, group_id) == ["11-23T09", "12-07T09", "12-14T09", "12-21T09"]


def test_a_series_that_moves_to_another_day_takes_along_what_it_leaves_out(
    admin: TestClient, editor: TestClient, school_year: int
) -> None:
    group_id = make_group(admin)
    series = make_series(editor, group_id, skipHolidays=True)
    place = f"/api/events/{series['id']}"
    editor.delete(f"{place}/occurrences/2026-11-30")
    detached = editor.post(f"{place}/occurrences/2026-12-07/detach", json={"subject": "Konferenz"}).json()
    moved = {
        "startTime": "2026-11-24T09:30:00Z",
        "endTime": "2026-11-24T10:30:00Z",
        "recurrenceRule": "FREQ=WEEKLY;BYDAY=TU",
    }
    answer = editor.put(place, json=moved).json()
    # The detached one stays where somebody has put it; the holidays are those of the new days.
    assert starts(editor, group_id) == ["11-24T09", "12-07T07", "12-15T09"]
    assert answer["recurrenceException"] == "20261201T093000Z,20261208T093000Z,20261229T093000Z,20270105T093000Z"
    assert editor.get(f"/api/events/{detached['id']}").json()["detachedStart"] == "2026-12-08T09:30:00"
    freed = editor.put(place, json={"skipHolidays": False}).json()
    assert freed["recurrenceException"] == "20261201T093000Z,20261208T093000Z"


def test_what_was_detached_is_told_with_its_series(admin: TestClient, editor: TestClient) -> None:
    group_id = make_group(admin)
    series = make_series(editor, group_id)
    detached = editor.post(f"/api/events/{series['id']}/occurrences/2026-11-30/detach", json={}).json()
    assert detached["detachedStart"] == "2026-11-30T07:00:00"
    listed = editor.get("/api/events", params={"recurrenceId": series["id"]}).json()["events"]
    assert [each["id"] for each in listed] == [detached["id"]]
    window = {"start": "2026-11-23T00:00:00Z", "end": "2026-12-01T00:00:00Z"}
    shown = editor.get("/api/events/occurrences", params=window).json()["occurrences"]
    assert [(each["isRecurring"], each["recurrenceId"]) for each in shown] == [(True, None), (False, series["id"])]


@pytest.fixture
def school_year(api_app: App, clock: Clock) -> int:
    """An active school year with Christmas holidays from 24 December to 6 January."""
    with api_app.work() as work:
        year = AcademicPeriod(
            name="Schuljahr 2026/27", start_date=date(2026, 9, 7), end_date=date(2027, 7, 2), period_type="schuljahr",
            is_active=True,
        )  # fmt: skip
        work.session.add(year)
        work.session.flush()
        holiday = {"name": "Weihnachtsferien", "start_date": date(2026, 12, 24), "end_date": date(2027, 1, 6)}
        work.session.add(Holiday(**holiday, academic_period_id=year.id))
        return year.id


CHRISTMAS = "20261228T070000Z,20270104T070000Z"


def test_a_series_that_skips_holidays_has_them_as_exceptions(
    admin: TestClient, editor: TestClient, school_year: int
) -> None:
    group_id = make_group(admin)
    of_period = make_series(editor, group_id, skipHolidays=True, academicPeriodId=school_year)
    of_none = make_series(editor, group_id, skipHolidays=True)
    careless = make_series(editor, group_id)
    assert (of_period["recurrenceException"], of_none["recurrenceException"]) == (CHRISTMAS, CHRISTMAS)
    assert careless["recurrenceException"] is None
    assert starts(editor, group_id, "2027-01-12").count("12-28T07") == 1
    assert editor.delete(f"/api/events/{of_none['id']}/occurrences/2026-12-28").status_code == 404
    listed = {each["id"]: each["recurrenceException"] for each in editor.get("/api/events").json()["events"]}
    assert listed == {of_period["id"]: CHRISTMAS, of_none["id"]: CHRISTMAS, careless["id"]: None}


def test_the_holidays_that_a_series_skips_follow_every_change(
    api_app: App, admin: TestClient, editor: TestClient, school_year: int
) -> None:
    series = make_series(editor, make_group(admin), skipHolidays=True)
    place = f"/api/events/{series['id']}"

    def skipped() -> str | None:
        exception = editor.get(place).json()["recurrenceException"]
        return None if exception is None else str(exception)

    with api_app.work() as work:
        older = {"name": "Schulautonom", "start_date": date(2026, 11, 30), "end_date": date(2026, 11, 30)}
        work.session.add(Holiday(**older, academic_period_id=None))
    assert skipped() == f"20261130T070000Z,{CHRISTMAS}"
    with api_app.work() as work:
        found = work.session.get(AcademicPeriod, school_year)
        assert found
        found.is_active = False
    assert skipped() == "20261130T070000Z"
    editor.put(place, json={"academicPeriodId": school_year})
    assert skipped() == CHRISTMAS
    editor.put(place, json={"startTime": "2026-11-24T07:00:00Z", "endTime": "2026-11-24T08:00:00Z",
                            "recurrenceRule": "FREQ=WEEKLY;BYDAY=TU"})  # fmt: skip
    assert skipped() == "20261229T070000Z,20270105T070000Z"
    editor.put(place, json={"skipHolidays": False})
    assert skipped() is None


def test_holidays_that_are_sent_back_with_an_edit_do_not_become_exceptions(
    admin: TestClient, editor: TestClient, school_year: int
) -> None:
    series = make_series(editor, make_group(admin), skipHolidays=True)
    editor.delete(f"/api/events/{series['id']}/occurrences/2026-12-07")
    shown = editor.get(f"/api/events/{series['id']}").json()["recurrenceException"]
    assert shown == f"20261207T070000Z,{CHRISTMAS}"
    editor.put(f"/api/events/{series['id']}", json={"subject": "Neu", "recurrenceException": shown})
    freed = editor.put(f"/api/events/{series['id']}", json={"skipHolidays": False}).json()
    assert freed["recurrenceException"] == "20261207T070000Z"


def test_series_that_ended_before_the_range_are_not_listed(admin: TestClient, editor: TestClient) -> None:
    group_id = make_group(admin)
    for rule in ("FREQ=WEEKLY;COUNT=2", "FREQ=WEEKLY;UNTIL=20261201", "FREQ=WEEKLY"):
        make_series(editor, group_id, recurrenceRule=rule)

    def listed(window: str) -> list[str]:
        return [
            each["recurrenceRule"] for each in editor.get(f"/api/events?{window}&groupId={group_id}").json()["events"]
        ]

    assert len(listed("start=2026-11-30T07:30:00Z&end=2026-12-01T00:00:00Z")) == 3
    assert listed("start=2026-11-30T08:00:00Z&end=2027-01-01T00:00:00Z") == ["FREQ=WEEKLY"]
    assert listed("end=2026-11-23T07:00:00Z") == []
