"""`GET /api/client-logs/monitoring-overview`: a frozen shape, whose rows go past the models that describe it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from applications import Clock
from fleets import add_screens, uuid_of
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.monitoring import ClientLog
from infoscreen.domain.access import Role
from infoscreen.domain.commands import Action
from infoscreen.processes.api.schemas.base import ApiModel
from infoscreen.processes.api.schemas.monitoring_overview import OverviewAnswer
from infoscreen.services.commands import issue_command

PATH = "/api/client-logs/monitoring-overview"
STATUS_PATH = "/api/clients/status"


@pytest.fixture
def superadmin(log_in: LogIn) -> TestClient:
    return log_in(Role.SUPERADMIN)


def log_line(app: App, uuid: str, level: str, message: str, **ago: float) -> None:
    with app.work() as work:
        at = work.now - timedelta(**ago)
        work.session.add(ClientLog(client_uuid=uuid, level=level, message=message, context={}, created_at=at))


def keys(model: Any) -> Iterator[tuple[str, Any]]:
    """Every name that a model writes."""
    for field in model.model_fields.values():
        assert field.alias or field.serialization_alias
        yield field.serialization_alias or field.alias, field.annotation


def assert_shape(value: Any, annotation: Any) -> None:
    """That an answer has every key of its model and no other."""
    for model in (annotation, *getattr(annotation, "__args__", ())):
        if isinstance(model, type) and issubclass(model, ApiModel):
            for each in value if isinstance(value, list) else [value] if value is not None else []:
                fields = dict(keys(model))
                assert each.keys() == fields.keys()
                for name, inner in fields.items():
                    assert_shape(each[name], inner)


def test_the_answer_is_what_its_models_say(api_app: App, superadmin: TestClient, clock: Clock) -> None:
    add_screens(api_app, 2)
    log_line(api_app, uuid_of(0), "error", "It broke", minutes=5)
    with api_app.work() as work:
        issue_command(work, uuid_of(0), Action.RESTART_APP, "Bild steht")
    answer = superadmin.get(PATH)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    OverviewAnswer.model_validate(answer.json())
    assert answer.json()["clients"][0]["openCommand"]["status"] == "queued"
    assert_shape(answer.json(), OverviewAnswer)


def test_a_page_that_knows_the_others_asks_for_those_that_changed(api_app: App, superadmin: TestClient) -> None:
    add_screens(api_app, 3)
    log_line(api_app, uuid_of(1), "error", "It broke", minutes=5)
    named = [("clients", uuid_of(1)), ("clients", "nobody"), ("clients", "Ä")]
    answer = superadmin.get(PATH, params=named).json()
    assert [client["uuid"] for client in answer["clients"]] == [uuid_of(1)]
    assert (answer["summary"]["totalClients"], answer["summary"]["errorLogs"]) == (1, 1)
    assert answer["clients"] == superadmin.get(PATH).json()["clients"][1:2]


def test_the_same_page_asks_how_those_are_that_changed(api_app: App, superadmin: TestClient) -> None:
    add_screens(api_app, 3)
    log_line(api_app, uuid_of(1), "error", "It broke", minutes=5)
    (client,) = superadmin.get(STATUS_PATH, params=[("clients", uuid_of(1)), ("clients", "nobody")]).json()["clients"]
    assert client == superadmin.get(STATUS_PATH).json()["clients"][1]
    assert client["warnings"] == ["error_log"]
    assert superadmin.get(STATUS_PATH, params=[("clients", uuid_of(n)) for n in range(101)]).status_code == 422


def test_no_more_clients_are_named_than_fit_into_an_address(superadmin: TestClient) -> None:
    many = [("clients", uuid_of(number)) for number in range(101)]
    assert superadmin.get(PATH, params=many[:100]).status_code == 200
    assert superadmin.get(PATH, params=many).status_code == 422


def test_an_installation_without_clients_has_an_empty_overview(superadmin: TestClient) -> None:
    assert superadmin.get(PATH).json() == {
        "summary": {
            "totalClients": 0,
            "healthyClients": 0,
            "warningClients": 0,
            "criticalClients": 0,
            "offlineClients": 0,
            "errorLogs": 0,
            "warnLogs": 0,
            "activePriorityScreenshots": 0,
        },
        "periodHours": 24,
        "gracePeriodSeconds": 180,
        "since": "2026-11-22T07:00:00",
        "timestamp": "2026-11-23T07:00:00",
        "clients": [],
    }


def test_everything_that_a_client_reported_is_told(api_app: App, superadmin: TestClient, clock: Clock) -> None:
    add_screens(api_app, 1)
    shown_at = clock.now - timedelta(seconds=119)
    with api_app.work() as work:
        client = work.session.get_one(Client, uuid_of(0))
        client.hostname, client.ip, client.description, client.model = "raspi-1", "10.0.0.7", "Aula", "Pi 5"
        state = client.state
        state.current_event_id, state.current_process, state.process_pid = 7, "chromium", 4711
        state.screen_health = "OK"
        state.screenshot_at, state.screenshot_hash, state.screenshot_type = shown_at, "ab" * 32, "event_start"
        state.priority_screenshot_at, state.priority_screenshot_type = shown_at, "event_start"
        state.mqtt_reconnect_count, state.mqtt_last_disconnect_at = 3, shown_at
    log_line(api_app, uuid_of(0), "info", "Started", minutes=30)
    log_line(api_app, uuid_of(0), "info", "Long ago", hours=25)
    assert superadmin.get(PATH).json()["clients"][0] == {
        "uuid": uuid_of(0),
        "hostname": "raspi-1",
        "description": "Aula",
        "ip": "10.0.0.7",
        "model": "Pi 5",
        "groupId": 1,
        "groupName": "Nicht zugeordnet",
        "isAlive": True,
        "lastAlive": "2026-11-23T07:00:00",
        "status": "healthy",
        "currentEventId": 7,
        "currentProcess": "chromium",
        "processPid": 4711,
        "processStatus": "running",
        "screenHealthStatus": "OK",
        "lastScreenshotAnalyzed": "2026-11-23T06:58:01",
        "lastScreenshotHash": "ab" * 32,
        "latestScreenshotType": "event_start",
        "priorityScreenshotType": "event_start",
        "priorityScreenshotReceivedAt": "2026-11-23T06:58:01",
        "hasActivePriorityScreenshot": True,
        "screenshotUrl": f"/screenshots/{uuid_of(0)}.jpg",
        "logCounts": {"error": 0, "warn": 0, "info": 1, "debug": 0},
        "latestLog": {"id": 1, "level": "info", "message": "Started", "createdAt": "2026-11-23T06:30:00"},
        "latestError": None,
        "mqttReconnectCount": 3,
        "mqttLastDisconnectAt": "2026-11-23T06:58:01",
        "serviceFailedAt": None,
        "openCommand": None,
    }
    clock.forward(seconds=1)
    assert not superadmin.get(PATH).json()["clients"][0]["hasActivePriorityScreenshot"]
    clock.forward(days=-30)  # it was ahead, and is put right
    assert not superadmin.get(PATH).json()["clients"][0]["hasActivePriorityScreenshot"]


def test_clients_are_counted_by_the_status_that_each_of_them_has_everywhere(
    api_app: App, superadmin: TestClient, clock: Clock
) -> None:
    add_screens(api_app, 5)
    log_line(api_app, uuid_of(1), "error", "It broke", minutes=9)
    log_line(api_app, uuid_of(2), "warn", "Hot", minutes=59)
    log_line(api_app, uuid_of(3), "error", "It broke", minutes=11)
    with api_app.work() as work:
        work.session.get_one(ClientState, uuid_of(4)).last_alive = clock.now - timedelta(seconds=180)
    answer = superadmin.get(PATH).json()
    expected = ["healthy", "critical", "warning", "healthy", "offline"]
    assert [client["status"] for client in answer["clients"]] == expected
    statuses = superadmin.get("/api/clients/status").json()["clients"]
    assert [client["status"] for client in statuses] == expected
    assert [client["warnings"] for client in statuses] == [[], ["error_log"], ["warn_log"], [], []]
    names = ("total", "healthy", "warning", "critical", "offline")
    assert [answer["summary"][f"{name}Clients"] for name in names] == [5, 2, 1, 1, 1]
    assert (answer["summary"]["errorLogs"], answer["summary"]["warnLogs"]) == (2, 1)


def test_the_period_is_what_is_asked_for(api_app: App, superadmin: TestClient) -> None:
    add_screens(api_app, 1)
    log_line(api_app, uuid_of(0), "warn", "Hot", hours=2)
    answer = superadmin.get(PATH, params={"hours": 1}).json()
    assert (answer["periodHours"], answer["since"], answer["summary"]["warnLogs"]) == (1, "2026-11-23T06:00:00", 0)
    assert superadmin.get(PATH, params={"hours": 3}).json()["summary"]["warnLogs"] == 1
    for hours in ("0", "2161", "many"):
        assert superadmin.get(PATH, params={"hours": hours}).status_code == 422


def test_the_latest_line_is_told_however_old_it_is(api_app: App, superadmin: TestClient) -> None:
    add_screens(api_app, 2)
    log_line(api_app, uuid_of(0), "info", "Longer ago", days=40)
    log_line(api_app, uuid_of(0), "error", "Long ago", days=30)
    client, silent = superadmin.get(PATH).json()["clients"]
    assert client["latestLog"]["message"] == "Long ago"
    assert (client["latestError"], client["logCounts"]["error"]) == (None, 0)
    assert silent["latestLog"] is None


def test_lines_of_a_clock_that_was_ahead_hide_none_of_those_of_now(api_app: App, superadmin: TestClient) -> None:
    add_screens(api_app, 2)
    log_line(api_app, uuid_of(0), "error", "From tomorrow", days=-1)
    log_line(api_app, uuid_of(0), "error", "It broke", minutes=5)
    log_line(api_app, uuid_of(1), "error", "From tomorrow", days=-1)
    log_line(api_app, uuid_of(1), "info", "Started", days=3)
    client, other = superadmin.get(PATH).json()["clients"]
    assert (client["status"], client["logCounts"]["error"]) == ("critical", 1)
    assert client["latestLog"] == client["latestError"]
    assert client["latestLog"]["message"] == "It broke"
    assert other["latestLog"]["message"] == "Started"
    statuses = superadmin.get("/api/clients/status").json()["clients"]
    assert [each["warnings"] for each in statuses] == [["error_log"], []]


def test_only_superadmins_see_the_overview(admin: TestClient, nobody: TestClient) -> None:
    assert admin.get(PATH).status_code == 403
    assert nobody.get(PATH).status_code == 401
