"""What the database knows in numbers, as metrics: set by the scheduler that leads, so that nobody counts twice."""

from collections.abc import Mapping
from typing import TypeVar

from prometheus_client import Gauge

from infoscreen.bootstrap import App
from infoscreen.services import alerts, client_health, clients, commands, conversions

Name = TypeVar("Name", bound=str)

COMMANDS = Gauge("infoscreen_commands", "Commands by status.", ["status"], multiprocess_mode="mostrecent")
CLIENTS = Gauge("infoscreen_clients", "Active clients by status.", ["status"], multiprocess_mode="mostrecent")
CONVERSIONS = Gauge("infoscreen_conversions", "Conversions by status.", ["status"], multiprocess_mode="mostrecent")
ALERTS = Gauge("infoscreen_alerts_open", "Open alerts by kind.", ["kind"], multiprocess_mode="mostrecent")


def note_figures(app: App) -> None:
    """Count anew."""
    with app.reading() as work:
        _set(COMMANDS, commands.count_by_status(work))
        _set(CONVERSIONS, conversions.count_by_status(work))
        _set(ALERTS, alerts.count_open_by_kind(work))
        active = [client for client in clients.list_clients(work) if client.is_active]
        grace = app.config.monitoring.grace_period_seconds
        _set(CLIENTS, client_health.count_by_status(client_health.assess_clients(work, active, grace)))


def _set(gauge: Gauge, counted: Mapping[Name, int]) -> None:
    for name, number in counted.items():
        gauge.labels(name).set(number)
