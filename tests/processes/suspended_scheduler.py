"""A scheduler that is suspended just before it sends what it may send; run by `test_lead_on_the_broker.py`.

Everything is real but the moment: it stops itself, once, between the proof that it leads and a list of events.
"""

import os
import signal
import sys
from pathlib import Path

from infoscreen.adapters.mqtt.connection import Connection
from infoscreen.bootstrap import build_app
from infoscreen.broker_bootstrap import broker_login
from infoscreen.config import load_config
from infoscreen.processes.cli.running import stop_on_signal
from infoscreen.processes.clock import utc_now
from infoscreen.processes.scheduler import Scheduler, Signals
from infoscreen_wire.access import Actor


class SuspendedConnection(Connection):
    """Stops the process before it publishes a list of events, as soon as a file asks for it."""

    stop_file: Path

    def publish(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> None:
        if topic.startswith("infoscreen/events/") and self.stop_file.exists():
            self.stop_file.unlink()
            os.kill(os.getpid(), signal.SIGSTOP)
        super().publish(topic, payload, qos=qos, retain=retain)


def main(stop_file: str) -> None:
    config, signals = load_config(), Signals()
    login = broker_login(config, Actor.SCHEDULER, 1)
    connection = SuspendedConnection(login, on_notice=signals.on_notice, on_connected=signals.on_connected)
    connection.stop_file = Path(stop_file)
    connection.start()
    Scheduler(build_app(config, utc_now, connection), signals).run(stop_on_signal())
    connection.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
