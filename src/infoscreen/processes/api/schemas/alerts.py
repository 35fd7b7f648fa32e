"""Alerts, as they are answered."""

from typing import Any

from infoscreen.domain.alerts import ENDED_BY_PEOPLE, AlertKind, Closing, Severity, cause_of, since_of
from infoscreen.processes.api.schemas.base import ApiModel, ApiTime
from infoscreen.services.alert_list import AlertPage, ListedAlert


class AlertAnswer(ApiModel):
    """One cause; `subject` is what it is about, `details` what was known when it was last seen.

    `openedAt` is when it was noticed, `since` from when on it has been so, where that is known to be earlier.
    `cause` is a code of what is proven to be behind it, else `unknown`. `closing` tells *recovered* (by itself) from
    *resolved* (by a person); only where `mayResolve` can a person end it.
    """

    id: int
    kind: AlertKind
    severity: Severity
    cause: str
    subject: str
    subject_name: str | None
    client_uuid: str | None
    group_id: int | None
    group_name: str | None
    details: dict[str, Any]
    opened_at: ApiTime
    since: ApiTime | None
    last_seen_at: ApiTime
    count: int
    acknowledged_by: str | None
    acknowledged_at: ApiTime | None
    closed_at: ApiTime | None
    closed_by: str | None
    closing: Closing | None
    may_resolve: bool


class OpenCounts(ApiModel):
    """How many alerts are open."""

    warning: int
    critical: int


class AlertsAnswer(ApiModel):
    """The newest first; `nextCursor` leads to older ones. `open` counts all that is open, whatever is asked for."""

    alerts: list[AlertAnswer]
    total: int
    next_cursor: int | None
    open: OpenCounts


def alert_answer(listed: ListedAlert) -> AlertAnswer:
    """One alert as it is answered."""
    alert, about = listed.alert, listed.about
    return AlertAnswer(
        id=alert.id,
        kind=AlertKind(alert.kind),
        severity=Severity(alert.severity),
        cause=cause_of(alert.details),
        subject=alert.subject,
        subject_name=about.name,
        client_uuid=about.client_uuid,
        group_id=about.group_id,
        group_name=about.group_name,
        details=alert.details,
        opened_at=alert.opened_at,
        since=since_of(alert.details),
        last_seen_at=alert.last_seen_at,
        count=alert.count,
        acknowledged_by=listed.acknowledged_by,
        acknowledged_at=alert.acknowledged_at,
        closed_at=alert.closed_at,
        closed_by=listed.closed_by,
        closing=Closing(alert.closing) if alert.closing else None,
        may_resolve=alert.closed_at is None and alert.kind in ENDED_BY_PEOPLE,
    )


def alerts_answer(page: AlertPage) -> AlertsAnswer:
    """A page of alerts as it is answered."""
    counts = OpenCounts(warning=page.open.get(Severity.WARNING, 0), critical=page.open.get(Severity.CRITICAL, 0))
    answers = [alert_answer(each) for each in page.alerts]
    return AlertsAnswer(alerts=answers, total=page.total, next_cursor=page.next_cursor, open=counts)
