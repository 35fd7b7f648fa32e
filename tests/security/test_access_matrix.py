"""Every row of the access matrix, both ways, on the real broker with the product's own files.

What counts is what is delivered: the broker confirms every subscription, and MQTT 3.1.1 every publish. All probes run
once, on one connection per account; the tests read what came of them. The expectation is computed from the contract's
`acl_matrix.csv`, not from the product's rules.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from paho.mqtt.client import topic_matches_sub
from paho.mqtt.enums import MQTTProtocolVersion

from brokers import PRIVATE, SERVICE, Installation, Peer, new_installation
from infoscreen.domain.broker_accounts import SALT_BYTES, Grant, password_hash
from infoscreen.services import broker_accounts
from infoscreen_wire.access import Actor, Rule, server_rules

pytestmark = pytest.mark.service

SELF, OTHER = "9b8d1856-ff34-4864-a726-12de072d0f77", "11111111-ff34-4864-a726-12de072d0f77"
OWN_GROUP, OTHER_GROUP = 10, 11
MATRIX = Path(__file__).parents[1] / "wire" / "acl_matrix.csv"
BROKER_FIGURE = "$SYS/broker/version"
DEVICES = 200
PASSWORD = "a password that only these tests have"


@dataclass(frozen=True)
class Row:
    actor: str
    topic: str
    publish: bool
    subscribe: bool

    def __str__(self) -> str:
        return f"{self.actor} {self.topic}"

    def topic_for_the_device(self) -> str:
        """The row's topic with the tested device and its group in the placeholders."""
        return self.topic.replace("{uuid}", SELF).replace("{group_id}", str(OWN_GROUP))

    def covers(self, topic: str) -> bool:
        return topic_matches_sub(self.topic_for_the_device(), topic)


def read_matrix() -> list[Row]:
    with MATRIX.open(encoding="utf-8") as file:
        return [
            Row(row["actor"], row["topic"], row["publish"] == "yes", row["subscribe"] == "yes")
            for row in csv.DictReader(file)
        ]


ROWS = read_matrix()
ACTORS = sorted({row.actor for row in ROWS})


def concrete_topics(row: Row) -> Iterator[str]:
    """Topics that show what a row allows and where it must end: for both devices and both groups."""
    if row.topic == "$SYS/#":
        return
    by_group = row.topic.startswith(("infoscreen/events/", "infoscreen/groups/"))
    for name in (OWN_GROUP, OTHER_GROUP) if by_group else (SELF, OTHER):
        topic = row.topic.replace("{uuid}", str(name)).replace("{group_id}", str(name)).replace("+", str(name))
        yield topic.replace("#", "one")


STRANGE_TOPICS = {
    "infoscreen/events",
    f"infoscreen/{SELF}",
    f"infoscreen/{SELF}/unknown",
    f"infoscreen/{SELF}/commands/ack/more",
    f"infoscreen/groups/{OWN_GROUP}",
    "infoscreen/groups/12/plan",
    "infoscreen/events/1",
    "internal",
    "somewhere/else",
}
TOPICS = sorted(STRANGE_TOPICS | {topic for row in ROWS for topic in concrete_topics(row)})
WILDCARDS = ("#", "+", "+/#", "+/+", "+/+/+", "+/+/+/+", "/#", "$SYS/#", "$CONTROL/#", "infoscreen/+/#")
# Each account is alone in its share, so that nobody else gets what was meant to test it.
SHARED = ("#", "infoscreen/+/commands", f"infoscreen/events/{OTHER_GROUP}", f"infoscreen/{OTHER}/health")


def may_publish(actor: str, topic: str) -> bool:
    return any(row.publish and row.actor == actor and row.covers(topic) for row in ROWS)


def may_read(actor: str, topic: str) -> bool:
    return any(row.subscribe and row.actor == actor and row.covers(topic) for row in ROWS)


@dataclass
class Outcome:
    """What every account achieved, as (actor, topic)."""

    published: set[tuple[str, str]]
    live: set[tuple[str, str]]
    retained: set[tuple[str, str]]


@dataclass
class Prepared:
    """A running broker with an account for each actor and a foreign device; `observer` reads and writes everything."""

    installation: Installation
    passwords: Mapping[str, str]
    usernames: Mapping[str, str]

    def connect(self, actor: str, will: tuple[str, str] | None = None, *, retain_will: bool = False) -> Peer:
        username = self.usernames[actor]
        version = MQTTProtocolVersion.MQTTv311 if actor == "client" else MQTTProtocolVersion.MQTTv5
        password = self.passwords[username]
        return Peer(self.installation.port, username, password, version=version, will=will, retain_will=retain_will)

    def observe(self) -> Peer:
        return self.connect("observer")


