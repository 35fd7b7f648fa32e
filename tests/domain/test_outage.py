"""When a broker outage is suspected, when it is over, and when a silent screen is just a silent screen."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.outage import (
    LOST_FOR,
    Cause,
    Outage,
    Patience,
    Sight,
    Watch,
    follow,
    is_told,
    may_judge,
)

BEGIN = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
GRACE = timedelta(seconds=180)
PATIENCE = Patience.of(180)
HEARTBEAT = 65
LOOK_EVERY = 5


@dataclass
class School:
    """A server that looks every five seconds at screens that send heartbeats, each at its own moment."""

    screens: int
    now: datetime = BEGIN
    watch: Watch = field(default_factory=Watch)
    lost_at: datetime | None = None
    is_off: bool = True
    signs: list[datetime] = field(default_factory=list)
    silent: set[int] = field(default_factory=set)
    told: list[tuple[datetime, Cause]] = field(default_factory=list)
    judged_silent: set[int] = field(default_factory=set)
    _last: Outage | None = None
    _sent: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.signs = [self.now - timedelta(seconds=index * HEARTBEAT / self.screens) for index in range(self.screens)]
        self._sent = list(self.signs)

    def run(self, seconds: float, *, broker: bool = True, server: bool = True, database: bool = True) -> "School":
        """Let time pass; without the broker nothing arrives, without the server or its database nobody looks either."""
        end = self.now + timedelta(seconds=seconds)
        is_new = broker and (self.lost_at is not None or self.is_off)
        self.lost_at = None if broker else self.lost_at or self.now
        self.is_off = not server
        server = server and database
        while self.now < end:
            self.now += timedelta(seconds=LOOK_EVERY)
            for index in range(self.screens):
                if (self.now - self._sent[index]).total_seconds() < HEARTBEAT:
                    continue
                self._sent[index] = self.now  # whether or not it arrives
                if broker and server and index not in self.silent:
                    self.signs[index] = self.now
            if server:
                self._look(is_new=is_new)
                is_new = False
        return self

    def _look(self, *, is_new: bool) -> None:
        sight = Sight(self.now, tuple(self.signs), self.lost_at, is_new)
        self.watch = follow(self.watch, sight, PATIENCE)
        outage = self.watch.outage
        if outage != self._last and is_told(outage, self.now):
            assert outage
            self.told.append((self.now, outage.cause))
            self._last = outage
        if may_judge(self.watch, sight, PATIENCE):
            self.judged_silent |= {index for index, sign in enumerate(self.signs) if self.now - sign >= GRACE}


def settled(screens: int) -> School:
    """A school that has been running well for a while."""
    school = School(screens).run(600)
    assert school.watch.outage is None
    return school


def test_a_broker_that_is_away_for_five_minutes_is_one_outage_and_no_screen_is_blamed() -> None:
    school = settled(30).run(300, broker=False).run(900)
    assert [cause for _, cause in school.told] == [Cause.CONNECTION_LOST]
    assert school.watch.outage is None
    assert not school.judged_silent


def test_a_lost_connection_is_told_after_half_a_minute() -> None:
    school = settled(30)
    stopped = school.now
    school.run(120, broker=False)
    ((told_at, _),) = school.told
    assert LOST_FOR < told_at - stopped <= LOST_FOR + timedelta(seconds=2 * LOOK_EVERY)


@pytest.mark.parametrize("seconds", [5, 10, 25])
def test_a_restart_of_the_broker_is_no_outage_and_blames_nobody(seconds: int) -> None:
    school = settled(30).run(seconds, broker=False).run(600)
    assert not school.told
    assert not school.judged_silent


def test_screens_that_come_back_slowly_after_a_restart_have_a_grace_period_for_it() -> None:
    school = settled(10)
    school.silent = {1, 2, 3}
    school.run(20, broker=False).run(110)
    assert not school.judged_silent
    school.silent = set()
    assert not school.run(600).judged_silent


@pytest.mark.parametrize("screens", [3, 4, 10, 200])
def test_screens_that_all_fall_silent_while_the_server_has_the_broker_are_one_outage(screens: int) -> None:
    school = settled(screens)
    school.silent = set(range(screens))
    school.run(1200)
    assert [cause for _, cause in school.told] == [Cause.SCREENS_SILENT]
    assert not school.judged_silent


def test_an_outage_lasts_until_half_of_its_screens_are_back() -> None:
    school = settled(10)
    school.silent = set(range(10))
    school.run(600)
    school.silent = set(range(6))
    assert school.run(600).watch.outage
    school.silent = set(range(5))
    assert school.run(600).watch.outage is None
    assert len(school.told) == 1
    assert school.judged_silent == set(range(5))  # a grace period later they are on their own


@pytest.mark.parametrize(("silent", "screens", "is_outage"), [(8, 10, True), (7, 10, False), (2, 2, False)])
def test_it_takes_eighty_percent_and_three_screens(silent: int, screens: int, is_outage: bool) -> None:
    school = settled(screens)
    school.silent = set(range(silent))
    school.run(480)
    assert bool(school.told) is is_outage
    assert school.judged_silent == (set() if is_outage else school.silent)


def test_a_single_silent_screen_is_judged_as_soon_as_its_grace_is_over() -> None:
    school = settled(30)
    school.silent = {7}
    fell_silent = school.signs[7]
    while not school.judged_silent:
        school.run(LOOK_EVERY)
    assert school.judged_silent == {7}
    assert school.now - fell_silent < GRACE + timedelta(seconds=2 * LOOK_EVERY)


def test_screens_that_fall_silent_one_after_the_other_are_no_outage() -> None:
    school = settled(5)
    for index in range(5):
        school.silent.add(index)
        school.run(200)
    assert not school.told


def test_a_server_that_starts_again_in_an_outage_has_not_forgotten_it() -> None:
    school = settled(30).run(120, broker=False).run(600, broker=False, server=False).run(600, broker=False)
    assert len(school.told) == 1
    assert school.watch.outage
    assert school.run(600).watch.outage is None
    assert not school.judged_silent


def test_a_server_that_was_off_over_night_accuses_neither_the_broker_nor_a_screen() -> None:
    school = settled(30).run(36_000, server=False).run(900)
    assert not school.told
    assert not school.judged_silent


@pytest.mark.parametrize("screens", [2, 30])
def test_a_database_that_was_away_accuses_nobody_either(screens: int) -> None:
    school = settled(screens).run(300, database=False).run(900)
    assert not school.told
    assert not school.judged_silent


def test_screens_that_do_not_come_back_after_the_server_was_off_are_one_outage() -> None:
    school = settled(30).run(36_000, server=False)
    school.silent = set(range(30))
    school.run(900)
    assert [cause for _, cause in school.told] == [Cause.UNWATCHED]
    assert not school.judged_silent


def test_another_process_that_still_has_the_broker_keeps_one_lost_connection_from_being_an_outage() -> None:
    school = settled(30)
    seen_by_another = replace(school.watch, connected_at=school.now)
    sight = Sight(school.now + LOST_FOR, tuple(school.signs), school.now - timedelta(minutes=10))
    assert follow(seen_by_another, sight, PATIENCE).outage is None
    assert not may_judge(seen_by_another, sight, PATIENCE)


def test_a_school_without_screens_hears_of_a_lost_broker_and_of_its_return() -> None:
    school = School(0).run(600).run(300, broker=False)
    assert school.told
    assert school.run(10).watch.outage is None


@given(
    st.integers(0, 12),
    st.lists(
        st.tuples(st.sampled_from(["fine", "no broker", "no server", "no database"]), st.integers(1, 120)), max_size=12
    ),
)
def test_no_screen_that_works_is_ever_blamed_whatever_happens_to_broker_and_server(
    screens: int, times: list[tuple[str, int]]
) -> None:
    school = School(screens)
    for what, looks in times:
        without = {what.removeprefix("no "): False} if what != "fine" else {}
        school.run(looks * LOOK_EVERY, **without)
    school.run(900)
    assert school.watch.outage is None
    assert not school.judged_silent
