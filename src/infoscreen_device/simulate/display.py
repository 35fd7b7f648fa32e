"""The display of a virtual machine: a process that takes its time to come up, can crash, and is restarted."""

import asyncio
import random

from infoscreen_device.health import Process

Range = tuple[float, float]
NO_TIME: Range = (0.0, 0.0)


def drawn(seconds: Range) -> float:
    """Some time between the two."""
    return random.uniform(*seconds)  # noqa: S311 - variety, protects nothing


class Display:
    """What shows the picture since one boot; `displayed` is set when it has come up for the first time."""

    def __init__(self, seconds: Range, first: Range) -> None:
        self._seconds = seconds
        self._first = first
        self.displayed = asyncio.Event()
        self.process = Process(pid=_some_pid(), status="starting")

    async def start(self) -> None:
        """Come up after a boot."""
        await asyncio.sleep(drawn(self._first))
        self.process = Process(self.process.pid, "running")
        self.displayed.set()

    async def restart(self) -> None:
        """End the process and start another; returns when that has come up."""
        count = self.process.restart_count + 1
        self.process = Process(_some_pid(), "starting", count)
        await asyncio.sleep(drawn(self._seconds))
        self.process = Process(self.process.pid, "running", count)

    def crash(self) -> None:
        """Be gone, and stay so until somebody restarts it."""
        self.process = Process(self.process.pid, "crashed", self.process.restart_count)


def _some_pid() -> int:
    return random.randint(400, 32_000)  # noqa: S311 - as above
