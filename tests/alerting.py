"""What tests look up of alerts."""

from collections.abc import Sequence

from infoscreen.db.alerts import Alert, AlertFilter, alerts_page
from infoscreen.services.work import Work


def closed_alerts(work: Work) -> Sequence[Alert]:
    """What was closed, the newest first."""
    return alerts_page(work.session, AlertFilter(is_open=False), 10_000)
