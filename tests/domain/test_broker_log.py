"""What is read from Mosquitto's log: lines of 2.0.11 and of later versions."""

import pytest

from infoscreen.domain.broker_log import BrokerLog, Refusal
from infoscreen.domain.broker_logins import ADDRESSES_AT_MOST, OTHERS, TOO_MANY, WINDOW_SECONDS, RefusedLogins


def read(*lines: str) -> BrokerLog:
    log = BrokerLog()
    for line in lines:
        assert log.read(line), line
    return log


def test_a_refusal_is_told_with_the_address_of_the_newest_connection_that_has_not_logged_in() -> None:
    log = read(
        "2026-11-21T05:12:51: New connection from 10.0.3.17:40001 on port 1883.",
        "2026-11-21T05:12:51: New connection from 10.0.3.99:40002 on port 1883.",
        "2026-11-21T05:12:51: New client connected from 10.0.3.17:40001 as infoscreen-client-9b8d1856 (p2, c1, k60).",
        "2026-11-21T05:12:51: Client <unknown> disconnected, not authorised.",
    )
    assert log.take_refusals() == [Refusal("10.0.3.99", 40002)]
    assert log.take_refusals() == []


def test_a_version_that_names_address_and_account_is_believed() -> None:
    log = read(
        "New connection from ::1:40001 on port 8883.",
        "New connection from ::1:40002 on port 8883.",
        "Client someone [::1:40001] disconnected: not authorised.",
    )
    assert log.take_refusals() == [Refusal("::1", 40001, "someone")]


LISTENER = "infoscreen-server-listener-1"
COMES = f"New client connected from 10.0.3.1:1 as {LISTENER} (p5, c0, k60)."


@pytest.mark.parametrize(
    "gone",
    [
        f"Client {LISTENER} disconnected.",
        f"Client {LISTENER} closed its connection.",
        f"Client {LISTENER} has exceeded timeout, disconnecting.",
    ],
)
def test_an_account_is_away_from_when_it_was_seen_to_go_until_it_is_back(gone: str) -> None:
    log = read(COMES)
    assert not log.is_away(LISTENER)
    log.read(gone)
    assert log.is_away(LISTENER)
    log.read(COMES)
    assert not log.is_away(LISTENER)


def test_whoever_takes_over_its_own_connection_is_not_away() -> None:
    assert not read(COMES, f"Client {LISTENER} already connected, closing old connection.", COMES).is_away(LISTENER)


def test_nobody_counts_as_away_of_whom_the_part_of_the_log_that_is_there_tells_nothing() -> None:
    log = BrokerLog()
    assert not log.is_away(LISTENER)
    log.read("mosquitto version 2.0.11 starting")
    assert log.is_away(LISTENER)


def test_a_stranger_who_goes_under_a_listeners_name_sends_nobody_away() -> None:
    log = read(COMES, f"Client x {LISTENER} [10.0.3.99:1] disconnected, not authorised.")
    log.read(f"Client x Client {LISTENER} disconnected.")
    assert not log.is_away(LISTENER)


@pytest.mark.parametrize(
    "name",
    [
        "a [10.0.3.1:1] disconnected: not authorised",
        "New connection from 10.0.3.1:1 on port 1883.",
        "mosquitto version 2.1.0 starting",
        "New client connected from 10.0.3.1:1 as infoscreen-server-listener-1 (p2, c0, k60).",
        "<unknown> closed",
    ],
)
def test_a_name_that_reads_like_the_log_blames_nobody_else(name: str) -> None:
    log = read(
        "New connection from 10.0.3.99:40002 on port 8883.",
        f"Client {name} [10.0.3.99:40002] disconnected: not authorised.",
    )
    assert log.take_refusals() == [Refusal("10.0.3.99", 40002, name)]
    assert log.connected == set()


def test_a_connection_that_ended_without_a_login_is_not_blamed_for_the_next_refusal() -> None:
    log = read(
        "New connection from 10.0.3.5:40000 on port 1883.",
        "New connection from 10.0.3.17:40001 on port 1883.",
        "Client <unknown> closed its connection.",
        "Client <unknown> disconnected, not authorised.",
    )
    assert log.take_refusals() == [Refusal("10.0.3.5", 40000)]


def test_who_is_connected_counts_from_the_brokers_start() -> None:
    connected = "New client connected from 127.0.0.1:1 as infoscreen-server-listener-1 (p2, c0, k60)."
    assert read(connected).connected == {"infoscreen-server-listener-1"}
    assert read(connected, "mosquitto version 2.0.11 starting").connected == set()


@pytest.mark.parametrize(
    "line",
    ["Client infoscreen-client-9b8d1856 closed its connection.", "Saving in-memory database to /x/mosquitto.db."],
)
def test_everyday_lines_are_of_no_interest_to_a_person(line: str) -> None:
    assert BrokerLog().read(line)


@pytest.mark.parametrize(
    "line", ["Error: Unable to open acl_file", "Warning: Invalid line in acl_file", "Out of memory."]
)
def test_other_lines_are(line: str) -> None:
    assert not BrokerLog().read(line)


def refused(address: str, times: int = 1) -> list[Refusal]:
    return [Refusal(address, 1)] * times


def test_an_address_has_too_many_refusals_within_the_window_only() -> None:
    logins = RefusedLogins()
    assert logins.note(refused("10.0.3.9", TOO_MANY - 1), 0.0) == {}
    assert logins.note(refused("10.0.3.8"), 1.0) == {}
    assert logins.note(refused("10.0.3.9"), 2.0) == {"10.0.3.9": TOO_MANY}
    assert logins.note(refused("10.0.3.9"), 3.0 + WINDOW_SECONDS) == {}


def test_more_addresses_than_a_school_has_are_counted_as_one() -> None:
    logins = RefusedLogins()
    for number in range(ADDRESSES_AT_MOST + TOO_MANY):
        found = logins.note(refused(f"10.{number // 256}.{number % 256}.1"), 0.0)
    assert found == {OTHERS: TOO_MANY}
