"""The configuration, read from the environment (or `.env`) once and handed down as small frozen values.

A wrong value stops the start with one sentence per mistake. Every variable is told in `.env.example`.
"""

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote_plus, urlsplit

from infoscreen.domain.power import PowerRules
from infoscreen.environment import ConfigError as ConfigError
from infoscreen.environment import Environment, broker_port, read_environment, secret_file

EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - compared, not bound


@dataclass(frozen=True, slots=True)
class HttpConfig:
    """Where the API is served, how devices reach it, and which proxies say where a request comes from."""

    host: str
    port: int
    public_base_url: str
    secure_cookies: bool
    trusted_proxies: str


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


@dataclass(frozen=True, slots=True)
class MediaConfig:
    max_upload_mb: int
    max_video_seconds: int
    gotenberg_url: str | None
    redis_url: str | None


@dataclass(frozen=True, slots=True)
class PublishingConfig:
    poll_interval_seconds: int
    refresh_seconds: int
    events_window_days: int


@dataclass(frozen=True, slots=True)
class MonitoringConfig:
    grace_period_seconds: int
    priority_screenshot_ttl_seconds: int
    client_log_retention_days: int


@dataclass(frozen=True, slots=True)
class AlertsConfig:
    """`local_targets`: alerts may be sent on to services on the server itself.

    `retention_days`: what was closed longer ago is forgotten.
    """

    local_targets: bool
    retention_days: int


@dataclass(frozen=True, slots=True)
class CommandsConfig:
    """`legacy_restart`: a restart asked for by a person is sent in the oldest devices' form as well.

    `retention_days`: what ended longer ago is forgotten.
    """

    legacy_restart: bool
    retention_days: int


@dataclass(frozen=True, slots=True)
class RecoveryConfig:
    enabled: bool
    grace_seconds: int
    lockout_minutes: int
    command_expiry_seconds: int


@dataclass(frozen=True, slots=True)
class FirstUserConfig:
    username: str
    password: str | None


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that is set from outside."""

    env: Literal["development", "production"]
    data_dir: Path
    database_url: str
    secret_key: str
    http: HttpConfig
    broker: BrokerConfig
    broker_service: BrokerServiceConfig
    media: MediaConfig
    publishing: PublishingConfig
    power: PowerRules
    monitoring: MonitoringConfig
    alerts: AlertsConfig
    commands: CommandsConfig
    recovery: RecoveryConfig
    first_user: FirstUserConfig
    metrics_token: str | None
    log_format: Literal["text", "json"]
    log_level: str

    @property
    def initial_settings(self) -> dict[str, str]:
        """What settings begin with that have an environment variable: it counts until somebody has changed them."""
        return {
            "refresh_seconds": str(self.publishing.refresh_seconds),
            "max_upload_mb": str(self.media.max_upload_mb),
            "max_video_seconds": str(self.media.max_video_seconds),
        }


def load_config(**given: Any) -> Config:
    """Build the configuration from the environment; `given` (command-line values, by field name) counts first.

    Raises `ConfigError`. Without `SECRET_KEY`, development keeps a random one in the data directory.
    """
    read = read_environment({name: value for name, value in given.items() if value is not None})
    try:
        return _config(read)
    except OSError as error:
        raise ConfigError([f"DATA_DIR: {error.strerror}: {error.filename}"]) from error


def _config(read: Environment) -> Config:
    data_dir = read.data_dir.expanduser().resolve()
    base_url = (read.public_base_url or f"http://{reachable(read.http_host)}:{read.http_port}").rstrip("/")
    production = read.env == "production"
    return Config(
        env=read.env,
        data_dir=data_dir,
        database_url=_database_url(read, data_dir),
        secret_key=read.secret_key or _kept_secret(data_dir),
        http=HttpConfig(
            read.http_host, read.http_port, base_url, base_url.startswith("https://"), read.forwarded_allow_ips
        ),
        broker=_broker(read, data_dir, base_url),
        broker_service=BrokerServiceConfig(
            read.mqtt_broker_files_dir, read.mqtt_broker_pid_file, read.mqtt_broker_log_file, read.mqtt_canary_user
        ),
        media=MediaConfig(read.max_upload_mb, read.max_video_seconds, read.gotenberg_url, read.redis_url),
        publishing=PublishingConfig(read.poll_interval_seconds, read.refresh_seconds, read.events_window_days),
        power=_power(read),
        monitoring=MonitoringConfig(
            read.heartbeat_grace_period_prod if production else read.heartbeat_grace_period_dev,
            read.priority_screenshot_ttl_seconds,
            read.client_log_retention_days,
        ),
        alerts=AlertsConfig(read.alert_local_targets, read.alert_retention_days),
        commands=CommandsConfig(read.mqtt_legacy_restart_enabled, read.command_retention_days),
        recovery=RecoveryConfig(
            read.crash_recovery_enabled,
            read.crash_recovery_grace_seconds,
            read.crash_recovery_lockout_minutes,
            read.crash_recovery_command_expiry_seconds,
        ),
        first_user=FirstUserConfig(read.default_superadmin_username, read.default_superadmin_password),
        metrics_token=read.metrics_token,
        log_format=read.log_format,
        log_level=read.log_level,
    )


def _broker(read: Environment, data_dir: Path, base_url: str) -> BrokerConfig:
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


def _power(read: Environment) -> PowerRules:
    return PowerRules(
        publish_enabled=read.power_intent_publish_enabled,
        heartbeat_enabled=read.power_intent_heartbeat_enabled,
        expiry_multiplier=read.power_intent_expiry_multiplier,
        min_expiry_seconds=read.power_intent_min_expiry_seconds,
        gap_seconds=read.power_intent_gap_seconds,
        poll_interval_seconds=read.poll_interval_seconds,
    )


def _trusted(read: Environment, data_dir: Path) -> str | None:
    """The CA to trust; that of a private broker is the installation's own."""
    if not read.mqtt_tls_enabled:
        return None
    own = data_dir / "pki" / "current" / "ca.crt" if read.mqtt_broker_host is None else None
    return _text(read.mqtt_tls_ca_cert or own)


def _text(path: Path | None) -> str | None:
    return str(path.expanduser()) if path else None


def reachable(host: str) -> str:
    """Where a server that listens on this host is reached from the same machine."""
    return "127.0.0.1" if host in EVERYWHERE else host


def _database_url(read: Environment, data_dir: Path) -> str:
    if read.db_conn:
        return read.db_conn
    if read.db_user:
        password = quote_plus(read.db_password or "")
        return f"mysql+pymysql://{quote_plus(read.db_user)}:{password}@{read.db_host}/{read.db_name}?charset=utf8mb4"
    return f"sqlite:///{data_dir / 'infoscreen.db'}"


def _kept_secret(data_dir: Path) -> str:
    """The secret of an installation that sets none: made once, mode 600, the same for all its processes."""
    path, written = data_dir / "secret_key", data_dir / f".secret_key.{os.getpid()}"
    data_dir.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        with os.fdopen(os.open(written, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):  # another process was first
            os.link(written, path)
        written.unlink()
    return path.read_text("utf-8")
