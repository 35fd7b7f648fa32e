"""The environment as it is named outside: every variable, older names, secrets from files, and what cannot be.

`config.py` makes the configuration of it.
"""

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal

from pydantic import AliasChoices, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRETS = (
    "SECRET_KEY",
    "DB_PASSWORD",
    "DB_CONN",
    "MQTT_PASSWORD",
    "DEFAULT_SUPERADMIN_PASSWORD",
    "REDIS_URL",
    "METRICS_TOKEN",
)
MQTT_PORT = 1883
MQTT_TLS_PORT = 8883
MINIMUM_SECRET_LENGTH = 32


class ConfigError(Exception):
    """The environment does not make a configuration; `mistakes` has a sentence for each wrong value."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = mistakes


class Environment(BaseSettings):
    """The variables as they are named outside; older names are read where the newer ones are unset."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True, populate_by_name=True)

    env: Literal["development", "production"] = "development"
    data_dir: Path = Path("data")
    db_conn: str | None = Field(default=None, validation_alias=AliasChoices("DB_CONN", "DB_URL"))
    db_user: str | None = None
    db_password: str | None = None
    db_host: str = "localhost"
    db_name: str = "infoscreen"
    secret_key: str | None = Field(default=None, validation_alias=AliasChoices("SECRET_KEY", "FLASK_SECRET_KEY"))
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8000, ge=1, le=65535)
    forwarded_allow_ips: str = "127.0.0.1"
    public_base_url: str | None = Field(default=None, validation_alias=AliasChoices("PUBLIC_BASE_URL", "API_BASE_URL"))
    mqtt_broker_host: str | None = Field(
        default=None, validation_alias=AliasChoices("MQTT_BROKER_HOST", "MQTT_BROKER_URL")
    )
    mqtt_broker_port: int | None = Field(
        default=None, ge=1, le=65535, validation_alias=AliasChoices("MQTT_BROKER_PORT", "MQTT_PORT")
    )
    mqtt_user: str | None = Field(default=None, validation_alias=AliasChoices("MQTT_USER", "MQTT_USERNAME"))
    mqtt_password: str | None = None
    mqtt_keepalive: int = Field(default=60, ge=5, le=3600)
    mqtt_tls_enabled: bool = False
    mqtt_tls_ca_cert: Path | None = None
    mqtt_tls_certfile: Path | None = None
    mqtt_tls_keyfile: Path | None = None
    mqtt_tls_require_certificate: bool = False
    mqtt_plain_port: int | None = Field(default=None, ge=1, le=65535)
    mqtt_tls_insecure: bool = False
    mqtt_broker_files_dir: Path | None = None
    mqtt_broker_pid_file: Path | None = None
    mqtt_broker_log_file: Path | None = None
    mqtt_canary_user: str | None = None
    mqtt_legacy_restart_enabled: bool = True
    mqtt_listeners_share: bool = False
    mqtt_server_password_days: int = Field(default=90, ge=0, le=3650)
    redis_url: str | None = None
    gotenberg_url: str | None = None
    poll_interval_seconds: int = Field(default=30, ge=1, le=3600)
    refresh_seconds: int = Field(default=0, ge=0, le=86_400)
    events_window_days: int = Field(default=7, ge=1, le=60)
    power_intent_publish_enabled: bool = False
    power_intent_heartbeat_enabled: bool = True
    power_intent_expiry_multiplier: int = Field(default=3, ge=1, le=100)
    power_intent_min_expiry_seconds: int = Field(default=90, ge=1, le=86_400)
    power_intent_gap_seconds: int = Field(default=0, ge=0, le=86_400)
    heartbeat_grace_period_dev: int = Field(default=180, ge=1)
    heartbeat_grace_period_prod: int = Field(default=170, ge=1)
    crash_recovery_enabled: bool = False
    crash_recovery_grace_seconds: int = Field(default=180, ge=1, le=86_400)
    crash_recovery_lockout_minutes: int = Field(default=15, ge=1, le=1440)
    crash_recovery_command_expiry_seconds: int = Field(default=240, ge=180, le=360)
    command_retention_days: int = Field(default=365, ge=1, le=3650)
    priority_screenshot_ttl_seconds: int = Field(default=120, ge=1)
    client_log_retention_days: int = Field(default=90, ge=1, le=3650)
    alert_local_targets: bool = False
    alert_retention_days: int = Field(default=365, ge=1, le=3650)
    metrics_token: str | None = None
    max_upload_mb: int = Field(default=1024, ge=1, le=100_000)
    max_video_seconds: int = Field(default=600, ge=1, le=86_400)
    default_superadmin_username: str = "superadmin"
    default_superadmin_password: str | None = None
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


