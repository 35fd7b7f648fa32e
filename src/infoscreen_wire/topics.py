"""Every topic of the MQTT contract: how it is built, parsed and sent, and how large a message on it may be.

The payloads are in `payloads.py`, who may use which topic in `access.py`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

KIB = 1024
DEFAULT_SIZE_LIMIT = 256 * KIB
PICTURE_SIZE_LIMIT = 8 * KIB * KIB

# Each screen sends on the same few topics all the time.
TOPICS_REMEMBERED = 65_536

DISCOVERY = "infoscreen/discovery"
NOTICES = "internal/notices"
HEALTH_CHECK = "internal/health"


class ReportKind(StrEnum):
    """What a device tells the server; the value is the topic below `infoscreen/{uuid}/`."""

    HEARTBEAT = "heartbeat"
    HEALTH = "health"
    LOG_ERROR = "logs/error"
    LOG_WARN = "logs/warn"
    LOG_INFO = "logs/info"
    DASHBOARD = "dashboard"
    SCREENSHOT = "screenshot"
    COMMAND_ACK = "commands/ack"
    COMMAND_ACK_ALIAS = "command/ack"
    SERVICE_FAILED = "service_failed"
    POWER_STATE = "power/state"


QOS_0_REPORTS = frozenset(
    {ReportKind.HEARTBEAT, ReportKind.HEALTH, ReportKind.LOG_INFO, ReportKind.DASHBOARD, ReportKind.SCREENSHOT}
)
RETAINED_REPORTS = frozenset({ReportKind.SERVICE_FAILED})
PICTURE_REPORTS = frozenset({ReportKind.DASHBOARD, ReportKind.SCREENSHOT})


def qos_of(kind: ReportKind) -> int:
    """QoS at which a device publishes, and the server subscribes to, a kind of report."""
    return 0 if kind in QOS_0_REPORTS else 1


def size_limit_of(kind: ReportKind) -> int:
    """Largest payload accepted for a kind of report, in bytes."""
    return PICTURE_SIZE_LIMIT if kind in PICTURE_REPORTS else DEFAULT_SIZE_LIMIT


@dataclass(frozen=True, slots=True)
class ReportTopic:
    """A parsed topic of the form `infoscreen/{uuid}/{kind}`."""

    uuid: str
    kind: ReportKind


_REPORT = re.compile(
    r"infoscreen/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})/(" + "|".join(ReportKind) + r")\Z"
)


@lru_cache(TOPICS_REMEMBERED)
def parse_report(topic: str) -> ReportTopic | None:
    """Read a report topic; None for anything that is none, a malformed uuid included. The uuid is lower-cased."""
    found = _REPORT.match(topic)
    return ReportTopic(found[1].lower(), ReportKind(found[2])) if found else None


def report(uuid: str, kind: ReportKind) -> str:
    """Topic on which a device sends a kind of report."""
    return f"infoscreen/{uuid}/{kind}"


def report_filter(kind: ReportKind) -> str:
    """Subscription for one kind of report from every device."""
    return report("+", kind)


def discovery_ack(uuid: str) -> str:
    """Topic of the server's answer to a discovery."""
    return f"infoscreen/{uuid}/discovery_ack"


def group_id(uuid: str) -> str:
    """Retained topic with the id of the device's group as plain text."""
    return f"infoscreen/{uuid}/group_id"


def events(group: int | str) -> str:
    """Retained topic with the list of a group's events that are active now."""
    return f"infoscreen/events/{group}"


def plan(group: int | str) -> str:
    """Retained topic with what is due in a group in the next days."""
    return f"infoscreen/groups/{group}/plan"


def group_power_intent(group: int | str) -> str:
    """Retained topic with what the TVs of a group should be."""
    return f"infoscreen/groups/{group}/power/intent"


def client_power_intent(uuid: str) -> str:
    """Retained topic with one device's TV override."""
    return f"infoscreen/{uuid}/power/intent"


def commands(uuid: str) -> str:
    """Canonical topic of a device's commands."""
    return f"infoscreen/{uuid}/commands"


def commands_alias(uuid: str) -> str:
    """Transitional topic that carries the same command once more."""
    return f"infoscreen/{uuid}/command"


def legacy_restart(uuid: str) -> str:
    """Topic of the oldest devices' restart message."""
    return f"clients/{uuid}/restart"


def notice(kind: str) -> str:
    """Internal topic of one kind of notice between server processes."""
    return f"{NOTICES}/{kind}"


GROUP_TOPICS: tuple[Callable[[int | str], str], ...] = (events, plan, group_power_intent)
DEVICE_SUBSCRIPTIONS: tuple[Callable[[str], str], ...] = (
    commands,
    commands_alias,
    legacy_restart,
    group_id,
    discovery_ack,
    client_power_intent,
)