def only_for_tests(username: str, rules: tuple[Rule, ...]) -> Grant:
    return Grant(username, password_hash(PASSWORD, b"s" * SALT_BYTES), rules)


@pytest.fixture(scope="module", params=[PRIVATE, SERVICE])
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """Each way to run a broker, with an account for every actor and as many devices as a school has."""
    installation = new_installation(tmp_path_factory.mktemp("matrix"), request.param)
    installation.add_groups(OWN_GROUP, OTHER_GROUP)
    device, foreign = installation.add_device(SELF, OWN_GROUP), installation.add_device(OTHER, OTHER_GROUP)
    with installation.app.work() as work:
        broker_accounts.register_server_accounts(work, installation.server_passwords)
        for number in range(DEVICES - 2):
            broker_accounts.make_client_account(work, f"{number:08x}-ff34-4864-a726-12de072d0f77")
        grants = broker_accounts.grants(work)
    observer = only_for_tests("observer", (Rule("+/#", publish=True, subscribe=True),))
    monitor = only_for_tests("infoscreen-monitor-1", server_rules(Actor.MONITOR))
    with installation.broker.files.held():
        probe = installation.broker.files.write([*grants, observer, monitor])
    with installation.running_mosquitto():
        installation.broker.proof.prove(probe)
        own = {"client": device.username, "foreign": foreign.username, "observer": "observer"}
        servers = {
            username.removeprefix("infoscreen-").removesuffix("-1"): username
            for username in [*installation.server_passwords, "infoscreen-monitor-1"]
        }
        passwords = {
            **installation.server_passwords,
            device.username: device.password,
            foreign.username: foreign.password,
            "observer": PASSWORD,
            "infoscreen-monitor-1": PASSWORD,
        }
        yield Prepared(installation, passwords, own | servers)


@pytest.fixture(scope="module")
def outcome(prepared: Prepared) -> Iterator[Outcome]:
    with prepared.observe() as observer:
        observer.subscribe("#")
        observer.publish(*((topic, "retained") for topic in TOPICS), retain=True)
        peers = {actor: prepared.connect(actor) for actor in ACTORS}
        assert not [actor for actor, peer in peers.items() if peer.is_refused]
        for actor, peer in peers.items():
            peer.subscribe(*TOPICS, *WILDCARDS, *(f"$share/{actor}/{topic}" for topic in SHARED))
        observer.publish(*((topic, "live") for topic in TOPICS))
        for peer in peers.values():
            peer.hear_out()
        live, retained = heard(peers, retain=False), heard(peers, retain=True)
        for actor, peer in peers.items():
            peer.publish(*((topic, actor) for topic in TOPICS))
            peer.publish(*((topic, actor) for topic in TOPICS), retain=True)
        observer.subscribe("#")  # again, for what is retained by now
        observer.hear_out()
        published = {(message.payload.decode(), message.topic) for message in observer.received}
        yield Outcome({each for each in published if each[0] in ACTORS}, live, retained)
        for peer in peers.values():
            peer.close()


def heard(peers: Mapping[str, Peer], *, retain: bool) -> set[tuple[str, str]]:
    return {
        (actor, message.topic)
        for actor, peer in peers.items()
        for message in peer.received
        if message.retain == retain and (message.topic in TOPICS or message.topic == BROKER_FIGURE)
    }


def topics_within(row: Row) -> list[str]:
    return [topic for topic in TOPICS if row.covers(topic)]


PUBLISH_ROWS = [row for row in ROWS if row.publish]
READ_ROWS = [row for row in ROWS if row.subscribe and row.topic != "$SYS/#"]
FIGURE_ROWS = [row for row in ROWS if row.topic == "$SYS/#"]


@pytest.mark.parametrize("row", PUBLISH_ROWS, ids=str)
def test_what_a_row_lets_an_account_publish_is_delivered(row: Row, outcome: Outcome) -> None:
    topics = topics_within(row)
    assert topics
    assert not [topic for topic in topics if (row.actor, topic) not in outcome.published]


