"""Two hundred devices on one broker: what changes for one of them changes at once, and for nobody else."""

import gc
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from brokers import PRIVATE, SERVICE, Installation, Peer, running_broker
from infoscreen.services import broker_accounts
from infoscreen.services.broker_accounts import Credentials
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from waiting import eventually

pytestmark = pytest.mark.service

DEVICES = 200
MATHS, MUSIC = 10, 11


@dataclass
class School:
    broker: Installation
    accounts: dict[str, Credentials]
    devices: dict[str, Peer]

    def dropped(self) -> list[str]:
        return [uuid for uuid, peer in self.devices.items() if peer.disconnects]


@pytest.fixture(scope="module", params=[PRIVATE, SERVICE])
def school(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """Each way to run a broker, with every device connected."""
    directory = tmp_path_factory.mktemp("school")
    with running_broker(directory, (MATHS, MUSIC), request.param) as broker, ExitStack() as connections:
        uuids = [f"{number:08x}-ff34-4864-a726-12de072d0f77" for number in range(DEVICES)]
        accounts = {uuid: broker.add_device(uuid, MATHS) for uuid in uuids}
        eventually(broker.is_applied)
        devices = {
            uuid: connections.enter_context(broker.connect(account.username, account.password))
            for uuid, account in accounts.items()
        }
        yield School(broker, accounts, devices)
        devices.clear()
    gc.collect()  # paho closes two of a connection's three files only then, and its select() ends at 1,024


def test_a_change_of_group_acts_on_the_live_connection_within_two_seconds_and_drops_nobody(school: School) -> None:
    uuid, device = next(iter(school.devices.items()))
    device.subscribe(topics.events(MATHS), topics.events(MUSIC))
    with school.broker.connect_server("scheduler") as scheduler:
        school.broker.move_device(uuid, MUSIC)
        eventually(school.broker.is_applied, timeout=2)
        scheduler.publish((topics.events(MATHS), "no longer"), (topics.events(MUSIC), "from now on"))
        device.hear_out()
    assert [message.payload for message in device.received] == [b"from now on"]
    assert school.dropped() == []


def test_another_devices_password_does_not_disturb_the_victim_whose_client_id_is_used(school: School) -> None:
    victim_uuid, thief_uuid = list(school.accounts)[1:3]
    victim, thief = school.accounts[victim_uuid], school.accounts[thief_uuid]
    with (
        school.broker.connect_server("listener") as listener,
        Peer(school.broker.port, thief.username, thief.password, client_id=victim.username) as intruder,
    ):
        listener.subscribe(topics.report_filter(ReportKind.HEALTH))
        intruder.publish((topics.report(victim_uuid, ReportKind.HEALTH), "forged"))
        school.devices[victim_uuid].publish((topics.report(victim_uuid, ReportKind.HEALTH), "own"))
        listener.hear_out()
        assert [message.payload for message in listener.received] == [b"own"]
    # An account has one connection: it is the thief's own device that goes.
    assert school.dropped() == [thief_uuid]
    del school.devices[thief_uuid]


def test_a_revocation_cuts_one_connection_within_two_seconds_and_drops_nobody_else(school: School) -> None:
    uuid = list(school.devices)[-1]
    with school.broker.app.work() as work:
        broker_accounts.revoke_client_account(work, uuid)
    eventually(lambda: school.devices[uuid].disconnects, timeout=2)
    eventually(school.broker.is_applied)
    account = school.accounts[uuid]
    assert not school.broker.can_connect(account.username, account.password)
    assert school.dropped() == [uuid]
