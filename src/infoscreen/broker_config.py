"""What the environment says of the broker: where it is, as whom a process connects, TLS, its files."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from infoscreen.environment import Environment, broker_port, secret_file

EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - compared, not bound


@dataclass(frozen=True, slots=True)
class BrokerConfig:
    """Where the broker is, and as whom this process connects; without credentials those of the data directory count.

    A private broker listens where the dashboard does (`listen_host`); devices reach the broker as `public_host`.
    With TLS, `port` speaks nothing else; `plain_port` is where a private broker still serves devices without it.
    """

    host: str
    listen_host: str
    public_host: str
    port: int
    keepalive: int
    username: str | None
    password: str | None
    password_file: Path | None
    tls_enabled: bool
    tls_ca_cert: str | None
    tls_certfile: str | None
    tls_keyfile: str | None
    tls_insecure: bool
    tls_requires_certificate: bool
    plain_port: int | None
    private: bool
    server_password_days: int
    listeners_share: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Every name and address under which a private broker is reached."""
        listening = () if self.listen_host in EVERYWHERE else (self.listen_host,)
        return tuple(dict.fromkeys((self.public_host, self.host, *listening)))

    @property
    def missing_tls_files(self) -> list[str]:
        """A sentence for each file that TLS needs and this process cannot read."""
        files = {
            "MQTT_TLS_CA_CERT": self.tls_ca_cert,
            "MQTT_TLS_CERTFILE": self.tls_certfile,
            "MQTT_TLS_KEYFILE": self.tls_keyfile,
        }
        return [
            f"{name}: {path} is not there or cannot be read"
            for name, path in files.items()
            if self.tls_enabled and path and not os.access(path, os.R_OK)
        ]


@dataclass(frozen=True, slots=True)
class BrokerServiceConfig:
    """A Mosquitto that this installation does not run itself: where its files are, and the canary's name there."""

    files_dir: Path | None
    pid_file: Path | None
    log_file: Path | None
    canary_user: str | None


def broker_config(read: Environment, data_dir: Path, base_url: str) -> BrokerConfig:
    """The broker's part of the environment; `base_url` tells the name that devices know the server by."""
    return BrokerConfig(
        host=read.mqtt_broker_host or reachable(read.http_host),
        listen_host=read.http_host,
        public_host=read.mqtt_broker_host or urlsplit(base_url).hostname or "127.0.0.1",
        port=broker_port(read),
        keepalive=read.mqtt_keepalive,
        username=read.mqtt_user,
        password=read.mqtt_password,
        password_file=secret_file("MQTT_PASSWORD"),
        tls_enabled=read.mqtt_tls_enabled,
        tls_ca_cert=_trusted(read, data_dir),
        tls_certfile=_text(read.mqtt_tls_certfile),
        tls_keyfile=_text(read.mqtt_tls_keyfile),
        tls_insecure=read.mqtt_tls_insecure,
        tls_requires_certificate=read.mqtt_tls_require_certificate,
        plain_port=read.mqtt_plain_port,
        private=read.mqtt_broker_host is None,
        server_password_days=read.mqtt_server_password_days,
        listeners_share=read.mqtt_listeners_share,
    )


def broker_service_config(read: Environment) -> BrokerServiceConfig:
    """What is said of a broker that somebody else runs."""
    return BrokerServiceConfig(
        read.mqtt_broker_files_dir, read.mqtt_broker_pid_file, read.mqtt_broker_log_file, read.mqtt_canary_user
    )


def reachable(host: str) -> str:
    """Where a server that listens on this host is reached from the same machine."""
    return "127.0.0.1" if host in EVERYWHERE else host


def _trusted(read: Environment, data_dir: Path) -> str | None:
    """The CA to trust; that of a private broker is the installation's own."""
    if not read.mqtt_tls_enabled:
        return None
    own = data_dir / "pki" / "current" / "ca.crt" if read.mqtt_broker_host is None else None
    return _text(read.mqtt_tls_ca_cert or own)


def _text(path: Path | None) -> str | None:
    return str(path.expanduser()) if path else None
