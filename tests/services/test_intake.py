"""What devices report reaches the database: what is stored, what is left alone, and who is told."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from applications import MONDAY
from infoscreen.db.monitoring import ClientLog
from infoscreen.services.intake import record_reports
from infoscreen.services.notices import NoticeKind
from infoscreen.services.ports import Received
from infoscreen.services.report_batches import gather
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from listening import OTHER, STRANGER, UUID, School, dashboard, discovery, example, picture, received

GRACE = 180
Record = Callable[..., set[str]]


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> School:
    return School(database_url, tmp_path)


@pytest.fixture
def record(school: School) -> Record:
    def record_now(*messages: Received) -> set[str]:
        school.bus.notices.clear()
        batch = gather(messages, lambda _message: school.clock.now)
        with school.app.work() as work:
            return record_reports(work, batch, GRACE)

    return record_now


def heartbeat(uuid: str = UUID, **fields: Any) -> Received:
    return received(ReportKind.HEARTBEAT, {"timestamp": "1970-01-01T00:00:07Z", **fields}, uuid)


def health(uuid: str = UUID, **blocks: Any) -> Received:
    return received(ReportKind.HEALTH, blocks, uuid)


def log(message: str = "no network", **fields: Any) -> Received:
    delivery = {"redelivered": fields.pop("redelivered", False), "qos": 1}
    return received(ReportKind.LOG_ERROR, {"message": message, **fields}, **delivery)


def logs(school: School) -> list[ClientLog]:
    with school.app.reading() as work:
        return list(work.session.scalars(select(ClientLog).order_by(ClientLog.id)))


def announced(school: School) -> dict[NoticeKind, tuple[int | str, ...]]:
    return {notice.kind: notice.ids for notice in school.bus.notices}


def test_a_sign_of_life_counts_by_the_servers_clock(school: School, record: Record) -> None:
    record(heartbeat())
    assert school.state().last_alive == MONDAY


def test_every_field_of_a_health_message_is_stored(school: School, record: Record) -> None:
    record(received(ReportKind.HEALTH, example("health")))
    state = school.state()
    assert (state.expected_event_id, state.current_process, state.process_pid) == (42, "display_manager", 1234)
    assert (state.process_status, state.screen_on, state.screen_health) == ("running", True, "OK")
    assert state.last_frame_update == datetime(2026, 11, 21, 7, 0, 4, tzinfo=UTC)
    assert (state.mqtt_reconnect_count, state.boot_id) == (2, "5b1c0f6e-0000-4000-8000-000000000001")
    assert state.mqtt_last_disconnect_at == datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


def test_a_heartbeat_leaves_what_a_health_message_said(school: School, record: Record) -> None:
    record(received(ReportKind.HEALTH, example("health")))
    record(heartbeat(current_event_id=42, process_status=None))
    state = school.state()
    assert (state.screen_health, state.process_status, state.process_pid) == ("OK", "running", 1234)
    assert state.current_event_id == 42


def test_within_a_batch_the_latest_word_counts_and_others_clients_are_kept_apart(
    school: School, record: Record
) -> None:
    record(heartbeat(process_status="starting"), heartbeat(OTHER, process_pid=7), heartbeat(process_status="running"))
    assert (school.state().process_status, school.state().process_pid) == ("running", None)
    assert (school.state(OTHER).process_status, school.state(OTHER).process_pid) == (None, 7)


def test_the_time_of_a_process_status_moves_only_when_the_status_does(school: School, record: Record) -> None:
    record(heartbeat(process_status="stopped"))
    school.clock.forward(seconds=65)
    record(heartbeat(process_status="stopped"))
    assert school.state().process_status_since == MONDAY
    school.clock.forward(seconds=65)
    record(heartbeat(process_status="running"))
    assert school.state().process_status_since == school.clock.now


def test_a_wrong_event_is_timed_from_its_first_report_until_the_right_one_is_shown(
    school: School, record: Record
) -> None:
    record(health(expected_state={"event_id": 42}), heartbeat(current_event_id=41))
    school.clock.forward(seconds=5)
    record(health(expected_state={"event_id": 42}))
    assert school.state().event_mismatch_since == MONDAY
    record(heartbeat(current_event_id=42))
    assert school.state().event_mismatch_since is None


def test_a_client_that_says_it_shows_nothing_misses_the_expected_event(school: School, record: Record) -> None:
    record(heartbeat(current_event_id=None))
    record(health(expected_state={"event_id": 42}))
    assert school.state().event_mismatch_since is None, "it never said that it shows nothing now"
    record(heartbeat(current_event_id=None))
    assert school.state().event_mismatch_since == MONDAY
    record(health(expected_state={"event_id": 42}))
    assert school.state().event_mismatch_since == MONDAY
    record(health(expected_state={"event_id": None}))
    assert school.state().event_mismatch_since is None


def test_when_a_client_came_back_to_the_broker_is_noted_as_often_as_it_counts_on(
    school: School, record: Record
) -> None:
    def reconnects() -> list[datetime]:
        return [datetime.fromisoformat(at) for at in school.state().mqtt_reconnects or ()]

    record(health(broker_connection={"reconnect_count": 40}))
    assert reconnects() == [], "when the first ones were is not known"
    record(health(broker_connection={"reconnect_count": 42}))
    record(health(broker_connection={"reconnect_count": 42}))
    assert reconnects() == [MONDAY, MONDAY]
    school.clock.forward(minutes=10)
    record(health(broker_connection={"reconnect_count": 1}))
    assert reconnects() == [MONDAY, MONDAY, school.clock.now], "the device started anew"
    record(health(broker_connection={"reconnect_count": 2_000_000}))
    assert reconnects() == [school.clock.now] * 6, "no more are kept than the rule asks for"


@pytest.mark.parametrize(
    ("kind", "is_told"), [(ReportKind.LOG_ERROR, True), (ReportKind.LOG_WARN, True), (ReportKind.LOG_INFO, False)]
)
def test_a_line_that_changes_the_status_is_announced(
    school: School, record: Record, kind: ReportKind, is_told: bool
) -> None:
    record(received(kind, {"message": "hot"}, qos=1))
    assert announced(school) == ({NoticeKind.CLIENTS: (UUID,)} if is_told else {})


def test_a_notice_goes_out_only_for_what_a_person_would_see(school: School, record: Record) -> None:
    record(health(actual_state={"status": "running", "pid": 1}), health(OTHER))
    assert announced(school) == {NoticeKind.CLIENTS: (OTHER, UUID)}, "both are alive now"
    record(health(actual_state={"status": "running", "pid": 2}))
    assert announced(school) == {}, "a new process id is no news"
    record(health(actual_state={"status": "crashed"}), health(OTHER))
    assert announced(school) == {NoticeKind.CLIENTS: (UUID,)}
    school.clock.forward(seconds=GRACE)
    record(health(actual_state={"status": "crashed"}))
    assert announced(school) == {NoticeKind.CLIENTS: (UUID,)}, "it was silent and is back"


def test_an_unknown_client_is_named_and_hurts_no_other(school: School, record: Record) -> None:
    stranger = received(ReportKind.LOG_WARN, {"message": "who am I"}, STRANGER)
    assert record(heartbeat(STRANGER), heartbeat(), stranger) == {STRANGER}
    assert school.state().last_alive == MONDAY
    assert logs(school) == []


def test_a_log_is_stored_with_its_level_and_both_times(school: School, record: Record) -> None:
    record(log(timestamp="2020-01-01T00:00:00Z", context={"page": 3}))
    (line,) = logs(school)
    assert (line.client_uuid, line.level, line.message, line.context) == (UUID, "error", "no network", {"page": 3})
    assert (line.device_time, line.created_at) == (datetime(2020, 1, 1, tzinfo=UTC), MONDAY)


def test_a_log_that_is_too_long_is_cut(school: School, record: Record) -> None:
    record(log("ä" * 5_000, context={"trace": '"\\' * 20_000}))
    (line,) = logs(school)
    assert line.message == "ä" * 4_000
    assert 4_000 < len(json.dumps(line.context)) <= 16 * 1024


def test_figures_that_no_json_column_takes_become_null(school: School, record: Record) -> None:
    record(received(ReportKind.LOG_INFO, b'{"message": "hot", "context": {"celsius": NaN, "rest": [Infinity, 1]}}'))
    assert logs(school)[0].context == {"celsius": None, "rest": [None, 1]}


def test_a_log_that_the_broker_delivers_again_is_stored_once(school: School, record: Record) -> None:
    line = {"timestamp": "2026-11-23T08:59:59Z", "message": "no network"}
    record(log(**line))
    record(log(**line, redelivered=True), log(**{**line, "message": "network is back"}, redelivered=True))
    assert [stored.message for stored in logs(school)] == ["no network", "network is back"]


def test_a_log_delivered_again_while_it_still_waits_is_stored_once(school: School, record: Record) -> None:
    line = {"timestamp": "2026-11-23T08:59:59Z"}
    record(log("one", **line), log("one", **line, redelivered=True), log("two", **line, redelivered=True))
    assert [stored.message for stored in logs(school)] == ["one", "two"]


def test_a_log_that_a_device_writes_twice_is_stored_twice(school: School, record: Record) -> None:
    line = {"timestamp": "2026-11-23T08:59:59Z"}
    record(log("same", **line), log("same", **line))
    assert len(logs(school)) == 2


def test_a_log_without_a_device_time_is_rather_stored_twice_than_lost(school: School, record: Record) -> None:
    record(log())
    record(log(redelivered=True))
    assert len(logs(school)) == 2


def test_a_discovery_updates_the_hardware_and_nothing_that_people_administer(school: School, record: Record) -> None:
    record(
        discovery(hostname="pi-aula-1", macs=["d8:3a:dd:00:00:01"], description="hacked", group_id=9, is_active=False)
    )
    client = school.client()
    assert (client.hostname, client.macs) == ("pi-aula-1", ["d8:3a:dd:00:00:01"])
    assert (client.description, client.group_id, client.is_active, client.version) == ("Aula", 1, True, 1)
    assert client.state.last_alive is None, "announcing oneself is no heartbeat"


def test_a_discovery_leaves_hardware_it_does_not_name(school: School, record: Record) -> None:
    record(discovery(hostname="pi-aula-1", model="Raspberry Pi 5"))
    record(discovery(hostname="pi-aula-2", model=None))
    assert (school.client().hostname, school.client().model) == ("pi-aula-2", "Raspberry Pi 5")


def test_a_discovery_is_acknowledged_with_the_servers_time(school: School, record: Record) -> None:
    record(discovery(uuid=UUID.upper()))
    ack = {"status": "ok", "server_time": "2026-11-23T07:00:00Z"}
    assert [(topic, json.loads(payload)) for topic, payload in school.bus.sent] == [(topics.discovery_ack(UUID), ack)]


def test_a_discovery_of_an_unknown_client_is_not_answered(school: School, record: Record) -> None:
    assert record(discovery(uuid=STRANGER)) == {STRANGER}
    assert school.bus.sent == []


def test_a_message_with_a_picture_tells_of_the_state_and_puts_the_picture_aside(school: School, record: Record) -> None:
    message = received(ReportKind.DASHBOARD, dashboard(picture(), "event_start"))
    (aside,) = gather([message], lambda _: MONDAY).pictures
    assert (aside.uuid, aside.kind, aside.at, aside.sent_as) == (UUID, "event_start", MONDAY, "dashboard")
    record(message)
    state = school.state()
    assert (state.current_event_id, state.process_status, state.last_alive) == (42, "running", MONDAY)
    assert state.screenshot_at is None


def test_a_message_without_a_picture_puts_none_aside(school: School, record: Record) -> None:
    message = received(ReportKind.DASHBOARD, dashboard(None))
    assert gather([message], lambda _: MONDAY).pictures == []
    record(message)
    assert (school.state().screenshot_at, school.state().last_alive) == (None, MONDAY)


def test_since_when_an_event_is_shown_moves_only_with_the_event(school: School, record: Record) -> None:
    record(heartbeat(current_event_id=42))
    school.clock.forward(seconds=65)
    record(heartbeat(current_event_id=42))
    assert school.state().current_event_since == MONDAY
    record(heartbeat(current_event_id=43))
    assert school.state().current_event_since == school.clock.now


def power_state(uuid: str = UUID, **fields: Any) -> Received:
    return received(ReportKind.POWER_STATE, {**example("power_state"), "client_uuid": uuid, **fields}, uuid, qos=1)


def test_what_a_tv_did_is_stored_and_told_when_it_is_something_else(school: School, record: Record) -> None:
    record(power_state(observed_state="on", result="failed", error="x" * 1_000))
    state = school.state()
    assert (state.tv_state, state.tv_result, state.tv_error) == ("on", "failed", "x" * 255)
    assert (state.tv_reported_at, state.last_alive) == (MONDAY, None)
    assert announced(school) == {NoticeKind.CLIENTS: (UUID,)}
    school.clock.forward(minutes=1)
    record(power_state(observed_state="on", result="failed"))
    assert (school.state().tv_error, school.state().tv_reported_at) == (None, school.clock.now)
    assert announced(school) == {}


def test_what_another_devices_tv_did_is_not_stored(school: School, record: Record) -> None:
    record(received(ReportKind.POWER_STATE, {**example("power_state"), "client_uuid": OTHER}, UUID, qos=1))
    assert school.state().tv_state is None


def test_what_another_listener_has_overtaken_changes_nothing(school: School, record: Record) -> None:
    """Two listeners share; this one was slower."""
    late = gather([health(actual_state={"pid": 1, "status": "crashed"}), power_state()], lambda _: MONDAY)
    school.clock.forward(seconds=2)
    record(health(actual_state={"pid": 2, "status": "running"}))
    with school.app.work() as work:
        record_reports(work, late, GRACE)
    state = school.state()
    assert (state.process_pid, state.process_status) == (2, "running")
    assert state.last_alive == state.last_health == school.clock.now
    assert state.tv_reported_at == MONDAY, "what no newer message can have told is stored"


@pytest.mark.parametrize("hours", [-1, -24 * 365, 1])
def test_a_server_whose_clock_is_set_goes_on_storing(school: School, record: Record, hours: int) -> None:
    record(health(actual_state={"pid": 1}))
    school.clock.forward(hours=hours)
    record(health(actual_state={"pid": 2}))
    assert (school.state().process_pid, school.state().last_alive) == (2, school.clock.now)
