"""One run of a virtual device's agent: real MQTT, the real player and commands, and screenshots that are drawn."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import httpx

from infoscreen_device.backoff import jittered
from infoscreen_device.clock import Clock
from infoscreen_device.command_journal import Journal
from infoscreen_device.command_runner import CommandRunner
from infoscreen_device.config import DeviceConfig
from infoscreen_device.credentials import Credentials
from infoscreen_device.executor import Executor
from infoscreen_device.health import Boot, State, health, heartbeat
from infoscreen_device.link import Link
from infoscreen_device.media_cache import MediaCache
from infoscreen_device.player.player import Player, Shown
from infoscreen_device.player.scene import Scene
from infoscreen_device.player.studio import Studio
from infoscreen_device.screenshot import Picture, dashboard
from infoscreen_device.server import Renewal, https_context, renew
from infoscreen_device.simulate.camera import Camera
from infoscreen_device.simulate.display import Display
from infoscreen_device.simulate.faults import Faults
from infoscreen_device.simulate.network import Network
from infoscreen_device.simulate.tv import VirtualTv
from infoscreen_device.trust import Trust
from infoscreen_device.tv import TvControl
from infoscreen_device.waiting import wait_at_most
from infoscreen_wire.payloads.from_device import CommandAck, PowerState, ServiceFailed
from infoscreen_wire.payloads.to_device import PublishedEvent
from infoscreen_wire.topics import ReportKind

# A fleet that comes back after a restart of the broker does not ask the server in the same second.
CREDENTIALS_SPREAD_SECONDS = 10.0
# How often an acknowledgement is sent by a device that doubles them.
COPIES = 3


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all devices of the process share."""

    media: MediaCache
    studio: Studio
    http: httpx.AsyncClient


@dataclass(frozen=True, slots=True)
class Hardware:
    """The machine that the agent runs on, and what goes wrong with it."""

    boot: Boot
    clock: Clock
    journal: Journal
    display: Display
    tv: VirtualTv
    executor: Executor
    faults: Faults


