"""What is noted of an outage in the database, and which alerts follow from it and from single screens."""

from datetime import timedelta

import pytest

from alerting import closed_alerts
from applications import Clock, RememberingBus
from fleets import Fleet, uuid_of
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client
from infoscreen.domain.alerts import Closing
from infoscreen.domain.commands import Action, Signal
from infoscreen.domain.outage import Patience
from infoscreen.services import alerts, client_alerts, outage
from infoscreen.services.commands import issue_command
from infoscreen.services.outage import BrokerConnection


@pytest.fixture
def fleet(app_on_sqlite: App, clock: Clock, bus: RememberingBus) -> Fleet:
    return settled(app_on_sqlite, clock, bus)


def settled(app: App, clock: Clock, bus: RememberingBus) -> Fleet:
    fleet = Fleet(app, clock, bus, 5)
    fleet.settle()
    return fleet


def test_an_outage_is_one_alert_that_closes_itself_when_half_are_back(
    app: App, clock: Clock, bus: RememberingBus
) -> None:
    fleet = settled(app, clock, bus)
    fleet.bus.is_connected = False
    fleet.run(300)
    with fleet.app.reading() as work:
        (alert,) = alerts.open_alerts(work)
    assert (alert.kind, alert.count, alert.severity) == ("broker_outage", 1, "critical")
    assert (alert.details["cause"], alert.details["affected"]) == ("connection_lost", 5)
    fleet.bus.is_connected = True
    fleet.silent = {0, 1, 2}
    fleet.run(60)
    assert fleet.open() == [("broker_outage", "broker")]
    fleet.silent = {0, 1}
    fleet.run(10)
    assert fleet.open() == []
    with fleet.app.reading() as work:
        assert [each.closing for each in closed_alerts(work)] == [Closing.RECOVERED]


def test_a_scheduler_that_starts_again_in_an_outage_neither_forgets_it_nor_tells_it_twice(fleet: Fleet) -> None:
    fleet.bus.is_connected = False
    fleet.run(100)
    fleet.restart_server()
    fleet.run(10)
    assert fleet.open() == [("broker_outage", "broker")]
    fleet.run(200)
    fleet.bus.is_connected = True
    fleet.run(300)
    assert fleet.open() == []
    with fleet.app.reading() as work:
        assert len(closed_alerts(work)) == 1


def test_a_silent_screen_is_an_alert_until_it_is_back(fleet: Fleet) -> None:
    fleet.silent = {0}
    fleet.run(200)
    assert fleet.open() == [("device_silent", uuid_of(0))]
    fleet.silent = set()
    fleet.run(10)
    assert fleet.open() == []


def test_a_crashed_player_is_an_alert_until_the_device_says_otherwise(fleet: Fleet) -> None:
    crashed, silent = ("process_crashed", uuid_of(3)), ("device_silent", uuid_of(3))
    fleet.state(3, process_status="crashed")
    fleet.run(10)
    assert fleet.open() == [crashed]
    fleet.silent = {3}
    fleet.run(200)
    assert fleet.open() == [silent, crashed]
    fleet.silent = set()
    fleet.state(3, process_status="running")
    fleet.run(10)
    assert fleet.open() == []


def test_no_screen_is_accused_in_an_outage(fleet: Fleet) -> None:
    fleet.bus.is_connected = False
    fleet.run(60)
    fleet.state(0, process_status="crashed")
    fleet.run(600)
    assert fleet.open() == [("broker_outage", "broker")]


@pytest.mark.parametrize("change", ["delete", "deactivate"])
def test_an_alert_of_a_screen_that_is_no_longer_wanted_closes(fleet: Fleet, change: str) -> None:
    fleet.state(3, process_status="crashed")
    fleet.run(10)
    with fleet.app.work() as work:
        client = work.session.get_one(Client, uuid_of(3))
        if change == "delete":
            work.session.delete(client)
        else:
            client.is_active = False
    fleet.run(10)
    assert fleet.open() == []


def test_a_screen_that_has_never_reported_is_no_alert(fleet: Fleet) -> None:
    fleet.silent = {4}
    fleet.state(4, last_alive=None, process_status=None)
    fleet.run(600)
    assert fleet.open() == []


def test_screens_that_somebody_shut_down_are_neither_an_outage_nor_silent_until_they_were_back(fleet: Fleet) -> None:
    fleet.enable_recovery()
    for number in range(5):
        with fleet.app.work() as work:
            issue_command(work, uuid_of(number), Action.SHUTDOWN_HOST, "Ferien")
    fleet.end((Signal.TAKEN, Signal.PUBLISHED, Signal.ACK_STARTED, Signal.SILENT))
    fleet.silent = set(range(5))
    fleet.run(1200)
    assert fleet.open() == []
    assert len(fleet.commands()) == 5
    fleet.silent = {0}
    fleet.hear([0])
    fleet.run(1200)
    assert fleet.open() == [("device_silent", uuid_of(0))]


def test_where_nothing_changes_there_is_nothing_to_write(fleet: Fleet) -> None:
    def is_news(connection: BrokerConnection = BrokerConnection()) -> bool:  # noqa: B008 - frozen
        with fleet.app.reading() as work:
            looked = outage.look(work, connection, Patience.of(180))
            return looked.is_news or client_alerts.are_due(work, looked)

    fleet.clock.forward(seconds=5)
    assert not is_news()
    assert not is_news(BrokerConnection(lost_at=fleet.clock.now))
    fleet.clock.forward(seconds=5)
    assert is_news()  # that the broker is there is noted every ten seconds
    fleet.look()
    fleet.state(1, process_status="crashed")
    assert is_news()


def test_times_in_the_alert_are_as_everywhere_in_the_api(fleet: Fleet) -> None:
    fleet.silent = {0}
    fleet.run(200)
    with fleet.app.reading() as work:
        (alert,) = alerts.open_alerts(work)
    assert alert.details == {"lastAlive": fleet.last_alive(0).replace(tzinfo=None).isoformat()}
    assert fleet.clock.now - fleet.last_alive(0) >= timedelta(seconds=180)