def read_environment(given: dict[str, Any]) -> Environment:
    """The variables, with `given` values (by field name) counting first; raises `ConfigError` with every mistake."""
    try:
        values: dict[str, Any] = {**_secrets_from_files(), **given}
        read = Environment(**values)
    except ValidationError as error:
        raise ConfigError([_sentence(mistake) for mistake in error.errors()]) from error
    mistakes = _address_mistakes(read) + _production_mistakes(read) + _tls_mistakes(read)
    if mistakes:
        raise ConfigError(mistakes)
    return read


def secret_file(name: str) -> Path | None:
    """The file that a secret comes from, if it comes from one; a plain `NAME` counts first."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path) if path and not os.environ.get(name) else None


def _secrets_from_files() -> dict[str, str]:
    """Values of `NAME_FILE` variables, for mounted secrets."""
    found = {}
    for name in SECRETS:
        if path := secret_file(name):
            try:
                found[name.lower()] = path.read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                if isinstance(error, UnicodeDecodeError):
                    raise ConfigError([f"{name}_FILE: {path} is not text"]) from error
                raise ConfigError([f"{name}_FILE: {error.strerror}: {path}"]) from error
    return found


def _sentence(mistake: Any) -> str:
    return f"{str(mistake['loc'][0]).upper()}: {mistake['msg']} (got {mistake['input']!r})"


def _address_mistakes(read: Environment) -> list[str]:
    beginnings = {
        "DB_CONN": (read.db_conn, ("sqlite:///", "mysql+pymysql://", "mariadb+pymysql://")),
        "PUBLIC_BASE_URL": (read.public_base_url, ("http://", "https://")),
        "REDIS_URL": (read.redis_url, ("redis://", "rediss://", "unix://")),
        "GOTENBERG_URL": (read.gotenberg_url, ("http://", "https://")),
    }
    mistakes = [
        f"{name}: must begin with {' or '.join(known)}"
        for name, (value, known) in beginnings.items()
        if value and not value.startswith(known)
    ]
    strange = [each for each in read.forwarded_allow_ips.split(",") if each.strip() and not _is_network(each.strip())]
    return mistakes + [
        f"FORWARDED_ALLOW_IPS: {each.strip()} is neither an address nor a network like 10.0.3.0/24" for each in strange
    ]


def _is_network(text: str) -> bool:
    """Not “*” either: with that, everybody could choose the address that attempts are counted for."""
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def _production_mistakes(read: Environment) -> list[str]:
    if read.env != "production":
        return []
    mistakes = []
    if len(read.secret_key or "") < MINIMUM_SECRET_LENGTH:
        mistakes.append(f"SECRET_KEY: production needs one of at least {MINIMUM_SECRET_LENGTH} characters")
    if read.mqtt_tls_insecure:
        mistakes.append("MQTT_TLS_INSECURE: not allowed in production")
    # Who keeps the broker's files logs in as nobody of the server.
    if read.mqtt_broker_host and not read.mqtt_broker_files_dir and not (read.mqtt_user and read.mqtt_password):
        mistakes.append("MQTT_USER, MQTT_PASSWORD: production does not use an anonymous broker")
    return mistakes


def _tls_mistakes(read: Environment) -> list[str]:
    mistakes = []
    if read.mqtt_tls_keyfile and not read.mqtt_tls_certfile:
        mistakes.append("MQTT_TLS_KEYFILE: a key without its certificate (MQTT_TLS_CERTFILE)")
    if read.mqtt_tls_require_certificate and not (read.mqtt_tls_enabled and read.mqtt_tls_certfile):
        mistakes.append("MQTT_TLS_REQUIRE_CERTIFICATE: needs TLS, and a certificate here too (MQTT_TLS_CERTFILE)")
    if read.mqtt_plain_port and not read.mqtt_tls_enabled:
        mistakes.append("MQTT_PLAIN_PORT: without MQTT_TLS_ENABLED, MQTT_BROKER_PORT is plain already")
    elif read.mqtt_plain_port and read.mqtt_broker_host:
        mistakes.append("MQTT_PLAIN_PORT: is of the private broker only; MQTT_BROKER_HOST names another")
    elif read.mqtt_plain_port and read.mqtt_plain_port == broker_port(read):
        mistakes.append("MQTT_PLAIN_PORT: is the port with TLS (MQTT_BROKER_PORT)")
    return mistakes


def broker_port(read: Environment) -> int:
    """The broker's port: the usual one, with TLS or without, where none is set."""
    return read.mqtt_broker_port or (MQTT_TLS_PORT if read.mqtt_tls_enabled else MQTT_PORT)
