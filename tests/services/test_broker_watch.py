"""What is noted of an outage in the database, and which alerts follow from it and from single screens."""

from datetime import timedelta

import pytest

from applications import Clock
from fleets import Fleet, uuid_of
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client
from infoscreen.domain.alerts import Closing
from infoscreen.services import alerts


@pytest.fixture
def fleet(app: App, clock: Clock) -> Fleet:
    fleet = Fleet(app, clock, 5)
    fleet.settle()
    assert not fleet.open()
    return fleet


def forget_all(fleet: Fleet, seconds: int) -> None:
    """Nobody reports for a time."""
    for _ in range(seconds // 10):
        fleet.clock.forward(seconds=10)
        fleet.look()


def test_an_outage_is_one_alert_that_closes_itself(fleet: Fleet) -> None:
    fleet.lost_at = fleet.clock.now
    forget_all(fleet, 300)
    assert fleet.open() == [("broker_outage", "broker")]
    with fleet.app.reading() as work:
        (alert,) = alerts.open_alerts(work)
    assert (alert.count, alert.details["cause"], alert.details["affected"]) == (1, "connection_lost", 5)
    fleet.lost_at = None
    for number in range(2):
        fleet.state(number, last_alive=fleet.clock.now + timedelta(seconds=1))
    forget_all(fleet, 10)
    assert fleet.open()
    fleet.state(2, last_alive=fleet.clock.now)
    forget_all(fleet, 10)
    assert not fleet.open()
    with fleet.app.reading() as work:
        assert [each.closing for each in alerts.closed_alerts(work)] == [Closing.RECOVERED]


def test_a_silent_screen_is_an_alert_until_it_is_back(fleet: Fleet) -> None:
    for _ in range(19):
        fleet.clock.forward(seconds=10)
        for number in range(1, 5):
            fleet.state(number, last_alive=fleet.clock.now)
        fleet.look()
    assert fleet.open() == [("device_silent", uuid_of(0))]
    fleet.state(0, last_alive=fleet.clock.now)
    fleet.look()
    assert not fleet.open()


def test_a_crashed_player_is_an_alert_until_the_device_says_otherwise(fleet: Fleet) -> None:
    fleet.state(3, process_status="crashed")
    fleet.look()
    assert fleet.open() == [("process_crashed", uuid_of(3))]
    fleet.state(3, last_alive=fleet.clock.now - timedelta(hours=1))
    fleet.look()
    assert fleet.open() == [("device_silent", uuid_of(3)), ("process_crashed", uuid_of(3))]
    fleet.state(3, last_alive=fleet.clock.now, process_status="running")
    fleet.look()
    assert not fleet.open()


def test_no_screen_is_accused_in_an_outage(fleet: Fleet) -> None:
    fleet.lost_at = fleet.clock.now
    forget_all(fleet, 60)
    fleet.state(0, process_status="crashed")
    forget_all(fleet, 600)
    assert fleet.open() == [("broker_outage", "broker")]


@pytest.mark.parametrize("change", ["delete", "deactivate"])
def test_an_alert_of_a_screen_that_is_no_longer_wanted_closes(fleet: Fleet, change: str) -> None:
    fleet.state(3, process_status="crashed")
    fleet.look()
    with fleet.app.work() as work:
        client = work.session.get_one(Client, uuid_of(3))
        if change == "delete":
            work.session.delete(client)
        else:
            client.is_active = False
    fleet.look()
    assert not fleet.open()


def test_a_screen_that_has_never_reported_is_no_alert(fleet: Fleet) -> None:
    fleet.state(4, last_alive=None, process_status=None)
    for _ in range(30):
        fleet.clock.forward(seconds=10)
        for number in range(4):
            fleet.state(number, last_alive=fleet.clock.now)
        fleet.look()
    assert not fleet.open()


def test_where_nothing_changes_there_is_nothing_to_write(fleet: Fleet) -> None:
    fleet.clock.forward(seconds=5)
    assert not fleet.is_news()
    fleet.clock.forward(seconds=5)
    assert fleet.is_news()  # that the broker is there is noted every ten seconds
    fleet.look()
    fleet.state(1, process_status="crashed")
    assert fleet.is_news()
