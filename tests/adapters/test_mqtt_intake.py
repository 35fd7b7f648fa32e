"""The listener's connection on a real broker: what is not confirmed comes again, and a flood waits outside."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from paho.mqtt import publish

from brokers import HOST, SERVICE, Installation, new_installation, running_broker, running_process
from infoscreen.adapters.mqtt import intake, waiting_reports
from infoscreen.adapters.mqtt.intake import MqttIntake
from infoscreen.broker_bootstrap import open_intake
from infoscreen.services import server_accounts
from infoscreen.services.broker_accounts import Credentials
from infoscreen.services.ports import Received
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from waiting import eventually

pytestmark = pytest.mark.service
UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
LOGS = topics.report(UUID, ReportKind.LOG_ERROR)
FAILURES = topics.report(UUID, ReportKind.SERVICE_FAILED)
PICTURES = topics.report(UUID, ReportKind.DASHBOARD)


class Device:
    """A device with an account, and a listener's connection to the same broker."""

    def __init__(self, broker: Installation, account: Credentials) -> None:
        self._broker = broker
        self._account = account

    def send(self, topic: str, *payloads: bytes, qos: int = 1, retain: bool = False) -> None:
        name, port = self._account.username, self._broker.port
        messages: publish.MessagesList = [(topic, payload, qos, retain) for payload in payloads]
        publish.multiple(messages, HOST, port, name, auth={"username": name, "password": self._account.password})

    def listen(self, on_figure: Callable[[str, bytes], None] | None = None, **broker: Any) -> MqttIntake:
        """The first listener's connection, unless settings of the broker say otherwise."""
        config = self._broker.app.config
        intake = open_intake(replace(config, broker=replace(config.broker, **broker)), 1, on_figure)
        intake.start()
        eventually(lambda: intake.is_connected)
        return intake

    def share(self, number: int) -> MqttIntake:
        """The connection of one of the listeners that share, with an account of its own."""
        name = f"infoscreen-server-listener-{number}"
        password = self._broker.server_passwords[name]
        return self.listen(username=name, password=password, listeners_share=True)

    def hear(self, intake: MqttIntake, number: int) -> list[Received]:
        heard: list[Received] = []
        while len(heard) < number:
            heard += eventually(lambda: intake.collect(number, 0.05))
        return heard


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    with running_broker(tmp_path) as broker:
        account = broker.add_device(UUID)
        eventually(lambda: broker.can_connect(account.username, account.password))
        device = Device(broker, account)
        device.listen().stop()  # from here on the broker keeps the listener's session
        yield device


def texts(messages: list[Received]) -> list[bytes | None]:
    return [message.payload for message in messages]


def test_what_was_sent_while_nobody_listened_is_delivered(device: Device) -> None:
    device.send(LOGS, b"one", b"two")
    intake = device.listen()
    heard = device.hear(intake, 2)
    intake.stop()
    assert texts(heard) == [b"one", b"two"]
    assert {message.topic for message in heard} == {LOGS}


def test_what_comes_soon_after_a_session_was_found_again_may_have_come_before(device: Device) -> None:
    first = device.listen()
    device.send(LOGS, b"one")
    first.confirm(device.hear(first, 1))
    first.stop()
    second = device.listen()
    device.send(LOGS, b"two")
    (two,) = device.hear(second, 1)
    second.stop()
    assert (two.payload, two.redelivered) == (b"two", True)


def test_what_was_not_confirmed_is_delivered_again_and_says_so(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "DOUBTED_FOR_SECONDS", 0)
    first = device.listen()
    device.send(LOGS, b"confirmed", b"not confirmed")
    heard = device.hear(first, 2)
    first.confirm(heard[:1])
    first.stop()
    second = device.listen()
    device.send(LOGS, b"new")
    again = device.hear(second, 2)
    second.stop()
    assert [(message.payload, message.redelivered) for message in again] == [(b"not confirmed", True), (b"new", False)]


