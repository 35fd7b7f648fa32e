"""`/api/client-logs`: lines of one screen, errors of all, sums, and the counts that need no login."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from starlette.testclient import TestClient

from applications import MONDAY
from fleets import add_screens, uuid_of
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client
from infoscreen.db.monitoring import ClientLog
from infoscreen.domain.access import Role

BASE = "/api/client-logs"


def line(client: int, level: str, message: str, minutes_ago: float = 0, **columns: Any) -> dict[str, Any]:
    at = MONDAY - timedelta(minutes=minutes_ago)
    common = {"client_uuid": uuid_of(client), "level": level, "message": message, "created_at": at}
    return {**common, "context": {}, "device_time": None, "left_out": 0, **columns}


@pytest.fixture(autouse=True)
def logged(api_app: App) -> None:
    add_screens(api_app, 2)
    with api_app.work() as work:
        work.session.get_one(Client, uuid_of(0)).description = "Aula"
        rows = [
            line(0, "error", "no network", 90, context={"page": 3}, device_time=MONDAY - timedelta(days=300)),
            line(0, "warn", "slow", 5),
            line(0, "info", "started", 1),
            line(1, "error", "disk full", 30),
            line(1, "error", "long ago", 60 * 30),
        ]
        work.session.execute(insert(ClientLog), rows)


def messages(answer: Any, name: str = "logs") -> list[str]:
    return [each["message"] for each in answer.json()[name]]


def test_the_lines_of_one_screen_come_newest_first_and_whole(admin: TestClient) -> None:
    answer = admin.get(f"{BASE}/{uuid_of(0)}/logs")
    assert messages(answer) == ["started", "slow", "no network"]
    assert answer.json()["nextCursor"] is None
    last = answer.json()["logs"][2]
    assert last.pop("id")
    assert last == {
        "clientUuid": uuid_of(0),
        "description": "Aula",
        "hostname": None,
        "level": "error",
        "message": "no network",
        "context": {"page": 3},
        "deviceTime": "2026-01-27T07:00:00",
        "createdAt": "2026-11-23T05:30:00",
        "leftOut": 0,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("level=ERROR", ["no network"]),
        ("since=2026-11-23T06:00:00", ["started", "slow"]),
        ("since=2026-11-23T07:55:00%2B01:00&level=warn", ["slow"]),
        ("limit=1", ["started"]),
    ],
)
def test_they_are_asked_for_by_level_time_and_number(admin: TestClient, query: str, expected: list[str]) -> None:
    assert messages(admin.get(f"{BASE}/{uuid_of(0)}/logs?{query}")) == expected


def test_a_cursor_leads_to_what_is_older(admin: TestClient) -> None:
    first = admin.get(f"{BASE}/{uuid_of(0)}/logs?limit=2")
    second = admin.get(f"{BASE}/{uuid_of(0)}/logs?limit=2&cursor={first.json()['nextCursor']}")
    assert messages(first) + messages(second) == ["started", "slow", "no network"]


@pytest.mark.parametrize("query", ["level=fatal", "limit=0", "limit=1001", "since=yesterday", "cursor=x"])
def test_a_question_that_makes_no_sense_is_refused_with_the_field(admin: TestClient, query: str) -> None:
    answer = admin.get(f"{BASE}/{uuid_of(0)}/logs?{query}")
    assert answer.status_code == 422
    assert list(answer.json()["details"]) == [query.split("=")[0]]


def test_a_screen_that_does_not_exist_has_no_log(admin: TestClient) -> None:
    assert admin.get(f"{BASE}/{uuid_of(9)}/logs").status_code == 404


def test_recent_errors_are_those_of_all_screens(admin: TestClient) -> None:
    assert messages(admin.get(f"{BASE}/recent-errors"), "errors") == ["disk full", "no network"]
    assert messages(admin.get(f"{BASE}/recent-errors?hours=1"), "errors") == ["disk full"]
    assert messages(admin.get(f"{BASE}/recent-errors?hours=48&limit=2"), "errors") == ["disk full", "no network"]


def test_the_summary_counts_every_screen_and_level_of_a_day(admin: TestClient) -> None:
    answer = admin.get(f"{BASE}/summary").json()
    assert {each["uuid"]: each["logCounts"] for each in answer["summary"]} == {
        uuid_of(0): {"error": 1, "warn": 1, "info": 1, "debug": 0},
        uuid_of(1): {"error": 1, "warn": 0, "info": 0, "debug": 0},
    }
    assert (answer["periodHours"], answer["since"]) == (24, "2026-11-22T07:00:00")


def test_whoever_is_not_logged_in_learns_counts_and_nothing_more(nobody: TestClient) -> None:
    assert nobody.get(f"{BASE}/test").json() == {
        "success": True,
        "periodHours": 24,
        "logCounts": {"error": 2, "warn": 1, "info": 1, "debug": 0},
        "total": 4,
    }
    for path in (f"{uuid_of(0)}/logs", "recent-errors", "summary"):
        assert nobody.get(f"{BASE}/{path}").status_code == 401


def test_logs_are_for_admins(log_in: LogIn) -> None:
    editor = log_in(Role.EDITOR)
    for path in (f"{uuid_of(0)}/logs", "recent-errors", "summary"):
        assert editor.get(f"{BASE}/{path}").status_code == 403
