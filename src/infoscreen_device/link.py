"""What a device says to the server and hears from it: announces itself, follows its group, hands on what arrives.

The connection below it is in `connection.py`; what is done with an event list is the player's business.
"""

import asyncio
import re
from collections import deque
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from typing import Any, Protocol

import structlog
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from infoscreen_device.backoff import delay_after, jittered
from infoscreen_device.clock import Clock, is_off
from infoscreen_device.config import DeviceConfig
from infoscreen_device.connection import Connection
from infoscreen_device.credentials import Credentials
from infoscreen_device.trust import Trust
from infoscreen_device.waiting import wait_at_most
from infoscreen_wire import topics
from infoscreen_wire.payloads.from_device import LOG_MESSAGE_LIMIT, CommandAck, Discovery, Log
from infoscreen_wire.payloads.to_device import DiscoveryAck, PublishedEvent
from infoscreen_wire.topics import ReportKind

log = structlog.get_logger()

# Reports that must not be lost wait here while there is no connection; older ones give way.
UNSENT_LIMIT = 100
# A server that has not told the time by then is not going to.
TIME_COMES_WITHIN_SECONDS = 10.0
# The monotonic clock drifts by seconds a day; the answer to an announcement tells the time anew. At each connection it
# also has the server send again what may have been lost with the last one.
ANNOUNCED_ANEW_SECONDS = 24 * 3600.0
ACK_KINDS = (ReportKind.COMMAND_ACK, ReportKind.COMMAND_ACK_ALIAS)
_GROUP_ID = re.compile(rb"[0-9]{1,10}\Z")


class Follower(Protocol):
    """Who wants to know what the server says."""

    def on_connected(self) -> None: ...
    def on_distrusted(self) -> None: ...
    def on_events(self, events: tuple[PublishedEvent, ...]) -> None: ...
    def on_command(self, payload: bytes) -> None: ...
    def on_legacy_restart(self, payload: bytes) -> None: ...
    def on_own_power(self, payload: bytes) -> None: ...
    def on_group_power(self, group: int, payload: bytes) -> None: ...
    def on_group_left(self) -> None: ...


