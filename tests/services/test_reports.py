"""Whatever arrives on a device's topic is read or refused for a reason, and never more than that."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications import MONDAY
from examples import examples
from infoscreen.services.intake import record_reports
from infoscreen.services.ports import Received
from infoscreen.services.refusals import Outcome, Reason, RefusalLog, Unreadable
from infoscreen.services.report_batches import gather
from infoscreen.services.reports import read
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from listening import OTHER, UUID, School, discovery, example, received

EXAMPLES = {
    ReportKind.HEARTBEAT: "heartbeat",
    ReportKind.HEALTH: "health",
    ReportKind.LOG_ERROR: "log",
    ReportKind.LOG_WARN: "log",
    ReportKind.LOG_INFO: "log",
    ReportKind.DASHBOARD: "dashboard",
    ReportKind.SCREENSHOT: "screenshot",
    ReportKind.COMMAND_ACK: "command_ack",
    ReportKind.COMMAND_ACK_ALIAS: "command_ack",
    ReportKind.SERVICE_FAILED: "service_failed",
    ReportKind.POWER_STATE: "power_state",
}
DEVICE_TOPICS = [topics.DISCOVERY, *(topics.report(UUID, kind) for kind in ReportKind)]
NESTED = b"[" * 100_000
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def reason_for(message: Received) -> Reason | None:
    try:
        read(message, MONDAY)
    except Unreadable as refused:
        return refused.reason
    return None


@pytest.mark.parametrize("kind", ReportKind)
def test_the_example_of_every_kind_is_read(kind: ReportKind) -> None:
    assert reason_for(received(kind, example(EXAMPLES[kind]))) is None


@pytest.mark.parametrize("topic", DEVICE_TOPICS)
@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b'{"message": "\xff\xfe"}', Reason.BAD_UTF8),
        (NESTED, Reason.NOT_JSON),
        (b'{"a":' * 100_000, Reason.NOT_JSON),
        (b"hello", Reason.NOT_JSON),
        (b"[]", Reason.INVALID),
        (b"7", Reason.INVALID),
        (None, Reason.TOO_LARGE),
    ],
    ids=["utf-8", "brackets", "braces", "text", "list", "number", "too large"],
)
def test_a_poisoned_payload_is_refused_for_its_reason(topic: str, payload: bytes | None, reason: Reason) -> None:
    assert reason_for(Received(topic, payload, received_at=0.0)) is reason


def test_an_empty_payload_is_a_clear_on_service_failed_and_nothing_elsewhere() -> None:
    found = {kind: reason_for(received(kind, b"")) for kind in ReportKind}
    assert found == {kind: None if kind is ReportKind.SERVICE_FAILED else Reason.NOT_JSON for kind in ReportKind}


@pytest.mark.parametrize("kind", [ReportKind.DASHBOARD, ReportKind.SERVICE_FAILED, ReportKind.POWER_STATE])
def test_a_payload_that_speaks_for_another_client_is_refused(kind: ReportKind) -> None:
    assert reason_for(received(kind, example(EXAMPLES[kind]), OTHER)) is Reason.ANOTHER_CLIENT


@pytest.mark.parametrize("year", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_beyond_the_calendar_is_refused(year: str) -> None:
    assert reason_for(received(ReportKind.HEARTBEAT, {"timestamp": year})) is Reason.INVALID


def test_an_older_dashboard_message_is_refused() -> None:
    message = example("dashboard")
    message["metadata"]["schema_version"] = "1.0"
    assert reason_for(received(ReportKind.DASHBOARD, message)) is Reason.INVALID


def test_a_retained_sign_of_life_proves_nothing() -> None:
    kept = {kind: reason_for(received(kind, example(EXAMPLES[kind]), retained=True)) for kind in ReportKind}
    assert kept.pop(ReportKind.SERVICE_FAILED) is None
    assert set(kept.values()) == {Reason.RETAINED}


@pytest.mark.parametrize("topic", ["", "infoscreen/x/health", f"infoscreen/{UUID}/healthy", f"clients/{UUID}/restart"])
def test_an_unknown_topic_is_refused(topic: str) -> None:
    assert reason_for(Received(topic, b"{}", received_at=0.0)) is Reason.UNKNOWN_TOPIC


@given(topic=st.sampled_from(DEVICE_TOPICS) | st.text(), payload=st.binary())
def test_any_bytes_on_any_topic_are_read_or_refused(topic: str, payload: bytes) -> None:
    reason_for(Received(topic, payload, received_at=0.0))


@given(payload=JSON, topic=st.sampled_from(DEVICE_TOPICS))
def test_any_json_on_any_topic_is_read_or_refused(payload: Any, topic: str) -> None:
    reason_for(Received(topic, json.dumps(payload).encode(), received_at=0.0))


@st.composite
def nearly_right(draw: st.DrawFn) -> Received:
    """The example of some kind with one of its fields, at any depth, replaced by anything."""
    kind = draw(st.sampled_from(list(ReportKind)))
    message = example(EXAMPLES[kind])
    place = message
    while isinstance(place[key := draw(st.sampled_from(sorted(place)))], dict) and place[key] and draw(st.booleans()):
        place = place[key]
    place[key] = draw(JSON)
    return received(kind, message)


@given(messages=st.lists(nearly_right() | JSON.map(lambda value: discovery(hostname=value)), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(60))
def test_whatever_is_read_can_be_stored(school: School, messages: list[Received]) -> None:
    with school.app.work() as work:
        record_reports(work, gather(messages, lambda _message: MONDAY), 180)


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> School:
    return School(database_url, tmp_path)


def test_a_refusal_is_logged_once_per_client_and_reason_in_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    refusals = RefusalLog()
    for seconds, uuid, reason in [
        (0, UUID, Reason.NOT_JSON),
        (59, UUID, Reason.NOT_JSON),
        (59, OTHER, Reason.NOT_JSON),
        (59, UUID, Reason.TOO_LARGE),
        (60, UUID, Reason.NOT_JSON),
    ]:
        refusals.note(Outcome("health", uuid, reason), MONDAY + timedelta(seconds=seconds))
    assert capsys.readouterr().out.count("message_dropped") == 4


def test_a_flood_of_invented_clients_does_not_fill_the_memory_of_what_was_logged() -> None:
    refusals = RefusalLog()
    for number in range(25_000):
        refusals.note(Outcome("discovery", str(number), Reason.UNKNOWN_CLIENT), MONDAY)
    assert len(refusals._logged) <= 10_000
