"""The demo school: always something on, set up once, completed after a crash, told to the virtual devices."""

import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications import Clock, RememberingBus, configuration, started_app
from infoscreen.bootstrap import App
from infoscreen.db.schema import METADATA
from infoscreen.domain.access import Role
from infoscreen.domain.events import TYPES
from infoscreen.domain.recurrence import Span, spans
from infoscreen.processes.demo import private_files, school
from infoscreen.processes.demo.past import DAYS
from infoscreen.processes.demo.rooms import ROOMS, SCREENS
from infoscreen.processes.demo.school import FILES, PEOPLE
from infoscreen.processes.demo.seed import Demo, add_holidays, seed
from infoscreen.processes.demo.showings import Showing, schedule
from infoscreen.processes.demo.troubles import CRASHED, SWITCHED_OFF, TROUBLED
from infoscreen.processes.start import prepare
from infoscreen.services import (
    academic_calendar,
    alerts,
    broker_accounts,
    client_logs,
    clients,
    events,
    groups,
    history,
    holidays,
    media,
    users,
)
from infoscreen_device.config import Intervals
from infoscreen_device.simulate import accounts, faults

VIENNA = ZoneInfo("Europe/Vienna")
MOST_BYTES = 3 * 1024 * 1024

days = st.dates(date(2026, 11, 1), date(2027, 11, 1))


@pytest.fixture
def school_app(tmp_path: Path, clock: Clock) -> Iterator[App]:
    """A prepared installation, without the demo school."""
    app = started_app(f"sqlite:///{tmp_path / 'test.db'}", tmp_path / "data", clock, RememberingBus())
    prepare(app)
    yield app
    app.engine.dispose()


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, Demo]]:
    """An installation with the demo school, for tests that only look at it."""
    directory = tmp_path_factory.mktemp("school")
    app = started_app(f"sqlite:///{directory / 'test.db'}", directory / "data", Clock(), RememberingBus())
    prepare(app)
    yield app, seed(app)
    app.engine.dispose()


def rows(app: App) -> dict[str, list[Any]]:
    """Everything in the database."""
    with app.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(table.select())] for table in METADATA.sorted_tables
        }


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def assert_whole(app: App, demo: Demo) -> None:
    """The school is there with everything it has, and its devices and people can log in."""
    with app.reading() as work:
        names = {group.id: group.name for group in groups.list_groups(work) if not group.is_unassigned}
        assert list(names.values()) == [room.name for room in ROOMS]
        planned = [showing for room in ROOMS for showing in room.programme]
        detached = [showing.exceptions.subject for showing in planned if showing.exceptions]
        stored = events.list_events(work)
        assert sorted(event.subject for event in stored) == sorted([each.subject for each in planned] + detached)
        assert [event.subject for event in stored if event.recurrence_id] == detached
        assert media.list_media(work, None, "", 100, 0)[1] == len(FILES)
        assert len(holidays.list_holidays(work)) == len(school.holidays())
        assigned = {client.uuid: names[client.group_id] for client in clients.list_clients(work)}
        assert assigned == {screen.uuid: room.name for room in ROOMS for screen in room.screens}
        for device in accounts.read(demo.devices).devices:
            found = broker_accounts.client_of_device_token(work, device.device_token or "")
            assert found is not None
            assert found.uuid == device.uuid
    assert set(demo.logins) == set(PEOPLE)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIENNA).astimezone(UTC)


def shown(programme: Iterable[Showing], today: date, after: datetime, before: datetime) -> list[Span]:
    """Everything that such a programme, set up on a day, shows in a time, by its start."""
    found = [span for each in programme for span in spans(schedule(each.hours, today, VIENNA), after, before, VIENNA)]
    return sorted(found, key=lambda span: span.start)


def covered_until(start: datetime, found: list[Span]) -> datetime:
    """Until when there is no gap."""
    reach = start
    for span in found:
        if span.start > reach:
            break
        reach = max(reach, span.end)
    return reach


