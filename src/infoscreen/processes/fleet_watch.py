"""The scheduler's look at the broker and all screens: outages, alerts of single screens, crash recovery."""

from datetime import datetime, timedelta

from infoscreen.bootstrap import App
from infoscreen.config import Config
from infoscreen.domain.outage import Patience
from infoscreen.services import client_alerts, crash_recovery, outage
from infoscreen.services.crash_recovery import Rules
from infoscreen.services.outage import BrokerConnection


class FleetWatch:
    """Remembers only since when this process has been without the broker; all else is in the database."""

    def __init__(self) -> None:
        self._lost_at: datetime | None = None
        # A process that has just started does not know for how long the broker has been there.
        self._is_new_connection = True

    def look(self, app: App) -> None:
        """Look once, and do what follows from it in one transaction."""
        connection = self._connection(app)
        patience = Patience.of(app.config.monitoring.grace_period_seconds, app.config.recovery.grace_seconds)
        rules = recovery_rules(app.config)
        with app.reading() as work:
            looked = outage.look(work, connection, patience)
            is_due = looked.is_news or client_alerts.are_due(work, looked)
            is_due = is_due or crash_recovery.is_due(work, looked, rules)
        if is_due:
            with app.work() as work:
                looked = outage.look(work, connection, patience, lock=True)
                outage.note(work, looked)
                client_alerts.settle(work, looked)
                crash_recovery.recover(work, looked, rules)
        self._is_new_connection = connection.lost_at is not None

    def _connection(self, app: App) -> BrokerConnection:
        if app.is_connected:
            self._lost_at = None
            return BrokerConnection(is_new=self._is_new_connection)
        self._lost_at = self._lost_at or app.clock()
        return BrokerConnection(self._lost_at)


def recovery_rules(config: Config) -> Rules:
    """The settings `CRASH_RECOVERY_*`."""
    recovery = config.recovery
    lockout = timedelta(minutes=recovery.lockout_minutes)
    return Rules(recovery.enabled, recovery.grace_seconds, lockout, recovery.command_expiry_seconds)
