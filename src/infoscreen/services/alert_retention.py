"""Forgetting alerts that were closed long ago."""

from datetime import timedelta

from infoscreen.db.alerts import forget_alerts, forgettable_alerts
from infoscreen.services.retention import forget_old
from infoscreen.services.work import OpenWork


def forget_old_alerts(open_reading: OpenWork, open_work: OpenWork, keep: timedelta) -> int:
    """Delete what was closed longer ago than `keep`; how many in this look."""
    return forget_old(open_reading, open_work, keep, forgettable_alerts, forget_alerts)
