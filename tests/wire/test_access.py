"""The rules in code are the rules of the contract's matrix, kept in the repository as `acl_matrix.csv`."""

import csv
from pathlib import Path

from infoscreen_wire import access
from infoscreen_wire.access import Actor

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
MATRIX = Path(__file__).with_name("acl_matrix.csv")


def test_the_rules_are_those_of_the_matrix() -> None:
    with MATRIX.open(encoding="utf-8") as file:
        wanted = {
            (row["actor"], row["topic"], row["publish"] == "yes", row["subscribe"] == "yes")
            for row in csv.DictReader(file)
        }
    built = {(actor.value, rule.topic, rule.publish, rule.subscribe) for actor in Actor for rule in access.RULES[actor]}
    assert built == wanted


def test_a_device_without_a_group_has_no_group_topics() -> None:
    assert not [rule for rule in access.device_rules(UUID, None) if "events" in rule.topic or "groups" in rule.topic]


def test_a_device_has_exact_topics_only() -> None:
    assert not [rule for rule in access.device_rules(UUID, 12) if "+" in rule.topic or "#" in rule.topic]
