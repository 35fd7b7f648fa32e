"""`/api/holidays`: by hand, and from files of all kinds."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from applications import RememberingBus
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.domain.access import Role
from infoscreen.services import academic_calendar
from infoscreen.services.notices import NoticeKind

HOLIDAYS = "/api/holidays"
FILES = sorted((Path(__file__).parents[1] / "data" / "holidays").iterdir())
HEADER = "name,start_date,end_date,region\n"
NOTHING = {"inserted": 0, "updated": 0, "merged": 0, "skipped": 0, "conflicts": []}


@pytest.fixture(autouse=True)
def seeded(api_app: App) -> None:
    with api_app.work() as work:
        academic_calendar.seed_periods(work)


@pytest.fixture
def period_id(admin: TestClient) -> int:
    found: int = admin.get("/api/academic_periods/active").json()["period"]["id"]
    return found


def easter(period_id: int, **fields: Any) -> dict[str, Any]:
    days = {"startDate": "2027-03-20", "endDate": "2027-03-29"}
    return {"name": "Osterferien", "region": "AT", "academicPeriodId": period_id} | days | fields


def listed(client: TestClient, period_id: int) -> list[tuple[str, str, str]]:
    found = client.get(f"{HOLIDAYS}?academicPeriodId={period_id}").json()["holidays"]
    return [(holiday["name"], holiday["startDate"], holiday["endDate"]) for holiday in found]


def upload(client: TestClient, period_id: object, content: bytes | str, name: str = "ferien.csv") -> Any:
    body = content.encode() if isinstance(content, str) else content
    return client.post(f"{HOLIDAYS}/upload", data={"academicPeriodId": str(period_id)}, files={"file": (name, body)})


def test_a_holiday_is_added_changed_and_deleted_and_each_time_it_is_told(
    admin: TestClient, period_id: int, bus: RememberingBus
) -> None:
    bus.notices.clear()
    answer = admin.post(HOLIDAYS, json=easter(period_id))
    added = answer.json()
    assert (answer.status_code, added.pop("outcome")) == (201, "inserted")
    assert added == easter(period_id) | {"id": added["id"]}
    changed = admin.put(f"{HOLIDAYS}/{added['id']}", json={"endDate": "2027-03-30", "region": " "}).json()
    assert changed == added | {"endDate": "2027-03-30", "region": None}
    assert admin.delete(f"{HOLIDAYS}/{added['id']}").json() == {"success": True}
    assert listed(admin, period_id) == []
    assert [notice.kind for notice in bus.notices] == [NoticeKind.HOLIDAYS] * 3


def test_a_holiday_that_is_there_is_skipped_and_one_that_touches_grows(admin: TestClient, period_id: int) -> None:
    first = admin.post(HOLIDAYS, json=easter(period_id)).json()
    again = admin.post(HOLIDAYS, json=easter(period_id))
    assert (again.status_code, again.json()["outcome"], again.json()["id"]) == (200, "skipped", first["id"])
    touching = easter(period_id, name="OSTER FERIEN", startDate="2027-03-30", endDate="2027-03-31")
    merged = admin.post(HOLIDAYS, json=touching)
    assert (merged.status_code, merged.json()["outcome"]) == (200, "merged")
    assert listed(admin, period_id) == [("Osterferien", "2027-03-20", "2027-03-31")]


def test_an_overlap_with_another_is_a_conflict_that_names_it(admin: TestClient, period_id: int) -> None:
    admin.post(HOLIDAYS, json=easter(period_id))
    for other in ({"name": "Projektwoche"}, {"region": "DE", "startDate": "2027-03-29", "endDate": "2027-03-30"}):
        answer = admin.post(HOLIDAYS, json=easter(period_id, **other))
        assert (answer.status_code, answer.json()["code"]) == (409, "holidays_overlap")
        assert "„Osterferien“ (20.03.2027 bis 29.03.2027, Region AT)" in answer.json()["error"]


def test_a_change_that_makes_two_touch_makes_one_of_them(admin: TestClient, period_id: int) -> None:
    admin.post(HOLIDAYS, json=easter(period_id))
    later = admin.post(HOLIDAYS, json=easter(period_id, startDate="2027-04-05", endDate="2027-04-06")).json()
    changed = admin.put(f"{HOLIDAYS}/{later['id']}", json={"startDate": "2027-03-30"}).json()
    assert (changed["id"], changed["startDate"], changed["endDate"]) == (later["id"], "2027-03-20", "2027-04-06")
    assert len(listed(admin, period_id)) == 1


def test_a_holiday_can_move_to_another_period(admin: TestClient, period_id: int) -> None:
    semester = admin.post(
        "/api/academic_periods",
        json={"name": "Semester", "startDate": "2027-02-22", "endDate": "2027-07-02", "periodType": "semester"},
    ).json()["period"]
    holiday = admin.post(HOLIDAYS, json=easter(period_id)).json()
    admin.put(f"{HOLIDAYS}/{holiday['id']}", json={"academicPeriodId": semester["id"]}).raise_for_status()
    assert (listed(admin, period_id), len(listed(admin, semester["id"]))) == ([], 1)


def test_a_wrong_field_is_named(admin: TestClient, period_id: int) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"name": " "}, "name"),
        ({"startDate": "2026-09-06"}, "startDate"),
        ({"endDate": "2027-07-03"}, "endDate"),
        ({"endDate": "2027-03-19"}, "endDate"),
        ({"startDate": "27.10.2026"}, "startDate"),
        ({"academicPeriodId": 4711}, "academicPeriodId"),
        ({"academicPeriodId": None}, "academicPeriodId"),
        ({"region": "x" * 101}, "region"),
    ]
    for fields, field in wrong:
        answer = admin.post(HOLIDAYS, json=easter(period_id, **fields))
        assert (answer.status_code, list(answer.json()["details"])) == (422, [field]), answer.text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.suffix + path.stem[-5:])
def test_each_of_the_four_files_gives_the_same_holidays(admin: TestClient, period_id: int, path: Path) -> None:
    assert upload(admin, period_id, path.read_bytes(), path.name).json() == NOTHING | {"inserted": 7}
    assert listed(admin, period_id) == [
        ("Herbstferien", "2026-10-27", "2026-10-31"),
        ("Allerseelen", "2026-11-02", "2026-11-02"),
        ("Weihnachtsferien", "2026-12-24", "2027-01-06"),
        ("Semesterferien", "2027-02-15", "2027-02-20"),
        ("Osterferien", "2027-03-20", "2027-03-29"),
        ("St. Florian", "2027-05-04", "2027-05-04"),
        ("Pfingstferien", "2027-05-15", "2027-05-17"),
    ]


@pytest.mark.parametrize("first", FILES, ids=lambda path: path.suffix + path.stem[-5:])
def test_a_file_and_then_the_others_add_nothing_new(admin: TestClient, period_id: int, first: Path) -> None:
    upload(admin, period_id, first.read_bytes()).raise_for_status()
    before = listed(admin, period_id)
    for path in FILES:
        result = upload(admin, period_id, path.read_bytes()).json()
        assert (result["inserted"], result["merged"] + result["skipped"], result["conflicts"]) == (0, 7, [])
    assert listed(admin, period_id) == before


def test_every_line_is_counted_once_and_what_is_wrong_is_told_in_words(admin: TestClient, period_id: int) -> None:
    admin.post(HOLIDAYS, json=easter(period_id))
    lines = [
        "Osterferien,2027-03-20,2027-03-29,AT",  # there
        "osterferien,2027-03-30,2027-03-31,at",  # touches what was there
        "Projekttag,2027-05-10,2027-05-10,",  # new
        "Projekttag,2027-05-11,2027-05-11,",  # touches the line before
        "Wandertag,2027-05-11,2027-05-12,",  # overlaps it
        "Vorher,2026-09-01,2026-09-10,",  # begins outside
        "Verkehrt,2026-10-10,2026-10-09,",
        "Kein Datum,morgen,2026-10-09,",
    ]
    result = upload(admin, period_id, HEADER + "\n".join(lines)).json()
    assert {name: result[name] for name in NOTHING if name != "conflicts"} == {
        "inserted": 1,
        "updated": 1,
        "merged": 2,
        "skipped": 1,
    }
    assert [(conflict["line"], conflict["reason"]) for conflict in result["conflicts"]] == [
        (6, "Diese Tage überschneiden sich mit „Projekttag“ (10.05.2027 bis 11.05.2027, Region –)."),
        (7, "Das liegt außerhalb von „Schuljahr 2026/27“ (07.09.2026 bis 02.07.2027)."),
        (8, "Das Ende liegt vor dem Beginn."),
        (9, "„morgen“ ist kein Datum (erkannt werden 2026-10-27, 27.10.2026 und 20261027)."),
    ]
    assert listed(admin, period_id) == [
        ("Osterferien", "2027-03-20", "2027-03-31"),
        ("Projekttag", "2027-05-10", "2027-05-11"),
    ]


def test_the_field_of_the_period_may_come_before_or_after_the_file(admin: TestClient, period_id: int) -> None:
    file = 'Content-Disposition: form-data; name="file"; filename="f.csv"\r\n\r\n' + HEADER
    field = f'Content-Disposition: form-data; name="academicPeriodId"\r\n\r\n{period_id}'
    for parts in ((file, field), (field, file)):
        body = "".join(f"--x\r\n{part}\r\n" for part in parts) + "--x--\r\n"
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        assert admin.post(f"{HOLIDAYS}/upload", content=body, headers=headers).json() == NOTHING


def test_a_period_that_is_missing_or_unknown_is_told(admin: TestClient) -> None:
    for period in ("", "4711", "x", "99999999999", "-1"):
        answer = upload(admin, period, HEADER)
        assert (answer.status_code, list(answer.json()["details"])) == (422, ["academicPeriodId"]), answer.text


def test_what_is_no_such_file_is_refused(admin: TestClient, period_id: int) -> None:
    for content in (
        b"",
        b"%PDF-1.7 \x00\x01",
        gzip.compress(HEADER.encode() + b"A,2026-10-27,2026-10-28,\n" * 1_000_000),
        (HEADER + "A,2026-10-27,2026-10-28,\n" * 30_000).encode(),
    ):
        answer = upload(admin, period_id, content)
        assert (answer.status_code, list(answer.json()["details"])) == (422, ["file"]), answer.text
    assert listed(admin, period_id) == []


def test_a_file_that_is_too_large_is_refused(admin: TestClient, period_id: int) -> None:
    assert upload(admin, period_id, HEADER + "x" * 1_100_000).status_code == 413
    many_fields = {"academicPeriodId": str(period_id), "more": "x" * 100_000}
    answer = admin.post(f"{HOLIDAYS}/upload", data=many_fields, files={"file": ("f.csv", HEADER.encode())})
    assert answer.status_code == 413


def test_an_upload_without_a_file_is_told(admin: TestClient, period_id: int) -> None:
    field = f'Content-Disposition: form-data; name="academicPeriodId"\r\n\r\n{period_id}'
    body = f"--x\r\n{field}\r\n--x--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = admin.post(f"{HOLIDAYS}/upload", content=body, headers=headers)
    assert (answer.status_code, list(answer.json()["details"])) == (422, ["file"])


def test_days_of_other_names_may_stand_side_by_side(admin: TestClient, period_id: int) -> None:
    lines = [f"Tag {day},2026-12-{day:02},2026-12-{day:02}," for day in range(1, 32)]
    assert upload(admin, period_id, HEADER + "\n".join(lines)).json() == NOTHING | {"inserted": 31}


def test_everybody_sees_holidays_and_only_admins_change_them(
    admin: TestClient, period_id: int, log_in: LogIn, nobody: TestClient
) -> None:
    holiday = admin.post(HOLIDAYS, json=easter(period_id)).json()
    assert nobody.get(HOLIDAYS).status_code == 401
    assert len(log_in(Role.USER).get(HOLIDAYS).json()["holidays"]) == 1
    editor = log_in(Role.EDITOR)
    for answer in (
        editor.post(HOLIDAYS, json=easter(period_id)),
        editor.put(f"{HOLIDAYS}/{holiday['id']}", json={"name": "Neu"}),
        editor.delete(f"{HOLIDAYS}/{holiday['id']}"),
        upload(editor, period_id, HEADER),
    ):
        assert answer.status_code == 403
    assert upload(nobody, period_id, HEADER).status_code == 401


def test_the_holidays_of_an_archived_period_stay_as_they_are(admin: TestClient) -> None:
    period = admin.post(
        "/api/academic_periods", json={"name": "Neu", "startDate": "2028-01-01", "endDate": "2028-02-01"}
    ).json()["period"]
    days = {"startDate": "2028-01-02", "endDate": "2028-01-03"}
    holiday = admin.post(HOLIDAYS, json=easter(period["id"], **days)).json()
    admin.post(f"/api/academic_periods/{period['id']}/archive").raise_for_status()
    for answer in (
        admin.post(HOLIDAYS, json=easter(period["id"], **days)),
        admin.put(f"{HOLIDAYS}/{holiday['id']}", json={"name": "Neu"}),
        admin.delete(f"{HOLIDAYS}/{holiday['id']}"),
        upload(admin, period["id"], HEADER),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "period_is_archived")
    assert admin.put(f"{HOLIDAYS}/4711", json={"name": "Neu"}).status_code == 404
