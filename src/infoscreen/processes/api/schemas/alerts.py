"""Alerts, as they are answered."""

from typing import Any

from infoscreen.domain.alerts import AlertKind, Closing, Severity
from infoscreen.processes.api.schemas.base import ApiModel, ApiTime


class AlertAnswer(ApiModel):
    """One cause; `subject` is what it is about, `details` what was known when it was last seen."""

    id: int
    kind: AlertKind
    severity: Severity
    subject: str
    details: dict[str, Any]
    opened_at: ApiTime
    last_seen_at: ApiTime
    count: int
    acknowledged_by: int | None
    acknowledged_at: ApiTime | None
    closed_at: ApiTime | None
    closing: Closing | None


class AlertsAnswer(ApiModel):
    """What is open, and what was closed last; the newest first."""

    open: list[AlertAnswer]
    closed: list[AlertAnswer]
