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
MINIMUM_SECRET_LENGTH = 32
MQTT_PORT = 1883
MQTT_TLS_PORT = 8883
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - compared, not bound


class ConfigError(Exception):
    """The environment does not make a configuration; `mistakes` has a sentence for each wrong value."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class HttpConfig:
    host: str
    port: int
    public_base_url: str
    secure_cookies: bool


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
    tls_enabled: bool
    tls_ca_cert: str | None
    tls_certfile: str | None
    tls_keyfile: str | None
    tls_insecure: bool
    tls_requires_certificate: bool
    plain_port: int | None
    private: bool

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
    max_upload_bytes: int
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
    monitoring: MonitoringConfig
    first_user: FirstUserConfig
    metrics_token: str | None
    log_format: Literal["text", "json"]
    log_level: str


class _Environment(BaseSettings):
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
    redis_url: str | None = None
    gotenberg_url: str | None = None
    poll_interval_seconds: int = Field(default=30, ge=1, le=3600)
    refresh_seconds: int = Field(default=0, ge=0)
    events_window_days: int = Field(default=7, ge=1, le=60)
    heartbeat_grace_period_dev: int = Field(default=180, ge=1)
    heartbeat_grace_period_prod: int = Field(default=170, ge=1)
    priority_screenshot_ttl_seconds: int = Field(default=120, ge=1)
    metrics_token: str | None = None
    max_upload_mb: int = Field(default=1024, ge=1)
    max_video_seconds: int = Field(default=600, ge=1)
    default_superadmin_username: str = "superadmin"
    default_superadmin_password: str | None = None
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


def load_config(**given: Any) -> Config:
    """Build the configuration from the environment; `given` (command-line values, by field name) counts first.

    Raises `ConfigError`. Without `SECRET_KEY`, development keeps a random one in the data directory.
    """
    try:
        values: dict[str, Any] = {**_secrets_from_files(), **_set(given)}
        read = _Environment(**values)
    except ValidationError as error:
        raise ConfigError([_sentence(mistake) for mistake in error.errors()]) from error
    mistakes = _production_mistakes(read) + _tls_mistakes(read)
    if mistakes:
        raise ConfigError(mistakes)
    return _config(read)


def _set(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _secrets_from_files() -> dict[str, str]:
    """Values of `NAME_FILE` variables, for mounted secrets; a plain `NAME` counts first."""
    found = {}
    for name in SECRETS:
        path = os.environ.get(f"{name}_FILE")
        if path and not os.environ.get(name):
            try:
                found[name.lower()] = Path(path).read_text("utf-8").strip()
            except OSError as error:
                raise ConfigError([f"{name}_FILE: {error.strerror}: {path}"]) from error
    return found


def _sentence(mistake: Any) -> str:
    return f"{str(mistake['loc'][0]).upper()}: {mistake['msg']} (got {mistake['input']!r})"


def _production_mistakes(read: _Environment) -> list[str]:
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


def _tls_mistakes(read: _Environment) -> list[str]:
    mistakes = []
    if read.mqtt_tls_keyfile and not read.mqtt_tls_certfile:
        mistakes.append("MQTT_TLS_KEYFILE: a key without its certificate (MQTT_TLS_CERTFILE)")
    if read.mqtt_tls_require_certificate and not (read.mqtt_tls_enabled and read.mqtt_tls_certfile):
        mistakes.append("MQTT_TLS_REQUIRE_CERTIFICATE: needs TLS, and a certificate here too (MQTT_TLS_CERTFILE)")
    if read.mqtt_plain_port and not read.mqtt_tls_enabled:
        mistakes.append("MQTT_PLAIN_PORT: without MQTT_TLS_ENABLED, MQTT_BROKER_PORT is plain already")
    elif read.mqtt_plain_port and read.mqtt_broker_host:
        mistakes.append("MQTT_PLAIN_PORT: is of the private broker only; MQTT_BROKER_HOST names another")
    elif read.mqtt_plain_port and read.mqtt_plain_port == _broker_port(read):
        mistakes.append("MQTT_PLAIN_PORT: is the port with TLS (MQTT_BROKER_PORT)")
    return mistakes


def _config(read: _Environment) -> Config:
    data_dir = read.data_dir.expanduser().resolve()
    base_url = (read.public_base_url or f"http://{_reachable(read.http_host)}:{read.http_port}").rstrip("/")
    production = read.env == "production"
    return Config(
        env=read.env,
        data_dir=data_dir,
        database_url=_database_url(read, data_dir),
        secret_key=read.secret_key or _kept_secret(data_dir),
        http=HttpConfig(read.http_host, read.http_port, base_url, secure_cookies=base_url.startswith("https://")),
        broker=BrokerConfig(
            host=read.mqtt_broker_host or _reachable(read.http_host),
            listen_host=read.http_host,
            public_host=read.mqtt_broker_host or urlsplit(base_url).hostname or "127.0.0.1",
            port=_broker_port(read),
            keepalive=read.mqtt_keepalive,
            username=read.mqtt_user,
            password=read.mqtt_password,
            tls_enabled=read.mqtt_tls_enabled,
            tls_ca_cert=_trusted(read, data_dir),
            tls_certfile=_text(read.mqtt_tls_certfile),
            tls_keyfile=_text(read.mqtt_tls_keyfile),
            tls_insecure=read.mqtt_tls_insecure,
            tls_requires_certificate=read.mqtt_tls_require_certificate,
            plain_port=read.mqtt_plain_port,
            private=read.mqtt_broker_host is None,
        ),
        broker_service=BrokerServiceConfig(
            read.mqtt_broker_files_dir, read.mqtt_broker_pid_file, read.mqtt_broker_log_file, read.mqtt_canary_user
        ),
        media=MediaConfig(read.max_upload_mb * 1024 * 1024, read.max_video_seconds, read.gotenberg_url, read.redis_url),
        publishing=PublishingConfig(read.poll_interval_seconds, read.refresh_seconds, read.events_window_days),
        monitoring=MonitoringConfig(
            read.heartbeat_grace_period_prod if production else read.heartbeat_grace_period_dev,
            read.priority_screenshot_ttl_seconds,
        ),
        first_user=FirstUserConfig(read.default_superadmin_username, read.default_superadmin_password),
        metrics_token=read.metrics_token,
        log_format=read.log_format,
        log_level=read.log_level,
    )


def _broker_port(read: _Environment) -> int:
    return read.mqtt_broker_port or (MQTT_TLS_PORT if read.mqtt_tls_enabled else MQTT_PORT)


def _trusted(read: _Environment, data_dir: Path) -> str | None:
    """The CA to trust; that of a private broker is the installation's own."""
    if not read.mqtt_tls_enabled:
        return None
    own = data_dir / "pki" / "current" / "ca.crt" if read.mqtt_broker_host is None else None
    return _text(read.mqtt_tls_ca_cert or own)


def _text(path: Path | None) -> str | None:
    return str(path.expanduser()) if path else None


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in EVERYWHERE else host


def _database_url(read: _Environment, data_dir: Path) -> str:
    if read.db_conn:
        return read.db_conn
    if read.db_user:
        password = quote_plus(read.db_password or "")
        return f"mysql+pymysql://{quote_plus(read.db_user)}:{password}@{read.db_host}/{read.db_name}?charset=utf8mb4"
    return f"sqlite:///{data_dir / 'infoscreen.db'}"


def _kept_secret(data_dir: Path) -> str:
    """The secret of an installation that sets none: made once, mode 600, the same for all its processes."""
    path = data_dir / "secret_key"
    data_dir.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text("utf-8")
