"""`GET /metrics`: every figure that is promised, of all processes, and never more of them than there are kinds."""

import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from applications import Clock
from fleets import add_screens, uuid_of
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client, ClientState
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.commands import Action
from infoscreen.processes import listener as listener
from infoscreen.processes import power_publisher as power_publisher
from infoscreen.processes.figures import note_figures
from infoscreen.services import alerts
from infoscreen.services.commands import issue_command

PROMISED = {
    "infoscreen_messages",
    "infoscreen_batch_messages",
    "infoscreen_batch_commit_seconds",
    "infoscreen_message_lag_seconds",
    "infoscreen_commands",
    "infoscreen_clients",
    "infoscreen_power_intents_published",
    "infoscreen_conversions",
    "infoscreen_alerts_open",
    "infoscreen_http_requests",
    "infoscreen_http_seconds",
}

A_PROCESS = """
import sys
from infoscreen.processes.figures import CLIENTS
from infoscreen.processes.listener import MESSAGES
MESSAGES.labels("health", "recorded").inc(int(sys.argv[1]))
CLIENTS.labels("healthy").set(int(sys.argv[1]))
"""


def figures(client: TestClient) -> dict[str, dict[tuple[tuple[str, str], ...], float]]:
    """Every sample by its name and labels."""
    found: dict[str, dict[tuple[tuple[str, str], ...], float]] = {}
    for family in text_string_to_metric_families(client.get("/metrics").text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return found


def test_everything_promised_is_there(nobody: TestClient) -> None:
    families = {family.name for family in text_string_to_metric_families(nobody.get("/metrics").text)}
    assert families >= PROMISED


def test_what_the_database_knows_is_counted(api_app: App, nobody: TestClient, clock: Clock) -> None:
    add_screens(api_app, 4)
    with api_app.work() as work:
        work.session.get_one(ClientState, uuid_of(1)).process_status = "crashed"
        work.session.get_one(ClientState, uuid_of(2)).last_alive = None
        work.session.get_one(Client, uuid_of(3)).is_active = False
        issue_command(work, uuid_of(0), Action.RESTART_APP, None)
        alerts.raise_alert(work, AlertKind.DEVICE_SILENT, uuid_of(2), Severity.WARNING)
    note_figures(api_app)
    found = figures(nobody)
    assert found["infoscreen_clients"] == {
        (("status", "healthy"),): 1,
        (("status", "warning"),): 0,
        (("status", "critical"),): 1,
        (("status", "offline"),): 1,
    }
    assert found["infoscreen_commands"][("status", "queued"),] == 1
    assert found["infoscreen_alerts_open"][("kind", "device_silent"),] == 1
    assert found["infoscreen_alerts_open"][("kind", "broker_outage"),] == 0
    assert found["infoscreen_conversions"][("status", "failed"),] == 0
    with api_app.work() as work:
        alerts.close_alert(work, AlertKind.DEVICE_SILENT, uuid_of(2))
    note_figures(api_app)
    assert figures(nobody)["infoscreen_alerts_open"][("kind", "device_silent"),] == 0


def test_requests_are_counted_by_endpoint_and_never_by_address(admin: TestClient, nobody: TestClient) -> None:
    for number in range(50):
        assert admin.get(f"/api/clients/{uuid_of(number)}").status_code == 404
        nobody.get(f"/api/made-up-{number}")
        nobody.request(f"MADEUP{number}", "/api/clients")
    requests = figures(nobody)["infoscreen_http_requests_total"]
    one = (("method", "GET"), ("route", "/api/clients/{uuid}"), ("status", "404"))
    assert requests[one] >= 50
    routes = {dict(labels)["route"] for labels in requests}
    assert not any(uuid_of(1) in route or "made-up" in route for route in routes)
    assert not any(dict(labels)["method"].startswith("MADEUP") for labels in requests)


def test_the_figures_of_several_processes_are_told_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    for number in (3, 4):
        subprocess.run([sys.executable, "-c", A_PROCESS, str(number)], check=True)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    told = generate_latest(registry).decode()
    assert 'infoscreen_messages_total{kind="health",outcome="recorded"} 7.0' in told
    assert 'infoscreen_clients{status="healthy"} 4.0' in told
