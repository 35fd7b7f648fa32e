"""As whom and how a server process connects to the broker, whatever it then does there."""

import ssl
from dataclasses import dataclass

from paho.mqtt.client import Client

# Server processes are few; no herd comes back at once.
RECONNECT_AT_MOST_EVERY = 2


@dataclass(frozen=True, slots=True)
class Login:
    """Where the broker is and as whom to connect; the client id is the user name."""

    host: str
    port: int
    username: str
    password: str
    keepalive: int = 60
    tls_enabled: bool = False
    tls_ca_cert: str | None = None
    tls_insecure: bool = False


def prepare(client: Client, login: Login) -> None:
    """Give a paho client the credentials, TLS and socket options that every connection of the server has."""
    client.username_pw_set(login.username, login.password)
    client.reconnect_delay_set(min_delay=1, max_delay=RECONNECT_AT_MOST_EVERY)
    if login.tls_enabled:
        client.tls_set(ca_certs=login.tls_ca_cert, tls_version=ssl.PROTOCOL_TLS_CLIENT)
        client.tls_insecure_set(login.tls_insecure)
