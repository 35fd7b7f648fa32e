"""Between the network and the database: bounded, in order, and what needs confirmation is never dropped."""

import threading

import pytest

from infoscreen.adapters.mqtt import waiting_reports
from infoscreen.adapters.mqtt.waiting_reports import WaitingReports
from infoscreen.services.ports import Received
from waiting import eventually


def report(name: str, qos: int = 0) -> Received:
    return Received("topic", name.encode(), received_at=0.0, qos=qos)


def put(waiting: WaitingReports, reports: list[Received], *, together: bool) -> None:
    """Give them all at once, or each on its own."""
    for some in [reports] if together else [[each] for each in reports]:
        waiting.put(some)


def names(reports: list[Received]) -> str:
    return "".join((each.payload or b"").decode() for each in reports)


together_or_not = pytest.mark.parametrize("together", [True, False], ids=["together", "one by one"])


@pytest.fixture
def waiting() -> WaitingReports:
    return WaitingReports()


@together_or_not
def test_reports_are_collected_in_their_order_and_so_many_at_most(waiting: WaitingReports, together: bool) -> None:
    put(waiting, [report(name) for name in "abcde"], together=together)
    assert [names(waiting.collect(2, 0.0)) for _ in range(4)] == ["ab", "cd", "e", ""]


@together_or_not
@pytest.mark.parametrize(("limit", "value"), [("REPORTS_AT_MOST", 3), ("BYTES_AT_MOST", 3)])
def test_the_oldest_make_room_but_none_that_needs_confirmation(
    waiting: WaitingReports, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, together: bool
) -> None:
    monkeypatch.setattr(waiting_reports, limit, value)
    put(waiting, [report(name, qos=int(name.isupper())) for name in "aBcDefg"], together=together)
    assert (names(waiting.collect(9, 0.0)), waiting.dropped) == ("BDg", 4)
    waiting.put([report("h")])
    assert names(waiting.collect(9, 0.0)) == "h"


@together_or_not
def test_where_all_that_waits_needs_confirmation_the_network_waits_too(
    waiting: WaitingReports, monkeypatch: pytest.MonkeyPatch, together: bool
) -> None:
    monkeypatch.setattr(waiting_reports, "REPORTS_AT_MOST", 3)
    delivered = [report(name, qos=1) for name in "ABCDEF"]
    network = threading.Thread(target=lambda: put(waiting, delivered, together=together))
    network.start()
    collected = ""
    while len(collected) < 6:
        assert len(waiting) <= 3
        collected += names(waiting.collect(2, 0.05))
    network.join()
    assert (collected, waiting.dropped) == ("ABCDEF", 0)


def test_once_closed_it_takes_nothing_more_and_lets_the_network_go(
    waiting: WaitingReports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_reports, "REPORTS_AT_MOST", 1)
    waiting.put([report("A", qos=1)])
    network = threading.Thread(target=waiting.put, args=[[report("B", qos=1)]])
    network.start()
    waiting.close()
    network.join(10)
    assert not network.is_alive()
    waiting.put([report("C")])
    assert names(waiting.collect(9, 0.0)) == "A"


def test_who_waits_is_woken_by_the_first_report(waiting: WaitingReports) -> None:
    collected: list[Received] = []
    collector = threading.Thread(target=lambda: collected.extend(waiting.collect(9, 60.0)))
    collector.start()
    waiting.put([report("a")])  # it came long ago, so there is nothing left to wait for
    eventually(lambda: collected)
    collector.join()
