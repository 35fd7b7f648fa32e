"""Hourly sums on both databases: from what is stored, as often as one likes, whatever was missed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from applications import Clock
from fleets import add_screens, uuid_of
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.history import ClientHour, FleetHour
from infoscreen.db.monitoring import ClientLog
from infoscreen.services import history
from infoscreen.services.history import Point

GRACE = 180


class Watch:
    """A scheduler that takes the sums."""

    def __init__(self, app: App, clock: Clock) -> None:
        self.app, self.clock = app, clock

    def look(self) -> None:
        history.take_sums(self.app.reading, self.app.work, GRACE)

    def hear(self, number: int, messages: int = 0) -> None:
        """A screen is alive and has sent so many more messages."""
        with self.app.work() as work:
            heard = update(ClientState).where(ClientState.client_uuid == uuid_of(number))
            work.session.execute(heard.values(last_alive=work.now, messages=ClientState.messages + messages))

    def log(self, number: int, level: str) -> None:
        with self.app.work() as work:
            columns = {"client_uuid": uuid_of(number), "level": level, "message": "!", "context": {}}
            work.session.add(ClientLog(**columns, created_at=work.now))

    def client(self, number: int, hours: int = 24) -> list[Point]:
        with self.app.reading() as work:
            return list(history.client_history(work, uuid_of(number), hours))

    def fleet(self, hours: int = 24) -> list[Point]:
        with self.app.reading() as work:
            return list(history.fleet_history(work, hours))


@pytest.fixture
def watch(app: App, clock: Clock) -> Watch:
    add_screens(app, 3)
    return Watch(app, clock)


def test_the_sums_of_all_are_those_of_each(watch: Watch, clock: Clock) -> None:
    watch.look()
    for minute in range(10):
        watch.hear(0, messages=12)
        if minute < 5:
            watch.hear(1, messages=1)
        watch.look()
        clock.forward(minutes=1)
    watch.log(0, "error")
    watch.log(0, "info")
    watch.log(1, "warn")
    watch.look()
    first, second = watch.client(0)[-1].sums, watch.client(1)[-1].sums
    assert (first.messages, first.errors, first.warnings, first.availability) == (120, 1, 0, 1)
    assert (second.messages, second.errors, second.warnings) == (5, 0, 1)
    assert (second.watched, second.alive) == (11, 7), "four minutes, and then it is silent for longer than the grace"
    whole = watch.fleet()[-1].sums
    assert (whole.messages, whole.errors, whole.warnings, whole.watched) == (125, 1, 1, 33)


def test_a_look_repeated_after_a_crash_changes_nothing(watch: Watch) -> None:
    watch.hear(0, messages=5)
    watch.look()
    watch.hear(0, messages=7)
    watch.look()
    once = watch.fleet(), watch.client(0)
    watch.look()
    assert (watch.fleet(), watch.client(0)) == once
    assert watch.client(0)[-1].sums.messages == 7


def test_messages_around_the_full_hour_belong_to_one_of_the_hours(watch: Watch, clock: Clock) -> None:
    clock.forward(minutes=59)
    watch.look()
    watch.hear(0, messages=3)
    watch.log(0, "error")
    clock.forward(minutes=2)
    watch.look()
    before, after = (point.sums for point in watch.client(0)[-2:])
    assert (before.messages, before.errors) == (0, 1)
    assert (after.messages, after.errors) == (3, 0)
    assert [point.sums.errors for point in watch.fleet()[-2:]] == [1, 0]


def test_what_was_logged_while_nobody_looked_is_counted_later(watch: Watch, clock: Clock) -> None:
    watch.look()
    clock.forward(hours=2)
    watch.hear(0, messages=900)
    watch.log(0, "warn")
    clock.forward(hours=3)
    watch.look()
    seen = watch.client(0)[-4].sums
    assert (seen.warnings, seen.messages, seen.availability) == (1, 0, None)
    assert watch.fleet()[-4].sums.warnings == 1
    assert watch.client(0)[-1].sums.messages == 0, "when they came is not known"


def test_a_client_that_is_not_active_is_not_missed(watch: Watch, app: App) -> None:
    with app.work() as work:
        work.session.get_one(Client, uuid_of(2)).is_active = False
    watch.look()
    assert watch.fleet()[-1].sums.watched == 2
    assert watch.client(2)[-1].sums.availability is None


def test_sums_are_kept_for_a_year(watch: Watch, app: App, clock: Clock) -> None:
    watch.look()
    clock.forward(hours=history.HOURS_KEPT)
    watch.look()
    assert len(watch.fleet(history.HOURS_KEPT)) == history.HOURS_KEPT
    clock.forward(hours=1)
    watch.look()
    with app.reading() as work:
        counted = [work.session.scalar(select(func.count()).select_from(table)) for table in (ClientHour, FleetHour)]
    assert counted == [6, 2]


def test_the_sums_of_a_deleted_client_go_with_it(watch: Watch, app: App) -> None:
    watch.look()
    with app.work() as work:
        work.session.delete(work.session.get_one(Client, uuid_of(0)))
    with app.reading() as work:
        assert set(work.session.scalars(select(ClientHour.client_uuid))) == {uuid_of(1), uuid_of(2)}


def test_more_clients_than_one_transaction_takes_are_all_looked_at(
    watch: Watch, app: App, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "CLIENTS_AT_ONCE", 2)
    add_screens(app, 1, since=3)
    watch.look()
    clock.forward(minutes=1)
    watch.look()
    assert watch.fleet()[-1].sums.watched == 8


def test_every_hour_asked_for_is_there(watch: Watch, clock: Clock) -> None:
    watch.look()
    points = watch.fleet(3)
    assert [point.hour for point in points] == [clock.now - timedelta(hours=hours) for hours in (2, 1, 0)]
