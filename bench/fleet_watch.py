"""What the scheduler's look at all screens costs, as a share of one core, and how long a big bulk command takes.

python bench/fleet_watch.py
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from applications import Clock, RememberingBus, started_app
from databases import running_mariadb
from fleets import Fleet, uuid_of
from infoscreen.domain.commands import Action
from infoscreen.services import rollouts
from infoscreen.services.rollout_pass import advance_rollout
from infoscreen.services.rollouts import Order

EVERY_SECONDS = 2.0
LOOKS = 10


def seconds(what: Callable[[], object], times: int = 1) -> float:
    """Seconds of one time."""
    begun = time.process_time()
    for _ in range(times):
        what()
    return (time.process_time() - begun) / times


def measure(database_url: str, directory: Path, kind: str, screens: int) -> None:
    clock = Clock()
    app = started_app(database_url, directory, clock, RememberingBus())
    fleet = Fleet(app, clock, RememberingBus(), screens)
    fleet.enable_recovery()
    fleet.run(200)
    calm = seconds(fleet.look, LOOKS)
    with app.work() as work:
        work.session.connection().exec_driver_sql("UPDATE client_states SET last_alive = '2026-11-01 07:00:00'")
    clock.forward(seconds=181)
    silent = seconds(fleet.look, LOOKS)
    print(
        f"{kind}, {screens:>6,} screens: a look {calm * 1000:6.1f} ms = {calm / EVERY_SECONDS:.2%} of a core; ", end=""
    )
    print(f"with all of them silent {silent / EVERY_SECONDS:.2%}")
    order = Order(action=Action.RESTART_APP, reason="Bench", uuids=[uuid_of(number) for number in range(screens)])
    begun = time.monotonic()
    with app.work() as work:
        rollout_id = rollouts.start_rollout(work, order).id
    stored, steps = time.monotonic() - begun, 0
    while steps < 15:
        steps += 1
        with app.work() as work:
            advance_rollout(work, rollout_id, may_issue=True)
    issued = (time.monotonic() - begun - stored) / steps
    print(f"{' ' * len(kind)}  a bulk command to all stored in {stored:.2f} s, 20 commands each {issued * 1000:.0f} ms")
    app.engine.dispose()


def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        for screens in (1_000, 10_000):
            place = Path(directory) / str(screens)
            place.mkdir()
            measure(f"sqlite:///{place / 'bench.db'}", place / "data", "SQLite", screens)
        with running_mariadb(Path(directory) / "mariadb") as server:
            for screens in (1_000, 10_000):
                measure(server.new_database(), Path(directory) / f"m{screens}", "MariaDB", screens)


if __name__ == "__main__":
    main()
