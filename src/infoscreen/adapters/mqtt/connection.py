"""A server process's connection to the broker: publishes with confirmation, announces and hears notices.

MQTT 5, because only there a refused publish says so (reason 0x87); in 3.1.1 it looks accepted. The listener's intake,
built for volume, is in `intake.py`.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import Any

import orjson
import structlog
from paho.mqtt.client import MQTT_ERR_SUCCESS, Client, ConnectFlags, DisconnectFlags, MQTTMessage, MQTTMessageInfo
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from infoscreen.adapters.mqtt.login import Login, prepare
from infoscreen.adapters.mqtt.unconfirmed import Sent, Unconfirmed
from infoscreen.domain.errors import BusUnavailable
from infoscreen.services.notices import Notice, NoticeKind
from infoscreen.services.ports import Message
from infoscreen_wire import topics

log = structlog.get_logger()

# A broker that has not confirmed within this time is away, in seconds.
CONFIRM_WITHIN = 8


class Connection:
    """One lasting MQTT 5 connection; it reconnects by itself and subscribes again each time."""

    def __init__(
        self,
        login: Login,
        *,
        on_notice: Callable[[Notice], None] | None = None,
        on_connected: Callable[[], None] | None = None,
    ) -> None:
        self._login = login
        self._on_notice = on_notice
        self._on_connected = on_connected
        self._unconfirmed = Unconfirmed()
        self._has_given_up = False
        self._client = Client(CallbackAPIVersion.VERSION2, login.username, protocol=MQTTProtocolVersion.MQTTv5)
        # paho keeps what is more than its limit, to send it whenever it can: `Unconfirmed` waits for room instead.
        self._client.max_inflight_messages_set(0)
        prepare(self._client, login)
        self._client.on_connect = self._connected
        self._client.on_disconnect = self._disconnected
        self._client.on_publish = self._confirmed
        self._client.on_message = self._heard

    def start(self) -> None:
        """Connect in the background, now or as soon as the broker is there."""
        self._client.connect_async(self._login.host, self._login.port, self._login.keepalive)
        self._client.loop_start()

    def stop(self) -> None:
        """Disconnect in good order."""
        self._client.disconnect()
        self._client.loop_stop()

    @property
    def is_connected(self) -> bool:
        """Whether the broker has accepted the login and the connection stands."""
        return self._client.is_connected()

    def publish(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> None:
        """Publish; with QoS 1 or 2 wait for the confirmation. Raises `BusUnavailable`."""
        if not qos:
            self._hand_over(topic, payload, qos, retain=retain)
        elif not self._is_confirmed(self._send(topic, payload, qos, retain, CONFIRM_WITHIN), CONFIRM_WITHIN):
            raise BusUnavailable

    def publish_all(self, messages: Sequence[Message]) -> Sequence[bool]:
        """Publish many with QoS 1; which of them were confirmed, all within the time that one is given."""
        end = time.monotonic() + CONFIRM_WITHIN
        sent: list[Sent | None] = []
        for message in messages:
            try:
                sent.append(self._send(message.topic, message.payload, 1, False, end - time.monotonic()))
            except BusUnavailable:
                sent.append(None)
        return [each is not None and self._is_confirmed(each, end - time.monotonic()) for each in sent]

    def announce(self, notice: Notice) -> None:
        """Send a notice to the other processes; never raises and never waits."""
        if self.is_connected:
            self._client.publish(topics.notice(notice.kind), orjson.dumps({"ids": notice.ids}), qos=0)

    def _send(self, topic: str, payload: bytes, qos: int, retain: bool, within: float) -> Sent:
        return self._unconfirmed.send(topic, lambda: self._hand_over(topic, payload, qos, retain=retain), within)

    def _hand_over(self, topic: str, payload: bytes, qos: int, *, retain: bool) -> MQTTMessageInfo:
        if not self.is_connected:
            # paho would queue it and send it at an unknown time
            raise BusUnavailable
        info = self._client.publish(topic, payload, qos, retain)
        if info.rc != MQTT_ERR_SUCCESS:
            self._has_given_up = True
            raise BusUnavailable
        return info

    def _is_confirmed(self, sent: Sent, within: float) -> bool:
        """Wait for the confirmation; what has none by then has failed for good."""
        try:
            reason = sent.confirmation.result(max(0.0, within))
        except FutureTimeoutError:
            self._has_given_up = True
            self._unconfirmed.give_up(sent)
            return False
        except BusUnavailable:
            return False
        if reason.is_failure:
            log.error("publish_refused", topic=sent.topic, reason=str(reason))
        return not reason.is_failure

    def _connected(
        self, client: Client, _userdata: Any, _flags: ConnectFlags, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        if reason.is_failure:
            log.error("broker_login_refused", username=self._login.username, reason=str(reason))
            return
        log.info("broker_connected", username=self._login.username)
        if self._has_given_up:
            self._drop_unconfirmed(client)
        if self._on_notice:
            client.subscribe(f"{topics.NOTICES}/#", qos=0)
        if self._on_connected:
            self._on_connected()

    def _drop_unconfirmed(self, client: Client) -> None:
        """Keep paho from sending again what has been reported as failed: a command would be obeyed all the same.

        It drops all or nothing, so what somebody still waits for fails as well.
        """
        self._has_given_up = False
        client.drop_out_messages()
        self._unconfirmed.fail_all()

    def _disconnected(
        self, _client: Client, _userdata: Any, _flags: DisconnectFlags, reason: ReasonCode, _props: Properties | None
    ) -> None:
        log.warning("broker_disconnected", username=self._login.username, reason=str(reason))

    def _confirmed(
        self, _client: Client, _userdata: Any, mid: int, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        self._unconfirmed.settle(mid, reason)

    def _heard(self, _client: Client, _userdata: Any, message: MQTTMessage) -> None:
        notice = _read_notice(message)
        if notice and self._on_notice:
            self._on_notice(notice)


def _read_notice(message: MQTTMessage) -> Notice | None:
    try:
        kind = NoticeKind(message.topic.removeprefix(f"{topics.NOTICES}/"))
        ids: Sequence[int | str] = orjson.loads(message.payload)["ids"]
        return Notice(kind, tuple(ids))
    except (ValueError, KeyError, TypeError):
        log.warning("notice_unreadable", topic=message.topic)
        return None
