"""Kinds of alerts, how grave they are, what they are about, and how they end."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from infoscreen.domain.errors import Conflict


class AlertKind(StrEnum):
    """What a person is told of; with the subject it names a cause."""

    CERTIFICATE_EXPIRY = "certificate_expiry"  # subject: the certificate
    BROKER_AUTH_FAILURES = "broker_auth_failures"  # subject: the address
    ROLLOUT_HALTED = "rollout_halted"  # subject: the rollout
    BROKER_OUTAGE = "broker_outage"  # subject: the broker
    DEVICE_SILENT = "device_silent"  # subject: the client
    PROCESS_CRASHED = "process_crashed"  # subject: the client
    SERVICE_FAILED = "service_failed"  # subject: the client
    SCREEN_BLACK = "screen_black"  # subject: the client
    SCREEN_FROZEN = "screen_frozen"  # subject: the client
    CLOCK_SKEW = "clock_skew"  # subject: the client
    BROKER_ACCOUNT_NOT_ROTATED = "broker_account_not_rotated"  # subject: the client
    COMMAND_FAILED = "command_failed"  # subject: the client
    MANUAL_INTERVENTION = "manual_intervention"  # subject: the client
    POWER_STUCK_OFF = "power_stuck_off"  # subject: the client
    CONTENT_UNAVAILABLE = "content_unavailable"  # subject: the event
    CONVERSION_FAILED = "conversion_failed"  # subject: the medium
    DISK_LOW = "disk_low"  # subject: the server's data directory
    WEBUNTIS = "webuntis"  # subject: what is wrong with it
    NO_PERIOD_TODAY = "no_period_today"


class Severity(StrEnum):
    """How soon somebody should look."""

    WARNING = "warning"
    CRITICAL = "critical"


class Closing(StrEnum):
    """How an alert ended."""

    RECOVERED = "recovered"  # by itself
    RESOLVED = "resolved"  # by a person


class AlertClosesItself(Conflict):
    """The cause is watched: the alert ends with it, and would open again at once while it lasts."""

    code = "alert_closes_itself"


OF_CLIENTS = frozenset(
    {
        AlertKind.DEVICE_SILENT,
        AlertKind.PROCESS_CRASHED,
        AlertKind.SERVICE_FAILED,
        AlertKind.SCREEN_BLACK,
        AlertKind.SCREEN_FROZEN,
        AlertKind.CLOCK_SKEW,
        AlertKind.BROKER_ACCOUNT_NOT_ROTATED,
        AlertKind.COMMAND_FAILED,
        AlertKind.MANUAL_INTERVENTION,
        AlertKind.POWER_STUCK_OFF,
    }
)
# What happened once, and is over when somebody says so.
ENDED_BY_PEOPLE = frozenset(
    {
        AlertKind.COMMAND_FAILED,
        AlertKind.MANUAL_INTERVENTION,
        AlertKind.ROLLOUT_HALTED,
        AlertKind.CONVERSION_FAILED,
        AlertKind.BROKER_ACCOUNT_NOT_ROTATED,
        AlertKind.WEBUNTIS,
    }
)
UNKNOWN = "unknown"
# The detail that tells since when it has been so.
SINCE = "since"


def cause_of(details: Mapping[str, object]) -> str:
    """The code of what is proven to be behind an alert; that a screen is silent proves nothing."""
    for name in ("cause", "errorCode", "reason", "failure"):
        told = details.get(name)
        if isinstance(told, str) and told:
            return told
    return UNKNOWN


def since_of(details: Mapping[str, object]) -> datetime | None:
    """Since when it has been so, where that is known to be longer than anybody has noticed."""
    told = details.get(SINCE)
    return datetime.fromisoformat(told) if isinstance(told, str) else None
