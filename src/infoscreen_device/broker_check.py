"""Whether the broker lets an account in, said in a sentence: for a person who waits at the terminal."""

import time
from typing import Any

from paho.mqtt.client import Client, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion

from infoscreen_device.config import Account
from infoscreen_device.connection import CONNECT_TIMEOUT_SECONDS, KEEPALIVE_SECONDS
from infoscreen_device.trust import tls_context

# A new account is on the broker within two seconds, more when it has just been restarted.
PATIENCE_SECONDS = 15.0
AGAIN_AFTER_SECONDS = 1.0


def why_not_let_in(account: Account) -> str | None:
    """Try until the broker lets the account in; the last reason why it did not, None when it did."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (reason := _attempt(account)) is not None and time.monotonic() < deadline:
        time.sleep(AGAIN_AFTER_SECONDS)
    return reason


def _attempt(account: Account) -> str | None:
    answers: list[Any] = []
    client = Client(CallbackAPIVersion.VERSION2, account.username, protocol=MQTTv5, reconnect_on_failure=False)
    client.username_pw_set(account.username, account.password)
    client.connect_timeout = CONNECT_TIMEOUT_SECONDS
    if account.broker.tls:
        client.tls_set_context(tls_context(account.broker))
    client.on_connect = lambda _client, _userdata, _flags, reason, _properties: answers.append(reason)
    try:
        client.connect(account.broker.host, account.broker.port, KEEPALIVE_SECONDS)
    except OSError as error:
        return str(error)
    deadline = time.monotonic() + CONNECT_TIMEOUT_SECONDS
    while not answers and time.monotonic() < deadline:
        client.loop(0.2)
    client.disconnect()
    if not answers:
        return "no answer"
    return str(answers[0]) if answers[0].is_failure else None
