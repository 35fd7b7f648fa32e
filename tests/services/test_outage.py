"""What is noted of an outage in the database, and which alerts follow from it and from single screens."""

from datetime import datetime, timedelta

import pytest

from applications import Clock
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client, ClientState
from infoscreen.domain.alerts import Closing
from infoscreen.domain.outage import Patience
from infoscreen.services import alerts, client_alerts, outage
from infoscreen.services.outage import BrokerConnection

PATIENCE = Patience.of(180)
CONNECTED = BrokerConnection()


def uuid_of(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


class Fleet:
    """Screens in a database, and somebody who looks at them."""

    def __init__(self, app: App, clock: Clock, screens: int) -> None:
        self.app, self.clock = app, clock
        self.lost_at: datetime | None = None
        with app.work() as work:
            for number in range(screens):
                client = Client(uuid=uuid_of(number), created_at=clock.now)
                client.state = ClientState(last_alive=clock.now, process_status="running")
                work.session.add(client)

    def state(self, number: int, **values: object) -> None:
        with self.app.work() as work:
            for name, value in values.items():
                setattr(work.session.get_one(ClientState, uuid_of(number)), name, value)

    def look(self) -> None:
        """A look as the scheduler makes it."""
        with self.app.work() as work:
            looked = outage.look(work, BrokerConnection(self.lost_at), PATIENCE, lock=True)
            outage.note(work, looked)
            client_alerts.settle(work, looked)

    def settle(self) -> None:
        """Let the grace period after the server's own start pass, with everybody there."""
        self.look()
        self.clock.forward(seconds=60)
        self.look()
        self.clock.forward(seconds=60)
        self.look()
        self.clock.forward(seconds=60)
        with self.app.work() as work:
            for state in work.session.query(ClientState):
                state.last_alive = work.now
        self.look()

    def is_news(self) -> bool:
        with self.app.reading() as work:
            looked = outage.look(work, BrokerConnection(self.lost_at), PATIENCE)
            return looked.is_news or client_alerts.are_due(work, looked)

    def open(self) -> list[tuple[str, str]]:
        with self.app.reading() as work:
            return sorted((alert.kind, alert.subject) for alert in alerts.open_alerts(work))


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
