"""One virtual device: real MQTT, the real player, and screenshots drawn from what the player shows."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import structlog

from infoscreen_device.backoff import jittered
from infoscreen_device.config import DeviceConfig
from infoscreen_device.credentials import Credentials
from infoscreen_device.health import Boot, State, health, heartbeat
from infoscreen_device.link import Link
from infoscreen_device.media_cache import MediaCache
from infoscreen_device.player.player import Player, Shown
from infoscreen_device.player.slides import BrokenSlidesError
from infoscreen_device.player.studio import Studio
from infoscreen_device.screenshot import Picture, dashboard
from infoscreen_device.server import renew_password
from infoscreen_wire.payloads.from_device import CaptureType
from infoscreen_wire.payloads.to_device import PublishedEvent
from infoscreen_wire.topics import ReportKind

log = structlog.get_logger()

# A picture after a change waits up to this long, so that a whole group does not send in the same instant.
PRIORITY_SPREAD_SECONDS = 0.5
FIRST_SCREENSHOT_SECONDS = 3.0
# A fleet that comes back after a restart of the broker does not ask the server in the same second.
CREDENTIALS_SPREAD_SECONDS = 10.0


class VirtualDevice:
    """Runs until cancelled; `media`, `studio` and `http` are shared by all devices of the process."""

    def __init__(self, config: DeviceConfig, media: MediaCache, studio: Studio, http: httpx.AsyncClient) -> None:
        self._config = config
        self._http = http
        self._credentials = Credentials(config.account.password, config.credentials_file)
        self._studio = studio
        self._boot = Boot()
        self._link = Link(config, self._credentials, self)
        self._player = Player(config, media, studio, self._on_shown, self._on_problem)
        self._online = asyncio.Event()
        self._connected_anew = asyncio.Event()
        self._capture: CaptureType | None = None
        self._capture_wanted = asyncio.Event()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._link.run())
            tasks.create_task(self._player.run())
            tasks.create_task(self._every(self._config.intervals.heartbeat, self._send_heartbeat))
            tasks.create_task(self._every(self._config.intervals.health, self._send_health))
            tasks.create_task(self._ask_for_periodic_screenshots())
            tasks.create_task(self._send_screenshots())
            tasks.create_task(self._renew_password())

    def on_connected(self) -> None:
        self._online.set()
        self._connected_anew.set()
        self._send_heartbeat()

    def on_events(self, events: tuple[PublishedEvent, ...]) -> None:
        self._player.follow(events)

    def _on_shown(self, shown: Shown) -> None:
        if shown.trigger:
            self._capture = shown.trigger
            self._capture_wanted.set()

    def _on_problem(self, event: PublishedEvent, reason: str) -> None:
        self._link.report_log(
            ReportKind.LOG_ERROR, f"content cannot be shown: {reason}", event_id=event.id, title=event.title[:200]
        )

    async def _every(self, seconds: float, send: Callable[[], None]) -> None:
        await self._online.wait()
        while True:
            await asyncio.sleep(jittered(seconds))
            send()

    async def _renew_password(self) -> None:
        """At each connect and once a day, and only while connected: it must be clear which password holds."""
        account, every = self._config.account, self._config.intervals.credentials
        if not (account.server and account.device_token and self._credentials.can_keep):
            return
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._connected_anew.wait(), jittered(every))
            self._connected_anew.clear()
            await asyncio.sleep(random.uniform(0, min(every, CREDENTIALS_SPREAD_SECONDS)))  # noqa: S311 - spreads load
            if self._link.is_connected:
                await renew_password(self._http, account, self._credentials)

    async def _ask_for_periodic_screenshots(self) -> None:
        await self._online.wait()
        wait = random.uniform(0, min(FIRST_SCREENSHOT_SECONDS, self._config.intervals.screenshot))  # noqa: S311
        while True:
            await asyncio.sleep(wait)
            self._capture = self._capture or "periodic"
            self._capture_wanted.set()
            # A wide spread: after a few rounds the sends of a fleet that started together are even over the minute.
            wait = jittered(self._config.intervals.screenshot, 0.25)

    async def _send_screenshots(self) -> None:
        await self._online.wait()
        while True:
            await self._capture_wanted.wait()
            if self._capture != "periodic":
                await asyncio.sleep(random.uniform(0, PRIORITY_SPREAD_SECONDS))  # noqa: S311 - spreads load
            self._capture_wanted.clear()
            capture, self._capture = self._capture or "periodic", None
            if self._link.is_connected:
                await self._send_screenshot(capture)

    async def _send_screenshot(self, capture: CaptureType) -> None:
        shown = self._player.shown
        captured_at = datetime.now(UTC)
        try:
            jpeg = await self._studio.jpeg(shown.scene, self._config.screen)
        except Exception as error:  # the border: what is drawn came from outside
            log.exception("screen could not be drawn", uuid=self._config.account.uuid)
            if shown.event:
                self._on_problem(shown.event, str(error) if isinstance(error, BrokenSlidesError) else "drawing failed")
                self._player.distrust(shown.event)
            return
        picture = Picture(jpeg, capture, captured_at)
        self._link.report(ReportKind.DASHBOARD, dashboard(self._config, picture, self._state(shown), self._boot))

    def _send_heartbeat(self) -> None:
        self._link.report(ReportKind.HEARTBEAT, heartbeat(self._state(), self._boot))

    def _send_health(self) -> None:
        self._link.report(ReportKind.HEALTH, health(self._state(), self._boot))

    def _state(self, shown: Shown | None = None) -> State:
        expected = self._player.expected
        return State(
            now=datetime.now(UTC),
            shown=shown or self._player.shown,
            expected_event_id=expected.id if expected else None,
            reconnect_count=self._link.reconnect_count,
            last_disconnect_at=self._link.last_disconnect_at,
        )
