"""Listeners at work: in a thread of the test, or as a process that tests kill and start again."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Self

from brokers import Installation
from infoscreen.adapters.mqtt.intake import MqttIntake
from infoscreen.bootstrap import build_app
from infoscreen.broker_bootstrap import open_intake
from infoscreen.config import Config, load_config
from infoscreen.processes.listener import listen
from waiting import eventually


@contextmanager
def listening(config: Config, clock: Callable[[], datetime]) -> Iterator[MqttIntake]:
    """A listener at work in a thread; its intake may not be connected yet."""
    intake, stop = open_intake(config, 1), threading.Event()
    app = build_app(config, clock, intake)
    thread = threading.Thread(target=listen, args=(app, intake, stop))
    thread.start()
    try:
        yield intake
    finally:
        stop.set()
        thread.join(15)
        app.engine.dispose()
    assert not thread.is_alive()


class ListenerProcess:
    """A listener of its own, to be killed and started again."""

    def __init__(self, broker: Installation, database_url: str) -> None:
        self._environment = {
            "DATA_DIR": str(broker.app.config.data_dir),
            "MQTT_BROKER_PORT": str(broker.port),
            "DB_CONN": database_url,
        }
        self.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def start(self) -> None:
        command = [sys.executable, "-m", "infoscreen", "listener"]
        self.process = subprocess.Popen(command, env=os.environ | self._environment, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def begin_session(broker: Installation) -> None:
    """From now on the broker keeps for the listener what is sent; what an earlier test left is taken."""
    intake = open_intake(load_config(data_dir=broker.app.config.data_dir, mqtt_broker_port=broker.port), 1)
    intake.start()
    eventually(lambda: intake.is_connected)
    while left := intake.collect(2_000, 0.5):
        intake.confirm(left)
    intake.stop()
