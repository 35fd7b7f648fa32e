"""The broker's certificate is renewed in time by the process that keeps the broker, and renewals by hand are seen."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from applications import Clock, configuration
from infoscreen.bootstrap import App, build_app
from infoscreen.broker_bootstrap import authority
from infoscreen.processes import certificates
from infoscreen.processes.certificates import CertificateWatch


def application(data_dir: Path, clock: Clock, **given: object) -> App:
    return build_app(configuration(data_dir, mqtt_tls_enabled=True, **given), clock)


def test_a_private_broker_gets_its_certificate_and_keeps_it_for_two_thirds_of_its_life(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificates, "LOOK_EVERY", 0)
    clock = Clock(datetime(2026, 11, 23, tzinfo=UTC))
    watch = CertificateWatch(application(tmp_path, clock))
    assert watch.has_changed()
    clock.forward(days=240)
    assert not watch.has_changed()
    clock.forward(days=10)
    assert watch.has_changed()
    assert not watch.has_changed()


def test_a_renewal_by_hand_is_seen_at_once(tmp_path: Path, clock: Clock) -> None:
    app = application(tmp_path, clock)
    watch = CertificateWatch(app)
    watch.has_changed()
    authority(app.config).renew_server(clock())
    assert watch.has_changed()
    authority(app.config).go_back(clock())
    assert watch.has_changed()


def test_another_name_of_the_server_is_on_the_certificate_after_the_next_start(tmp_path: Path, clock: Clock) -> None:
    CertificateWatch(application(tmp_path, clock)).has_changed()
    app = application(tmp_path, clock, public_base_url="https://renamed.example")
    assert CertificateWatch(app).has_changed()
    assert "renamed.example" in authority(app.config).status().certificates[0].hosts


@pytest.mark.parametrize("given", [{"mqtt_tls_enabled": False}, {"mqtt_broker_host": "broker.example"}])
def test_nothing_is_made_without_tls_or_for_a_broker_of_somebody_else(
    given: dict[str, object], tmp_path: Path, clock: Clock
) -> None:
    app = build_app(configuration(tmp_path, **({"mqtt_tls_enabled": True} | given)), clock)
    assert not CertificateWatch(app).has_changed()
    assert not (tmp_path / "pki").exists()
