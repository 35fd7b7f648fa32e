"""Alerts: opened once per cause, counted while it lasts, acknowledged by a person, closed when it is over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from infoscreen.db import alerts as table
from infoscreen.db.alerts import Alert
from infoscreen.domain.alerts import AlertKind, Closing, Severity
from infoscreen.domain.errors import NotFound
from infoscreen.services.ports import NoticeKind
from infoscreen.services.work import Work

CLOSED_SHOWN = 200


def raise_alert(work: Work, kind: AlertKind, subject: str, severity: Severity, **details: Any) -> None:
    """Open an alert, or count it again where the same cause is open; severity and details are how it is now.

    Of two processes that open one cause at the same moment, the later one counts it.
    """
    cause = _cause(kind, subject)
    if not table.count_again(work.session, cause, work.now, severity, details):
        alert = Alert(
            kind=kind,
            severity=severity,
            subject=subject,
            details=details,
            open_cause=cause,
            opened_at=work.now,
            last_seen_at=work.now,
        )
        try:
            with work.session.begin_nested():
                work.session.add(alert)
        except IntegrityError:
            table.count_again(work.session, cause, work.now, severity, details)
    work.announce(NoticeKind.ALERTS)


def close_alert(work: Work, kind: AlertKind, subject: str, closing: Closing = Closing.RECOVERED) -> None:
    """Close a cause where it is open."""
    if table.close(work.session, _cause(kind, subject), work.now, closing):
        work.announce(NoticeKind.ALERTS)


def close_quiet_alerts(work: Work, kind: AlertKind, since: datetime) -> None:
    """Close those of a kind that have not been seen since an instant."""
    for alert in table.open_alerts(work.session):
        if alert.kind == kind and alert.last_seen_at < since:
            close_alert(work, kind, alert.subject)


def acknowledge_alert(work: Work, alert_id: int) -> Alert:
    """Note that a person has seen an alert; the first one counts. Raises `NotFound`."""
    alert = work.session.get(Alert, alert_id)
    if alert is None:
        raise NotFound
    if alert.acknowledged_at is None:
        alert.acknowledged_by, alert.acknowledged_at = work.actor.user_id, work.now
        work.announce(NoticeKind.ALERTS, alert_id)
    return alert


def open_alerts(work: Work) -> Sequence[Alert]:
    """What is open, the newest first."""
    return table.open_alerts(work.session)


def open_subjects(work: Work, kind: AlertKind) -> set[str]:
    """What the open alerts of a kind are about."""
    return table.open_subjects(work.session, kind)


def closed_alerts(work: Work) -> Sequence[Alert]:
    """What was closed last, the newest first."""
    return table.closed_alerts(work.session, CLOSED_SHOWN)


def _cause(kind: AlertKind, subject: str) -> str:
    return f"{kind}:{subject}"
