"""The server's clock is put ahead by hours and months and back: nothing is deleted, and no screen is judged by it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from applications import Clock, RememberingBus, started_app
from fleets import add_screens, uuid_of
from infoscreen.bootstrap import App
from infoscreen.db.alerts import Alert
from infoscreen.db.clients import ClientState
from infoscreen.db.commands import ClientCommand
from infoscreen.db.history import FleetHour
from infoscreen.db.monitoring import ClientLog
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.commands import Action, Signal
from infoscreen.domain.health import ClientStatus
from infoscreen.processes.passes import Pass, every_pass
from infoscreen.services import alerts, commands
from infoscreen.services.intake import record_reports
from infoscreen.services.monitoring_overview import Patience, monitoring_overview
from infoscreen.services.ports import Received
from infoscreen.services.report_batches import gather
from infoscreen_wire.topics import ReportKind
from listening import received

SCREENS = 4
SAYING = range(SCREENS)
A_YEAR_AHEAD = timedelta(days=500)
FAILED = {
    "event": "service_failed",
    "unit": "a.service",
    "client_uuid": uuid_of(2),
    "failed_at": "2026-11-23T06:59:00Z",
}
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# Those that delete, and those that judge screens.
LOOKING = {
    "server_clock",
    "command_retention",
    "client_log_retention",
    "alert_retention",
    "notifications_pruned",
    "history",
    "fleet_watch",
    "screens",
    "service_failures",
}


def looking() -> list[Pass]:
    return [each for each in every_pass() if each.name in LOOKING]


KEPT = (ClientLog.id, ClientCommand.id, Alert.id, FleetHour.hour)


@dataclass
class School:
    """Four screens that report while time passes, and a scheduler's passes that look."""

    app: App
    clock: Clock
    passes: list[Pass] = field(default_factory=looking)

    def report(self, screens: range = SAYING) -> None:
        payload = {"actual_state": {"status": "running"}, "health_metrics": {"screen_health": "OK"}}
        self.take(*(received(ReportKind.HEALTH, payload, uuid_of(number)) for number in screens))

    def take(self, *messages: Received) -> None:
        with self.app.work() as work:
            record_reports(work, gather(messages, lambda _: self.clock.now), 180)

    def look(self) -> None:
        for each in self.passes:
            each.look(self.app)

    def run(self, *, minutes: int, screens: range = SAYING) -> None:
        for _ in range(minutes):
            self.clock.forward(seconds=60)
            self.report(screens)
            self.look()

    def run_days(self, days: int) -> None:
        """Let days pass, of which the server is on for some minutes."""
        for _ in range(days):
            self.clock.forward(days=1)
            self.run(minutes=1)

    def restart_scheduler(self) -> None:
        self.passes = looking()

    def log(self, number: int = 1) -> None:
        self.take(*(received(ReportKind.LOG_ERROR, {"message": f"line {line}"}, uuid_of(0)) for line in range(number)))

    def kept(self) -> list[int]:
        """How many rows there are of everything that is deleted when it is old."""
        with self.app.reading() as work:
            return [work.session.scalar(select(func.count(column))) or 0 for column in KEPT]

    def open_alerts(self) -> list[tuple[str, str]]:
        with self.app.reading() as work:
            return sorted((alert.kind, alert.subject) for alert in alerts.open_alerts(work))

    def statuses(self) -> list[ClientStatus]:
        with self.app.reading() as work:
            overview = monitoring_overview(work, 24, Patience(180, 120))
        return [client.assessment.status for client in overview.clients]


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> Iterator[School]:
    clock = Clock()
    app = started_app(database_url, tmp_path / "data", clock, RememberingBus())
    add_screens(app, SCREENS)
    yield School(app, clock)
    app.engine.dispose()


