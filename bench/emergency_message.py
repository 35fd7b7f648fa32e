"""An emergency message to 100 groups with 10,000 recurring events: the whole system for real, seconds.

From the click until the last of 100 devices has the message, and from its end until the last has its plan again; by
hand, by itself, and after every process was restarted in the middle.

python bench/emergency_message.py
"""

import sys
import tempfile
import time
import uuid
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parent))

from from_edit_to_topic import waited
from school_calendar import GROUPS, fill

from infoscreen.bootstrap import build_app
from infoscreen.config import load_config
from infoscreen.processes.clock import utc_now
from systems import Device, System

TRIES = 3
# Plans of 14 days for 100 groups, after each change.
SETTLE_SECONDS = 10


class School:
    """A device in each group, that follows its list and what its TV is told."""

    def __init__(self, system: System, devices: dict[int, Device]) -> None:
        self.system, self.devices = system, devices

    def lists(self) -> dict[int, Any]:
        """What each group's topic holds; ids of events."""
        found = {group_id: device.last(f"infoscreen/events/{group_id}") for group_id, device in self.devices.items()}
        return {group_id: [each["id"] for each in events or []] for group_id, events in found.items()}

    def are_told_on(self, event_id: int) -> bool:
        """Whether every TV is told to be on for this event."""
        intents = [device.last(f"infoscreen/groups/{group}/power/intent") for group, device in self.devices.items()]
        return all(each and (each["desired_state"], each["active_event_ids"]) == ("on", [event_id]) for each in intents)

    def announce(self, minutes: int = 60) -> dict[str, Any]:
        order = {"message": "Bitte alle in den Hof", "severity": "critical", "minutes": minutes, "all": True}
        return dict(self.system.http.post("/api/broadcasts", json=order).raise_for_status().json())

    def shows_only(self, event_id: int) -> bool:
        """Whether the message is all that any group shows."""
        return all(ids == [event_id] for ids in self.lists().values())

    def shows_none(self, event_id: int) -> bool:
        """Whether every group is back at its plan."""
        return all(event_id not in ids for ids in self.lists().values())


def begin(school: School, minutes: int = 60) -> tuple[dict[str, Any], str]:
    begun = time.monotonic()
    broadcast = school.announce(minutes)
    answered = time.monotonic() - begun
    waited(lambda: school.shows_only(broadcast["eventId"]))
    there = time.monotonic() - begun
    waited(lambda: school.are_told_on(broadcast["eventId"]))
    told = time.monotonic() - begun
    return broadcast, f"answered {answered:.2f} s   on all topics {there:.2f} s   all TVs told {told:.2f} s"


def end(school: School, broadcast: dict[str, Any]) -> str:
    begun = time.monotonic()
    school.system.http.post(f"/api/broadcasts/{broadcast['id']}/end").raise_for_status()
    waited(lambda: school.shows_none(broadcast["eventId"]))
    return f"plan back {time.monotonic() - begun:.2f} s"


def main() -> None:
    environment = {"POWER_INTENT_PUBLISH_ENABLED": "true"}
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        system = System(Path(directory) / "data", environment=environment)
        system.start()
        stack.callback(system.stop)
        system.log_in()
        app = build_app(load_config(data_dir=Path(directory) / "data"), utc_now)
        fill(app)
        app.engine.dispose()
        school = furnished(system, stack)
        time.sleep(60)  # the scheduler finds the events at its next poll and expands them once
        print(f"{GROUPS} groups, 10,000 recurring events, a device in each group")
        for _ in range(TRIES):
            broadcast, told = begin(school)
            time.sleep(SETTLE_SECONDS)
            print(f"  by hand        {told}   {end(school, broadcast)}")
            time.sleep(SETTLE_SECONDS)
        broadcast, told = begin(school, minutes=1)
        ends_at = datetime.fromisoformat(broadcast["endsAt"]).replace(tzinfo=UTC)
        waited(lambda: school.shows_none(broadcast["eventId"]))
        print(
            f"  by itself      {told}   plan back {(datetime.now(UTC) - ends_at).total_seconds():.2f} s after its time"
        )
        broadcast, told = begin(school)
        system.stop()
        system.start()
        forget(school)
        waited(lambda: school.shows_only(broadcast["eventId"]))
        print(f"  with a restart {told}   {end(school, broadcast)}")


def furnished(system: System, stack: ExitStack) -> School:
    groups = [group["id"] for group in system.http.get("/api/groups").json()["groups"] if not group["isUnassigned"]]
    devices = {group_id: stack.enter_context(system.device(str(uuid.uuid4()), group_id)) for group_id in groups}
    for group_id, device in devices.items():
        device.client.subscribe(f"infoscreen/groups/{group_id}/power/intent", 1)
    return School(system, devices)


def forget(school: School) -> None:
    for group_id, device in school.devices.items():
        device.received.clear()
        device.client.subscribe(f"infoscreen/events/{group_id}", 1)
        device.client.subscribe(f"infoscreen/groups/{group_id}/power/intent", 1)


if __name__ == "__main__":
    main()
