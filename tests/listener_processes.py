"""Listener processes that tests kill and start again."""

import os
import signal
import subprocess
import sys
from typing import Self

from brokers import Installation
from infoscreen.bootstrap import open_intake
from infoscreen.config import load_config
from waiting import eventually


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
