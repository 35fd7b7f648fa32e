"""How long a change takes from the API to a device: the whole system for real, seconds, several tries each.

First with an empty calendar, then with 100 groups and 10,000 recurring events.

python bench/from_edit_to_topic.py
"""

import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parent))

from school_calendar import fill

from databases import running_mariadb
from infoscreen.bootstrap import build_app
from infoscreen.config import load_config
from infoscreen.processes.clock import utc_now
from systems import Device, System

TRIES = 5


def waited(condition: Callable[[], bool]) -> float:
    """Seconds until a condition holds."""
    begun = time.monotonic()
    while not condition():
        time.sleep(0.002)
    return time.monotonic() - begun


def plan(system: System, group_id: int, start: datetime, end: datetime) -> None:
    event: dict[str, Any] = {
        "subject": "Bench",
        "groupId": group_id,
        "type": "website",
        "websiteUrl": "https://www.example.org/",
    }
    times = {"startTime": start.isoformat(), "endTime": end.isoformat()}
    system.http.post("/api/events", json=event | times).raise_for_status()


def measure(system: System, group_id: int, device: Device) -> dict[str, list[float]]:
    topic = f"infoscreen/events/{group_id}"
    found: dict[str, list[float]] = {"edit → topic": [], "start → topic": [], "end → topic": []}
    waited(lambda: device.last(topic) == [])
    for _ in range(TRIES):
        now = datetime.now(UTC).replace(microsecond=0)
        begun = time.monotonic()
        plan(system, group_id, now - timedelta(hours=1), now + timedelta(seconds=3))
        waited(lambda: bool(device.last(topic)))
        found["edit → topic"].append(time.monotonic() - begun)
        waited(lambda: device.last(topic) == [])
        found["end → topic"].append((datetime.now(UTC) - now).total_seconds() - 3)
        now = datetime.now(UTC).replace(microsecond=0)
        plan(system, group_id, now + timedelta(seconds=2), now + timedelta(seconds=4))
        waited(lambda: bool(device.last(topic)))
        found["start → topic"].append((datetime.now(UTC) - now).total_seconds() - 2)
        waited(lambda: device.last(topic) == [])
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as name, running_mariadb(Path(name, "mariadb")) as server:
        tell_of("SQLite", Path(name, "one"), None)
        tell_of("MariaDB", Path(name, "two"), server.new_database())


def tell_of(kind: str, directory: Path, database_url: str | None) -> None:
    directory.mkdir()
    system = System(directory / "data", environment={"DB_CONN": database_url} if database_url else None)
    system.start()
    try:
        system.log_in()
        group_id = system.make_group("Aula")
        with system.device(str(uuid.uuid4()), group_id) as device:
            tell(f"{kind}, an empty calendar", measure(system, group_id, device))
            app = build_app(load_config(data_dir=system.data_dir, db_conn=database_url), utc_now)
            fill(app)
            app.engine.dispose()
            # The scheduler finds them at its next poll and expands them once.
            time.sleep(60)
            tell(f"{kind}, 100 groups, 10,000 recurring events", measure(system, group_id, device))
    finally:
        system.stop()


def tell(calendar: str, found: dict[str, list[float]]) -> None:
    print(calendar)
    for what, seconds in found.items():
        print(f"  {what:<16} median {sorted(seconds)[TRIES // 2]:.3f} s   worst {max(seconds):.3f} s")


if __name__ == "__main__":
    main()
