"""Of a burst of states of one client only what tells something is read; whatever is skipped changes nothing."""

import json
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from applications import MONDAY
from infoscreen.services import report_batches
from infoscreen.services.ports import Received
from infoscreen.services.refusals import Reason
from infoscreen.services.report_batches import Batch, gather
from infoscreen_wire.topics import ReportKind
from listening import OTHER, UUID, example, received


def at(seconds: float, kind: ReportKind, payload: Any, uuid: str = UUID) -> Received:
    return received(kind, payload, uuid)._replace(received_at=seconds)


def gathered(*messages: Received) -> Batch:
    return gather(messages, instant)


def instant(message: Received) -> datetime:
    return MONDAY + timedelta(seconds=message.received_at)


def health(pid: int = 1, **fields: Any) -> dict[str, Any]:
    message = {**example("health"), **fields}
    message["actual_state"] = {**message["actual_state"], "pid": pid}
    return message


def test_of_states_within_a_second_the_newest_is_read_and_the_others_are_counted() -> None:
    batch = gathered(*(at(pid / 10, ReportKind.HEALTH, health(pid)) for pid in range(10)))
    (outcome,) = batch.outcomes
    assert (outcome.reason, outcome.superseded) == (None, 9)
    assert batch.changes[UUID]["process_pid"] == 9
    assert batch.changes[UUID]["last_alive"] == MONDAY + timedelta(seconds=0.9)


def test_what_the_newest_does_not_tell_is_taken_from_an_older_one() -> None:
    partial = {"expected_state": {"event_id": 7}}
    batch = gathered(at(0.0, ReportKind.HEALTH, health(5)), at(0.1, ReportKind.HEALTH, partial))
    assert (batch.changes[UUID]["process_pid"], batch.changes[UUID]["expected_event_id"]) == (5, 7)
    assert [outcome.superseded for outcome in batch.outcomes] == [0, 0]


def test_signs_of_life_further_apart_are_all_heard() -> None:
    messages = [at(second, ReportKind.HEALTH, health()) for second in (0.0, 4.0, 8.0)]
    assert len(gathered(*messages).told[UUID]) == 3


def test_a_broken_message_takes_no_good_one_with_it() -> None:
    batch = gathered(at(0.0, ReportKind.HEALTH, health(5)), at(0.1, ReportKind.HEALTH, b"{"))
    assert [outcome.reason for outcome in batch.outcomes] == [None, Reason.NOT_JSON]
    assert batch.changes[UUID]["process_pid"] == 5


def test_other_clients_kinds_and_logs_are_left_alone() -> None:
    messages = [
        at(0.0, ReportKind.HEALTH, health(1), OTHER),
        at(0.1, ReportKind.HEARTBEAT, example("heartbeat")),
        at(0.2, ReportKind.LOG_INFO, {"message": "one"}),
        at(0.3, ReportKind.LOG_INFO, {"message": "two"}),
        at(0.4, ReportKind.HEALTH, health(2)),
    ]
    batch = gathered(*messages)
    assert [line.columns["message"] for line in batch.logs] == ["one", "two"]
    assert len(batch.outcomes) == 5


BLOCKS = st.fixed_dictionaries(
    {},
    optional={
        "expected_state": st.fixed_dictionaries({}, optional={"event_id": st.none() | st.integers(1, 3)}),
        "actual_state": st.fixed_dictionaries({}, optional={"process": st.none() | st.text(max_size=2)}),
        "health_metrics": st.fixed_dictionaries(
            {}, optional={"screen_on": st.booleans(), "screen_health": st.sampled_from(["OK", "BLACK"])}
        ),
        "broker_connection": st.fixed_dictionaries({}, optional={"reconnect_count": st.integers(0, 9)}),
        "boot_id": st.sampled_from(["a", "b"]),
    },
)


@given(sent=st.lists(st.tuples(st.integers(0, 20), BLOCKS | st.just(health())), max_size=12))
def test_nothing_that_an_older_state_tells_is_lost_by_skipping(sent: list[tuple[int, dict[str, Any]]]) -> None:
    """Compared with reading every message: the same state, unless the newest of a second names a fact as unknown."""
    messages = [
        at(tenths / 10, ReportKind.HEALTH, json.dumps(payload).encode())
        for tenths, payload in sorted(sent, key=lambda each: each[0])
    ]
    skipping = gathered(*messages)
    patience, report_batches.SUPERSEDES_WITHIN_SECONDS = report_batches.SUPERSEDES_WITHIN_SECONDS, -1.0
    try:
        reading = gathered(*messages)
    finally:
        report_batches.SUPERSEDES_WITHIN_SECONDS = patience
    assert skipping.changes == reading.changes
    assert skipping.told_at == reading.told_at
    assert sum(1 + outcome.superseded for outcome in skipping.outcomes) == len(messages)
