"""Forgetting alerts that were closed long ago, a few at a time."""

from datetime import timedelta

from infoscreen.db.alerts import forget_alerts, forgettable_alerts
from infoscreen.services.commands import OpenWork

# So many in one transaction, which holds the database's write lock; and no more in one look.
FORGOTTEN_AT_ONCE = 200
FORGOTTEN_A_LOOK = 5_000


def forget_old_alerts(open_reading: OpenWork, open_work: OpenWork, keep: timedelta) -> int:
    """Delete what was closed longer ago than `keep`; how many in this look."""
    with open_reading() as work:
        ids = forgettable_alerts(work.session, work.now - keep, FORGOTTEN_A_LOOK)
    for begun in range(0, len(ids), FORGOTTEN_AT_ONCE):
        with open_work() as work:
            forget_alerts(work.session, ids[begun : begun + FORGOTTEN_AT_ONCE])
    return len(ids)
