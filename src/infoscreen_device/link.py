"""What a device says to the server and hears from it: announces itself, follows its group, hands on what arrives.

The connection below it is in `connection.py`; what is done with an event list is the player's business.
"""

import asyncio
import contextlib
import re
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol

import structlog
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from infoscreen_device.backoff import delay_after
from infoscreen_device.config import DeviceConfig
from infoscreen_device.connection import Connection
from infoscreen_device.credentials import Credentials
from infoscreen_wire import topics
from infoscreen_wire.payloads.from_device import LOG_MESSAGE_LIMIT, Discovery, Log
from infoscreen_wire.payloads.to_device import DiscoveryAck, PublishedEvent
from infoscreen_wire.topics import ReportKind

log = structlog.get_logger()

# Reports that must not be lost wait here while there is no connection; older ones give way.
UNSENT_LIMIT = 100
_GROUP_ID = re.compile(rb"[0-9]{1,10}\Z")


class Follower(Protocol):
    """Who wants to know what the server says."""

    def on_connected(self) -> None: ...
    def on_events(self, events: tuple[PublishedEvent, ...]) -> None: ...


class Link:
    """One device's side of the contract in `mqtt.md`."""

    def __init__(self, config: DeviceConfig, credentials: Credentials, follower: Follower) -> None:
        self._config = config
        self._uuid = config.account.uuid
        self._follower = follower
        self._connection = Connection(config.account, credentials, self, mqtt_311=config.mqtt_311)
        self._up = asyncio.Event()
        self._acknowledged = asyncio.Event()
        self._unsent: deque[tuple[ReportKind, bytes]] = deque(maxlen=UNSENT_LIMIT)
        self._connections = 0
        self.group: int | None = None
        self.last_disconnect_at: datetime | None = None
        self._own_topics: dict[str, Callable[[bytes], None]] = {
            topics.discovery_ack(self._uuid): self._on_discovery_ack,
            topics.group_id(self._uuid): self._on_group_id,
        }
        self._command_topics = frozenset(
            topic(self._uuid) for topic in (topics.commands, topics.commands_alias, topics.legacy_restart)
        )

    @property
    def is_connected(self) -> bool:
        return self._connection.connected

    @property
    def reconnect_count(self) -> int:
        return max(0, self._connections - 1)

    async def run(self) -> None:
        """Stay connected and announce the device until it is acknowledged; ends only by cancellation."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._connection.run())
            tasks.create_task(self._announce())

    def report(self, kind: ReportKind, message: BaseModel) -> None:
        """Send a report; without a connection one of QoS 1 is kept for later and one of QoS 0 is forgotten."""
        payload = message.model_dump_json().encode()
        qos = topics.qos_of(kind)
        if not self._connection.publish(topics.report(self._uuid, kind), payload, qos) and qos:
            self._unsent.append((kind, payload))

    def report_log(self, kind: ReportKind, message: str, **context: Any) -> None:
        """Send a log line to the server and write it to the device's own log."""
        log.info("reported to the server", uuid=self._uuid, kind=kind.value, message=message, **context)
        self.report(kind, Log(timestamp=datetime.now(UTC), message=message[:LOG_MESSAGE_LIMIT], context=context))

    def connected(self) -> None:
        self._connections += 1
        self._up.set()
        self._connection.subscribe([topic(self._uuid) for topic in topics.DEVICE_SUBSCRIPTIONS])
        self._subscribe_to_group()
        while self._unsent:
            kind, payload = self._unsent.popleft()
            self._connection.publish(topics.report(self._uuid, kind), payload, topics.qos_of(kind))
        self._follower.on_connected()

    def disconnected(self) -> None:
        self._up.clear()
        self.last_disconnect_at = datetime.now(UTC)

    def received(self, topic: str, payload: bytes, *, retained: bool) -> None:
        if len(payload) > topics.DEFAULT_SIZE_LIMIT:
            log.warning("message too large", uuid=self._uuid, topic=topic, size=len(payload))
        elif topic in self._command_topics:
            self._on_command(topic, retained=retained)
        elif topic in self._own_topics:
            self._own_topics[topic](payload)
        elif self.group is not None and topic == topics.events(self.group):
            self._follower.on_events(read_events(payload))

    async def _announce(self) -> None:
        hardware = self._config.hardware
        discovery = Discovery(
            uuid=self._uuid, hostname=hardware.hostname, ip=hardware.ip, type="virtual", model=hardware.model
        )
        payload = discovery.model_dump_json(exclude_none=True).encode()
        attempts = 0
        while not self._acknowledged.is_set():
            await self._up.wait()
            self._connection.publish(topics.DISCOVERY, payload, 1)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._acknowledged.wait(), delay_after(attempts))
            attempts += 1

    def _on_discovery_ack(self, payload: bytes) -> None:
        DiscoveryAck.model_validate_json(payload)
        self._acknowledged.set()

    def _on_command(self, topic: str, *, retained: bool) -> None:
        if retained:
            log.warning("retained command dropped: it would be repeated at every connect", uuid=self._uuid, topic=topic)
        else:
            self.report_log(ReportKind.LOG_INFO, "command received; this device carries out none", topic=topic)

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
