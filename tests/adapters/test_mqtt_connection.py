"""A process's connection to a real Mosquitto that freezes, dies and comes back."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from brokers import HOST, Peer
from infoscreen.adapters.broker_files import BrokerFiles
from infoscreen.adapters.mosquitto import Mosquitto
from infoscreen.adapters.mqtt import connection as module
from infoscreen.adapters.mqtt.connection import Connection
from infoscreen.adapters.mqtt.login import Login
from infoscreen.domain.broker_accounts import Grant, password_hash
from infoscreen.domain.errors import BusUnavailable
from infoscreen.services.ports import Message
from infoscreen_wire.access import Rule
from ports import free_port
from waiting import eventually

pytestmark = pytest.mark.service

PASSWORD = "a password of the tests"
ANYTHING = (Rule("+/#", publish=True, subscribe=True),)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def mosquitto(tmp_path: Path, port: int) -> Iterator[Mosquitto]:
    salted = password_hash(PASSWORD, b"a dozen byte")
    BrokerFiles(tmp_path).write([Grant(name, salted, ANYTHING) for name in ("one", "two")])
    running = Mosquitto(tmp_path, HOST, port)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def connection(mosquitto: Mosquitto, port: int) -> Iterator[Connection]:
    made = Connection(Login(HOST, port, "one", PASSWORD))
    made.start()
    eventually(lambda: made.is_connected, timeout=30)
    yield made
    made.stop()


def kill(mosquitto: Mosquitto) -> None:
    assert mosquitto.pid
    os.kill(mosquitto.pid, signal.SIGKILL)
    eventually(lambda: not mosquitto.is_running)


def test_a_thousand_messages_are_confirmed_while_others_publish_too(port: int, connection: Connection) -> None:
    """paho tells of confirmations with a lock held that publishing needs: nobody may wait for one within the other."""
    wave = [Message(f"a/wave/{number}", b"x") for number in range(1000)]
    with Peer(port, "two", PASSWORD) as peer, ThreadPoolExecutor(8) as pool:
        peer.subscribe("a/#")
        beside = [pool.submit(connection.publish, f"a/beside/{number}", b"x") for number in range(300)]
        assert list(connection.publish_all(wave)) == [True] * 1000
        for each in beside:
            each.result()
        eventually(lambda: len(peer.received) == 1300, timeout=30)
        assert [message.topic for message in peer.received if "wave" in message.topic] == [each.topic for each in wave]


def test_of_many_only_those_are_told_to_be_out_that_the_broker_has_confirmed(
    mosquitto: Mosquitto, port: int, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mosquitto.pid
    os.kill(mosquitto.pid, signal.SIGSTOP)
    monkeypatch.setattr(module, "CONFIRM_WITHIN", 0.5)
    wave = [Message(f"a/failed/{number}", b"reboot") for number in range(50)]
    assert list(connection.publish_all(wave)) == [False] * 50
    monkeypatch.setattr(module, "CONFIRM_WITHIN", 30)
    kill(mosquitto)
    eventually(lambda: not connection.is_connected, timeout=30)
    mosquitto.start()
    with Peer(port, "two", PASSWORD) as peer:
        peer.subscribe("a/#")
        eventually(lambda: connection.is_connected, timeout=30)
        later = [Message(f"a/later/{number}", b"x") for number in range(50)]
        assert list(connection.publish_all(later)) == [True] * 50
        peer.hear_out()
        assert {message.topic.split("/")[1] for message in peer.received} == {"later"}


def test_what_was_told_to_have_failed_is_not_sent_when_the_broker_is_back(
    mosquitto: Mosquitto, port: int, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mosquitto.pid
    os.kill(mosquitto.pid, signal.SIGSTOP)
    monkeypatch.setattr(module, "CONFIRM_WITHIN", 0.2)
    with pytest.raises(BusUnavailable):
        connection.publish("a/failed", b"reboot", retain=True)
    monkeypatch.setattr(module, "CONFIRM_WITHIN", 30)
    kill(mosquitto)
    eventually(lambda: not connection.is_connected, timeout=30)
    mosquitto.start()
    eventually(lambda: connection.is_connected, timeout=30)
    connection.publish("a/later", b"something else", retain=True)
    with Peer(port, "two", PASSWORD) as peer:
        peer.subscribe("a/#")
        eventually(lambda: peer.payloads("a/later"))
        peer.hear_out()
        assert peer.payloads("a/failed") == []
