"""Who may publish and read which topic: the access matrix as data. Whatever is not listed is denied."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind


class Actor(StrEnum):
    """Whose account it is; every process instance and every device has one of its own."""

    SCHEDULER = "server-scheduler"
    API = "server-api"
    LISTENER = "server-listener"
    WORKER = "server-worker"
    HEALTH = "server-health"
    MONITOR = "monitor"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one actor may do on one topic filter; a device's `{uuid}` and `{group_id}` are placeholders."""

    topic: str
    publish: bool = False
    subscribe: bool = False


def _may_publish(*filters: str) -> tuple[Rule, ...]:
    return tuple(Rule(each, publish=True) for each in filters)


def _may_subscribe(*filters: str) -> tuple[Rule, ...]:
    return tuple(Rule(each, subscribe=True) for each in filters)


_ANY_NOTICE = f"{topics.NOTICES}/#"
_ANY_BROKER_FIGURE = "$SYS/#"
_COMMAND_TOPICS = (topics.commands("+"), topics.commands_alias("+"), topics.legacy_restart("+"))
_CLEARS_SERVICE_FAILED = topics.report("+", ReportKind.SERVICE_FAILED)

RULES: dict[Actor, tuple[Rule, ...]] = {
    Actor.SCHEDULER: (
        *_may_publish(*(topic("+") for topic in topics.GROUP_TOPICS), topics.client_power_intent("+")),
        *_may_publish(*_COMMAND_TOPICS, _CLEARS_SERVICE_FAILED, topics.group_id("+")),
        Rule(_ANY_NOTICE, publish=True, subscribe=True),
    ),
    Actor.API: (
        *_may_publish(topics.client_power_intent("+"), *_COMMAND_TOPICS, topics.group_id("+"), _CLEARS_SERVICE_FAILED),
        Rule(_ANY_NOTICE, publish=True, subscribe=True),
    ),
    Actor.LISTENER: (
        *_may_publish(topics.discovery_ack("+"), _ANY_NOTICE),
        *_may_subscribe(topics.DISCOVERY, *(topics.report_filter(kind) for kind in ReportKind), _ANY_BROKER_FIGURE),
    ),
    Actor.WORKER: _may_publish(_ANY_NOTICE),
    Actor.HEALTH: (Rule(f"{topics.HEALTH_CHECK}/#", publish=True, subscribe=True),),
    Actor.MONITOR: _may_subscribe(
        topics.report_filter(ReportKind.HEALTH), topics.report_filter(ReportKind.HEARTBEAT), _ANY_BROKER_FIGURE
    ),
    Actor.CLIENT: (
        *_may_subscribe(*(topic("{uuid}") for topic in topics.DEVICE_SUBSCRIPTIONS)),
        *_may_subscribe(*(topic("{group_id}") for topic in topics.GROUP_TOPICS)),
        *_may_publish(topics.DISCOVERY, *(topics.report("{uuid}", kind) for kind in ReportKind)),
    ),
}


def server_rules(actor: Actor) -> tuple[Rule, ...]:
    """Rules of a server process or monitor, wildcards included."""
    return RULES[actor]


def device_rules(uuid: str, group_id: int | None) -> tuple[Rule, ...]:
    """Exact rules of one device in its current group; without a group it reads no group's topics."""
    return tuple(_filled(RULES[Actor.CLIENT], uuid, group_id))


def _filled(rules: Iterable[Rule], uuid: str, group_id: int | None) -> Iterable[Rule]:
    for rule in rules:
        if "{group_id}" in rule.topic and group_id is None:
            continue
        yield Rule(rule.topic.format(uuid=uuid, group_id=group_id), rule.publish, rule.subscribe)
