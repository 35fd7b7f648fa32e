"""One MQTT connection that comes back by itself; what is said on it is in `link.py`.

All connections of a process share one asyncio loop instead of a thread each: paho's own threads would be 1,000 stacks
that wake every second to look at one idle socket, while a loop wakes only for sockets that have something. paho is
driven through its external-loop methods; only `connect`, which blocks for a name, TCP and TLS, runs in a worker thread.
"""

import asyncio
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any, Protocol

import structlog
from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage, MQTTv5, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from infoscreen_device.backoff import delay_after, delay_after_refusal
from infoscreen_device.config import Account
from infoscreen_device.credentials import Credentials
from infoscreen_device.trust import Trust
from infoscreen_device.waiting import wait_at_most

log = structlog.get_logger()

KEEPALIVE_SECONDS = 30
CONNECT_TIMEOUT_SECONDS = 5.0
# paho sends pings and notices a silent broker only when asked.
UPKEEP_SECONDS = 5.0
# A connection that ended sooner counts as a failure: two devices with one account would throw each other out for ever.
STABLE_SECONDS = 20.0
CREDENTIALS_REFUSED = frozenset({0x86, 0x87})
# Taken by the broker and thrown away: nobody listens. Told in MQTT 5 only.
NO_SUBSCRIBER = 0x10


class Listener(Protocol):
    """What a connection tells its owner, in the event loop's thread."""

    def connected(self) -> None: ...
    def disconnected(self) -> None: ...
    def distrusted(self) -> None: ...
    def received(self, topic: str, payload: bytes, *, retained: bool) -> None: ...


class _Followed(ssl.SSLContext):
    """What is trusted at the moment: it changes between two connections, and paho takes one context for good."""

    trust: Trust

    def wrap_socket(self, *arguments: Any, **named: Any) -> ssl.SSLSocket:
        return self.trust.context().wrap_socket(*arguments, **named)


