"""One calendar for everything: a screen that is off by plan is neither an alert nor an outage."""

import pytest

from applications import Clock, RememberingBus
from fleets import Fleet, uuid_of
from infoscreen.bootstrap import App
from infoscreen.db.groups import UNASSIGNED_ID, Group
from infoscreen.services.settings import change_setting

# Monday; when the fleet has settled it is past 08:03. A silent screen is missed after three minutes.
HOURS = '{"mon": ["07:00-08:20"], "tue": ["07:00-08:20"]}'
JUST_BEFORE_IT_CLOSES = 960
UNTIL_IT_HAS_LONG_CLOSED = 1_800


@pytest.fixture
def fleet(app_on_sqlite: App, clock: Clock, bus: RememberingBus) -> Fleet:
    fleet = Fleet(app_on_sqlite, clock, bus, 5)
    fleet.settle()
    return fleet


def open_at(fleet: Fleet, hours: str = HOURS) -> None:
    with fleet.app.work() as work:
        change_setting(work, "opening_hours", hours)


def until(fleet: Fleet, **lengths: float) -> None:
    """Let time pass in which nobody looks: the screens report, as they do."""
    fleet.clock.forward(**lengths)
    fleet.hear(set(range(fleet.screens)) - fleet.silent)
    fleet.run(300)


def test_screens_that_are_turned_off_when_the_school_closes_are_no_alert(fleet: Fleet) -> None:
    open_at(fleet)
    fleet.run(JUST_BEFORE_IT_CLOSES)
    fleet.silent = set(range(5))
    fleet.run(UNTIL_IT_HAS_LONG_CLOSED - JUST_BEFORE_IT_CLOSES)
    assert fleet.open() == []


def test_the_same_screens_in_the_middle_of_the_day_are_an_outage(fleet: Fleet) -> None:
    open_at(fleet)
    fleet.silent = set(range(5))
    fleet.run(600)
    assert fleet.open() == [("broker_outage", "broker")]


def test_one_that_is_not_back_some_minutes_after_the_opening_is_an_alert(fleet: Fleet) -> None:
    open_at(fleet)
    fleet.run(JUST_BEFORE_IT_CLOSES)
    fleet.silent = {0}
    fleet.run(300)
    until(fleet, hours=22, minutes=34)
    assert fleet.open() == []
    fleet.run(600)
    assert fleet.open() == [("device_silent", uuid_of(0))]


def test_one_that_fell_silent_while_it_was_open_stays_an_alert_over_night(fleet: Fleet) -> None:
    open_at(fleet)
    fleet.silent = {0}
    fleet.run(600)
    assert fleet.open() == [("device_silent", uuid_of(0))]
    fleet.run(UNTIL_IT_HAS_LONG_CLOSED - 600)
    assert fleet.open() == [("device_silent", uuid_of(0))]
    until(fleet, hours=12)
    assert fleet.open() == [("device_silent", uuid_of(0))]


def test_on_a_day_without_hours_nobody_is_waited_for(fleet: Fleet) -> None:
    open_at(fleet, '{"tue": ["07:00-18:00"]}')
    fleet.silent = {0}
    fleet.run(600)
    assert fleet.open() == []


def test_a_group_has_hours_of_its_own(fleet: Fleet) -> None:
    open_at(fleet)
    with fleet.app.work() as work:
        work.session.get_one(Group, UNASSIGNED_ID).opening_hours = {"mon": ["00:00-24:00"]}
    fleet.run(UNTIL_IT_HAS_LONG_CLOSED)
    fleet.silent = {0}
    fleet.run(600)
    assert fleet.open() == [("device_silent", uuid_of(0))]
