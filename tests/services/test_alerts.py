"""Alerts: one per cause, counted, acknowledged once, closed when it is over; in any order, whoever is killed."""

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import count
from typing import cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from alerting import closed_alerts
from applications import Clock
from examples import examples
from infoscreen.bootstrap import App
from infoscreen.db.alerts import Alert
from infoscreen.domain.alerts import AlertClosesItself, AlertKind, Closing, Severity
from infoscreen.domain.errors import NotFound
from infoscreen.services import alerts
from infoscreen.services.work import Work

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
        (closed,) = closed_alerts(work)
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


def test_a_person_ends_what_happened_once(app: App, clock: Clock) -> None:
    with app.work() as work:
        alerts.raise_alert(work, AlertKind.COMMAND_FAILED, "a-screen", Severity.WARNING)
        (alert,) = alerts.open_alerts(work)
    ended_at = clock.now
    with app.work() as work:
        alerts.resolve_alert(work, alert.id)
    clock.forward(minutes=1)
    with app.work() as work:
        resolved = alerts.resolve_alert(work, alert.id)
    assert (resolved.closing, resolved.closed_at) == (Closing.RESOLVED, ended_at)


def test_what_is_watched_ends_only_by_itself(app: App) -> None:
    raise_once(app)
    with app.work() as work:
        (alert,) = alerts.open_alerts(work)
        with pytest.raises(AlertClosesItself):
            alerts.resolve_alert(work, alert.id)
        assert alerts.open_alerts(work)


def test_two_who_open_the_same_cause_at_once_open_one(app: App) -> None:
    ready = threading.Barrier(4)

    def open_it() -> None:
        with suppress(threading.BrokenBarrierError):
            ready.wait(10)
        raise_once(app)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.reading() as work:
        (alert,) = alerts.open_alerts(work)
    assert alert.count == 4


def test_whatever_happens_in_whatever_order_a_cause_is_open_once_and_ends_once(app: App, clock: Clock) -> None:
    machine = settings(
        max_examples=examples(25),
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(cast("type[LifeOfAlerts]", partial(LifeOfAlerts, app, clock)), settings=machine)


class Killed(BaseException):
    """A process that ends without a word."""


class LifeOfAlerts(RuleBasedStateMachine):
    """A few causes, and what is known of them without a database: how often each was opened, counted and closed."""

    numbers = count()
    causes = st.sampled_from(["one", "two", "three"])

    def __init__(self, app: App, clock: Clock) -> None:
        super().__init__()
        self.app, self.clock = app, clock
        # The database is that of the examples before: each has subjects of its own.
        self.example = next(self.numbers)
        self.counted: dict[str, int] = {}
        self.ended: Counter[tuple[str, Closing]] = Counter()
        self.seen: set[str] = set()

    @rule(cause=causes, killed=st.booleans())
    def raise_it(self, cause: str, *, killed: bool) -> None:
        self.do(lambda work: alerts.raise_alert(work, *self.named(cause), Severity.WARNING), killed=killed)
        if not killed:
            self.counted[cause] = self.counted.get(cause, 0) + 1

    @rule(cause=causes, killed=st.booleans())
    def close_it(self, cause: str, *, killed: bool) -> None:
        self.do(lambda work: alerts.close_alert(work, *self.named(cause)), killed=killed)
        self.note_end(cause, Closing.RECOVERED, killed=killed)

    @rule(cause=causes, killed=st.booleans())
    def resolve_it(self, cause: str, *, killed: bool) -> None:
        alert = self.open_ones().get(cause)
        if alert is None:
            return
        self.do(lambda work: alerts.resolve_alert(work, alert.id), killed=killed)
        self.note_end(cause, Closing.RESOLVED, killed=killed)

    @rule(cause=causes)
    def acknowledge_it(self, cause: str) -> None:
        alert = self.open_ones().get(cause)
        if alert is not None:
            self.do(lambda work: alerts.acknowledge_alert(work, alert.id), killed=False)
            self.seen.add(cause)

    @rule(cause=causes)
    def raise_and_close_it_at_once(self, cause: str) -> None:
        def both(work: Work) -> None:
            alerts.raise_alert(work, *self.named(cause), Severity.CRITICAL)
            alerts.close_alert(work, *self.named(cause))

        self.do(both, killed=False)
        self.counted.setdefault(cause, 1)
        self.note_end(cause, Closing.RECOVERED, killed=False)

    @invariant()
    def each_cause_is_open_once_with_its_repetitions(self) -> None:
        assert {cause: alert.count for cause, alert in self.open_ones().items()} == self.counted
        assert {cause for cause, alert in self.open_ones().items() if alert.acknowledged_at} == self.seen

    @invariant()
    def each_end_is_kept_with_how_it_came(self) -> None:
        with self.app.reading() as work:
            ended = [(alert.subject, Closing(alert.closing or "")) for alert in closed_alerts(work)]
        own = [(subject.split("-")[1], closing) for subject, closing in ended if subject.startswith(f"{self.example}-")]
        assert Counter(own) == self.ended

    def named(self, cause: str) -> tuple[AlertKind, str]:
        return AlertKind.COMMAND_FAILED, f"{self.example}-{cause}"

    def do(self, act: Callable[[Work], object], *, killed: bool) -> None:
        self.clock.forward(seconds=1)
        with suppress(Killed), self.app.work() as work:
            act(work)
            if killed:
                raise Killed

    def note_end(self, cause: str, closing: Closing, *, killed: bool) -> None:
        if not killed and self.counted.pop(cause, 0):
            self.ended[cause, closing] += 1
            self.seen.discard(cause)

    def open_ones(self) -> dict[str, Alert]:
        with self.app.reading() as work:
            found = [each for each in alerts.open_alerts(work) if each.subject.startswith(f"{self.example}-")]
        assert len(found) == len({each.subject for each in found})
        return {each.subject.split("-")[1]: each for each in found}