class Connection:
    """Keeps one account connected until `run` is cancelled."""

    def __init__(
        self, account: Account, credentials: Credentials, trust: Trust, listener: Listener, *, mqtt_311: bool = False
    ) -> None:
        self._account = account
        self._trust = trust
        self._credentials = credentials
        self._password = account.password
        self._refusals = 0
        self._listener = listener
        self._mqtt_311 = mqtt_311
        self._ended = asyncio.Event()
        self._refused = False
        self._watched: socket.socket | None = None
        self._answers: dict[int, Callable[[bool], None]] = {}
        self.connected = False
        self._paho = self._client()

    def _client(self) -> Client:
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=self._account.username,
            clean_session=True if self._mqtt_311 else None,
            protocol=MQTTv311 if self._mqtt_311 else MQTTv5,
            reconnect_on_failure=False,
        )
        client.connect_timeout = CONNECT_TIMEOUT_SECONDS
        if self._account.broker.tls:
            followed = _Followed(ssl.PROTOCOL_TLS_CLIENT)
            followed.trust = self._trust
            client.tls_set_context(followed)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        client.on_publish = self._on_publish
        client.on_socket_close = self._on_socket_close
        return client

    async def run(self) -> None:
        """Connect, serve, come back; ends only by cancellation, and then says goodbye to the broker."""
        failures = 0
        try:
            while True:
                started = time.monotonic()
                await self._serve_once()
                failures = 0 if time.monotonic() - started >= STABLE_SECONDS else failures + 1
                await asyncio.sleep(self._pause(failures))
        finally:
            self._paho.disconnect()

    def publish(
        self,
        topic: str,
        payload: bytes,
        qos: int,
        *,
        retain: bool = False,
        answered: Callable[[bool], None] | None = None,
    ) -> bool:
        """Send now; False when there is no connection. What was sent at QoS 1 is repeated by paho until confirmed.

        `answered` hears of the confirmation, and whether the broker has passed the message on to anybody.
        """
        if not self.connected:
            return False
        sent = self._paho.publish(topic, payload, qos, retain)
        if answered:
            self._answers[sent.mid] = answered
        self._watch_writes()
        return True

    def subscribe(self, topics: list[str]) -> None:
        if self.connected and topics:
            self._paho.subscribe([(topic, 1) for topic in topics])
            self._watch_writes()

    def unsubscribe(self, topics: list[str]) -> None:
        if self.connected and topics:
            self._paho.unsubscribe(topics)
            self._watch_writes()

    def _pause(self, failures: int) -> float:
        """After a refusal another password is tried soon; when all were refused, only after the long wait."""
        if not self._refused:
            return delay_after(failures - 1)
        if self._refusals < self._attempts_in_a_row():
            return delay_after(0)
        self._refusals = 0
        return delay_after_refusal()

    def _attempts_in_a_row(self) -> int:
        # Twice around: the broker may have been switched to the one password while the other was tried.
        known = len(self._credentials.known)
        return 1 if known == 1 else 2 * known

    async def _serve_once(self) -> None:
        self._ended.clear()
        self._refused = False
        try:
            await asyncio.to_thread(self._connect)
        except OSError as error:
            log.warning("broker not reachable", account=self._account.username, error=str(error))
            if isinstance(error, ssl.SSLCertVerificationError):
                self._listener.distrusted()
            return
        if not self._watch_reads():
            return
        while not self._ended.is_set():
            await wait_at_most(self._ended, UPKEEP_SECONDS)
            self._paho.loop_misc()
            self._watch_writes()

    def _connect(self) -> None:
        broker = self._account.broker
        known = self._credentials.known
        self._password = known[self._refusals % len(known)]
        self._paho.username_pw_set(self._account.username, self._password)
        if self._mqtt_311:
            self._paho.connect(broker.host, broker.port, KEEPALIVE_SECONDS)
        else:
            self._paho.connect(broker.host, broker.port, KEEPALIVE_SECONDS, clean_start=True)

    def _watch_reads(self) -> bool:
        sock: Any = self._paho.socket()
        if sock is None:
            return False
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._watched = sock
        asyncio.get_running_loop().add_reader(sock, self._readable)
        self._watch_writes()
        return True

    def _watch_writes(self) -> None:
        if self._watched is None:
            return
        loop = asyncio.get_running_loop()
        if self._paho.want_write():
            loop.add_writer(self._watched, self._writable)
        else:
            loop.remove_writer(self._watched)

    def _readable(self) -> None:
        try:
            self._paho.loop_read()
            # What TLS has already decrypted makes the socket readable no more.
            while isinstance(self._watched, ssl.SSLSocket) and self._watched.pending():
                self._paho.loop_read()
        except Exception:  # the border: a packet that paho cannot read costs this connection, not the others
            log.exception("packet could not be read", account=self._account.username)
            self._paho.disconnect()
        self._watch_writes()

    def _writable(self) -> None:
        self._paho.loop_write()
        self._watch_writes()

    def _on_socket_close(self, _client: Client, _userdata: object, sock: Any) -> None:
        """A closed socket must leave the loop first: the next one often gets the same number."""
        if self._watched is not None and self._watched is sock:
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._watched)
            loop.remove_writer(self._watched)
            self._watched = None

    def _on_connect(
        self, _client: Client, _userdata: object, _flags: ConnectFlags, reason: ReasonCode, _properties: object
    ) -> None:
        if reason.is_failure:
            self._refused = reason.value in CREDENTIALS_REFUSED
            self._refusals += self._refused
            log.warning("broker refused the connection", account=self._account.username, reason=str(reason))
            return
        self.connected = True
        self._refusals = 0
        self._remember_password()
        log.info("connected to the broker", account=self._account.username)
        self._listener.connected()

    def _remember_password(self) -> None:
        try:
            self._credentials.worked(self._password)
        except OSError as error:  # a full disk must not end a connection that works
            log.error("password not noted as the right one", account=self._account.username, error=str(error))

    def _on_disconnect(
        self, _client: Client, _userdata: object, _flags: DisconnectFlags, reason: ReasonCode, _properties: object
    ) -> None:
        if self.connected:
            self.connected = False
            log.info("connection to the broker ended", account=self._account.username, reason=str(reason))
            self._listener.disconnected()
        self._ended.set()

    def _on_message(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        topic = None
        try:
            topic = message.topic
            self._listener.received(topic, bytes(message.payload), retained=message.retain)
        except Exception:  # the border: one bad message must not end the connection
            log.exception("message could not be handled", account=self._account.username, topic=topic)

    def _on_publish(
        self, _client: Client, _userdata: object, mid: int, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        if reason.is_failure:
            log.warning("broker refused a message", account=self._account.username, reason=str(reason))
        if answered := self._answers.pop(mid, None):
            answered(not reason.is_failure and reason.value != NO_SUBSCRIBER)
