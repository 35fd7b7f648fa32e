"""Alerts: opened once per cause, counted while it lasts, acknowledged by a person, closed when it is over.

Whoever is to be told elsewhere gets it by what `alert_outbox.py` writes in the same transaction.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from infoscreen.db import alerts as table
from infoscreen.db.alerts import Alert
from infoscreen.domain.alerts import ENDED_BY_PEOPLE, OF_CLIENTS, AlertClosesItself, AlertKind, Closing, Severity
from infoscreen.domain.errors import NotFound
from infoscreen.services import alert_outbox
from infoscreen.services.notices import NoticeKind
from infoscreen.services.work import Work


def raise_alert(work: Work, kind: AlertKind, subject: str, severity: Severity, **details: Any) -> None:
    """Open an alert, or count it again where the same cause is open; severity and details are how it is now.

    Of two processes that open one cause at the same moment, the later one counts it.
    """
    cause = _cause(kind, subject)
    if not _count(work, cause, severity, details):
        table.add_uncounted(work.session, cause, kind, subject, severity, work.now)
        _count(work, cause, severity, details)
    work.announce(NoticeKind.ALERTS)


def _count(work: Work, cause: str, severity: Severity, details: dict[str, Any]) -> bool:
    """Count an open cause; one that is new, or has become graver, may be news to some."""
    known = table.open_alert(work.session, cause)
    before = known.severity if known and known.count else None
    if known is None or not table.count_again(work.session, cause, work.now, severity, details):
        return False
    if before != severity:
        work.session.refresh(known)
        alert_outbox.note_opened(work, known)
    return True


def close_alert(work: Work, kind: AlertKind, subject: str, closing: Closing = Closing.RECOVERED) -> None:
    """Close a cause where it is open; by whom, where a person did."""
    alert = table.open_alert(work.session, _cause(kind, subject))
    by = work.actor.user_id if closing is Closing.RESOLVED else None
    if alert is not None and table.close(work.session, _cause(kind, subject), work.now, closing, by):
        alert_outbox.note_closed(work, alert)
        work.announce(NoticeKind.ALERTS)


def close_quiet_alerts(work: Work, kind: AlertKind, since: datetime) -> None:
    """Close those of a kind that have not been seen since an instant."""
    for alert in table.open_alerts(work.session):
        if alert.kind == kind and alert.last_seen_at < since:
            close_alert(work, kind, alert.subject)


def close_alerts_of_client(work: Work, uuid: str) -> None:
    """Close whatever is open about a client that is taken away."""
    for kind in OF_CLIENTS:
        close_alert(work, kind, uuid, Closing.RESOLVED)


def acknowledge_alert(work: Work, alert_id: int) -> Alert:
    """Note that a person has seen an alert; the first one counts. Raises `NotFound`."""
    if table.note_acknowledged(work.session, alert_id, work.now, work.actor.user_id):
        work.announce(NoticeKind.ALERTS, alert_id)
    return _get(work, alert_id)


def resolve_alert(work: Work, alert_id: int) -> Alert:
    """A person says that it is over; one that is closed stays as it is. Raises `NotFound`, `AlertClosesItself`."""
    alert = _get(work, alert_id)
    if alert.closed_at is None:
        if alert.kind not in ENDED_BY_PEOPLE:
            raise AlertClosesItself
        close_alert(work, AlertKind(alert.kind), alert.subject, Closing.RESOLVED)
        work.session.refresh(alert)
    return alert


def open_alert(work: Work, kind: AlertKind, subject: str) -> Alert | None:
    """The alert of a cause while it is open."""
    return table.open_alert(work.session, _cause(kind, subject))


def open_alerts(work: Work) -> Sequence[Alert]:
    """What is open, the newest first."""
    return table.open_alerts(work.session)


def open_subjects(work: Work, kind: AlertKind) -> set[str]:
    """What the open alerts of a kind are about."""
    return table.open_subjects(work.session, kind)


def count_open_by_kind(work: Work) -> dict[AlertKind, int]:
    """How many alerts of each kind are open."""
    counted = Counter(AlertKind(alert.kind) for alert in table.open_alerts(work.session))
    return {kind: counted[kind] for kind in AlertKind}


def _get(work: Work, alert_id: int) -> Alert:
    alert = work.session.get(Alert, alert_id, populate_existing=True)
    if alert is None:
        raise NotFound
    return alert


def _cause(kind: AlertKind, subject: str) -> str:
    return f"{kind}:{subject}"