class VirtualDevice:
    """Runs until cancelled."""

    def __init__(self, config: DeviceConfig, around: Surroundings, hardware: Hardware) -> None:
        self.uuid = config.account.uuid
        self._config = config
        self._around = around
        self._hardware = hardware
        self._credentials = Credentials(config.account.password, config.credentials_file)
        trust = Trust(config.account.broker, config.trust_file)
        self._renewal = Renewal(config.account, self._credentials, trust, https_context(trust.ca_certificate))
        self._link = Link(config, self._credentials, trust, hardware.clock, self)
        self._player = Player(config, around.media, around.studio, self._on_shown, self._on_problem)
        self._camera = Camera(config, around.studio, self._on_screen, self._send_screenshot, self._on_undrawn)
        self._commands = CommandRunner(
            (self.uuid, hardware.boot.id),
            hardware.clock,
            hardware.journal,
            hardware.executor,
            self._acknowledge,
            hardware.display.displayed,
        )
        self._tv = TvControl(self.uuid, hardware.clock, hardware.tv, self._send_power_state)
        self._online = asyncio.Event()
        self._ask_server = asyncio.Event()
        self._is_hung = False
        self._network = Network(self._link)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._network.run())
            tasks.create_task(self._player.run())
            tasks.create_task(self._commands.run())
            tasks.create_task(self._tv.run())
            tasks.create_task(self._hardware.display.start())
            tasks.create_task(self._send_heartbeats())
            tasks.create_task(self._send_healths())
            tasks.create_task(self._take_pictures())
            tasks.create_task(self._renew())

    def on_connected(self) -> None:
        """The heartbeat comes first: it tells the server of a restart before anything else does."""
        self._online.set()
        self._ask_server.set()
        self._send_heartbeat()
        self._commands.connected()

    def on_distrusted(self) -> None:
        """The CA was renewed while this device was away: the server may tell the new one."""
        self._ask_server.set()

    def on_events(self, events: tuple[PublishedEvent, ...]) -> None:
        self._player.follow(events)

    def on_command(self, payload: bytes) -> None:
        if not (self._is_hung or self._hardware.faults.has("ignores_commands")):
            self._commands.receive(payload)

    def on_legacy_restart(self, payload: bytes) -> None:
        if not (self._is_hung or self._hardware.faults.has("ignores_commands")):
            self._commands.receive_legacy(payload)

    def on_own_power(self, payload: bytes) -> None:
        if not self._is_hung:
            self._tv.hear_own(payload)

    def on_group_power(self, group: int, payload: bytes) -> None:
        if not self._is_hung:
            self._tv.hear_group(group, payload)

    def on_group_left(self) -> None:
        self._tv.leave_group()

    def hang(self) -> None:
        """Say and do nothing any more, over a connection that stays."""
        self._is_hung = True

    def lose_network(self, seconds: float) -> None:
        """Be off the network for a while, and live on."""
        self._network.lose(seconds)

    def report_log(self, kind: ReportKind, message: str) -> None:
        self._link.report_log(kind, message)

    @property
    def scene(self) -> Scene:
        """What the player has put on the screen."""
        return self._player.shown.scene

    async def report_service_failed(self, message: ServiceFailed) -> None:
        """Say it as soon as there is a connection: nobody is left to say it later."""
        await self._online.wait()
        self._link.report(ReportKind.SERVICE_FAILED, message)

    def _acknowledge(self, ack: CommandAck, taken: Callable[[], None]) -> bool:
        if self._is_hung or not self._link.is_connected:
            return False
        copies = COPIES if self._hardware.faults.has("duplicate_acks") else 1
        late = self._hardware.faults.seconds("late_acks")
        if late:
            for _ in range(copies):
                asyncio.get_running_loop().call_later(late, self._link.acknowledge, ack, taken)
            return True
        return all(self._link.acknowledge(ack, taken) for _ in range(copies))

    def _on_shown(self, shown: Shown) -> None:
        if shown.trigger:
            self._camera.want(shown.trigger)

    def _on_problem(self, event: PublishedEvent, reason: str) -> None:
        self._link.report_log(
            ReportKind.LOG_ERROR, f"content cannot be shown: {reason}", event_id=event.id, title=event.title[:200]
        )

    def _on_undrawn(self, shown: Shown, reason: str) -> None:
        if shown.event:
            self._on_problem(shown.event, reason)
            self._player.distrust(shown.event)

    def _on_screen(self) -> Shown | None:
        display = self._hardware.display
        if display.process.status != "running" or self._is_hung or not self._link.is_connected:
            return None
        return replace(self._player.shown, scene=display.seen(self._player.shown.scene))

    async def _send_heartbeats(self) -> None:
        await self._online.wait()
        while True:
            await asyncio.sleep(jittered(self._config.intervals.heartbeat))
            self._send_heartbeat()

    async def _send_healths(self) -> None:
        """Only once there is a display whose health could be told."""
        await self._online.wait()
        await self._hardware.display.displayed.wait()
        while True:
            if not self._is_hung:
                self._link.report(ReportKind.HEALTH, health(self._state(), self._hardware.boot))
            await asyncio.sleep(jittered(self._config.intervals.health))

    async def _take_pictures(self) -> None:
        await self._online.wait()
        await self._hardware.display.displayed.wait()
        await self._camera.run()

    async def _renew(self) -> None:
        """At each connect, once a day, and when the broker is not trusted any more."""
        account, every = self._config.account, self._config.intervals.credentials
        if not (account.server and account.device_token and self._credentials.can_keep):
            return
        while True:
            await wait_at_most(self._ask_server, jittered(every))
            self._ask_server.clear()
            await asyncio.sleep(random.uniform(0, min(every, CREDENTIALS_SPREAD_SECONDS)))  # noqa: S311 - spreads load
            await renew(self._around.http, self._renewal, is_connected=self._link.is_connected)

    def _send_screenshot(self, picture: Picture, shown: Shown) -> None:
        message = dashboard(self._config, picture, self._state(shown), self._hardware.boot)
        self._link.report(ReportKind.DASHBOARD, message)

    def _send_power_state(self, state: PowerState) -> None:
        if not self._is_hung:
            self._link.report(ReportKind.POWER_STATE, state)

    def _send_heartbeat(self) -> None:
        if not self._is_hung:
            self._link.report(ReportKind.HEARTBEAT, heartbeat(self._state(), self._hardware.boot))

    def _state(self, shown: Shown | None = None) -> State:
        expected = self._player.expected
        return State(
            now=self._hardware.clock.own(),
            shown=shown or self._player.shown,
            screen_on=self._hardware.tv.state == "on",
            process=self._hardware.display.process,
            screen_health=self._hardware.display.health,
            expected_event_id=expected.id if expected else None,
            reconnect_count=self._link.reconnect_count,
            last_disconnect_at=self._link.last_disconnect_at,
        )
