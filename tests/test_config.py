"""The configuration: older names, secrets from files, and a sentence for each mistake."""

from pathlib import Path

import pytest

from infoscreen.config import ConfigError, load_config


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of the machine, no `.env`, and a data directory of the test's own."""
    for name in ("DB_CONN", "SECRET_KEY", "MQTT_BROKER_HOST", "MQTT_USER", "REDIS_URL", "PUBLIC_BASE_URL", "HTTP_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


def test_without_anything_set_everything_is_embedded(tmp_path: Path) -> None:
    config = load_config()
    assert config.database_url == f"sqlite:///{tmp_path / 'data' / 'infoscreen.db'}"
    assert (config.broker.private, config.http.public_base_url) == (True, "http://127.0.0.1:8000")


def test_the_secret_of_development_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    assert load_config().secret_key == load_config().secret_key
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [("MQTT_USERNAME", "someone", "username"), ("MQTT_PORT", "1999", "port"), ("MQTT_BROKER_URL", "broker", "host")],
)
def test_an_older_name_counts_where_the_newer_is_unset(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, field: str
) -> None:
    monkeypatch.setenv(name, value)
    assert str(getattr(load_config().broker, field)) == value


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from a mounted file\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "secret"))
    assert load_config().secret_key == "from a mounted file"


def test_mariadb_is_named_by_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"DB_USER": "me", "DB_PASSWORD": "p@ss", "DB_HOST": "db", "DB_NAME": "screens"}.items():
        monkeypatch.setenv(name, value)
    assert load_config().database_url == "mysql+pymysql://me:p%40ss@db/screens?charset=utf8mb4"


def test_every_wrong_value_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PORT", "eighty")
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(ConfigError) as mistakes:
        load_config()
    assert [mistake.split(":")[0] for mistake in mistakes.value.mistakes] == ["HTTP_PORT", "LOG_FORMAT"]


def test_crash_recovery_is_off_and_a_restart_expires_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    recovery = load_config().recovery
    assert (recovery.enabled, recovery.grace_seconds, recovery.lockout_minutes) == (False, 180, 15)
    assert recovery.command_expiry_seconds == 240
    monkeypatch.setenv("CRASH_RECOVERY_COMMAND_EXPIRY_SECONDS", "361")
    with pytest.raises(ConfigError, match="CRASH_RECOVERY_COMMAND_EXPIRY_SECONDS"):
        load_config()


def test_production_refuses_a_weak_secret_and_an_anonymous_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ENV": "production", "SECRET_KEY": "short", "MQTT_BROKER_HOST": "broker"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as mistakes:
        load_config()
    assert [mistake.split(":")[0] for mistake in mistakes.value.mistakes] == ["SECRET_KEY", "MQTT_USER, MQTT_PASSWORD"]


def test_a_private_broker_listens_where_the_dashboard_does_and_is_reached_by_the_public_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_HOST", "0.0.0.0")
    monkeypatch.setenv("PUBLIC_BASE_URL", "http://screens.school.example:8000")
    broker = load_config().broker
    assert (broker.listen_host, broker.host, broker.public_host) == ("0.0.0.0", "127.0.0.1", "screens.school.example")


def test_a_private_broker_with_tls_has_its_own_port_and_ca(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MQTT_TLS_ENABLED", "true")
    broker = load_config().broker
    assert (broker.port, broker.plain_port) == (8883, None)
    assert broker.tls_ca_cert == str(tmp_path / "data" / "pki" / "current" / "ca.crt")
    assert broker.missing_tls_files == [f"MQTT_TLS_CA_CERT: {broker.tls_ca_cert} is not there or cannot be read"]


@pytest.mark.parametrize(
    ("environment", "mistake"),
    [
        ({"MQTT_TLS_KEYFILE": "/k"}, "MQTT_TLS_KEYFILE"),
        ({"MQTT_PLAIN_PORT": "1883"}, "MQTT_PLAIN_PORT"),
        ({"MQTT_TLS_ENABLED": "1", "MQTT_PLAIN_PORT": "1883", "MQTT_BROKER_PORT": "1883"}, "MQTT_PLAIN_PORT"),
        ({"MQTT_TLS_ENABLED": "1", "MQTT_PLAIN_PORT": "8883"}, "MQTT_PLAIN_PORT"),
        ({"MQTT_TLS_ENABLED": "1", "MQTT_PLAIN_PORT": "1", "MQTT_BROKER_HOST": "b"}, "MQTT_PLAIN_PORT"),
        ({"MQTT_TLS_ENABLED": "1", "MQTT_TLS_REQUIRE_CERTIFICATE": "1"}, "MQTT_TLS_REQUIRE_CERTIFICATE"),
    ],
)
def test_settings_of_tls_that_contradict_each_other_are_told(
    environment: dict[str, str], mistake: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as mistakes:
        load_config()
    assert [each.split(":")[0] for each in mistakes.value.mistakes] == [mistake]


def test_production_checks_the_brokers_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ENV": "production", "SECRET_KEY": "k" * 40, "MQTT_TLS_INSECURE": "true"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match="MQTT_TLS_INSECURE"):
        load_config()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_CONN", "postgresql://somewhere/db"),
        ("DB_CONN", "foo"),
        ("PUBLIC_BASE_URL", "screens.school.example"),
        ("REDIS_URL", "foo://x"),
    ],
)
def test_an_address_of_another_kind_is_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as mistakes:
        load_config()
    assert [mistake.split(":")[0] for mistake in mistakes.value.mistakes] == [name]


def test_a_data_directory_that_cannot_be_one_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "data"))
    with pytest.raises(ConfigError) as mistakes:
        load_config()
    assert mistakes.value.mistakes[0].startswith("DATA_DIR:")
