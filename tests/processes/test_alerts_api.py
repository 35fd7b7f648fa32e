"""`/api/alerts` and `/metrics`."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.events import Event
from infoscreen.domain.access import Role
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.services import alerts, groups

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"


def raise_one(app: App) -> None:
    with app.work() as work:
        alerts.raise_alert(work, AlertKind.CERTIFICATE_EXPIRY, "server", Severity.WARNING, days=14)


def test_an_admin_sees_and_acknowledges_what_is_open(api_app: App, admin: TestClient) -> None:
    raise_one(api_app)
    (alert,) = admin.get("/api/alerts").json()["alerts"]
    assert (alert["kind"], alert["subject"], alert["details"]) == ("certificate_expiry", "server", {"days": 14})
    assert alert["acknowledgedAt"] is None
    acknowledged = admin.post(f"/api/alerts/{alert['id']}/acknowledge").json()
    assert acknowledged["acknowledgedAt"]
    assert acknowledged["acknowledgedBy"] == "admin"


def add_screen(app: App) -> int:
    with app.work() as work:
        group = groups.create_group(work, {"name": "Aula"})
        client = Client(uuid=UUID, description="Aula links", group_id=group.id, created_at=work.now)
        client.state = ClientState()
        work.session.add(client)
        return group.id


def kinds(admin: TestClient, query: str) -> list[str]:
    return [each["kind"] for each in admin.get(f"/api/alerts?{query}").json()["alerts"]]


def test_an_alert_about_a_screen_names_it_and_its_group(api_app: App, admin: TestClient) -> None:
    group_id = add_screen(api_app)
    with api_app.work() as work:
        alerts.raise_alert(work, AlertKind.DEVICE_SILENT, UUID, Severity.WARNING, lastAlive="2026-11-23T06:00:00")
        alerts.raise_alert(work, AlertKind.COMMAND_FAILED, UUID, Severity.WARNING, errorCode="MQTT_TIMEOUT")
    failed, silent = admin.get("/api/alerts").json()["alerts"]
    assert (silent["subjectName"], silent["clientUuid"], silent["groupId"], silent["groupName"]) == (
        "Aula links",
        UUID,
        group_id,
        "Aula",
    )
    assert (silent["cause"], failed["cause"]) == ("unknown", "MQTT_TIMEOUT")
    assert (silent["mayResolve"], failed["mayResolve"]) == (False, True)


def test_alerts_are_found_by_state_kind_severity_screen_and_group(api_app: App, admin: TestClient) -> None:
    group_id = add_screen(api_app)
    with api_app.work() as work:
        event = Event(
            subject="Konzert",
            group_id=group_id,
            type="message",
            start_time=work.now,
            end_time=work.now,
            created_at=work.now,
        )
        work.session.add(event)
        work.session.flush()
        alerts.raise_alert(work, AlertKind.DEVICE_SILENT, UUID, Severity.WARNING)
        alerts.raise_alert(work, AlertKind.SCREEN_BLACK, UUID, Severity.CRITICAL)
        alerts.raise_alert(work, AlertKind.CONTENT_UNAVAILABLE, str(event.id), Severity.WARNING)
        alerts.raise_alert(work, AlertKind.DISK_LOW, "data", Severity.WARNING)
        alerts.close_alert(work, AlertKind.DISK_LOW, "data")
    assert kinds(admin, "state=open") == ["content_unavailable", "screen_black", "device_silent"]
    assert kinds(admin, "state=closed") == ["disk_low"]
    assert kinds(admin, "kind=disk_low&kind=screen_black") == ["disk_low", "screen_black"]
    assert kinds(admin, "severity=critical") == ["screen_black"]
    assert kinds(admin, f"clientUuid={UUID.upper()}") == ["screen_black", "device_silent"]
    assert kinds(admin, f"groupId={group_id}") == ["content_unavailable", "screen_black", "device_silent"]
    assert kinds(admin, "groupId=999") == []
    assert admin.get("/api/alerts?limit=1").json()["open"] == {"warning": 2, "critical": 1}


def test_pages_of_alerts_meet_without_a_gap(api_app: App, admin: TestClient) -> None:
    with api_app.work() as work:
        for number in range(7):
            alerts.raise_alert(work, AlertKind.BROKER_AUTH_FAILURES, f"10.0.0.{number}", Severity.WARNING)
    seen: list[str] = []
    cursor = ""
    while True:
        page = admin.get(f"/api/alerts?limit=3{cursor}").json()
        seen += [each["subject"] for each in page["alerts"]]
        assert page["total"] == 7
        if page["nextCursor"] is None:
            break
        cursor = f"&cursor={page['nextCursor']}"
    assert seen == [f"10.0.0.{number}" for number in reversed(range(7))]


@pytest.mark.parametrize("query", ["state=x", "kind=x", "limit=0", "limit=1001", "cursor=0", "severity=x", "groupId=0"])
def test_what_cannot_be_asked_is_refused(admin: TestClient, query: str) -> None:
    assert admin.get(f"/api/alerts?{query}").status_code == 422


def test_a_person_ends_what_does_not_end_by_itself_and_nothing_else(api_app: App, admin: TestClient) -> None:
    raise_one(api_app)
    with api_app.work() as work:
        alerts.raise_alert(work, AlertKind.ROLLOUT_HALTED, "1", Severity.WARNING)
    halted, expiry = admin.get("/api/alerts").json()["alerts"]
    resolved = admin.post(f"/api/alerts/{halted['id']}/resolve").json()
    assert (resolved["closing"], resolved["closedBy"], resolved["mayResolve"]) == ("resolved", "admin", False)
    refused = admin.post(f"/api/alerts/{expiry['id']}/resolve")
    assert (refused.status_code, refused.json()["code"]) == (409, "alert_closes_itself")
    assert admin.post("/api/alerts/999/resolve").status_code == 404


def test_what_was_open_about_a_screen_ends_with_it(api_app: App, admin: TestClient) -> None:
    add_screen(api_app)
    with api_app.work() as work:
        alerts.raise_alert(work, AlertKind.DEVICE_SILENT, UUID, Severity.WARNING)
    assert admin.delete(f"/api/clients/{UUID}").status_code == 200
    (alert,) = admin.get("/api/alerts").json()["alerts"]
    assert (alert["closing"], alert["subjectName"], alert["subject"]) == ("resolved", None, UUID)


def test_an_alert_that_does_not_exist_is_answered_404(admin: TestClient) -> None:
    assert admin.post("/api/alerts/7/acknowledge").status_code == 404


def test_others_do_not_see_alerts(log_in: LogIn, nobody: TestClient) -> None:
    assert nobody.get("/api/alerts").status_code == 401
    assert log_in(Role.EDITOR).get("/api/alerts").status_code == 403


def test_metrics_are_for_everyone_who_reaches_them_unless_a_token_is_set(api_app: App, nobody: TestClient) -> None:
    assert "python_info" in nobody.get("/metrics").text
    api_app.config = replace(api_app.config, metrics_token="a token")
    assert nobody.get("/metrics").status_code == 401
    assert nobody.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 401
    assert nobody.get("/metrics", headers={"Authorization": "Bearer a token"}).status_code == 200
