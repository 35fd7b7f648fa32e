"""A real broker, a web server, a deck, and virtual devices that run beside the test."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from device.broker import Mosquitto, Server
from device.files import Files, serving
from device.samples import device_config
from infoscreen_device.config import DeviceConfig
from infoscreen_device.simulate.fleet import run_fleet
from infoscreen_device.simulate.machine import Simulation
from ports import free_port

QUICK = Simulation(boot_seconds=(0.5, 0.8), display_seconds=(0.2, 0.4))


@pytest.fixture
def mosquitto(tmp_path: Path) -> Iterator[Mosquitto]:
    broker = Mosquitto(tmp_path, free_port())
    broker.start()
    yield broker
    broker.kill()


@pytest.fixture
def server(mosquitto: Mosquitto) -> Iterator[Server]:
    with Server(mosquitto.port) as playing:
        yield playing


@contextlib.contextmanager
def running(config: DeviceConfig, cache: Path, simulation: Simulation = QUICK) -> Iterator[None]:
    """A virtual device that lives in a thread of its own until the block ends."""
    loop = asyncio.new_event_loop()
    fleet = loop.create_task(run_fleet([config], cache, simulation))

    def live() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            loop.run_until_complete(fleet)

    thread = threading.Thread(target=live)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(fleet.cancel)
        thread.join(10)
        assert not thread.is_alive()
        loop.close()


RunDevice = Callable[..., contextlib.AbstractContextManager[None]]


@pytest.fixture
def run_device(tmp_path: Path) -> RunDevice:
    def run(port: int, simulation: Simulation = QUICK, **changes: Any) -> contextlib.AbstractContextManager[None]:
        return running(device_config(port, **changes), tmp_path / "cache", simulation)

    return run


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """A real PDF of three pages in red, green and blue, 1600 x 900."""
    path = tmp_path / "deck.pdf"
    red, green, blue = (Image.new("RGB", (1600, 900), colour) for colour in ("#e03131", "#2f9e44", "#1971c2"))
    red.save(path, "PDF", save_all=True, append_images=[green, blue])
    return path


@pytest.fixture
def files() -> Iterator[Files]:
    with serving() as served:
        yield served
