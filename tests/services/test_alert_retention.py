"""Alerts are forgotten a year after they were closed, and none that is open."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from applications import Clock
from infoscreen.bootstrap import App
from infoscreen.db.alert_channels import AlertChannel, AlertNotice
from infoscreen.db.alerts import Alert
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.services import alert_retention, alerts, retention

KEEP = timedelta(days=365)


def raise_alerts(app: App, *subjects: str) -> None:
    with app.work() as work:
        for subject in subjects:
            alerts.raise_alert(work, AlertKind.DEVICE_SILENT, subject, Severity.CRITICAL)


def close(app: App, *subjects: str) -> None:
    with app.work() as work:
        for subject in subjects:
            alerts.close_alert(work, AlertKind.DEVICE_SILENT, subject)


def forget(app: App) -> int:
    return alert_retention.forget_old_alerts(app.reading, app.work, KEEP)


def left(app: App) -> set[str]:
    with app.reading() as work:
        return set(work.session.scalars(select(Alert.subject)))


def test_an_alert_is_forgotten_a_year_after_it_was_closed_with_what_was_told_of_it(app: App, clock: Clock) -> None:
    with app.work() as work:
        channel = AlertChannel(name="x", kind="webhook", target={}, sealed="", kinds=[], least_severity="warning")
        channel.quiet_minutes, channel.language = 0, "de"
        work.session.add(channel)
    raise_alerts(app, "long ago")
    clock.forward(days=100)
    close(app, "long ago")
    raise_alerts(app, "since then")
    clock.forward(days=365)
    assert forget(app) == 0, "not longer than a year"
    close(app, "since then")
    clock.forward(seconds=1)
    assert forget(app) == 1
    assert left(app) == {"since then"}
    with app.reading() as work:
        told = work.session.scalars(select(AlertNotice.alert_id)).all()
        kept = work.session.scalars(select(Alert.id)).all()
    assert set(told) == set(kept)


def test_an_open_alert_is_kept_however_old_it_is(app: App, clock: Clock) -> None:
    raise_alerts(app, "still open")
    clock.forward(days=4_000)
    assert forget(app) == 0
    assert left(app) == {"still open"}


def test_many_are_forgotten_in_small_transactions_and_a_look_comes_to_its_end(
    app: App, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "FORGOTTEN_AT_ONCE", 2)
    monkeypatch.setattr(retention, "FORGOTTEN_A_LOOK", 5)
    subjects = [f"screen {number}" for number in range(7)]
    raise_alerts(app, *subjects)
    close(app, *subjects)
    clock.forward(days=366)
    assert forget(app) == 5
    with app.reading() as work:
        assert work.session.scalar(select(func.count(Alert.id))) == 2
    assert (forget(app), forget(app)) == (2, 0)
