"""Sees from outside whether a broker follows its newest accounts and rules, by trying to log in and to publish."""

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from socket import socket
from ssl import SSLContext
from typing import cast

from paho.mqtt.client import MQTT_ERR_SUCCESS, Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.reasoncodes import ReasonCode

from infoscreen.domain.broker_accounts import BrokerIsOpen, BrokerLags, Probe, ReloadLost
from infoscreen_wire import topics

# Seconds. A reload takes 30 ms with 1,000 accounts.
PROOF_WITHIN = 3.0
ANSWER_WITHIN = 1.0
LOOK_EVERY = 0.01
OWN_PORTS = 1_000
# The probe has no rights at all; should the rules be gone, this reaches nobody.
FORBIDDEN = f"{topics.HEALTH_CHECK}/probe"


class BrokerProof:
    """Tries a broker with the account that every writing of its files gives another password.

    Each try asks for a new context of TLS, because the CA may have been renewed meanwhile.
    """

    def __init__(self, host: str, port: int, tls: Callable[[], SSLContext] | None = None) -> None:
        self._address = host, port
        self._tls = tls
        # From which of this machine's ports its logins were refused, until that is found in the broker's log.
        self._refused: deque[int] = deque(maxlen=OWN_PORTS)

    def prove(self, probe: Probe) -> None:
        """Return once the broker follows the files. Raises `BrokerLags`, `ReloadLost` or `BrokerIsOpen`."""
        self._wait_until_accepted(probe)
        if self._accepts(probe.username, probe.revoked_password):
            raise BrokerIsOpen("The broker accepts a revoked password.")
        with self._attempt(probe.username, probe.password) as attempt:
            if attempt.is_accepted() and attempt.may_publish(FORBIDDEN):
                raise BrokerIsOpen("The broker accepts a message that no rule allows.")

    def takes_for_its_own(self, port: int) -> bool:
        """Whether a refused login from a port was a try of this proof; once, as the next one there is a stranger's."""
        is_own = port in self._refused
        if is_own:
            self._refused.remove(port)
        return is_own

    def _wait_until_accepted(self, probe: Probe) -> None:
        deadline = time.monotonic() + PROOF_WITHIN
        while True:
            lag = BrokerLags("The broker does not answer.")
            with suppress(BrokerLags):
                if self._accepts(probe.username, probe.password):
                    return
                lag = ReloadLost("The broker does not accept the newest accounts.")
            if time.monotonic() > deadline:
                raise lag
            time.sleep(LOOK_EVERY)

    def _accepts(self, username: str, password: str) -> bool:
        with self._attempt(username, password) as attempt:
            return attempt.is_accepted()

    def _attempt(self, username: str, password: str) -> "_Attempt":
        tls = self._tls() if self._tls else None
        return _Attempt(self._address, username, password, tls, self._refused)


class _Attempt:
    """One short MQTT 5 connection, to learn what the broker allows."""

    def __init__(
        self, address: tuple[str, int], username: str, password: str, tls: SSLContext | None, refused: deque[int]
    ) -> None:
        self._address = address
        self._refused = refused
        self._answers: deque[ReasonCode] = deque()
        self._client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
        self._client.username_pw_set(username, password)
        if tls:
            self._client.tls_set_context(tls)
        self._client.on_connect = lambda _client, _userdata, _flags, reason, _properties: self._answers.append(reason)
        self._client.on_publish = lambda _client, _userdata, _mid, reason, _properties: self._answers.append(reason)

    def __enter__(self) -> "_Attempt":
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.disconnect()

    def is_accepted(self) -> bool:
        """Connect; whether the login is right. Raises `BrokerLags` without an answer."""
        try:
            self._client.connect(*self._address)
        except OSError as error:
            raise BrokerLags(f"The broker is not reachable: {error}") from error
        port = cast("socket", self._client.socket()).getsockname()[1]
        self._refused.append(port)  # whoever gets no answer may have been refused all the same
        is_accepted = not self._answer().is_failure
        if is_accepted:
            self._refused.remove(port)
        return is_accepted

    def may_publish(self, topic: str) -> bool:
        """Publish nothing; whether that was allowed. Raises `BrokerLags` without an answer."""
        self._client.publish(topic, qos=1)
        return not self._answer().is_failure

    def _answer(self) -> ReasonCode:
        deadline = time.monotonic() + ANSWER_WITHIN
        while not self._answers and time.monotonic() < deadline:
            if self._client.loop(LOOK_EVERY) != MQTT_ERR_SUCCESS:
                break
        if not self._answers:
            raise BrokerLags("The broker does not answer.")
        return self._answers.popleft()
