"""`/api/academic_periods` as its callers see it."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.domain.access import Role
from infoscreen.services import academic_calendar

YEAR = {"name": "Schuljahr 2027/28", "displayName": "SJ 27/28", "startDate": "2027-09-06", "endDate": "2028-07-07"}
PERIODS = "/api/academic_periods"
CURRENT = "Schuljahr 2026/27"


@pytest.fixture(autouse=True)
def seeded(api_app: App) -> None:
    """The school years of a first start; the last of them is active."""
    with api_app.work() as work:
        academic_calendar.seed_periods(work)


def make(admin: TestClient, **fields: Any) -> dict[str, Any]:
    answer = admin.post(PERIODS, json=YEAR | fields)
    assert answer.status_code == 201, answer.text
    period: dict[str, Any] = answer.json()["period"]
    return period


def names(client: TestClient, query: str = "") -> list[str]:
    return [period["name"] for period in client.get(f"{PERIODS}{query}").json()["periods"]]


def test_a_period_has_every_field_and_belongs_to_no_one_yet(admin: TestClient) -> None:
    period = make(admin)
    assert period == YEAR | {
        "id": period["id"],
        "periodType": "schuljahr",
        "isActive": False,
        "isArchived": False,
        "archivedAt": None,
        "archivedBy": None,
        "version": 1,
    }
    assert admin.get(f"{PERIODS}/{period['id']}").json() == {"period": period}
    usage = {"events": [], "eventCount": 0, "media": [], "mediaCount": 0, "blockers": []}
    assert admin.get(f"{PERIODS}/{period['id']}/usage").json() == usage


def test_periods_are_listed_by_start_and_archived_ones_only_where_asked_for(admin: TestClient) -> None:
    make(admin, name="Vorher", startDate="2023-09-01", endDate="2024-07-01")
    archived = make(admin)
    admin.post(f"{PERIODS}/{archived['id']}/archive")
    open_ones = ["Vorher", "Schuljahr 2024/25", "Schuljahr 2025/26", CURRENT]
    assert names(admin) == open_ones
    assert names(admin, "?includeArchived=0") == open_ones
    assert names(admin, "?includeArchived=1") == [*open_ones, YEAR["name"]]
    assert names(admin, "?includeArchived=1&archivedOnly=1") == [YEAR["name"]]
    assert admin.get(f"{PERIODS}/{archived['id']}").json()["period"]["isArchived"] is True


def test_the_active_period_and_the_one_of_a_day_are_told_or_none(admin: TestClient) -> None:
    assert admin.get(f"{PERIODS}/active").json()["period"]["name"] == CURRENT
    assert admin.get(f"{PERIODS}/for_date?date=2025-07-04").json()["period"]["name"] == "Schuljahr 2024/25"
    assert admin.get(f"{PERIODS}/for_date?date=2025-07-05").json() == {"period": None}
    assert admin.get(f"{PERIODS}/for_date?date=gestern").status_code == 422
    later = make(admin)
    admin.post(f"{PERIODS}/{later['id']}/archive")
    assert admin.get(f"{PERIODS}/for_date?date=2027-10-01").json() == {"period": None}


@pytest.mark.parametrize("by", ["own address", "list"])
def test_one_is_active_after_activating_another(admin: TestClient, by: str) -> None:
    period = make(admin)
    if by == "list":
        answer = admin.post(f"{PERIODS}/active", json={"id": period["id"]})
    else:
        answer = admin.post(f"{PERIODS}/{period['id']}/activate")
    assert answer.json()["period"] == period | {"isActive": True}
    assert [p["name"] for p in admin.get(PERIODS).json()["periods"] if p["isActive"]] == [period["name"]]


def test_a_wrong_field_is_named(admin: TestClient) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"name": "  "}, "name"),
        ({"name": "a\x00"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"endDate": "2027-09-05"}, "endDate"),
        ({"startDate": "1999-12-31"}, "startDate"),
        ({"endDate": "2200-01-01"}, "endDate"),
        ({"startDate": "2027-02-30"}, "startDate"),
        ({"periodType": "quartal"}, "periodType"),
        ({"isActive": True}, "isActive"),
    ]
    for fields, field in wrong:
        answer = admin.post(PERIODS, json=YEAR | fields)
        assert (answer.status_code, list(answer.json()["details"])) == (422, [field]), answer.text


def test_names_are_trimmed_and_there_once(admin: TestClient) -> None:
    assert make(admin, name="  Neu ")["name"] == "Neu"
    answer = admin.post(PERIODS, json=YEAR | {"name": "neu", "periodType": "semester"})
    assert (answer.status_code, answer.json()["code"]) == (409, "period_name_taken")


def test_an_overlap_names_the_other_in_the_language_of_the_request(admin: TestClient) -> None:
    overlapping = YEAR | {"startDate": "2027-07-02"}
    answer = admin.post(PERIODS, json=overlapping, headers={"Accept-Language": "de"})
    assert (answer.status_code, answer.json()["code"]) == (409, "periods_overlap")
    assert "„Schuljahr 2026/27“ (07.09.2026 bis 02.07.2027)" in answer.json()["error"]
    assert answer.json()["details"] == {"name": CURRENT, "start": "2026-09-07", "end": "2027-07-02"}
    english = admin.post(PERIODS, json=overlapping, headers={"Accept-Language": "en"}).json()["error"]
    assert "“Schuljahr 2026/27” (7 Sep 2026 to 2 Jul 2027)" in english
    assert admin.post(PERIODS, json=overlapping | {"periodType": "trimester"}).status_code == 201


def test_some_fields_are_changed_and_an_older_version_is_answered_with_the_row(admin: TestClient) -> None:
    period = make(admin)
    address = f"{PERIODS}/{period['id']}"
    changed = admin.put(address, json={"displayName": "27/28", "version": 1}).json()["period"]
    assert changed == period | {"displayName": "27/28", "version": 2}
    stale = admin.put(address, json={"displayName": "Ups", "version": 1})
    assert (stale.status_code, stale.json()["code"], stale.json()["details"]) == (409, "stale_version", changed)


def test_what_stands_in_the_way_is_told_in_sentences(admin: TestClient) -> None:
    current = admin.get(f"{PERIODS}/active").json()["period"]
    group_id = admin.post("/api/groups", json={"name": "Aula"}).json()["id"]
    event = {
        "subject": "Chorprobe",
        "type": "message",
        "messageContent": "Chor",
        "groupId": group_id,
        "startTime": "2026-11-23T07:00:00",
        "endTime": "2026-11-23T08:00:00",
        "recurrenceRule": "FREQ=WEEKLY",
        "academicPeriodId": current["id"],
    }
    admin.post("/api/events", json=event).raise_for_status()
    usage = admin.get(f"{PERIODS}/{current['id']}/usage").json()
    assert (usage["eventCount"], usage["events"][0]["subject"]) == (1, "Chorprobe")
    assert usage["blockers"] == [
        "Es ist die aktive Periode; bitte zuerst eine andere aktivieren.",
        "Wiederkehrende Termine finden heute oder später noch statt (1): Chorprobe.",
    ]
    refusal = admin.post(f"{PERIODS}/{current['id']}/archive")
    assert (refusal.status_code, refusal.json()["code"]) == (409, "period_not_archivable")
    assert refusal.json()["details"]["blockers"] == usage["blockers"]
    assert refusal.json()["error"] == f"„{CURRENT}“ kann nicht archiviert werden. {' '.join(usage['blockers'])}"
    deletion = admin.delete(f"{PERIODS}/{current['id']}", headers={"Accept-Language": "en"}).json()
    assert deletion["details"]["blockers"] == [
        "The period is not archived; please archive it first.",
        "Events belong to it (1): Chorprobe.",
    ]


def test_a_period_goes_through_its_whole_life(admin: TestClient) -> None:
    address = f"{PERIODS}/{make(admin)['id']}"
    for _ in range(2):  # a second click changes nothing
        assert admin.post(f"{address}/archive").json()["period"]["isArchived"] is True
    assert admin.put(address, json={"name": "Neu"}).json()["code"] == "period_is_archived"
    assert admin.post(f"{address}/activate").status_code == 409
    for _ in range(2):
        restored = admin.post(f"{address}/restore").json()["period"]
        assert (restored["isArchived"], restored["isActive"], restored["archivedBy"]) == (False, False, None)
    assert admin.delete(address).status_code == 409
    admin.post(f"{address}/archive")
    assert admin.delete(address).json() == {"success": True}
    assert admin.get(address).status_code == 404


def test_everybody_sees_periods_and_only_admins_change_them(log_in: LogIn, nobody: TestClient) -> None:
    assert nobody.get(PERIODS).status_code == 401
    user, editor = log_in(Role.USER), log_in(Role.EDITOR)
    period = user.get(f"{PERIODS}/active").json()["period"]
    address = f"{PERIODS}/{period['id']}"
    assert user.get(f"{address}/usage").status_code == 200
    for answer in (
        editor.post(PERIODS, json=YEAR),
        editor.put(address, json={"name": "Neu"}),
        editor.delete(address),
        editor.post(f"{PERIODS}/active", json={"id": period["id"]}),
        *(editor.post(f"{address}/{act}") for act in ("activate", "archive", "restore")),
    ):
        assert answer.status_code == 403


def test_an_unknown_period_is_answered_404(admin: TestClient) -> None:
    for answer in (
        admin.get(f"{PERIODS}/4711"),
        admin.get(f"{PERIODS}/4711/usage"),
        admin.put(f"{PERIODS}/4711", json={"name": "Neu"}),
        admin.delete(f"{PERIODS}/4711"),
        admin.post(f"{PERIODS}/4711/archive"),
        admin.post(f"{PERIODS}/active", json={"id": 4711}),
    ):
        assert answer.status_code == 404
