"""Coming in: a refused password, a broker that is away, and TLS with a CA of one's own."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import structlog

from device.broker import Mosquitto
from device.conftest import RunDevice
from device.samples import device_config
from infoscreen_device.config import Broker
from ports import free_port
from waiting import eventually

pytestmark = pytest.mark.service


@contextmanager
def broker_with(directory: Path, settings: str) -> Iterator[Mosquitto]:
    broker = Mosquitto(directory, free_port(), settings)
    broker.start()
    try:
        yield broker
    finally:
        broker.kill()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which kind of wait was chosen after each failed attempt; only the ordinary one is short."""
    chosen: list[str] = []

    def waiting(kind: str, seconds: float) -> Callable[..., float]:
        def choose(*_: object) -> float:
            chosen.append(kind)
            return seconds

        return choose

    monkeypatch.setattr("infoscreen_device.connection.delay_after", waiting("ordinary", 0.05))
    monkeypatch.setattr("infoscreen_device.connection.delay_after_refusal", waiting("refused", 3600))
    return chosen


@pytest.mark.parametrize("mqtt_311", [False, True])
def test_a_refused_password_is_followed_by_the_long_wait(
    tmp_path: Path, run_device: RunDevice, waits: list[str], mqtt_311: bool
) -> None:
    (tmp_path / "passwords").write_text("")
    settings = f"allow_anonymous false\npassword_file {tmp_path / 'passwords'}"
    with broker_with(tmp_path, settings) as broker, run_device(broker.port, mqtt_311=mqtt_311):
        assert eventually(lambda: waits) == ["refused"]


def test_a_broker_that_is_away_is_tried_again_and_again(run_device: RunDevice, waits: list[str]) -> None:
    with run_device(free_port()):
        eventually(lambda: len(waits) >= 3)
    assert set(waits) == {"ordinary"}


def certificate(directory: Path) -> Path:
    """A self-signed certificate for 127.0.0.1, which is its own CA; its key is beside it."""
    path = directory / "server.crt"
    key_options = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
    names = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"]
    places = ["-keyout", str(directory / "server.key"), "-out", str(path)]
    subprocess.run(["openssl", "req", "-x509", *key_options, *names, *places], check=True, capture_output=True)
    return path


def test_tls_is_spoken_with_the_given_ca_and_not_with_another(
    tmp_path: Path, run_device: RunDevice, waits: list[str]
) -> None:
    trusted = certificate(tmp_path)
    (tmp_path / "other").mkdir()
    other = certificate(tmp_path / "other")
    settings = f"certfile {trusted}\nkeyfile {tmp_path / 'server.key'}\nallow_anonymous true"
    with broker_with(tmp_path, settings) as broker:

        def account_trusting(ca: Path) -> object:
            tls = Broker("127.0.0.1", broker.port, tls=True, ca_certificate=ca.read_text())
            return replace(device_config().account, broker=tls)

        with structlog.testing.capture_logs() as logs, run_device(broker.port, account=account_trusting(other)):
            eventually(lambda: len(waits) >= 2)
            assert all("certificate" in each["error"] for each in logs if "error" in each)
        attempts = len(waits)
        with structlog.testing.capture_logs() as logs, run_device(broker.port, account=account_trusting(trusted)):
            eventually(lambda: any(each["event"] == "connected to the broker" for each in logs))
        assert len(waits) == attempts