@pytest.mark.parametrize("row", READ_ROWS, ids=str)
def test_what_a_row_lets_an_account_read_is_delivered_live_and_retained(row: Row, outcome: Outcome) -> None:
    topics = topics_within(row)
    assert topics
    assert not [topic for topic in topics if (row.actor, topic) not in outcome.live]
    assert not [topic for topic in topics if (row.actor, topic) not in outcome.retained]


@pytest.mark.parametrize("row", FIGURE_ROWS, ids=str)
def test_who_may_read_the_brokers_figures_does(row: Row, outcome: Outcome) -> None:
    assert (row.actor, BROKER_FIGURE) in outcome.retained


@pytest.mark.parametrize("row", [row for row in ROWS if not row.subscribe], ids=str)
def test_a_row_for_publishing_lets_nothing_be_read(row: Row, outcome: Outcome) -> None:
    leaked = (outcome.live | outcome.retained) & {(row.actor, topic) for topic in topics_within(row)}
    assert not {topic for actor, topic in leaked if not may_read(actor, topic)}


@pytest.mark.parametrize("row", [row for row in ROWS if not row.publish and row.topic != "$SYS/#"], ids=str)
def test_a_row_for_reading_lets_nothing_be_published(row: Row, outcome: Outcome) -> None:
    forged = outcome.published & {(row.actor, topic) for topic in topics_within(row)}
    assert not {topic for actor, topic in forged if not may_publish(actor, topic)}


@pytest.mark.parametrize("actor", ACTORS)
def test_nothing_that_is_not_listed_reaches_an_account(actor: str, outcome: Outcome) -> None:
    received = {topic for who, topic in outcome.live | outcome.retained if who == actor}
    assert not {topic for topic in received if not may_read(actor, topic)}


@pytest.mark.parametrize("actor", ACTORS)
def test_nothing_that_is_not_listed_is_taken_from_an_account(actor: str, outcome: Outcome) -> None:
    taken = {topic for who, topic in outcome.published if who == actor}
    assert not {topic for topic in taken if not may_publish(actor, topic)}


def test_the_probes_reach_beyond_what_a_device_may(outcome: Outcome) -> None:
    """Or the tests above could not fail: there are topics of another device, another group and none at all."""
    forbidden = {topic for topic in TOPICS if not may_read("client", topic) and not may_publish("client", topic)}
    assert {f"infoscreen/{OTHER}/commands", f"infoscreen/events/{OTHER_GROUP}", "somewhere/else"} <= forbidden


def test_a_device_does_not_read_the_brokers_figures(outcome: Outcome) -> None:
    assert ("client", BROKER_FIGURE) not in outcome.retained


WILLS = {
    f"infoscreen/{SELF}/service_failed": True,
    f"infoscreen/{OTHER}/service_failed": False,
    f"infoscreen/{SELF}/commands": False,
    f"infoscreen/{SELF}/group_id": False,
    f"infoscreen/events/{OWN_GROUP}": False,
    f"infoscreen/groups/{OTHER_GROUP}/plan": False,
    "internal/notices/clients": False,
    "somewhere/else": False,
}


@pytest.mark.parametrize("retain", [False, True], ids=["live", "retained"])
@pytest.mark.parametrize(("topic", "is_delivered"), WILLS.items())
def test_a_last_will_follows_the_rules_too(topic: str, is_delivered: bool, retain: bool, prepared: Prepared) -> None:
    with prepared.observe() as observer:
        observer.subscribe("#")
        device = prepared.connect("client", will=(topic, "the will"), retain_will=retain)
        if not device.is_refused:
            device.vanish()
        observer.publish(("nothing/special", ""))  # the broker has seen the end of the connection once it confirms this
        observer.subscribe("#")
        observer.hear_out()
        assert ("the will" in observer.payloads(topic)) == is_delivered


def test_nobody_connects_without_an_account(prepared: Prepared) -> None:
    with Peer(prepared.installation.port, None, None, client_id="anybody") as anonymous:
        assert anonymous.is_refused


@pytest.mark.parametrize("actor", [*ACTORS, "foreign"])
def test_nobody_connects_with_a_wrong_password(actor: str, prepared: Prepared) -> None:
    for wrong in ("", "wrong", prepared.passwords[prepared.usernames["observer"]]):
        if wrong != prepared.passwords[prepared.usernames[actor]]:
            assert not prepared.installation.can_connect(prepared.usernames[actor], wrong)


def test_nobody_connects_with_an_unknown_name(prepared: Prepared) -> None:
    assert not prepared.installation.can_connect("infoscreen-client-ffffffff", PASSWORD)
