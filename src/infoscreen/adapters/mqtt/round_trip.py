"""One message to the broker and back, by the account of the health check: whether the broker does its work."""

import secrets
import time

from paho.mqtt.client import MQTT_ERR_SUCCESS, Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.reasoncodes import ReasonCode

from infoscreen.adapters.mqtt.login import Login, prepare
from infoscreen.domain.broker_accounts import BrokerLags
from infoscreen_wire import topics

LOOK_EVERY = 0.05


def round_trip(login: Login, within: float) -> float:
    """Seconds until a message of our own has come back. Raises `BrokerLags`, which says why it has not."""
    topic, started = f"{topics.HEALTH_CHECK}/{secrets.token_hex(8)}", time.monotonic()
    came_back: list[float] = []
    refused: list[ReasonCode] = []
    client = Client(CallbackAPIVersion.VERSION2, login.username, protocol=MQTTProtocolVersion.MQTTv5)
    prepare(client, login)

    def connected(_client: Client, _userdata: object, _flags: object, reason: ReasonCode, _properties: object) -> None:
        if reason.is_failure:
            refused.append(reason)
        else:
            client.subscribe(topic, 1)

    def subscribed(_client: Client, _userdata: object, _mid: int, _reasons: object, _properties: object) -> None:
        client.publish(topic, b"", 1)

    client.on_connect = connected
    client.on_subscribe = subscribed
    client.on_message = lambda *_: came_back.append(time.monotonic() - started)
    try:
        client.connect(login.host, login.port)
    except OSError as error:
        raise BrokerLags(f"The broker is not reachable: {error}") from error
    while not came_back and not refused and time.monotonic() < started + within:
        if client.loop(LOOK_EVERY) != MQTT_ERR_SUCCESS:
            break
    client.disconnect()
    if refused:
        raise BrokerLags(f"The broker does not let {login.username} in: {refused[0]}")
    if not came_back:
        raise BrokerLags("The message has not come back.")
    return came_back[0]
