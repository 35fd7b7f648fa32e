"""The configuration, read from the environment (or `.env`) once and handed down as small frozen values.

A wrong value stops the start with one sentence per mistake. Every variable is told in `.env.example`.
"""

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote_plus

from infoscreen.broker_config import BrokerConfig, BrokerServiceConfig, broker_config, broker_service_config, reachable
from infoscreen.domain.power import PowerRules
from infoscreen.environment import ConfigError as ConfigError
from infoscreen.environment import Environment, read_environment


@dataclass(frozen=True, slots=True)
class HttpConfig:
    """Where the API is served, how devices reach it, and which proxies say where a request comes from."""

    host: str
    port: int
    public_base_url: str
    secure_cookies: bool
    trusted_proxies: str


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
        broker=broker_config(read, data_dir, base_url),
        broker_service=broker_service_config(read),
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


def _power(read: Environment) -> PowerRules:
    return PowerRules(
        publish_enabled=read.power_intent_publish_enabled,
        heartbeat_enabled=read.power_intent_heartbeat_enabled,
        expiry_multiplier=read.power_intent_expiry_multiplier,
        min_expiry_seconds=read.power_intent_min_expiry_seconds,
        gap_seconds=read.power_intent_gap_seconds,
        poll_interval_seconds=read.poll_interval_seconds,
    )


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
