"""Kinds of alerts, how grave they are, and how they end."""

from enum import StrEnum


class AlertKind(StrEnum):
    """What a person is told of; with the subject it names a cause."""

    CERTIFICATE_EXPIRY = "certificate_expiry"  # subject: the certificate
    BROKER_AUTH_FAILURES = "broker_auth_failures"  # subject: the address
    ROLLOUT_HALTED = "rollout_halted"  # subject: the rollout
    BROKER_OUTAGE = "broker_outage"  # subject: the broker
    DEVICE_SILENT = "device_silent"  # subject: the client
    PROCESS_CRASHED = "process_crashed"  # subject: the client
    SERVICE_FAILED = "service_failed"  # subject: the client
    BROKER_ACCOUNT_NOT_ROTATED = "broker_account_not_rotated"  # subject: the client
    COMMAND_FAILED = "command_failed"  # subject: the client
    MANUAL_INTERVENTION = "manual_intervention"  # subject: the client
    POWER_STUCK_OFF = "power_stuck_off"  # subject: the client
    CONTENT_UNAVAILABLE = "content_unavailable"  # subject: the event
    NO_PERIOD_TODAY = "no_period_today"


class Severity(StrEnum):
    """How soon somebody should look."""

    WARNING = "warning"
    CRITICAL = "critical"


class Closing(StrEnum):
    """How an alert ended."""

    RECOVERED = "recovered"  # by itself
    RESOLVED = "resolved"  # by a person
