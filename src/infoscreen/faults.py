"""Named points at which a test has a process die as if its power was cut; off unless INFOSCREEN_DIE_AT names one."""

import os
import signal
from typing import Literal

Point = Literal[
    "before_commit",
    "after_commit",
    "before_publish",
    "after_publish",
    "after_note",
    "before_power_off",
    "after_power_off",
    "before_power_on",
    "after_power_on",
]

_DIE_AT = os.environ.get("INFOSCREEN_DIE_AT")


def may_die(point: Point) -> None:
    """Die here, where this is the named point."""
    if point == _DIE_AT:
        os.kill(os.getpid(), signal.SIGKILL)
