"""A broker for measuring, and a process that floods it with health messages as fast as they are taken."""

import json
import multiprocessing
import random
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from ports import free_port
from waiting import eventually

HOST = "127.0.0.1"
# So many are sent at once.
TOGETHER = 200
TURN_SECONDS = 0.01
STANDSTILL_SECONDS = 10
ENCODED = 20_000
# As the product's own broker is set, but that it lets everybody in.
CONFIGURATION = """
allow_anonymous true
set_tcp_nodelay true
max_queued_messages 100000
max_inflight_messages 2000
"""


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


@contextmanager
def open_broker(directory: Path) -> Iterator[int]:
    """A Mosquitto without accounts; its port."""
    port = free_port()
    file = directory / "mosquitto.conf"
    file.write_text(f"listener {port} {HOST}\n{CONFIGURATION}", "utf-8")
    with subprocess.Popen(["/usr/sbin/mosquitto", "-c", str(file)], stderr=subprocess.DEVNULL) as broker:
        try:
            eventually(lambda: _answers(port))
            yield port
        finally:
            broker.terminate()


def _answers(port: int) -> bool:
    try:
        socket.create_connection((HOST, port)).close()
    except OSError:
        return False
    return True


def health(number: int) -> bytes:
    """About 400 bytes, as a device sends them."""
    message = {
        "timestamp": "2026-11-23T09:00:00.000000+00:00",
        "expected_state": {"event_id": 42},
        "actual_state": {"process": "display_manager", "pid": number, "status": "running"},
        "health_metrics": {"screen_on": True, "last_frame_update": "2026-11-23T09:00:00Z", "screen_health": "OK"},
        "broker_connection": {
            "broker_reachable": True,
            "reconnect_count": 2,
            "last_disconnect_at": "2026-11-22T10:30:00Z",
        },
        "boot_id": "5b1c0f6e-0000-4000-8000-000000000001",
    }
    return json.dumps(message).encode()


def packet(topic: str, payload: bytes) -> bytes:
    """A PUBLISH of QoS 0, MQTT 3.1.1 §3.3."""
    name = topic.encode()
    content = len(name).to_bytes(2, "big") + name + payload
    length, rest = b"", len(content)
    while True:
        rest, digit = divmod(rest, 128)
        length += bytes([digit | (128 if rest else 0)])
        if not rest:
            return b"\x30" + length + content


class Flood:
    """The flooding process; with a `rate` (messages a second) it keeps to that one.

    At most `under_way` messages are: enough that whoever takes them never waits, and none is lost.
    """

    def __init__(self, port: int, devices: int, rate: int = 0, under_way: int = 20_000) -> None:
        self._ready, self._begun, self._ended = (multiprocessing.Event() for _ in range(3))
        self._sent, self._taken = multiprocessing.Value("q", 0), multiprocessing.Value("q", 0, lock=False)
        arguments = (port, devices, rate, under_way, self._ready, self._begun, self._ended, self._sent, self._taken)
        self._process = multiprocessing.Process(target=_flood, args=arguments, daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _t: TracebackType | None
    ) -> None:
        self._ended.set()
        self._process.join(10)

    def begin(self) -> None:
        """From now on it floods, as soon as a first message is seen to arrive."""
        self._ready.wait()
        self._begun.set()

    def taken(self, number: int) -> None:
        """So many more have been taken; the listener's own thread says so."""
        self._taken.value += number

    @property
    def total(self) -> int:
        return self._taken.value

    def end(self) -> None:
        """No more is sent, and what is under way arrives; who takes it may need long for a batch."""
        self._ended.set()
        self._process.join(10)
        before, since = -1, time.monotonic()
        while self.lost and time.monotonic() - since < STANDSTILL_SECONDS:
            if before != self.total:
                before, since = self.total, time.monotonic()
            time.sleep(0.1)

    @property
    def lost(self) -> int:
        return self._sent.value - self._taken.value


def _flood(port, devices, rate, under_way, ready, begun, ended, sent, taken) -> None:  # type: ignore[no-untyped-def]
    every = [
        packet(topics.report(uuid(random.randrange(devices)), ReportKind.HEALTH), health(n)) for n in range(ENCODED)
    ]
    with socket.create_connection((HOST, port)) as broker:
        name = b"flood"
        broker.sendall(
            b"\x10" + bytes([12 + len(name)]) + b"\x00\x04MQTT\x04\x02\x00\x00" + len(name).to_bytes(2, "big") + name
        )
        broker.recv(4)
        ready.set()
        begun.wait()
        while not taken.value:  # whoever listens has subscribed once one arrives
            broker.sendall(every[0])
            time.sleep(0.1)
        time.sleep(0.5)
        sent.value = taken.value
        started = time.monotonic()
        while not ended.is_set():
            room = under_way - (sent.value - taken.value)
            if rate:
                room = min(room, int(rate * (time.monotonic() - started)) - sent.value)
            number = min(room, TOGETHER)
            if number <= 0 or (not rate and number < TOGETHER):
                time.sleep(TURN_SECONDS if rate else 0.001)
                continue
            at = sent.value % ENCODED
            chosen = every[at : at + number]
            broker.sendall(b"".join(chosen))
            sent.value += len(chosen)
