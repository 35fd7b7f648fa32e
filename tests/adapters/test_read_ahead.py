"""A connection that reads ahead hands out every byte, in order and as many as are asked for."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paho.mqtt.enums import CallbackAPIVersion

from infoscreen.adapters.mqtt import read_ahead
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


def test_paho_takes_the_connection_that_reads_ahead() -> None:
    with socket.create_server(("127.0.0.1", 0)) as broker:
        client = ReadAheadClient(CallbackAPIVersion.VERSION2, "test")
        client.connect("127.0.0.1", broker.getsockname()[1])
        connection = client.socket()
        assert isinstance(connection, ReadAhead)
        connection.close()
