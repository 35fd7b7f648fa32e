"""As whom and how a server process connects to the broker, whatever it then does there."""

import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

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
    """Where the broker is and as whom to connect; the client id is the user name.

    `newest_password` is asked before each connection: the password may have been renewed since.
    """

    host: str
    port: int
    username: str
    password: str = field(repr=False)
    keepalive: int = 60
    tls: Tls | None = None
    newest_password: Callable[[], str] | None = field(default=None, repr=False)


def prepare(client: Client, login: Login) -> None:
    """Give a paho client the credentials, TLS and socket options that every connection of the server has."""
    client.username_pw_set(login.username, login.password)
    client.reconnect_delay_set(min_delay=1, max_delay=RECONNECT_AT_MOST_EVERY)
    context = tls_context(login.tls) if login.tls else None
    if context:
        client.tls_set_context(context)

    def take_in_renewed(_client: Client, _userdata: object) -> None:
        # What cannot be read leaves what was there.
        with suppress(OSError, LookupError, ValueError):
            client.username_pw_set(login.username, _newest(login))
        with suppress(OSError):
            if context and login.tls:
                _load(context, login.tls)

    client.on_pre_connect = take_in_renewed


def _newest(login: Login) -> str:
    return (login.newest_password and login.newest_password()) or login.password


def tls_context(tls: Tls) -> ssl.SSLContext:
    """TLS 1.2 and later, with the broker's name checked. Raises `OSError` for files that cannot be read."""
    context = ssl.create_default_context(cafile=tls.ca_cert)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = not tls.insecure
    _load(context, tls)
    return context


def _load(context: ssl.SSLContext, tls: Tls) -> None:
    if tls.ca_cert:
        context.load_verify_locations(tls.ca_cert)
    if tls.certfile:
        context.load_cert_chain(tls.certfile, tls.keyfile)