def test_a_message_of_an_earlier_connection_is_not_confirmed_on_this_one(device: Device) -> None:
    first = device.listen()
    device.send(LOGS, b"one")
    (stale,) = device.hear(first, 1)
    first.stop()
    second = device.listen()
    device.hear(second, 1)
    second.confirm([Received(stale.topic, stale.payload, 0.0, qos=1, mid=stale.mid, session=stale.session - 1)])
    second.stop()
    third = device.listen()
    assert texts(device.hear(third, 1)) == [b"one"]
    third.stop()


def test_a_payload_over_its_topics_limit_arrives_without_its_content(device: Device) -> None:
    intake = device.listen()
    device.send(LOGS, b"x" * (topics.DEFAULT_SIZE_LIMIT + 1), b"x" * topics.DEFAULT_SIZE_LIMIT)
    device.send(PICTURES, b"x" * (topics.PICTURE_SIZE_LIMIT + 1), b"x" * topics.PICTURE_SIZE_LIMIT)
    sizes = [message.payload and len(message.payload) for message in device.hear(intake, 4)]
    intake.stop()
    assert sizes == [None, topics.DEFAULT_SIZE_LIMIT, None, topics.PICTURE_SIZE_LIMIT]


@pytest.mark.parametrize(("limit", "value"), [("REPORTS_AT_MOST", 3), ("BYTES_AT_MOST", 300)])
def test_a_flood_waits_outside_and_none_of_it_is_lost(
    device: Device, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(waiting_reports, limit, value)
    payloads = [str(number).zfill(100).encode() for number in range(50)]
    device.send(LOGS, *payloads)
    intake = device.listen()
    eventually(lambda: len(intake._waiting) == 3)
    heard: list[Received] = []
    while len(heard) < len(payloads):
        batch = eventually(lambda: intake.collect(10, 0.05))
        assert len(batch) <= 10
        intake.confirm(batch)
        heard.extend(batch)
    intake.stop()
    assert texts(heard) == payloads


def test_a_paused_intake_leaves_the_rest_to_the_broker(device: Device) -> None:
    intake = device.listen()
    intake.pause()
    device.send(LOGS, b"later")
    assert intake.collect(10, 0.1) == []
    intake.stop()
    following = device.listen()
    assert texts(device.hear(following, 1)) == [b"later"]
    following.stop()


def test_what_the_broker_tells_of_itself_goes_beside_the_reports(device: Device) -> None:
    figures: dict[str, bytes] = {}
    intake = device.listen(figures.__setitem__)
    eventually(lambda: "$SYS/broker/clients/connected" in figures, timeout=20)
    device.send(LOGS, b"one")
    heard = device.hear(intake, 1)
    assert intake.collect(10, 0.1) == []
    intake.stop()
    assert [message.topic for message in heard] == [LOGS]


def test_listeners_that_share_hear_every_message_once_and_all_of_what_is_retained(tmp_path: Path) -> None:
    broker, second = new_installation(tmp_path, SERVICE), "infoscreen-server-listener-2"
    with broker.app.work() as work:
        broker.server_passwords[second] = server_accounts.add_account(work, second, None)
    device = Device(broker, broker.add_device(UUID))
    with running_process(broker):
        device.send(FAILURES, b"failed", retain=True)
        password = broker.server_passwords["infoscreen-server-listener-1"]
        device.listen(password=password).stop()  # alone until now: the broker keeps what it had subscribed to
        sharing = [device.share(1), device.share(2)]
        for intake in sharing:
            assert eventually(partial(intake.collect, 10, 0.05))[0].retained
        payloads = [str(number).encode() for number in range(40)]
        device.send(LOGS, *payloads)
        heard: list[list[Received]] = [[], []]
        while sum(map(len, heard)) < len(payloads):
            for messages, intake in zip(heard, sharing, strict=True):
                messages += intake.collect(100, 0.05)
        for intake in sharing:
            assert intake.collect(100, 0.2) == []
            intake.stop()
    assert all(heard), "both have their share"
    assert sorted(texts(heard[0] + heard[1]), key=str) == sorted(payloads, key=str)
