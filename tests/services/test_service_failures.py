"""A service that a device gave up on: one alert, cleared by a person or by five minutes of work, and never twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alerting import closed_alerts
from applications import MONDAY
from infoscreen.db.clients import ClientState
from infoscreen.domain.errors import BusUnavailable, NotFound
from infoscreen.services import alerts, service_failures
from infoscreen.services.intake import record_reports
from infoscreen.services.report_batches import gather
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from listening import OTHER, STRANGER, UUID, School, example, received

GRACE = 180
FAILED_AT = datetime(2026, 11, 21, 7, 0, 5, tzinfo=UTC)
TOPIC = topics.report(UUID, ReportKind.SERVICE_FAILED)
Hear = Callable[..., None]


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> School:
    return School(database_url, tmp_path)


@pytest.fixture
def hear(school: School) -> Hear:
    """Delivers one message to the listener."""

    def take(kind: ReportKind = ReportKind.SERVICE_FAILED, retained: bool = False, **fields: Any) -> None:
        payload = {**example("service_failed"), **fields} if kind is ReportKind.SERVICE_FAILED else fields
        message = received(kind, payload, qos=1, retained=retained)
        with school.app.work() as work:
            record_reports(work, gather([message], lambda _: school.clock.now), GRACE)

    return take


def beat(school: School, hear: Hear, minutes: int, status: str = "running") -> None:
    """The device reports every minute, and the scheduler looks."""
    for _ in range(minutes):
        school.clock.forward(minutes=1)
        hear(ReportKind.HEARTBEAT, timestamp="2026-11-23T09:00:00Z", process_status=status)
        look(school)


def look(school: School) -> None:
    service_failures.follow_failures(school.app.reading, school.app.work, GRACE)


def clear(school: School, uuid: str = UUID) -> bool:
    with school.app.work() as work:
        return service_failures.clear_failure(work, uuid)


def clear_on_broker(school: School) -> None:
    service_failures.clear_on_broker(school.app.reading, school.app.work)


def alerted(school: School) -> list[tuple[str, int, str | None]]:
    """Subject, count and closing of every alert of the kind."""
    with school.app.reading() as work:
        every = [*alerts.open_alerts(work), *closed_alerts(work)]
        return [(each.subject, each.count, each.closing) for each in every if each.kind == "service_failed"]


def failed_at(state: ClientState) -> datetime | None:
    return state.service_failed_at


def test_a_failed_service_is_stored_with_an_alert_at_once(school: School, hear: Hear) -> None:
    hear()
    state = school.state()
    assert (state.service_failed_at, state.service_failed_unit) == (FAILED_AT, "infoscreen-simclient.service")
    assert state.last_alive is None, "it says nothing of the device being there"
    with school.app.reading() as work:
        (alert,) = alerts.open_alerts(work)
    assert (alert.kind, alert.severity, alert.subject) == ("service_failed", "critical", UUID)
    assert alert.details == {"unit": "infoscreen-simclient.service", "failedAt": "2026-11-21T07:00:05"}


def test_the_message_that_comes_at_every_reconnect_is_no_news(school: School, hear: Hear) -> None:
    hear()
    hear(retained=True)
    assert alerted(school) == [(UUID, 1, None)]


def test_an_empty_message_is_a_clear_in_transit_and_changes_nothing(school: School, hear: Hear) -> None:
    hear()
    with school.app.work() as work:
        record_reports(work, gather([received(ReportKind.SERVICE_FAILED, b"", qos=1)], lambda _: MONDAY), GRACE)
    assert failed_at(school.state()) == FAILED_AT


def test_a_failure_of_another_device_is_not_stored(school: School, hear: Hear) -> None:
    hear(client_uuid=OTHER)
    assert (failed_at(school.state()), failed_at(school.state(OTHER)), alerted(school)) == (None, None, [])


def test_an_acknowledged_failure_is_gone_here_and_from_the_broker_and_does_not_come_back(
    school: School, hear: Hear
) -> None:
    hear()
    assert clear(school)
    assert (failed_at(school.state()), school.state().service_failed_unit) == (None, None)
    assert school.bus.retained == {TOPIC: b""}
    hear(retained=True)
    assert failed_at(school.state()) is None
    assert alerted(school) == [(UUID, 1, "resolved")]


def test_while_the_broker_is_away_the_clearing_is_tried_until_it_is_done(school: School, hear: Hear) -> None:
    hear()
    school.bus.is_connected = False
    assert clear(school)
    for _ in range(2):
        with pytest.raises(BusUnavailable):
            clear_on_broker(school)
    school.bus.is_connected = True
    clear_on_broker(school)
    assert school.bus.sent == [(TOPIC, b"")]
    clear_on_broker(school)
    assert school.bus.sent == [(TOPIC, b"")], "once it is done, it is done"


def test_a_broker_that_brings_back_what_was_cleared_is_told_again(school: School, hear: Hear) -> None:
    hear()
    clear(school)
    clear_on_broker(school)
    school.bus.sent.clear()
    hear(retained=True)
    clear_on_broker(school)
    assert school.bus.sent == [(TOPIC, b"")]


def test_a_new_failure_is_not_swept_away_with_the_old_one(school: School, hear: Hear) -> None:
    hear()
    school.bus.is_connected = False
    clear(school)
    hear(failed_at="2026-11-23T08:00:00Z")
    school.bus.is_connected = True
    clear_on_broker(school)
    assert school.bus.sent == []
    assert failed_at(school.state()) == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert sorted(alerted(school), key=str) == [(UUID, 1, "resolved"), (UUID, 1, None)]


def test_to_clear_what_is_not_set_succeeds_and_clears_the_broker(school: School) -> None:
    assert not clear(school)
    assert school.bus.retained == {TOPIC: b""}
    with pytest.raises(NotFound):
        clear(school, STRANGER)


def test_a_device_that_works_for_five_minutes_clears_it_by_itself(school: School, hear: Hear) -> None:
    hear()
    beat(school, hear, minutes=5)
    assert failed_at(school.state()) == FAILED_AT, "it has worked for four minutes as far as is known"
    beat(school, hear, minutes=1)
    assert failed_at(school.state()) is None
    assert alerted(school) == [(UUID, 1, "recovered")]
    assert school.bus.retained == {TOPIC: b""}


def test_a_device_that_stops_again_begins_its_five_minutes_anew(school: School, hear: Hear) -> None:
    hear()
    beat(school, hear, minutes=4)
    beat(school, hear, minutes=1, status="crashed")
    beat(school, hear, minutes=5)
    assert failed_at(school.state()) == FAILED_AT
    beat(school, hear, minutes=1)
    assert failed_at(school.state()) is None


def test_a_silent_device_does_not_clear_itself(school: School, hear: Hear) -> None:
    hear(ReportKind.HEARTBEAT, timestamp="2026-11-23T09:00:00Z", process_status="running")
    hear()
    for _ in range(20):
        school.clock.forward(minutes=1)
        look(school)
    assert failed_at(school.state()) == FAILED_AT


def test_a_device_with_a_wrong_clock_clears_itself_no_sooner(school: School, hear: Hear) -> None:
    hear(failed_at="1970-01-01T00:00:09Z")
    beat(school, hear, minutes=3)
    assert failed_at(school.state()) is not None


def test_what_is_open_is_listed_the_newest_first(school: School, hear: Hear) -> None:
    hear()
    newer = {**example("service_failed"), "client_uuid": OTHER, "failed_at": "2026-11-23T06:00:00Z"}
    with school.app.work() as work:
        message = received(ReportKind.SERVICE_FAILED, newer, OTHER, qos=1)
        record_reports(work, gather([message], lambda _: MONDAY + timedelta(seconds=1)), GRACE)
    with school.app.reading() as work:
        assert [each.client.uuid for each in service_failures.open_failures(work)] == [OTHER, UUID]
