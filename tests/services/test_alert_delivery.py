"""Alerts reach people: folded, once, after quiet times, again after failures, and never at the cost of others."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from applications import Clock
from infoscreen.bootstrap import App
from infoscreen.db.alert_channels import AlertChannel, AlertNotice, all_channels
from infoscreen.domain.alert_channels import (
    AlertMessage,
    ChannelKind,
    Failure,
    Language,
    NotSent,
    Target,
    WebhookTarget,
)
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.services import alert_channels, alert_delivery, alerts
from infoscreen.services.alert_channels import Wanted
from infoscreen.services.work import Work

REFUSED, EXPIRY = AlertKind.BROKER_AUTH_FAILURES, AlertKind.CERTIFICATE_EXPIRY


@dataclass
class Receivers:
    """Whoever is told, by address; some fail, or kill the process that tells them."""

    told: list[tuple[str, AlertMessage]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    before_return: Callable[[], None] = lambda: None

    def send(self, target: Target, message: AlertMessage) -> None:
        assert isinstance(target, WebhookTarget)
        if target.url in self.broken:
            raise NotSent(Failure.UNREACHABLE)
        self.told.append((target.url, message))
        self.before_return()

    def knows(self, _url: str) -> bool:
        return True

    def titles(self, url: str = "https://one") -> list[str]:
        return [message.title.removeprefix("Infoscreen: ") for told, message in self.told if told == url]


@dataclass
class Site:
    app: App
    clock: Clock
    receivers: Receivers

    def channel(self, url: str = "https://one", **fields: object) -> None:
        wanted = Wanted(
            None,
            url,
            ChannelKind.WEBHOOK,
            {"url": url, "secret": None},
            is_active=True,
            kinds=(),
            least_severity=Severity.WARNING,
            tells_closed=True,
            quiet_minutes=60,
            language=Language.DE,
        )
        with self.app.work() as work:
            known = [
                replace(wanted, id=each.id, name=each.name, target={}, **_kept(each))
                for each in all_channels(work.session)
            ]
            alert_channels.change_channels(work, [*known, replace(wanted, **fields)], None)  # type: ignore[arg-type]

    def raise_it(self, kind: AlertKind = REFUSED, subject: str = "a", severity: Severity = Severity.CRITICAL) -> None:
        with self.app.work() as work:
            alerts.raise_alert(work, kind, subject, severity)

    def close_it(self, kind: AlertKind = REFUSED, subject: str = "a") -> None:
        with self.app.work() as work:
            alerts.close_alert(work, kind, subject)

    def deliver(self) -> None:
        alert_delivery.deliver(self.app.reading, self.app.work, "http://school.example")

    def run(self, **lengths: float) -> None:
        """Let time pass while the scheduler looks every five seconds."""
        for _ in range(int(timedelta(**lengths).total_seconds()) // 5):
            self.clock.forward(seconds=5)
            self.deliver()

    def outcomes(self) -> list[str | None]:
        with self.app.reading() as work:
            return [each.outcome for each in work.session.query(AlertNotice).order_by(AlertNotice.id)]

    def state(self) -> AlertChannel:
        with self.app.reading() as work:
            return all_channels(work.session)[0]


def _kept(channel: AlertChannel) -> dict[str, Any]:
    return {"least_severity": Severity(channel.least_severity), "quiet_minutes": channel.quiet_minutes}


@pytest.fixture
def site(app: App, clock: Clock) -> Site:
    receivers = Receivers()
    app.ports = replace(app.ports, notifier=receivers)
    return Site(app, clock, receivers)


def test_an_alert_is_told_once_with_what_happens_beside_it(site: Site) -> None:
    site.channel()
    site.raise_it(subject="a")
    site.run(seconds=10)
    site.raise_it(subject="b")
    site.raise_it(subject="b")
    assert site.receivers.told == []
    site.run(minutes=10)
    assert [line.about for _, message in site.receivers.told for line in message.lines] == ["a", "b"]
    assert site.outcomes() == ["sent", "sent"]


def test_a_storm_is_one_message(site: Site) -> None:
    site.channel()
    with site.app.work() as work:
        for number in range(300):
            alerts.raise_alert(work, REFUSED, f"s{number}", Severity.WARNING)
    site.run(minutes=10)
    assert site.receivers.titles() == ["300 neue Alarme"]


def test_the_end_is_told_to_whoever_was_told_of_the_beginning(site: Site) -> None:
    site.channel()
    site.channel("https://two", tells_closed=False)
    site.raise_it()
    site.run(minutes=2)
    site.close_it()
    site.run(minutes=2)
    assert site.receivers.titles() == [
        "Viele abgewiesene Anmeldungen am Broker – a",
        "Behoben: Viele abgewiesene Anmeldungen am Broker – a",
    ]
    assert site.receivers.titles("https://two") == ["Viele abgewiesene Anmeldungen am Broker – a"]


def test_what_is_over_before_it_is_told_is_told_to_nobody(site: Site) -> None:
    site.channel()
    site.raise_it()
    site.clock.forward(seconds=5)
    site.close_it()
    site.run(minutes=5)
    assert (site.receivers.told, site.outcomes()) == ([], ["dropped"])


def test_a_cause_that_comes_and_goes_is_told_once_in_its_quiet_time(site: Site) -> None:
    site.channel(tells_closed=False)
    for _ in range(6):
        site.raise_it()
        site.run(minutes=5)
        site.close_it()
        site.run(minutes=4)
    assert site.receivers.titles() == ["Viele abgewiesene Anmeldungen am Broker – a"]
    site.raise_it()
    site.run(minutes=10)
    assert len(site.receivers.titles()) == 2, "what is still open when the quiet time ends is told"


def test_what_a_person_has_seen_already_is_not_told(site: Site) -> None:
    site.channel()
    site.raise_it()
    with site.app.work() as work:
        alerts.acknowledge_alert(work, alerts.open_alerts(work)[0].id)
    site.run(minutes=2)
    assert (site.receivers.told, site.outcomes()) == ([], ["dropped"])


def test_an_alert_that_becomes_grave_is_news_for_those_who_only_want_grave_ones(site: Site) -> None:
    site.channel(least_severity=Severity.CRITICAL)
    site.raise_it(EXPIRY, "server", Severity.WARNING)
    site.run(minutes=2)
    assert site.receivers.told == []
    for _ in range(2):
        site.raise_it(EXPIRY, "server", Severity.CRITICAL)
    site.run(minutes=2)
    assert site.receivers.titles() == ["Zertifikat läuft ab – server"]


def test_a_channel_that_fails_is_tried_again_and_keeps_no_other_waiting(site: Site) -> None:
    site.channel()
    site.channel("https://two")
    site.receivers.broken = {"https://one"}
    site.raise_it()
    site.run(minutes=2)
    assert site.receivers.titles("https://two") == ["Viele abgewiesene Anmeldungen am Broker – a"]
    assert (site.state().failure, site.state().failures) == (Failure.UNREACHABLE, 3)
    site.receivers.broken = set()
    site.run(minutes=5)
    assert site.receivers.titles() == ["Viele abgewiesene Anmeldungen am Broker – a"]
    assert (site.state().failure, site.state().failures) == (None, 0)


def test_what_cannot_be_told_for_a_day_is_given_up(site: Site) -> None:
    site.channel()
    site.receivers.broken = {"https://one"}
    site.raise_it()
    for _ in range(50):
        site.clock.forward(minutes=31)
        site.deliver()
    assert site.outcomes() == ["failed"]


class Killed(BaseException):
    """The end of a process without a word."""


def test_a_process_that_is_killed_after_sending_sends_again_and_before_it_once(site: Site) -> None:
    def die() -> None:
        raise Killed

    site.channel()
    site.raise_it()
    site.clock.forward(seconds=21)
    site.receivers.before_return = die
    with pytest.raises(Killed):
        site.deliver()
    site.receivers.before_return = lambda: None
    site.run(minutes=2)
    assert len(site.receivers.told) == 1, "somebody else may still be at it"
    site.run(minutes=5)
    assert len(site.receivers.told) == 2
    assert site.outcomes() == ["sent"]


def test_an_alert_whose_transaction_is_lost_is_told_to_nobody(site: Site) -> None:
    def lose(work: Work) -> None:
        alerts.raise_alert(work, REFUSED, "a", Severity.CRITICAL)
        raise Killed

    site.channel()
    with pytest.raises(Killed), site.app.work() as work:
        lose(work)
    site.run(minutes=5)
    assert (site.receivers.told, site.outcomes()) == ([], [])


def test_what_was_told_is_forgotten_after_a_month(site: Site) -> None:
    site.channel()
    site.raise_it()
    site.run(minutes=2)
    assert alert_delivery.prune(site.app.work) == 0
    site.clock.forward(days=31)
    assert alert_delivery.prune(site.app.work) == 1


@pytest.mark.parametrize("was_broken", [False, True])
def test_a_clock_that_was_months_ahead_keeps_nobody_from_being_told(site: Site, was_broken: bool) -> None:
    site.channel()
    now = site.clock.now
    site.clock.forward(days=400)
    site.raise_it()
    site.receivers.broken = {"https://one"} if was_broken else set()
    site.run(minutes=1)
    site.receivers.broken.clear()
    site.clock.now = now
    site.close_it()
    site.run(minutes=5)
    site.raise_it()
    site.run(minutes=2)
    # Where it was told only now, the quiet time has begun now.
    assert len(site.receivers.told) == (2 if was_broken else 3)


def test_what_is_claimed_by_a_clock_that_was_ahead_is_told_all_the_same(site: Site) -> None:
    site.channel()
    now = site.clock.now
    site.clock.forward(days=400)
    site.raise_it()

    def die() -> None:
        raise KeyboardInterrupt

    site.receivers.before_return = die
    with pytest.raises(KeyboardInterrupt):
        site.run(minutes=1)
    site.receivers.before_return = lambda: None
    site.clock.now = now
    site.run(minutes=1)
    assert site.outcomes() == ["sent"]