def remember(school: School) -> None:
    """A line, an alert and a command that are over, and an hour that was watched."""
    school.log(3)
    with school.app.work() as work:
        alerts.raise_alert(work, AlertKind.DISK_LOW, "disk", Severity.WARNING)
        command = commands.issue_command(work, uuid_of(1), Action.RESTART_APP, "Bild steht")
    for signal in (Signal.TAKEN, Signal.PUBLISHED, Signal.ACK_COMPLETED):
        with school.app.work() as work:
            commands.give_signal(work, command.command_id, signal)
    with school.app.work() as work:
        alerts.close_alert(work, AlertKind.DISK_LOW, "disk")
    school.run(minutes=2)


def test_a_clock_far_ahead_deletes_nothing_even_when_the_server_starts_by_it(school: School) -> None:
    school.run_days(8)
    remember(school)
    before = school.kept()
    now = school.clock.now
    for _ in range(2):
        school.clock.now = now + A_YEAR_AHEAD
        school.restart_scheduler()
        school.run(minutes=10)
        school.clock.now = now
        school.run(minutes=10)
        assert all(left >= kept for left, kept in zip(school.kept(), before, strict=True)), (school.kept(), before)


@ON_SQLITE
def test_what_is_old_is_deleted_when_time_has_really_passed(school: School) -> None:
    remember(school)
    school.clock.forward(days=500)
    school.run(minutes=2)
    assert school.kept()[0] >= 3, "the server was off for so long: by then nobody knows whether the clock is right"
    school.run_days(8)
    lines, commanded, alerted, _hours = school.kept()
    assert (lines, commanded, alerted) == (0, 0, 0)


@ON_SQLITE
@pytest.mark.parametrize("step", [timedelta(hours=3), timedelta(hours=-3), timedelta(days=400), timedelta(days=-400)])
def test_a_clock_that_steps_makes_no_alert_and_closes_none_that_lasts(school: School, step: timedelta) -> None:
    school.run(minutes=10)
    school.run(minutes=10, screens=range(1, SCREENS))
    silent = [("device_silent", uuid_of(0))]
    assert school.open_alerts() == silent
    school.clock.now += step
    school.run(minutes=10, screens=range(1, SCREENS))
    assert school.open_alerts() == silent
    with school.app.reading() as work:
        assert work.session.scalar(select(func.count(Alert.id))) == 1


@ON_SQLITE
def test_a_clock_that_was_ahead_leaves_no_screen_alive_that_is_not_and_none_in_error_for_months(school: School) -> None:
    school.run(minutes=10)
    now = school.clock.now
    school.clock.now = now + A_YEAR_AHEAD
    school.log()
    school.run(minutes=5)
    school.clock.now = now
    school.run(minutes=15, screens=range(1, SCREENS))
    assert school.statuses() == [ClientStatus.OFFLINE, *[ClientStatus.HEALTHY] * 3]
    assert school.open_alerts() == [("device_silent", uuid_of(0))]
    school.run(minutes=5)
    assert school.statuses() == [ClientStatus.HEALTHY] * 4


@pytest.mark.parametrize("step", [A_YEAR_AHEAD, -A_YEAR_AHEAD])
def test_a_failed_service_lasts_through_a_step_and_is_over_five_minutes_after_the_screen_works(
    school: School, step: timedelta
) -> None:
    school.run(minutes=2)
    school.take(received(ReportKind.SERVICE_FAILED, FAILED, uuid_of(2), retained=True))
    failed = ("service_failed", uuid_of(2))
    others = range(2)
    school.run(minutes=1, screens=others)
    school.clock.now += step
    school.run(minutes=1, screens=others)
    assert failed in school.open_alerts()
    school.take(received(ReportKind.SERVICE_FAILED, FAILED, uuid_of(2), retained=True, redelivered=True))
    school.run(minutes=3)
    assert failed in school.open_alerts()
    school.run(minutes=4)
    assert failed not in school.open_alerts()
    with school.app.reading() as work:
        assert work.session.get_one(ClientState, uuid_of(2)).service_failed_at is None
        assert work.session.scalar(select(func.count(Alert.id)).where(Alert.kind == "service_failed")) == 1
