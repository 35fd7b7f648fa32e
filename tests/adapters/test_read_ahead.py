"""A connection that reads ahead hands out every byte, in order and as many as are asked for, and every message once."""

import socket
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from infoscreen.adapters.mqtt import read_ahead
from infoscreen.adapters.mqtt.publish_packets import Packet, packet_of, read_packets
from infoscreen.adapters.mqtt.read_ahead import ReadAhead, ReadAheadClient


@given(sent=st.lists(st.binary(min_size=1, max_size=40), max_size=8), sizes=st.lists(st.integers(1, 50), min_size=1))
def test_whatever_is_asked_for_the_bytes_come_in_order_and_none_is_left(sent: list[bytes], sizes: list[int]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for content in sent:
            theirs.sendall(content)
        theirs.shutdown(socket.SHUT_WR)
        ahead, heard, turn = ReadAhead(ours), b"", 0
        while some := ahead.recv(size := sizes[turn % len(sizes)]):
            assert len(some) <= size
            heard, turn = heard + some, turn + 1
    assert heard == b"".join(sent)
    assert ahead.pending() == 0


def test_what_was_read_ahead_is_told_as_pending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_ahead, "READ_AT_ONCE", 8)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"0123456789")
        ahead = ReadAhead(ours)
        assert (ahead.pending(), ahead.recv(3), ahead.pending()) == (0, b"012", 5)
        assert (ahead.recv(100), ahead.recv(100)) == (b"34567", b"89"), "no wait for more where there is some"


def test_nothing_to_read_blocks_nobody() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ahead = ReadAhead(ours)
        ahead.setblocking(False)
        with pytest.raises(BlockingIOError):
            ahead.recv(1)
        theirs.sendall(b"x")
        assert ahead.recv(1) == b"x"


def encoded(packet: Packet) -> bytes:
    """As a broker sends it (MQTT 3.1.1 §3.3)."""
    topic = packet.topic.encode()
    mid = packet.mid.to_bytes(2, "big") if packet.qos else b""
    content = len(topic).to_bytes(2, "big") + topic + mid + packet.payload
    digits, rest = bytearray(), len(content)
    while rest > 127:
        digits.append(rest & 127 | 128)
        rest >>= 7
    digits.append(rest)
    return bytes([0x30 | packet.dup << 3 | packet.qos << 1 | packet.retain]) + digits + content


packets = st.builds(
    Packet,
    topic=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
    payload=st.one_of(st.binary(max_size=200), st.sampled_from([123, 16_380, 20_000]).map(bytes)),
    qos=st.integers(0, 1),
    retain=st.booleans(),
    dup=st.booleans(),
    mid=st.integers(1, 65_535),
)
damaged = st.builds(
    lambda content, at, byte: content[: at % len(content)] + bytes([byte]) + content[at % len(content) + 1 :],
    packets.map(encoded),
    st.integers(0, 300),
    st.integers(0, 255),
)
PING_ANSWERED = b"\xd0\x00"
sound = st.lists(st.one_of(packets.map(encoded), st.just(PING_ANSWERED)), min_size=3, max_size=20).map(b"".join)
# Paho may give up where a packet is damaged, or take it for another one.
streams = st.builds(lambda *parts: b"".join(parts), sound, damaged, sound)


MESSAGE = encoded(Packet("topic", b"payload", 1, True, False, 7))
LEFT = {
    "nothing": b"",
    "a header alone": MESSAGE[:1],
    "half a length": b"\x30\x85",
    "half of its topic's length": b"\x30\x85\x01\x00",
    "all but the last byte": MESSAGE[:-1],
    "a message with a length of three digits": encoded(Packet("topic", bytes(20_000), 0, False, False, 0)),
    "another kind": PING_ANSWERED + MESSAGE,
    "QoS 2": bytes([MESSAGE[0] & ~2 | 4]) + MESSAGE[1:] + MESSAGE,
    "a QoS that does not exist": bytes([MESSAGE[0] | 6]) + MESSAGE[1:] + MESSAGE,
    "no topic": b"\x30\x03\x00\x00x" + MESSAGE,
    "a topic longer than the message": b"\x30\x04\x00\x07to" + MESSAGE,
    "no room for the id": b"\x32\x04\x00\x01t\x00" + MESSAGE,
    "a topic that is not UTF-8": b"\x30\x03\x00\x01\xff" + MESSAGE,
}


@pytest.mark.parametrize("left", LEFT.values(), ids=LEFT)
def test_only_whole_and_plain_messages_are_read_and_the_rest_is_left_to_paho(left: bytes) -> None:
    packet = Packet("topic", b"payload", 1, True, False, 7)
    assert read_packets(MESSAGE + MESSAGE + left, len(MESSAGE)) == ([packet], 2 * len(MESSAGE))


def heard(client: Client, messages: list[Packet], sent: bytes) -> list[Packet]:
    """What a client tells of these bytes until it has read them or found them broken."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        client.connect(*server.getsockname())
        broker, _ = server.accept()
        with broker:
            broker.sendall(sent)
            broker.shutdown(socket.SHUT_WR)
            while not client.loop_read():
                assert client.socket()
    return messages


@given(sent=streams, at_once=st.sampled_from([1, 100, 1_000, 16 * 1024]))
@settings(deadline=None)
def test_a_client_that_reads_ahead_tells_of_all_that_paho_would_in_the_same_order(sent: bytes, at_once: int) -> None:
    told: list[Packet] = []
    ahead = ReadAheadClient(CallbackAPIVersion.VERSION2, "ahead", manual_ack=True, on_messages=told.extend)
    plain, expected = Client(CallbackAPIVersion.VERSION2, "plain", manual_ack=True), list[Packet]()
    plain.on_message = lambda _client, _userdata, message: expected.append(packet_of(message))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read_ahead, "READ_AT_ONCE", at_once)
        assert heard(ahead, told, sent) == heard(plain, expected, sent)


def test_messages_that_arrived_together_are_told_together() -> None:
    lists: list[Sequence[Packet]] = []
    client = ReadAheadClient(CallbackAPIVersion.VERSION2, "test", on_messages=lists.append)
    sent = [Packet("topic", bytes(3 * number), 0, False, False, 0) for number in range(100)]
    heard(client, [], b"".join(map(encoded, sent)))
    assert [packet for each in lists for packet in each] == sent
    assert len(lists) < 5
