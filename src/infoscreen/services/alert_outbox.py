"""Writes down, in the transaction that opens or closes an alert, what is to be told of it and by which channel.

`alert_delivery.py` tells it.
"""

from collections.abc import Iterable
from datetime import timedelta

from infoscreen.db import alert_channels as table
from infoscreen.db.alert_channels import AlertChannel, AlertNotice
from infoscreen.db.alerts import Alert
from infoscreen.domain.alert_channels import GATHER_FOR, News, Outcome, due_at, is_wanted
from infoscreen.services.work import Work


def note_opened(work: Work, alert: Alert) -> None:
    """Have an alert told by every channel that wants it and has not been asked to; also one that has become graver."""
    channels = [each for each in table.active_channels(work.session) if _wants(each, alert)]
    known = {notice.channel_id for notice in table.notices_of(work.session, alert.id)} if channels else set()
    for channel in channels:
        if channel.id not in known:
            told = table.last_told(work.session, channel.id, alert.kind, alert.subject)
            quiet = timedelta(minutes=channel.quiet_minutes)
            _add(work, channel.id, alert.id, News.OPENED, due_at(work.now, told, quiet) - work.now)


def note_closed(work: Work, alert: Alert) -> None:
    """Have it told that an alert is over where it was told that it is open; what nobody has heard of is dropped."""
    notices = table.notices_of(work.session, alert.id)
    unheard = [each for each in notices if each.done_at is None and not each.attempts]
    if unheard:
        table.finish(work.session, [each.id for each in unheard], work.now, Outcome.DROPPED)
    heard = {each.channel_id for each in notices if each not in unheard and each.outcome != Outcome.DROPPED}
    for channel in _telling_closed(work, heard):
        _add(work, channel.id, alert.id, News.CLOSED, GATHER_FOR)


def _telling_closed(work: Work, ids: set[int]) -> Iterable[AlertChannel]:
    return [each for each in table.active_channels(work.session) if each.id in ids and each.tells_closed] if ids else []


def _wants(channel: AlertChannel, alert: Alert) -> bool:
    return is_wanted(alert.kind, alert.severity, channel.kinds, channel.least_severity)


def _add(work: Work, channel_id: int, alert_id: int, news: News, wait: timedelta) -> None:
    work.session.add(
        AlertNotice(
            channel_id=channel_id, alert_id=alert_id, news=news, created_at=work.now, due_at=work.now + wait, attempts=0
        )
    )
