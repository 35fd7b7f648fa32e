"""The listener's connection to the broker, built for volume: reports go into a bounded queue and are confirmed later.

MQTT 3.1.1, where paho receives 1.6 times as fast as in 5. The broker names a connection after its account, so an
account can hold only one: the listener's few own messages leave by this connection as well.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import orjson
import structlog
from paho.mqtt.client import MQTT_ERR_SUCCESS, Client, ConnectFlags, DisconnectFlags
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from infoscreen.adapters.mqtt.login import Login, prepare
from infoscreen.adapters.mqtt.publish_packets import Packet
from infoscreen.adapters.mqtt.read_ahead import ReadAheadClient
from infoscreen.adapters.mqtt.waiting_reports import WaitingReports
from infoscreen.domain.errors import BusUnavailable
from infoscreen.services.notices import Notice
from infoscreen.services.ports import Message, Received
from infoscreen_wire import topics
from infoscreen_wire.topics import DEFAULT_SIZE_LIMIT, ReportKind, parse_report, qos_of, size_limit_of

log = structlog.get_logger()

# Of the figures that the broker tells every ten seconds, those that say how it is.
BRANCHES = ("clients", "publish", "store", "retained messages", "subscriptions")
SUBSCRIPTIONS = [
    (topics.DISCOVERY, 1),
    *((topics.report_filter(kind), qos_of(kind)) for kind in ReportKind),
]
# Each message to one of the listeners that share. What is retained is never handed out that way, so every listener
# hears of failed services; who hears of one that is known already does nothing.
NOT_SHARED = topics.report_filter(ReportKind.SERVICE_FAILED)
SHARED = [(each if each == NOT_SHARED else f"$share/infoscreen-listeners/{each}", qos) for each, qos in SUBSCRIPTIONS]
# A broker that was killed knows its sessions as it last saved them: it delivers again what it has delivered since, and
# what only waited when it saved it does not mark as such.
DOUBTED_FOR_SECONDS = 60.0
FIGURES = [(f"$SYS/broker/{branch}/#", 0) for branch in BRANCHES]


class MqttIntake:
    """The ports `Intake`, `Bus` and `Announcer` over one persistent session."""

    def __init__(
        self, login: Login, on_figure: Callable[[str, bytes], None] | None = None, *, is_shared: bool = False
    ) -> None:
        self._login = login
        self._on_figure = on_figure
        self._subscriptions = (SHARED if is_shared else SUBSCRIPTIONS) + (FIGURES if on_figure else [])
        # The broker has kept what this account had subscribed to, in the other way perhaps.
        self._left = [each for each, _qos in (SUBSCRIPTIONS if is_shared else SHARED)]
        self._waiting = WaitingReports()
        self._session = 0
        self._doubted_until = 0.0
        self._client = ReadAheadClient(
            CallbackAPIVersion.VERSION2,
            login.username,
            clean_session=False,
            protocol=MQTTProtocolVersion.MQTTv311,
            manual_ack=True,
            on_messages=self._arrived,
        )
        prepare(self._client, login)
        self._client.on_connect = self._connected
        self._client.on_disconnect = self._disconnected

    def start(self) -> None:
        """Connect, now or as soon as the broker is there, and take in reports from then on."""
        self._client.connect_async(self._login.host, self._login.port, self._login.keepalive)
        self._client.loop_start()

    @property
    def is_connected(self) -> bool:
        """Whether the broker has accepted the login and the connection stands."""
        return self._client.is_connected()

    def collect(self, at_most: int, within: float) -> list[Received]:
        """Wait up to `within` seconds for a report, then until the oldest has waited as long; empty when none came."""
        return self._waiting.collect(at_most, within)

    @property
    def dropped(self) -> int:
        """How many reports without confirmation had to make room, since the start."""
        return self._waiting.dropped

    def confirm(self, messages: Iterable[Received]) -> None:
        """Tell the broker that these are stored; those of an earlier connection it delivers again anyway."""
        for message in messages:
            if message.qos and message.session == self._session:
                self._client.ack(message.mid, message.qos)

    def pause(self) -> None:
        """Take in nothing more; the broker keeps what needs confirmation."""
        self._waiting.close()

    def stop(self) -> None:
        """Disconnect; the broker keeps the session."""
        self._waiting.close()
        self._client.disconnect()
        self._client.loop_stop()

    def publish(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> None:
        """Publish without waiting for the confirmation, which this connection's thread may be too busy to read.

        The listener publishes only answers that a device asks for again. Raises `BusUnavailable`.
        """
        if not self.is_connected or self._client.publish(topic, payload, qos, retain).rc != MQTT_ERR_SUCCESS:
            raise BusUnavailable

    def publish_all(self, messages: Sequence[Message]) -> Sequence[bool]:
        """Publish many, without waiting either; which of them went out."""
        return [self._went_out(message) for message in messages]

    def announce(self, notice: Notice) -> None:
        """Send a notice to the other processes; never raises and never waits."""
        if self.is_connected:
            self._client.publish(topics.notice(notice.kind), orjson.dumps({"ids": notice.ids}), qos=0)

    def _went_out(self, message: Message) -> bool:
        try:
            self.publish(message.topic, message.payload)
        except BusUnavailable:
            return False
        return True

    def _connected(
        self, client: Client, _userdata: Any, flags: ConnectFlags, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        if reason.is_failure:
            log.error("broker_login_refused", username=self._login.username, reason=str(reason))
            return
        self._session += 1
        self._doubted_until = time.monotonic() + DOUBTED_FOR_SECONDS if flags.session_present else 0.0
        kept = {each for each, _qos in self._subscriptions}
        client.unsubscribe([each for each in self._left if each not in kept])
        client.subscribe(self._subscriptions)
        log.info("broker_connected", username=self._login.username)

    def _disconnected(
        self, _client: Client, _userdata: Any, _flags: DisconnectFlags, reason: ReasonCode, _props: Properties | None
    ) -> None:
        log.warning("broker_disconnected", username=self._login.username, reason=str(reason))

    def _arrived(self, packets: Sequence[Packet]) -> None:
        now = time.monotonic()
        # A figure goes beside the queue: reports must not wait for it, nor is it confirmed with them.
        self._waiting.put([self._received(packet, now) for packet in packets if not self._is_figure(packet)])

    def _is_figure(self, packet: Packet) -> bool:
        if not packet.topic.startswith("$SYS/"):
            return False
        if self._on_figure:
            self._on_figure(packet.topic, packet.payload)
        return True

    def _received(self, packet: Packet, now: float) -> Received:
        topic, payload, qos, retain, dup, mid = packet
        # By place and not by name: this is done for every message.
        return Received(
            topic,
            payload if len(payload) <= DEFAULT_SIZE_LIMIT or _fits(topic, payload) else None,
            now,
            qos,
            retain,
            dup or (qos > 0 and now < self._doubted_until),
            mid,
            self._session,
        )


def _fits(topic: str, payload: bytes) -> bool:
    report = parse_report(topic)
    return report is not None and len(payload) <= size_limit_of(report.kind)
