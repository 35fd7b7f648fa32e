"""Takes the screenshots of a virtual device: every now and then, and soon after an event starts or stops."""

import asyncio
import random
from collections.abc import Callable
from datetime import UTC, datetime

import structlog

from infoscreen_device.backoff import jittered
from infoscreen_device.config import DeviceConfig
from infoscreen_device.player.player import Shown
from infoscreen_device.player.slides import BrokenSlidesError
from infoscreen_device.player.studio import Studio
from infoscreen_device.screenshot import Picture
from infoscreen_wire.payloads.from_device import CaptureType

log = structlog.get_logger()

# A picture after a change waits up to this long, so that a whole group does not send in the same instant.
PRIORITY_SPREAD_SECONDS = 0.5
FIRST_SCREENSHOT_SECONDS = 3.0


class Camera:
    """`look` tells what is on the screen, None when no picture could be sent; `send` and `failed` take the result."""

    def __init__(
        self,
        config: DeviceConfig,
        studio: Studio,
        look: Callable[[], Shown | None],
        send: Callable[[Picture, Shown], None],
        failed: Callable[[Shown, str], None],
    ) -> None:
        self._config = config
        self._studio = studio
        self._look = look
        self._send = send
        self._failed = failed
        self._capture: CaptureType | None = None
        self._wanted = asyncio.Event()

    def want(self, capture: CaptureType) -> None:
        """Take a picture soon."""
        self._capture = capture
        self._wanted.set()

    async def run(self) -> None:
        """Take pictures until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._want_periodically())
            tasks.create_task(self._take_what_is_wanted())

    async def _want_periodically(self) -> None:
        wait = random.uniform(0, min(FIRST_SCREENSHOT_SECONDS, self._config.intervals.screenshot))  # noqa: S311
        while True:
            await asyncio.sleep(wait)
            self.want(self._capture or "periodic")
            # A wide spread: after a few rounds the sends of a fleet that started together are even over the minute.
            wait = jittered(self._config.intervals.screenshot, 0.25)

    async def _take_what_is_wanted(self) -> None:
        while True:
            await self._wanted.wait()
            if self._capture != "periodic":
                await asyncio.sleep(random.uniform(0, PRIORITY_SPREAD_SECONDS))  # noqa: S311 - spreads load
            self._wanted.clear()
            capture, self._capture = self._capture or "periodic", None
            if (shown := self._look()) is not None:
                await self._take(shown, capture)

    async def _take(self, shown: Shown, capture: CaptureType) -> None:
        captured_at = datetime.now(UTC)
        try:
            jpeg = await self._studio.jpeg(shown.scene, self._config.screen)
        except Exception as error:  # the border: what is drawn came from outside
            log.exception("screen could not be drawn", uuid=self._config.account.uuid)
            self._failed(shown, str(error) if isinstance(error, BrokenSlidesError) else "drawing failed")
        else:
            self._send(Picture(jpeg, capture, captured_at), shown)