@given(today=days, later=st.integers(0, 365))
def test_every_room_shows_something_at_any_instant_after_any_start_even_in_the_holidays(
    today: date, later: int
) -> None:
    start = midnight(today + timedelta(days=later))
    end = start + timedelta(days=8)
    for room in ROOMS:
        in_holidays = [showing for showing in room.programme if not showing.skips_holidays]
        assert covered_until(start, shown(in_holidays, today, start, end)) >= end


@given(today=days)
def test_every_room_has_something_that_begins_on_the_next_day(today: date) -> None:
    start, end = midnight(today + timedelta(days=1)), midnight(today + timedelta(days=2))
    assert all(any(span.start >= start for span in shown(room.programme, today, start, end)) for room in ROOMS)


@given(today=days)
def test_what_is_on_once_is_still_to_come_within_a_week(today: date) -> None:
    singles = [showing for room in ROOMS for showing in room.programme if showing.hours.rule is None]
    for single in singles:
        start = schedule(single.hours, today, VIENNA).start.astimezone(VIENNA).date()
        assert today <= start < today + timedelta(days=7)
        assert start.weekday() == single.hours.weekday


def test_the_school_shows_every_type_of_event_on_eighteen_screens_with_addresses_of_their_own() -> None:
    assert {showing.type for room in ROOMS for showing in room.programme} == set(TYPES)
    assert len({screen.uuid for screen in SCREENS}) == len({screen.ip for screen in SCREENS}) == 18


def test_its_files_are_small() -> None:
    assert sum(path.stat().st_size for path in FILES.values()) < MOST_BYTES


def test_a_first_start_sets_up_the_whole_school(seeded: tuple[App, Demo]) -> None:
    assert_whole(*seeded)


def test_a_second_start_changes_nothing(school_app: App, clock: Clock) -> None:
    first = seed(school_app)
    before, files = rows(school_app), contents(first.devices.parent)
    clock.forward(days=40)
    assert seed(school_app) == first
    assert rows(school_app) == before
    assert contents(first.devices.parent) == files


