"""What is wrong with some of the demo school's screens, so that a person sees what such a screen looks like.

The virtual devices do it themselves, by a script of faults (docs/simulator.md), and a restart mends what it would mend.
"""

from pathlib import Path
from typing import Any

from infoscreen.processes.demo import private_files
from infoscreen.processes.demo.rooms import SPORTS_HALL, WORKSHOPS

GIVEN_UP, _, SWITCHED_OFF = SPORTS_HALL.screens
CRASHED, FROZEN, BLACK = WORKSHOPS.screens
TROUBLED = (GIVEN_UP, SWITCHED_OFF, CRASHED, FROZEN, BLACK)
# A picture is frozen once it shows something of the plan.
SHOWN_AFTER_SECONDS = 20


def keep_script(path: Path) -> None:
    """Have a file that tells the simulator what goes wrong with which device."""
    faults: list[dict[str, Any]] = [
        {"fault": "switched_off", "devices": [SWITCHED_OFF.uuid]},
        {"fault": "service_failed", "devices": [GIVEN_UP.uuid], "after": 5},
        {"fault": "crash", "devices": [CRASHED.uuid], "after": 5},
        {"fault": "black", "devices": [BLACK.uuid], "after": 5},
        {"fault": "frozen", "devices": [FROZEN.uuid], "after": SHOWN_AFTER_SECONDS},
    ]
    private_files.write(path, faults)
