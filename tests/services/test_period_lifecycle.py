"""Periods on both databases: seeding, activation, archive, and what happens when several people act at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from applications import Clock, RememberingBus
from infoscreen.bootstrap import App
from infoscreen.domain.academic_calendar import (
    PeriodIsArchived,
    PeriodLeavesOutHolidays,
    PeriodNameTaken,
    PeriodNotArchivable,
    PeriodNotDeletable,
    PeriodsOverlap,
)
from infoscreen.domain.alerts import AlertKind
from infoscreen.domain.errors import Conflict, StaleVersion
from infoscreen.domain.holidays import Holiday
from infoscreen.services import academic_calendar, alerts, events, groups, holidays
from infoscreen.services.notices import NoticeKind

AT_ONCE = 8


def make_period(app: App, name: str = "Sommer", start: date = date(2030, 1, 1), **fields: Any) -> int:
    given = {"name": name, "start_date": start, "end_date": start + timedelta(days=99), "period_type": "semester"}
    with app.work() as work:
        return academic_calendar.create_period(work, given | fields).id


def make_event(app: App, period_id: int, **fields: Any) -> int:
    start = app.clock()
    given = {"subject": "Chor", "type": "message", "message_content": "Chor", "academic_period_id": period_id}
    when = {"start_time": start, "end_time": start + timedelta(hours=1)}
    with app.work() as work:
        group = groups.create_group(work, {"name": f"Raum {datetime.now(UTC).timestamp()}"})
        return events.create_event(work, given | when | {"group_id": group.id} | fields).id


def seed(app: App) -> None:
    with app.work() as work:
        academic_calendar.seed_periods(work)


def active_names(app: App) -> list[str]:
    with app.reading() as work:
        return [period.name for period in academic_calendar.list_periods(work, archived=True) if period.is_active]


def open_alerts(app: App) -> list[str]:
    with app.reading() as work:
        return [alert.kind for alert in alerts.open_alerts(work)]


def test_the_first_start_makes_the_austrian_school_years_and_activates_the_one_that_covers_today(app: App) -> None:
    seed(app)
    with app.reading() as work:
        found = [
            (period.name, period.display_name, period.start_date, period.end_date, period.period_type)
            for period in academic_calendar.list_periods(work)
        ]
    assert found == [
        ("Schuljahr 2024/25", "SJ 24/25", date(2024, 9, 2), date(2025, 7, 4), "schuljahr"),
        ("Schuljahr 2025/26", "SJ 25/26", date(2025, 9, 1), date(2026, 7, 3), "schuljahr"),
        ("Schuljahr 2026/27", "SJ 26/27", date(2026, 9, 7), date(2027, 7, 2), "schuljahr"),
    ]
    assert active_names(app) == ["Schuljahr 2026/27"]


def test_another_start_makes_nothing_and_changes_nothing(app: App, bus: RememberingBus) -> None:
    seed(app)
    bus.notices.clear()
    seed(app)
    with app.reading() as work:
        assert len(academic_calendar.list_periods(work, archived=True)) == 3
    assert bus.notices == []


def test_archived_periods_count_as_periods_and_are_not_seeded_again_nor_activated(app: App, clock: Clock) -> None:
    period_id = make_period(app, start=clock.now.date())
    with app.work() as work:
        academic_calendar.archive_period(work, period_id)
    seed(app)
    with app.reading() as work:
        assert [period.id for period in academic_calendar.list_periods(work, archived=True)] == [period_id]
    assert active_names(app) == []


def test_a_start_activates_the_period_that_starts_last_of_those_that_cover_today(app: App, clock: Clock) -> None:
    seed(app)
    make_period(app, "Wintersemester", start=clock.now.date() - timedelta(days=20))
    seed(app)
    assert active_names(app) == ["Wintersemester"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 9, 6, 21, 59, tzinfo=UTC), []),  # still Sunday in Vienna
        (datetime(2026, 9, 6, 22, 0, tzinfo=UTC), ["Schuljahr 2026/27"]),  # Monday in Vienna
        (datetime(2027, 7, 2, 21, 59, tzinfo=UTC), ["Schuljahr 2026/27"]),
        (datetime(2027, 7, 2, 22, 0, tzinfo=UTC), []),
    ],
)
def test_today_is_the_day_at_the_school(app: App, clock: Clock, now: datetime, expected: list[str]) -> None:
    clock.now = now
    seed(app)
    assert active_names(app) == expected


def test_an_alert_lasts_while_no_period_covers_today(app: App, clock: Clock) -> None:
    clock.now = datetime(2027, 8, 1, tzinfo=UTC)
    seed(app)
    assert active_names(app) == []
    assert open_alerts(app) == [AlertKind.NO_PERIOD_TODAY]
    make_period(app, start=date(2027, 7, 20))
    assert open_alerts(app) == []


def test_an_active_period_that_is_over_gives_way_to_the_one_of_the_new_day(app: App, clock: Clock) -> None:
    clock.now = datetime(2026, 6, 1, tzinfo=UTC)
    seed(app)
    clock.now = datetime(2026, 8, 1, tzinfo=UTC)
    with app.work() as work:
        academic_calendar.follow_the_day(work)
    assert active_names(app) == ["Schuljahr 2025/26"]  # nothing better is there
    assert open_alerts(app) == [AlertKind.NO_PERIOD_TODAY]
    clock.now = datetime(2026, 9, 7, tzinfo=UTC)
    with app.work() as work:
        academic_calendar.follow_the_day(work)
    assert active_names(app) == ["Schuljahr 2026/27"]
    assert open_alerts(app) == []


def test_a_period_that_was_activated_ahead_stays_active_on_the_next_day(app: App) -> None:
    seed(app)
    ahead = make_period(app)
    with app.work() as work:
        academic_calendar.activate_period(work, ahead)
    with app.work() as work:
        academic_calendar.follow_the_day(work)
    assert active_names(app) == ["Sommer"]


def test_activating_one_deactivates_all_others_and_is_told(app: App, bus: RememberingBus) -> None:
    seed(app)
    period_id = make_period(app)
    bus.notices.clear()
    with app.work() as work:
        assert academic_calendar.activate_period(work, period_id).is_active
    assert active_names(app) == ["Sommer"]
    assert [notice.kind for notice in bus.notices] == [NoticeKind.PERIODS]


def test_an_archived_period_is_neither_edited_nor_activated_until_it_is_restored(app: App) -> None:
    period_id = make_period(app)
    with app.work() as work:
        assert academic_calendar.archive_period(work, period_id).archived_at == app.clock()
    for act in (
        lambda work: academic_calendar.change_period(work, period_id, {"name": "Neu"}, None),
        lambda work: academic_calendar.activate_period(work, period_id),
        lambda work: holidays.add_holiday(work, period_id, Holiday("A", date(2030, 1, 2), date(2030, 1, 2), None)),
    ):
        with pytest.raises(PeriodIsArchived), app.work() as work:
            act(work)
    with app.work() as work:
        restored = academic_calendar.restore_period(work, period_id)
    assert (restored.is_active, restored.is_archived, restored.archived_at) == (False, False, None)


def test_a_name_and_the_days_of_an_archived_period_are_free_until_it_comes_back(app: App) -> None:
    archived = make_period(app)
    with app.work() as work:
        academic_calendar.archive_period(work, archived)
    other = make_period(app)
    with pytest.raises(PeriodNameTaken), app.work() as work:
        academic_calendar.restore_period(work, archived)
    with app.work() as work:
        academic_calendar.change_period(work, other, {"name": "Anders"}, None)
    with pytest.raises(PeriodsOverlap), app.work() as work:
        academic_calendar.restore_period(work, archived)


@pytest.mark.parametrize(
    ("rule", "is_blocked"),
    [
        ("FREQ=DAILY;COUNT=1", True),  # today, and over by now
        ("FREQ=DAILY", True),
        ("FREQ=WEEKLY;UNTIL=20261122", False),
    ],
)
def test_a_period_with_a_series_that_goes_on_is_not_archived(
    app: App, clock: Clock, rule: str, *, is_blocked: bool
) -> None:
    period_id = make_period(app)
    start = clock.now - timedelta(days=0 if "COUNT" in rule else 14)
    make_event(app, period_id, recurrence_rule=rule, start_time=start, end_time=start + timedelta(hours=1))
    clock.forward(hours=3)
    if is_blocked:
        with pytest.raises(PeriodNotArchivable) as refusal, app.work() as work:
            academic_calendar.archive_period(work, period_id)
        assert [blocker.code for blocker in refusal.value.blockers] == ["blocked_by_series"]
    else:
        with app.work() as work:
            assert academic_calendar.archive_period(work, period_id).is_archived


def test_single_events_do_not_keep_a_period_from_the_archive_but_from_being_deleted(app: App) -> None:
    period_id = make_period(app)
    event_id = make_event(app, period_id)
    with pytest.raises(PeriodNotDeletable) as refusal, app.work() as work:
        academic_calendar.delete_period(work, period_id)
    assert [blocker.code for blocker in refusal.value.blockers] == [
        "blocked_by_not_being_archived",
        "blocked_by_events",
    ]
    with app.work() as work:
        academic_calendar.archive_period(work, period_id)
    with pytest.raises(PeriodNotDeletable), app.work() as work:
        academic_calendar.delete_period(work, period_id)
    with app.work() as work:
        events.delete_event(work, event_id)
    with app.work() as work:
        academic_calendar.delete_period(work, period_id)


def test_a_period_is_deleted_with_its_holidays(app: App) -> None:
    period_id = make_period(app)
    with app.work() as work:
        holidays.add_holiday(work, period_id, Holiday("Frei", date(2030, 1, 2), date(2030, 1, 3), None))
    with app.work() as work:
        academic_calendar.archive_period(work, period_id)
    with app.work() as work:
        academic_calendar.delete_period(work, period_id)
    with app.reading() as work:
        assert holidays.list_holidays(work) == []


def test_the_days_of_a_period_cannot_leave_out_its_holidays(app: App) -> None:
    period_id = make_period(app)
    with app.work() as work:
        holidays.add_holiday(work, period_id, Holiday("Frei", date(2030, 1, 2), date(2030, 1, 3), None))
    with pytest.raises(PeriodLeavesOutHolidays), app.work() as work:
        academic_calendar.change_period(work, period_id, {"start_date": date(2030, 1, 3)}, None)
    with app.work() as work:
        academic_calendar.change_period(work, period_id, {"start_date": date(2030, 1, 2)}, None)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do these at the same moment; returns what each gave or raised."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait(30)
        try:
            return act()
        except Conflict as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_however_many_are_activated_at_once_one_is_active(app: App) -> None:
    ids = [make_period(app, f"Semester {number}", date(2030 + number, 1, 1)) for number in range(AT_ONCE)]

    def activating(period_id: int) -> Callable[[], object]:
        def act() -> None:
            with app.work() as work:
                academic_calendar.activate_period(work, period_id)

        return act

    for _ in range(3):
        at_once(*map(activating, ids))
        assert len(active_names(app)) == 1


def test_however_many_make_the_same_period_at_once_even_the_first_one_there_is_one(app: App) -> None:
    for name in ("Erstes", "Zweites", "Drittes"):
        outcomes = at_once(*[lambda name=name: make_period(app, name, period_type=name)] * AT_ONCE)
        assert sum(isinstance(outcome, int) for outcome in outcomes) == 1
        assert all(isinstance(outcome, int | PeriodNameTaken) for outcome in outcomes)


def test_a_period_is_not_archived_and_activated_at_once(app: App) -> None:
    for number in range(AT_ONCE):
        period_id = make_period(app, f"Semester {number}", date(2030 + number, 1, 1))

        def act(change: Callable[..., object], wanted: int) -> Callable[[], object]:
            def changing() -> None:
                with app.work() as work:
                    change(work, wanted)

            return changing

        at_once(act(academic_calendar.archive_period, period_id), act(academic_calendar.activate_period, period_id))
        with app.reading() as work:
            period = academic_calendar.get_period(work, period_id)
        assert period.is_active != period.is_archived


def test_of_several_edits_of_one_version_one_is_taken(app: App) -> None:
    period_id = make_period(app)

    def renaming(name: str) -> Callable[[], object]:
        def act() -> str:
            with app.work() as work:
                return academic_calendar.change_period(work, period_id, {"display_name": name}, 1).name

        return act

    outcomes = at_once(*[renaming(f"S {number}") for number in range(AT_ONCE)])
    assert sum(isinstance(outcome, str) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, StaleVersion) for outcome in outcomes) == AT_ONCE - 1


def test_the_same_holiday_added_by_several_at_once_is_there_once(app: App) -> None:
    period_id = make_period(app)

    def adding(name: str) -> Callable[[], object]:
        def act() -> None:
            with app.work() as work:
                holidays.add_holiday(work, period_id, Holiday(name, date(2030, 1, 2), date(2030, 1, 3), name))

        return act

    for _ in range(3):
        at_once(*[adding(name) for name in ("A", "B") for _ in range(AT_ONCE // 2)])
        with app.reading() as work:
            (holiday,) = holidays.list_holidays(work)
        with app.work() as work:
            holidays.delete_holiday(work, holiday.id)
