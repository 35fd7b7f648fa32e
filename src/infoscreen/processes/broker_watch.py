"""What the process beside the broker sees of it: refused logins and certificates, as metrics and alerts."""

import time
from datetime import timedelta

import structlog
from prometheus_client import Counter, Gauge

from infoscreen.bootstrap import App
from infoscreen.broker_bootstrap import KeptBroker, pki_status
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.broker_log import Refusal
from infoscreen.domain.broker_logins import ADDRESSES_AT_MOST, OTHERS, WINDOW_SECONDS, RefusedLogins
from infoscreen.services import alerts

log = structlog.get_logger()

# Seconds.
CERTIFICATES_EVERY = 3600.0
QUIET_LOOK_EVERY = 30.0
CRITICAL_DAYS = 7

REFUSED = Counter("infoscreen_broker_logins_refused", "Refused logins by address and account.", ["address", "account"])
EXPIRY = Gauge(
    "infoscreen_certificate_expiry_timestamp_seconds",
    "When a certificate expires, as a Unix time.",
    ["purpose", "subject"],
    multiprocess_mode="mostrecent",
)


class BrokerWatch:
    """Looks again and again; each look is short."""

    def __init__(self, app: App, broker: KeptBroker) -> None:
        self._app = app
        self._broker = broker
        self._logins = RefusedLogins()
        self._told: set[tuple[str, str]] = set()
        self._certificates_due = self._quiet_due = 0.0

    def look_at_logins(self) -> bool:
        """Count what was refused since the last look; an alert per address from which it is too much."""
        log_of_broker, proof = self._broker.mosquitto.log, self._broker.proof
        refusals = [each for each in log_of_broker.take_refusals() if not proof.takes_for_its_own(each.port)]
        for refusal in refusals:
            REFUSED.labels(*self._labels(refusal)).inc()
            log.warning("broker_login_refused", address=refusal.address, account=refusal.account)
        for address, failures in self._logins.note(refusals, time.monotonic()).items():
            with self._app.work() as work:
                alerts.raise_alert(
                    work, AlertKind.BROKER_AUTH_FAILURES, address, Severity.WARNING, failuresInFiveMinutes=failures
                )
        return bool(refusals)

    def close_quiet(self) -> bool:
        """Close alerts of addresses that have given up."""
        if time.monotonic() < self._quiet_due:
            return False
        with self._app.work() as work:
            since = work.now - timedelta(seconds=WINDOW_SECONDS)
            alerts.close_quiet_alerts(work, AlertKind.BROKER_AUTH_FAILURES, since)
        self._quiet_due = time.monotonic() + QUIET_LOOK_EVERY
        return True

    def look_at_certificates(self) -> bool:
        """Tell when each certificate expires; an alert 30 days before, graver in the last week."""
        if time.monotonic() < self._certificates_due:
            return False
        with self._app.work() as work:
            for each in pki_status(self._app.config).certificates:
                EXPIRY.labels(each.purpose, each.subject).set(each.not_after.timestamp())
                name, days = f"{each.purpose} {each.subject}", each.threshold(work.now)
                if days is None:
                    alerts.close_alert(work, AlertKind.CERTIFICATE_EXPIRY, name)
                else:
                    severity = Severity.CRITICAL if days <= CRITICAL_DAYS else Severity.WARNING
                    expires = each.not_after.isoformat()
                    alerts.raise_alert(work, AlertKind.CERTIFICATE_EXPIRY, name, severity, expiresAt=expires, days=days)
        self._certificates_due = time.monotonic() + CERTIFICATES_EVERY
        return True

    def _labels(self, refusal: Refusal) -> tuple[str, str]:
        """Address and account; whoever makes up ever new ones is counted under one, so that the figures stay few."""
        told = (self._logins.counted_as(refusal.address), refusal.account)
        if told not in self._told and len(self._told) >= ADDRESSES_AT_MOST:
            return (OTHERS, OTHERS)
        self._told.add(told)
        return told
