"""Alerts: one per cause, counted, acknowledged once, closed when it is over."""

from datetime import timedelta

import pytest

from applications import Clock
from infoscreen.bootstrap import App
from infoscreen.domain.alerts import AlertKind, Closing, Severity
from infoscreen.domain.errors import NotFound
from infoscreen.services import alerts

KIND, ADDRESS = AlertKind.BROKER_AUTH_FAILURES, "10.0.3.99"


def raise_once(app: App, severity: Severity = Severity.WARNING, **details: int) -> None:
    with app.work() as work:
        alerts.raise_alert(work, KIND, ADDRESS, severity, **details)


def test_a_cause_that_lasts_is_one_alert_with_its_repetitions_counted(app: App, clock: Clock) -> None:
    opened_at = clock.now
    raise_once(app, failures=10)
    clock.forward(seconds=30)
    raise_once(app, Severity.CRITICAL, failures=12)
    with app.reading() as work:
        (alert,) = alerts.open_alerts(work)
    assert (alert.count, alert.opened_at, alert.last_seen_at) == (2, opened_at, clock.now)
    assert (alert.severity, alert.details) == (Severity.CRITICAL, {"failures": 12})


def test_another_subject_is_another_cause(app: App) -> None:
    raise_once(app)
    with app.work() as work:
        alerts.raise_alert(work, AlertKind.BROKER_AUTH_FAILURES, "10.0.3.98", Severity.WARNING)
    with app.reading() as work:
        assert len(alerts.open_alerts(work)) == 2


def test_a_cause_that_comes_back_after_it_was_over_is_a_new_alert(app: App) -> None:
    raise_once(app)
    with app.work() as work:
        alerts.close_alert(work, KIND, ADDRESS)
    raise_once(app)
    with app.reading() as work:
        (closed,) = alerts.closed_alerts(work)
        (opened,) = alerts.open_alerts(work)
    assert closed.closing == Closing.RECOVERED
    assert opened.id != closed.id
    assert opened.count == 1


def test_only_what_has_been_quiet_closes(app: App, clock: Clock) -> None:
    raise_once(app)
    with app.work() as work:
        alerts.close_quiet_alerts(work, KIND, work.now - timedelta(minutes=5))
        assert alerts.open_alerts(work)
    clock.forward(minutes=6)
    with app.work() as work:
        alerts.close_quiet_alerts(work, AlertKind.CERTIFICATE_EXPIRY, work.now - timedelta(minutes=5))
        assert alerts.open_alerts(work)
        alerts.close_quiet_alerts(work, KIND, work.now - timedelta(minutes=5))
        work.session.expire_all()
        assert not alerts.open_alerts(work)


def test_the_first_acknowledgement_counts_and_leaves_the_alert_open(app: App, clock: Clock) -> None:
    raise_once(app)
    with app.work() as work:
        (alert,) = alerts.open_alerts(work)
        alerts.acknowledge_alert(work, alert.id)
    first = clock.now
    clock.forward(minutes=1)
    with app.work() as work:
        assert alerts.acknowledge_alert(work, alert.id).acknowledged_at == first
        assert alerts.open_alerts(work)


def test_what_is_not_there_cannot_be_acknowledged(app: App) -> None:
    with pytest.raises(NotFound), app.work() as work:
        alerts.acknowledge_alert(work, 1)