class Link:
    """One device's side of the contract in `mqtt.md`."""

    def __init__(
        self, config: DeviceConfig, credentials: Credentials, trust: Trust, clock: Clock, follower: Follower
    ) -> None:
        self._config = config
        self._clock = clock
        self._uuid = config.account.uuid
        self._follower = follower
        self._connection = Connection(config.account, credentials, trust, self, mqtt_311=config.mqtt_311)
        self._up = asyncio.Event()
        self._connected_anew = asyncio.Event()
        self._acknowledged = asyncio.Event()
        self._is_clock_told = False
        self._unsent: deque[tuple[ReportKind, bytes]] = deque(maxlen=UNSENT_LIMIT)
        self._connections = 0
        self.group: int | None = None
        self.last_disconnect_at: datetime | None = None
        self._group_topic = topics.group_id(self._uuid)
        self._own_power_topic = topics.client_power_intent(self._uuid)
        self._momentary: dict[str, Callable[[bytes], None]] = {
            topics.discovery_ack(self._uuid): self._on_discovery_ack,
            topics.commands(self._uuid): follower.on_command,
            topics.commands_alias(self._uuid): follower.on_command,
            topics.legacy_restart(self._uuid): follower.on_legacy_restart,
        }

    @property
    def is_connected(self) -> bool:
        return self._connection.connected

    @property
    def reconnect_count(self) -> int:
        return max(0, self._connections - 1)

    async def run(self) -> None:
        """Stay connected, announce the device at each connection until that is acknowledged; ends by cancellation."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._connection.run())
            tasks.create_task(self._announce())

    def report(self, kind: ReportKind, message: BaseModel) -> None:
        """Send a report; without a connection one of QoS 1 is kept for later and one of QoS 0 is forgotten."""
        payload = message.model_dump_json().encode()
        if not self._publish(kind, payload) and topics.qos_of(kind):
            self._unsent.append((kind, payload))

    def acknowledge(self, ack: CommandAck, taken: Callable[[], None]) -> bool:
        """Send a step of a command on both topics; `taken` when the broker has both and one of them has a reader."""
        heard: list[bool] = []

        def answered(is_heard: bool) -> None:
            heard.append(is_heard)
            if len(heard) == len(ACK_KINDS) and any(heard):
                taken()

        payload = ack.model_dump_json().encode()
        return all(self._publish(kind, payload, answered) for kind in ACK_KINDS)

    def report_log(self, kind: ReportKind, message: str, **context: Any) -> None:
        """Send a log line to the server and write it to the device's own log."""
        log.info("reported to the server", uuid=self._uuid, kind=kind.value, message=message, **context)
        self.report(kind, Log(timestamp=self._clock.own(), message=message[:LOG_MESSAGE_LIMIT], context=context))

    def connected(self) -> None:
        if self._connections == 0:
            asyncio.get_running_loop().call_later(TIME_COMES_WITHIN_SECONDS, self._clock.settle)
        self._connections += 1
        self._connected_anew.set()
        self._up.set()
        self._connection.subscribe([topic(self._uuid) for topic in topics.DEVICE_SUBSCRIPTIONS])
        self._subscribe_to_group()
        while self._unsent:
            self._publish(*self._unsent.popleft())
        self._follower.on_connected()

    def disconnected(self) -> None:
        self._up.clear()
        self.last_disconnect_at = self._clock.own()

    def distrusted(self) -> None:
        """The broker's certificate is of nobody that is trusted."""
        self._follower.on_distrusted()

    def received(self, topic: str, payload: bytes, *, retained: bool) -> None:
        if len(payload) > topics.DEFAULT_SIZE_LIMIT:
            log.warning("message too large", uuid=self._uuid, topic=topic, size=len(payload))
        elif topic in self._momentary:
            self._on_momentary(topic, payload, retained=retained)
        elif topic == self._group_topic:
            self._on_group_id(payload)
        elif topic == self._own_power_topic:
            self._follower.on_own_power(payload)
        elif self.group is not None:
            self._on_group_message(self.group, topic, payload)

    def _publish(self, kind: ReportKind, payload: bytes, answered: Callable[[bool], None] | None = None) -> bool:
        topic, retain = topics.report(self._uuid, kind), kind in topics.RETAINED_REPORTS
        return self._connection.publish(topic, payload, topics.qos_of(kind), retain=retain, answered=answered)

    async def _announce(self) -> None:
        while True:
            await self._up.wait()
            self._connected_anew.clear()
            await self._announce_once()
            await wait_at_most(self._connected_anew, jittered(ANNOUNCED_ANEW_SECONDS))

    async def _announce_once(self) -> None:
        hardware = self._config.hardware
        discovery = Discovery(
            uuid=self._uuid,
            hostname=hardware.hostname,
            ip=hardware.ip,
            type="virtual",
            model=hardware.model,
            software_version=version("infoscreen"),
            recovery_class="software_only",
        )
        payload = discovery.model_dump_json(exclude_none=True).encode()
        attempts = 0
        self._acknowledged.clear()
        while not self._acknowledged.is_set():
            await self._up.wait()
            self._connection.publish(topics.DISCOVERY, payload, 1)
            await wait_at_most(self._acknowledged, delay_after(attempts))
            attempts += 1

    def _on_discovery_ack(self, payload: bytes) -> None:
        ack = DiscoveryAck.model_validate_json(payload)
        self._acknowledged.set()
        offset = self._clock.learn(ack.server_time)
        if is_off(offset) and not self._is_clock_told:
            self._is_clock_told = True
            seconds = round(offset.total_seconds(), 1)
            self.report_log(ReportKind.LOG_WARN, f"the clock is {seconds:+} s off", offset_seconds=seconds)

    def _on_momentary(self, topic: str, payload: bytes, *, retained: bool) -> None:
        """What holds for one moment only: retained, it would be repeated at every connect, a reboot or an old time."""
        if retained:
            log.warning("retained message dropped", uuid=self._uuid, topic=topic)
        else:
            self._momentary[topic](payload)

    def _on_group_message(self, group: int, topic: str, payload: bytes) -> None:
        if topic == topics.events(group):
            self._follower.on_events(read_events(payload))
        elif topic == topics.group_power_intent(group):
            self._follower.on_group_power(group, payload)

    def _on_group_id(self, payload: bytes) -> None:
        """The same id again is subscribed again: the broker may have let the device in only now."""
        if payload and not _GROUP_ID.match(payload):
            raise ValueError("group id is not a number")
        group = int(payload) if payload else None
        if group != self.group:
            self._leave_group()
            self.group = group
        self._subscribe_to_group()

    def _leave_group(self) -> None:
        if self.group is not None:
            self._connection.unsubscribe([topic(self.group) for topic in topics.GROUP_TOPICS])
            self._follower.on_events(())
            self._follower.on_group_left()

    def _subscribe_to_group(self) -> None:
        if self.group is not None:
            self._connection.subscribe([topic(self.group) for topic in topics.GROUP_TOPICS])


def read_events(payload: bytes) -> tuple[PublishedEvent, ...]:
    """The readable events of a list; one bad entry is logged and the rest stay. An error if it is no list at all."""
    entries = from_json(payload)
    if not isinstance(entries, list):
        raise TypeError("event list is not a list")
    return tuple(event for event in map(_read_event, entries) if event is not None)


def _read_event(entry: object) -> PublishedEvent | None:
    try:
        return PublishedEvent.model_validate(entry)
    except ValidationError as error:
        # The error's text would quote the entry, and with it signed addresses.
        log.warning("event of the list cannot be read", first=error.errors()[0]["type"])
        return None
