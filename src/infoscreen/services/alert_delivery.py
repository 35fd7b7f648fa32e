"""Sends what the outbox holds: one message per channel for all that is due, at least once, and in order of trouble.

Claimed in one transaction, sent outside of any, noted in another. Killed in between, it is sent again when the claim
has run out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from infoscreen.db import alert_channels as table
from infoscreen.db.alert_channels import AlertChannel, AlertNotice
from infoscreen.db.alerts import Alert
from infoscreen.domain import alert_words
from infoscreen.domain.alert_channels import (
    CLAIMED_FOR,
    GIVE_UP_AFTER,
    KEPT_FOR,
    PAUSE_BETWEEN,
    TOLD_AT_ONCE,
    AlertMessage,
    Failure,
    Language,
    Line,
    News,
    NotSent,
    Outcome,
    Target,
    retry_at,
)
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.services.alert_channels import target_of
from infoscreen.services.alert_list import about_alerts
from infoscreen.services.notices import NoticeKind
from infoscreen.services.ports import Notifier
from infoscreen.services.settings import all_settings, school_zone
from infoscreen.services.work import OpenWork, Work

log = structlog.get_logger()

PRODUCT = "Infoscreen"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that is claimed, whereto, and the notices it stands for; without a target there is no way."""

    channel_id: int
    notices: tuple[int, ...]
    target: Target | None
    message: AlertMessage


def deliver(open_reading: OpenWork, open_work: OpenWork, base_url: str) -> None:
    """Send what is due; a channel that fails or hangs only delays itself and is tried again later."""
    with open_reading() as work:
        channels = [each.id for each in table.channels_with_due(work.session, work.now) if _may_tell(work, each)]
        notifier = work.ports.notifier
    for channel_id in channels:
        with open_work() as work:
            delivery = _claim(work, channel_id, base_url)
        if delivery:
            failure = _send(notifier, delivery)
            with open_work() as work:
                _note(work, delivery, failure)


def prune(open_work: OpenWork) -> int:
    """Forget what was told long ago; how much there was."""
    with open_work() as work:
        return table.prune_notices(work.session, work.now - KEPT_FOR)


def test_message(work: Work, language: Language, base_url: str) -> AlertMessage:
    """What the test button sends."""
    return alert_words.test_message(language, _school(work), _link(base_url))


def _may_tell(work: Work, channel: AlertChannel) -> bool:
    return channel.last_sent_at is None or abs(work.now - channel.last_sent_at) >= PAUSE_BETWEEN


def _claim(work: Work, channel_id: int, base_url: str) -> Delivery | None:
    channel = work.session.get(AlertChannel, channel_id)
    due = table.due_notices(work.session, channel_id, work.now)
    if channel is None or not due:
        return None
    told = _worth_telling(work, due)
    for notice, _ in told:
        notice.attempts += 1
        notice.claimed_until = work.now + CLAIMED_FOR
    if not told:
        return None
    lines, ids = _lines(work, told), tuple(notice.id for notice, _ in told)
    message = alert_words.message(
        lines, Language(channel.language), _school(work), _link(base_url), school_zone(work), shown=TOLD_AT_ONCE
    )
    return Delivery(channel.id, ids, target_of(work, channel), message)


def _worth_telling(work: Work, due: Sequence[tuple[AlertNotice, Alert]]) -> list[tuple[AlertNotice, Alert]]:
    """What is not seen by a person already, and not too old to be of use."""
    seen = [notice.id for notice, alert in due if notice.news == News.OPENED and alert.acknowledged_at is not None]
    old = [notice.id for notice, _ in due if work.now - notice.due_at > GIVE_UP_AFTER]
    for ids, outcome in ((seen, Outcome.DROPPED), (old, Outcome.FAILED)):
        if ids:
            table.finish(work.session, ids, work.now, outcome)
    return [(notice, alert) for notice, alert in due if notice.id not in {*seen, *old}]


def _lines(work: Work, told: Sequence[tuple[AlertNotice, Alert]]) -> list[Line]:
    about = about_alerts(work, [alert for _, alert in told])
    return [
        Line(
            alert.id,
            AlertKind(alert.kind),
            Severity(alert.severity),
            News(notice.news),
            about[alert.id].name,
            about[alert.id].group_name,
            alert.opened_at,
            alert.closed_at,
        )
        for notice, alert in told
    ]


def _send(notifier: Notifier, delivery: Delivery) -> Failure | None:
    if delivery.target is None:
        return Failure.UNREADABLE
    try:
        notifier.send(delivery.target, delivery.message)
    except NotSent as error:
        return error.failure
    return None


def _note(work: Work, delivery: Delivery, failure: Failure | None) -> None:
    channel = work.session.get(AlertChannel, delivery.channel_id, with_for_update=True)
    if channel is None:
        return  # and with it its notices
    if failure is None:
        table.finish(work.session, delivery.notices, work.now, Outcome.SENT)
        channel.last_sent_at, channel.failures, channel.retry_at = work.now, 0, None
        channel.failure = channel.failed_at = None
        log.info("alerts_told", channel=channel.id, alerts=len(delivery.notices))
    else:
        table.release(work.session, delivery.notices)
        channel.failures, channel.failure, channel.failed_at = channel.failures + 1, failure, work.now
        channel.retry_at = retry_at(work.now, channel.failures)
        log.warning("alerts_not_told", channel=channel.id, alerts=len(delivery.notices), failure=str(failure))
    work.announce(NoticeKind.SETTINGS, "alert_channels")


def _school(work: Work) -> str:
    return all_settings(work)["organization_name"].strip() or PRODUCT


def _link(base_url: str) -> str:
    return f"{base_url}/alerts"
