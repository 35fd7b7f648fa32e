"""Pictures through real processes: hostile ones, priority ones, twenty kept, and never half of one."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from listening import dashboard, example, picture
from systems import Device, System
from waiting import eventually

pytestmark = pytest.mark.service

HOSTILE = "00000000-0000-4000-8000-0000000000aa"
GOOD = "00000000-0000-4000-8000-0000000000bb"


@pytest.fixture(scope="module")
def hostile(system: System) -> Iterator[Device]:
    with system.device(HOSTILE, system.make_group("Werkstatt")) as device:
        yield device


@pytest.fixture(scope="module")
def good(system: System) -> Iterator[Device]:
    with system.device(GOOD, system.make_group("Aula")) as device:
        yield device


def forty_megapixels(pixels: int = 5_000) -> str:
    """In a file of some kilobytes."""
    content = BytesIO()
    Image.new("RGB", (8_000, pixels)).save(content, "PNG")
    return base64.b64encode(content.getvalue()).decode()


def send(device: Device, uuid: str, data: str, capture: str = "periodic") -> None:
    message = dashboard(data, capture)
    message["message"]["client_id"] = uuid
    device.client.publish(topics.report(uuid, ReportKind.DASHBOARD), json.dumps(message)).wait_for_publish(10)


def latest(system: System, uuid: str) -> bytes:
    answer = system.http.get(f"/screenshots/{uuid}.jpg")
    return answer.content if answer.status_code == 200 else b""


def history(system: System, uuid: str) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = (
        system.http.get(f"/screenshots/{uuid}/history").raise_for_status().json()["screenshots"]
    )
    return kept


def refused(system: System) -> int:
    lines = system.http.get("/metrics").text.splitlines()
    wanted = 'infoscreen_messages_total{kind="dashboard",outcome="bad_picture"}'
    return int(sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(wanted)))


def is_on_page(system: System, before: bytes) -> bool:
    return latest(system, GOOD) not in (b"", before)


def shown_event(system: System, uuid: str) -> int | None:
    clients = system.http.get("/api/clients/status").raise_for_status().json()["clients"]
    event: int | None = next(each["currentEventId"] for each in clients if each["uuid"] == uuid)
    return event


def test_what_is_no_picture_is_refused_and_counted(system: System, hostile: Device) -> None:
    before = refused(system)
    broken = ["no base64!", picture(size=(640, 360))[:400], picture(file_format="TIFF"), forty_megapixels(5_001)]
    for number, data in enumerate(broken, 1):
        send(hostile, HOSTILE, data)
        eventually(lambda number=number: refused(system) == before + number, timeout=60)  # type: ignore[misc]
    assert latest(system, HOSTILE) == b""


def test_pictures_that_take_long_delay_no_other_device(system: System, hostile: Device, good: Device) -> None:
    """A flood of forty megapixels from one device, while another is followed on the page."""
    ended, bomb = threading.Event(), forty_megapixels()

    def flood() -> None:
        while not ended.wait(0.05):
            send(hostile, HOSTILE, bomb)

    flooding = threading.Thread(target=flood)
    flooding.start()
    waits = []
    try:
        for number in range(10):
            begun, before = time.monotonic(), latest(system, GOOD)
            heartbeat = {**example("heartbeat"), "current_event_id": 100 + number}
            good.client.publish(topics.report(GOOD, ReportKind.HEARTBEAT), json.dumps(heartbeat))
            eventually(lambda number=number: shown_event(system, GOOD) == 100 + number, timeout=60)  # type: ignore[misc]
            waits.append(time.monotonic() - begun)
            send(good, GOOD, picture(color=f"rgb({number * 20}, 40, 90)"))
            eventually(partial(is_on_page, system, before), timeout=60)
    finally:
        ended.set()
        flooding.join()
    # Decoded in the batch, each of them would have waited for seconds.
    assert sorted(waits)[len(waits) // 2] < 3.0


def test_the_picture_of_an_events_start_has_priority_while_later_ones_come(system: System, good: Device) -> None:
    send(good, GOOD, picture(color="red"), "event_start")
    eventually(lambda: [each["kind"] for each in history(system, GOOD)][:1] == ["event_start"], timeout=30)
    priority = latest(system, GOOD)
    send(good, GOOD, picture(color="blue"))
    eventually(lambda: latest(system, GOOD) != priority, timeout=30)
    assert system.http.get(f"/screenshots/{GOOD}/priority").content == priority


def test_twenty_are_kept_and_a_reader_in_a_loop_never_gets_half_of_one(system: System, good: Device) -> None:
    ended, seen, problems = threading.Event(), set(), []

    def read_on() -> None:
        with httpx.Client(base_url=system.base_url, cookies=system.http.cookies, timeout=30) as reader:
            while not ended.is_set():
                for address in (f"/screenshots/{GOOD}.jpg", f"/screenshots/{GOOD}/priority"):
                    content = reader.get(address).content
                    try:
                        Image.open(BytesIO(content)).load()
                    except OSError as error:
                        problems.append(str(error))
                    seen.add(hashlib.sha256(content).hexdigest())

    readers = [threading.Thread(target=read_on) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for number in range(25):
            before = history(system, GOOD)[0]["name"]
            noise = Image.effect_noise((1280, 720), 20 + number)
            content = BytesIO()
            noise.save(content, "PNG")
            send(good, GOOD, base64.b64encode(content.getvalue()).decode(), "event_start" if number % 2 else "periodic")
            eventually(lambda before=before: history(system, GOOD)[0]["name"] != before, timeout=30)  # type: ignore[misc]
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    assert not problems
    assert len(seen) > 2
    kept = history(system, GOOD)
    assert len(kept) == 20
    assert len(list((system.data_dir / "screenshots").glob(f"{GOOD}_2*.jpg"))) == 20
    assert [each["takenAt"] for each in kept] == sorted((each["takenAt"] for each in kept), reverse=True)
