"""As whom and how a server process connects to the broker, whatever it then does there."""

import ssl
from contextlib import suppress
from dataclasses import dataclass

from paho.mqtt.client import Client

# Server processes are few; no herd comes back at once.
RECONNECT_AT_MOST_EVERY = 2


@dataclass(frozen=True, slots=True)
class Tls:
    """Whom to trust (a PEM file; None: whom the system trusts), and this process's own certificate, if it has one."""

    ca_cert: str | None = None
    certfile: str | None = None
    keyfile: str | None = None
    insecure: bool = False


@dataclass(frozen=True, slots=True)
class Login:
    """Where the broker is and as whom to connect; the client id is the user name."""

    host: str
    port: int
    username: str
    password: str
    keepalive: int = 60
    tls: Tls | None = None


def prepare(client: Client, login: Login) -> None:
    """Give a paho client the credentials, TLS and socket options that every connection of the server has."""
    client.username_pw_set(login.username, login.password)
    client.reconnect_delay_set(min_delay=1, max_delay=RECONNECT_AT_MOST_EVERY)
    if login.tls:
        _speak_tls(client, login.tls)


def tls_context(tls: Tls) -> ssl.SSLContext:
    """TLS 1.2 and later, with the broker's name checked. Raises `OSError` for files that cannot be read."""
    context = ssl.create_default_context(cafile=tls.ca_cert)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = not tls.insecure
    _load(context, tls)
    return context


def _speak_tls(client: Client, tls: Tls) -> None:
    context = tls_context(tls)
    client.tls_set_context(context)

    def take_in_renewed(_client: Client, _userdata: object) -> None:
        # The CA may have been renewed since the process started. Files that are away leave what was there.
        with suppress(OSError):
            _load(context, tls)

    client.on_pre_connect = take_in_renewed


def _load(context: ssl.SSLContext, tls: Tls) -> None:
    if tls.ca_cert:
        context.load_verify_locations(tls.ca_cert)
    if tls.certfile:
        context.load_cert_chain(tls.certfile, tls.keyfile)
