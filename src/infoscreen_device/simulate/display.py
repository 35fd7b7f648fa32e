"""The display of a virtual machine: a process that takes its time to come up, crashes, gets stuck."""

import asyncio
import random

from infoscreen_device.health import Process
from infoscreen_device.player.scene import BlackScene, Scene
from infoscreen_wire.payloads.from_device import ScreenHealth

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
        self._stuck_at: Scene | None = None

    @property
    def health(self) -> ScreenHealth:
        """How the picture is, as far as the device sees it."""
        if self.process.status != "running":
            return "UNKNOWN"
        if self._stuck_at is None:
            return "OK"
        return "BLACK" if self._stuck_at == BlackScene() else "FROZEN"

    def seen(self, wanted: Scene) -> Scene:
        """What is really to be seen while the player wants a scene there."""
        return self._stuck_at or wanted

    async def start(self) -> None:
        """Come up after a boot."""
        await asyncio.sleep(drawn(self._first))
        self.process = Process(self.process.pid, "running")
        self.displayed.set()

    async def restart(self) -> None:
        """End the process and start another; returns when that has come up."""
        count = self.process.restart_count + 1
        self.process, self._stuck_at = Process(_some_pid(), "starting", count), None
        await asyncio.sleep(drawn(self._seconds))
        self.process = Process(self.process.pid, "running", count)

    def get_stuck(self, at: Scene) -> None:
        """Show this from now on, whatever the player wants, until somebody restarts it."""
        self._stuck_at = at

    def crash(self) -> None:
        """Be gone, and stay so until somebody restarts it."""
        self.process = Process(self.process.pid, "crashed", self.process.restart_count)


def _some_pid() -> int:
    return random.randint(400, 32_000)  # noqa: S311 - as above
