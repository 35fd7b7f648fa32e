"""`/api/alerts` and `/metrics`."""

from dataclasses import replace

from starlette.testclient import TestClient

from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.domain.access import Role
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.services import alerts


def raise_one(app: App) -> None:
    with app.work() as work:
        alerts.raise_alert(work, AlertKind.CERTIFICATE_EXPIRY, "server", Severity.WARNING, days=14)


def test_an_admin_sees_and_acknowledges_what_is_open(api_app: App, admin: TestClient) -> None:
    raise_one(api_app)
    (alert,) = admin.get("/api/alerts").json()["open"]
    assert (alert["kind"], alert["subject"], alert["details"]) == ("certificate_expiry", "server", {"days": 14})
    assert alert["acknowledgedAt"] is None
    acknowledged = admin.post(f"/api/alerts/{alert['id']}/acknowledge").json()
    assert acknowledged["acknowledgedAt"]
    assert acknowledged["acknowledgedBy"]


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
