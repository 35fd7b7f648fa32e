"""How long it takes until all of many queued commands are published, on a real broker: one by one and as a wave.

python bench/command_wave.py
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from brokers import Installation, running_broker
from command_sites import CommandSite
from commanding import CommandedSchool
from databases import running_mariadb
from infoscreen.bootstrap import App, build_app
from infoscreen.broker_bootstrap import connect
from infoscreen.domain.commands import Action, Status
from infoscreen.processes.clock import utc_now
from infoscreen.services import command_sweep, commands
from infoscreen.services.command_publishing import publish_command
from infoscreen_wire.access import Actor
from listening import add_screen
from waiting import eventually

ONE_BY_ONE, WAVE = 100, 1_000


def queue(app: App, first: int, number: int) -> list[str]:
    """So many commands, as a process that died after its commit leaves them."""
    uuids = [f"{each:08x}-0000-4000-8000-00000000c0de" for each in range(first, first + number)]
    for uuid in uuids:
        add_screen(app, uuid)
    with app.work() as work:
        return [commands.issue_command(work, uuid, Action.RESTART_APP, "Bench").command_id for uuid in uuids]


@contextmanager
def publisher(broker: Installation, database_url: str, directory: Path) -> Iterator[App]:
    directory.mkdir()
    school = CommandedSchool(database_url, directory)
    config = CommandSite(broker, school, directory).config()
    connection = connect(config, Actor.SCHEDULER, 1)
    app = build_app(config, lambda: utc_now() + timedelta(seconds=2), connection)
    eventually(lambda: connection.is_connected)
    yield app
    connection.stop()
    app.engine.dispose()


def measure(kind: str, broker: Installation, database_url: str, directory: Path) -> None:
    with publisher(broker, database_url, directory) as app:
        ids = queue(app, 0, ONE_BY_ONE)
        begun = time.monotonic()
        for command_id in ids:
            publish_command(app.work, command_id, legacy_restart=True)
        usual = (time.monotonic() - begun) / ONE_BY_ONE * WAVE
        queue(app, ONE_BY_ONE, WAVE)
        app.clock = lambda: utc_now() + timedelta(seconds=5)
        begun = time.monotonic()
        command_sweep.publish_waiting_commands(app.reading, app.work, legacy_restart=True)
        wave = time.monotonic() - begun
        with app.reading() as work:
            assert commands.count_by_status(work)[Status.PUBLISHED] == ONE_BY_ONE + WAVE
    print(f"{kind:<8} 1,000 commands one by one {usual:5.1f} s   as a wave {wave:5.1f} s   {usual / wave:4.1f} times")


def main() -> None:
    with tempfile.TemporaryDirectory() as name, running_broker(Path(name, "broker")) as broker:
        measure("SQLite", broker, f"sqlite:///{name}/bench.db", Path(name, "one"))
        with running_mariadb(Path(name, "mariadb")) as server:
            measure("MariaDB", broker, server.new_database(), Path(name, "two"))


if __name__ == "__main__":
    main()