def break_nth(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, nth: int) -> None:
    """Have the nth call of a function fail, as a crash would end it."""
    whole: Callable[..., Any] = getattr(where, name)
    calls = iter(range(1, nth + 1))

    def broken(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == nth:
            raise KeyboardInterrupt
        return whole(*args, **kwargs)

    monkeypatch.setattr(where, name, broken)


@pytest.mark.parametrize(
    ("where", "name", "nth"),
    [
        (private_files, "write", 1),
        (users, "create_user", 1),
        (media, "accept_upload", 3),
        (events, "create_event", 20),
        (broker_accounts, "make_client_account", 7),
        (clients, "assign_clients", 3),
        (private_files, "write", 2),
    ],
)
def test_a_start_that_is_broken_off_is_completed_by_the_next(
    school_app: App, monkeypatch: pytest.MonkeyPatch, where: Any, name: str, nth: int
) -> None:
    with monkeypatch.context() as patch:
        break_nth(patch, where, name, nth)
        with pytest.raises(KeyboardInterrupt):
            seed(school_app)
    assert_whole(school_app, seed(school_app))


def test_the_passwords_are_in_files_that_only_their_owner_reads(seeded: tuple[App, Demo]) -> None:
    directory = seeded[1].devices.parent
    assert {stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()} == {0o600}


def test_the_simulator_reads_who_its_devices_are_and_where_the_broker_is(seeded: tuple[App, Demo]) -> None:
    file = accounts.read(seeded[1].devices)
    configs = accounts.configs(file, accounts.FleetOptions(Intervals(), (1280, 720)))
    assert [config.account.uuid for config in configs] == [screen.uuid for screen in SCREENS]
    assert {config.account.broker.port for config in configs} == {1883}
    assert {config.account.server_host for config in configs} == {"screens.example"}


def test_the_simulator_reads_what_goes_wrong_with_which_device_and_most_are_well(seeded: tuple[App, Demo]) -> None:
    script = faults.read(seeded[1].faults)
    found = {screen.uuid: script.of_device(number, screen.uuid) for number, screen in enumerate(SCREENS, start=1)}
    assert {uuid for uuid, each in found.items() if each.has("switched_off") or each.timed} == {
        screen.uuid for screen in TROUBLED
    }
    assert [len(found[screen.uuid].timed) for screen in TROUBLED] == [1, 0, 1, 1, 1]


def test_the_charts_have_a_past_whose_sums_are_those_of_the_log(seeded: tuple[App, Demo]) -> None:
    with seeded[0].reading() as work:
        points = history.fleet_history(work, DAYS * 24 + 1)
        *past, present = [point.sums for point in points]
        counted = history.client_history(work, CRASHED.uuid, DAYS * 24 + 1)
        errors = client_logs.client_lines(work, CRASHED.uuid, "error", None, 1_000, None)
    assert all(hour.watched == 60 * len(SCREENS) and hour.messages for hour in past)
    assert present.watched == 0
    assert 0.95 < sum(hour.alive for hour in past) / sum(hour.watched for hour in past) < 1
    assert sum(point.sums.errors for point in counted) == len(errors) > 5


def test_no_screen_is_worse_than_it_is_for_something_that_was_before(seeded: tuple[App, Demo]) -> None:
    with seeded[0].reading() as work:
        reported = {client.uuid: client.state.last_alive for client in clients.list_clients(work)}
        lately = work.now - timedelta(hours=1)
        lines = [client_logs.client_lines(work, uuid, None, lately, 10, None) for uuid in reported]
        open_now = [(alert.kind, alert.subject) for alert in alerts.open_alerts(work)]
    assert [uuid for uuid, at in reported.items() if at] == [SWITCHED_OFF.uuid]
    assert not any(lines)
    assert open_now == [("device_silent", SWITCHED_OFF.uuid)]


def test_a_broker_on_another_port_is_told_to_the_devices_and_their_passwords_stay(
    school_app: App, tmp_path: Path
) -> None:
    before = accounts.read(seed(school_app).devices)
    school_app.config = configuration(tmp_path / "data", mqtt_broker_port=1993)
    after = accounts.read(seed(school_app).devices)
    assert (after.port, after.devices) == (1993, before.devices)


def test_devices_of_a_database_that_is_gone_get_new_accounts(school_app: App, tmp_path: Path) -> None:
    before = accounts.read(seed(school_app).devices)
    other = started_app(f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "data", Clock(), RememberingBus())
    prepare(other)
    demo = seed(other)
    assert_whole(other, demo)
    assert accounts.read(demo.devices).devices != before.devices
    other.engine.dispose()


def test_the_people_have_their_roles_and_a_password_that_was_changed_is_not_told_any_more(school_app: App) -> None:
    demo = seed(school_app)
    with school_app.work() as work:
        roles = {}
        for username in demo.logins:
            login = users.log_in(work, username, password_is_right=True)
            assert login
            roles[username] = login[0].role
        users.reset_password(work, "admin", "a password of their own")
    assert roles == {"admin": Role.SUPERADMIN, "lehrer": Role.EDITOR}
    assert seed(school_app).logins == {"lehrer": demo.logins["lehrer"]}


def test_what_people_deleted_or_renamed_stays_so(school_app: App) -> None:
    seed(school_app)
    aula, library = ROOMS[0], ROOMS[2]
    with school_app.work() as work:
        ids = {group.name: group.id for group in groups.list_groups(work)}
        groups.delete_group(work, ids[aula.name], ids[library.name])
        groups.change_group(work, ids[library.name], {"name": "Lesesaal"}, None)
        clients.describe_client(work, SCREENS[0].uuid, "Neben der Tür")
        clients.delete_client(work, SCREENS[1].uuid)
    before = rows(school_app)
    seed(school_app)
    assert rows(school_app) == before


def test_holidays_belong_to_the_period_that_covers_them_and_are_added_once(school_app: App) -> None:
    outside = replace(school.holidays()[0], start=date(2030, 1, 1), end=date(2030, 1, 2))
    with school_app.work() as work:
        add_holidays(work, [*school.holidays(), outside])
    with school_app.work() as work:
        add_holidays(work, school.holidays())
    with school_app.reading() as work:
        found = holidays.list_holidays(work)
        years = {period.id: period.name for period in academic_calendar.list_periods(work)}
    assert [holiday.name for holiday in found] == [holiday.name for holiday in school.holidays()]
    assert {years[holiday.academic_period_id or 0] for holiday in found} == {"Schuljahr 2026/27"}
