"""The broker that plugs on MQTT speak through: a short conversation per switching, with settings of its own.

MQTT 5, because there the broker itself keeps large packets from us; every broker of the last years speaks it.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from secrets import token_hex
from typing import TypeVar

import aiomqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from infoscreen.domain.power_switches import (
    MQTT_PORT,
    MQTT_TLS_PORT,
    PowerSwitchRefused,
    PowerSwitchSettings,
    PowerSwitchUnreachable,
    PowerSwitchUnreadable,
)

# A plug's answer has some hundred bytes.
PACKET_AT_MOST = 16 * 1024
MESSAGES_AT_MOST = 100
# Also how long TLS may take to be agreed upon, in seconds.
KEEPALIVE = 10
# A plug on Wi-Fi loses a message now and then; after this many seconds it is asked again.
ANSWER_WITHIN = 2.0
REFUSALS = ("Bad user name or password", "Not authorized", "Banned")

T = TypeVar("T")


class PlugBroker:
    """A connection to the broker of a plug."""

    def __init__(self, client: aiomqtt.Client) -> None:
        self._client = client

    async def subscribe(self, topic: str) -> None:
        """Hear what is published there from now on."""
        answers = await self._client.subscribe(topic, qos=1)
        if any(isinstance(each, ReasonCode) and each.is_failure for each in answers):
            raise PowerSwitchRefused

    async def tell(self, topic: str, payload: str | bytes) -> None:
        """Tell the plug something; only its answer shows that it heard."""
        await self._client.publish(topic, payload, qos=1)

    async def ask(self, topic: str, payload: str | bytes, read: Callable[[str, bytes], T | None]) -> T:
        """Ask, every two seconds anew, until `read` takes something from a message; ends with the caller's limit."""
        while True:
            await self.tell(topic, payload)
            answer = await self.hear(read)
            if answer is not None:
                return answer

    async def hear(self, read: Callable[[str, bytes], T | None]) -> T | None:
        """The first message from which `read` takes something; None after two seconds without one."""
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_WITHIN):
                async for message in self._client.messages:
                    # what was retained tells of another time
                    if message.retain or not isinstance(message.payload, bytes):
                        continue
                    found = read(str(message.topic), message.payload)
                    if found is not None:
                        return found
        return None


@asynccontextmanager
async def plug_broker(settings: PowerSwitchSettings) -> AsyncIterator[PlugBroker]:
    """Connect to the settings' broker; raises `PowerSwitchUnreachable` and `PowerSwitchRefused`."""
    largest = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
    largest.MaximumPacketSize = PACKET_AT_MOST
    client = aiomqtt.Client(
        settings.host,
        settings.port_or(MQTT_TLS_PORT if settings.tls else MQTT_PORT),
        username=settings.username,
        password=settings.secret,
        identifier=f"infoscreen-{token_hex(8)}",
        protocol=aiomqtt.ProtocolVersion.V5,
        properties=largest,
        keepalive=KEEPALIVE,
        max_queued_incoming_messages=MESSAGES_AT_MOST,
        tls_context=_tls(settings) if settings.tls else None,
    )
    try:
        async with client:
            yield PlugBroker(client)
    except aiomqtt.MqttCodeError as error:
        refused = isinstance(error.rc, ReasonCode) and str(error.rc) in REFUSALS
        raise (PowerSwitchRefused if refused else PowerSwitchUnreachable) from None
    except aiomqtt.MqttError:
        raise PowerSwitchUnreachable from None


def _tls(settings: PowerSwitchSettings) -> ssl.SSLContext:
    """The broker's name is checked in any case, against the given CA or those the system trusts."""
    try:
        context = ssl.create_default_context(cadata=settings.ca_certificate)
    except ssl.SSLError:
        raise PowerSwitchUnreadable from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
