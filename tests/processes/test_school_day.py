"""A server that runs over the summer is in the new school year on its first day."""

from datetime import UTC, datetime

from applications import Clock, RememberingBus
from infoscreen.bootstrap import App
from infoscreen.processes.school_day import SchoolDay
from infoscreen.services import academic_calendar, alerts


def test_the_new_school_year_is_active_on_its_first_day_without_a_restart(app: App, clock: Clock) -> None:
    clock.now = datetime(2026, 6, 1, tzinfo=UTC)
    with app.work() as work:
        academic_calendar.seed_periods(work)
    day = SchoolDay()
    for now, name, alerted in (
        (datetime(2026, 7, 3, 21, 59, tzinfo=UTC), "Schuljahr 2025/26", 0),
        (datetime(2026, 7, 3, 22, 0, tzinfo=UTC), "Schuljahr 2025/26", 1),  # over, and nothing covers the summer
        (datetime(2026, 9, 6, 22, 0, tzinfo=UTC), "Schuljahr 2026/27", 0),
    ):
        clock.now = now
        day.look(app)
        with app.reading() as work:
            active = academic_calendar.get_active_period(work)
            assert active is not None
            assert (active.name, len(alerts.open_alerts(work))) == (name, alerted)


def test_a_day_is_followed_once(app: App, clock: Clock, bus: RememberingBus) -> None:
    clock.now = datetime(2027, 8, 1, tzinfo=UTC)
    day = SchoolDay()
    for _ in range(3):
        day.look(app)
        clock.forward(minutes=1)
    with app.reading() as work:
        (alert,) = alerts.open_alerts(work)
    assert alert.count == 1
