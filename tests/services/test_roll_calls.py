"""The roll-call of an emergency message, from what screens report to what is kept of it afterwards."""

from pathlib import Path

import pytest

from infoscreen.domain.broadcasts import ScreenStatus, Severity
from infoscreen.services import broadcasts, clients, groups, roll_calls
from infoscreen.services.broadcasts import Broadcast, Order
from infoscreen.services.intake import record_reports
from infoscreen.services.report_batches import gather
from infoscreen.services.roll_calls import Line
from infoscreen_wire.topics import ReportKind
from listening import OTHER, UUID, School, dashboard, example, received

GRACE = 170
SHOWN, PREPARING, OFFLINE = ScreenStatus.SHOWN, ScreenStatus.PREPARING, ScreenStatus.OFFLINE


class Drill:
    """A message to a group with two screens, and what those report."""

    def __init__(self, school: School) -> None:
        self.school = school
        with school.app.work() as work:
            self.group_id = groups.create_group(work, {"name": "Aula"}).id
            clients.assign_clients(work, [UUID, OTHER], self.group_id)
        self.id = self.begin(is_drill=True).id

    def begin(self, *, is_drill: bool = False) -> Broadcast:
        with self.school.app.work() as work:
            order = Order("Bitte in den Hof", Severity.INFO, 10, [self.group_id], is_drill=is_drill)
            return broadcasts.start_broadcast(work, order)

    def report(self, uuid: str, event_id: int | None, status: str = "running") -> None:
        message = example("heartbeat") | {"current_event_id": event_id, "process_status": status}
        self.hear(uuid, ReportKind.HEARTBEAT, message)

    def hear(self, uuid: str, kind: ReportKind, message: object) -> None:
        batch = gather([received(kind, message, uuid)], lambda _message: self.school.clock.now)
        with self.school.app.work() as work:
            record_reports(work, batch, GRACE)

    @property
    def event_id(self) -> int:
        with self.school.app.reading() as work:
            return broadcasts.get_broadcast(work, self.id).announcement.event_id

    def call(self) -> dict[str, Line]:
        with self.school.app.reading() as work:
            broadcast = broadcasts.get_broadcast(work, self.id)
            return {line.uuid: line for line in roll_calls.roll_call(work, broadcast, GRACE)}

    def statuses(self) -> list[ScreenStatus]:
        called = self.call()
        return [called[uuid].status for uuid in (UUID, OTHER)]

    def look(self) -> bool:
        """What the scheduler does every second."""
        with self.school.app.work() as work:
            return roll_calls.keep_roll_calls(work, GRACE)

    def tally(self) -> dict[str, int]:
        with self.school.app.reading() as work:
            tally = roll_calls.tallies(work, [broadcasts.get_broadcast(work, self.id)], GRACE)[self.id]
            return {**{key.value: count for key, count in tally.by_status.items()}, "ever": tally.ever_shown}


@pytest.fixture
def drill(database_url: str, tmp_path: Path) -> Drill:
    return Drill(School(database_url, tmp_path))


def test_a_screen_goes_from_offline_over_preparing_to_shown_as_it_reports(drill: Drill) -> None:
    assert drill.statuses() == [OFFLINE, OFFLINE]
    drill.report(UUID, None)
    assert drill.statuses() == [PREPARING, OFFLINE]
    drill.report(UUID, drill.event_id)
    assert drill.statuses() == [SHOWN, OFFLINE]
    drill.report(UUID, drill.event_id, "crashed")
    assert drill.statuses() == [PREPARING, OFFLINE]


def test_the_picture_that_a_screen_sends_when_the_message_begins_tells_at_once(drill: Drill) -> None:
    message = dashboard(None, "event_start")
    message["message"]["client_id"] = UUID
    message["runtime"]["process_health"] |= {"event_id": drill.event_id, "process_status": "running"}
    drill.hear(UUID, ReportKind.HEALTH, example("health"))
    drill.hear(UUID, ReportKind.DASHBOARD, message)
    assert drill.statuses() == [SHOWN, OFFLINE]


def test_a_screen_that_falls_silent_is_offline_and_counts_again_when_it_is_back(drill: Drill) -> None:
    drill.hear(UUID, ReportKind.HEALTH, example("health"))
    drill.report(UUID, drill.event_id)
    assert drill.statuses() == [SHOWN, OFFLINE]
    drill.school.clock.forward(seconds=31)
    assert drill.statuses() == [OFFLINE, OFFLINE]
    drill.hear(UUID, ReportKind.HEALTH, example("health"))
    drill.report(UUID, drill.event_id)
    assert drill.statuses() == [SHOWN, OFFLINE]


def test_a_tv_that_tells_it_is_off_is_named(drill: Drill) -> None:
    drill.report(UUID, drill.event_id)
    drill.hear(UUID, ReportKind.POWER_STATE, example("power_state") | {"client_uuid": UUID, "observed_state": "off"})
    assert drill.statuses() == [ScreenStatus.TV_OFF, OFFLINE]
    drill.hear(UUID, ReportKind.POWER_STATE, example("power_state") | {"client_uuid": UUID, "observed_state": "on"})
    assert drill.statuses() == [SHOWN, OFFLINE]


def test_a_group_that_shows_another_message_is_told_apart(drill: Drill) -> None:
    drill.report(UUID, None)
    newer = drill.begin()
    assert drill.statuses() == [ScreenStatus.OVERRULED, OFFLINE]
    with drill.school.app.work() as work:
        broadcasts.end_broadcast(work, newer.id, GRACE)
    assert drill.statuses() == [PREPARING, OFFLINE]


def test_a_screen_that_moves_into_the_group_is_called_and_one_that_leaves_is_not(drill: Drill) -> None:
    with drill.school.app.work() as work:
        elsewhere = groups.create_group(work, {"name": "Foyer"}).id
        clients.assign_clients(work, [OTHER], elsewhere)
    assert drill.call().keys() == {UUID}
    with drill.school.app.work() as work:
        clients.assign_clients(work, [OTHER], drill.group_id)
    assert drill.call().keys() == {UUID, OTHER}


def test_what_a_screen_showed_is_remembered_when_it_falls_silent_afterwards(drill: Drill) -> None:
    drill.report(UUID, drill.event_id)
    assert drill.look()
    since = drill.call()[UUID].shown_at
    assert since == drill.school.clock.now
    assert not drill.look()
    drill.school.clock.forward(seconds=200)
    assert drill.look()
    assert (drill.statuses(), drill.call()[UUID].shown_at) == ([OFFLINE, OFFLINE], since)
    assert drill.tally() == {"offline": 2, "ever": 1}


def test_after_the_end_the_roll_call_stays_as_it_was(drill: Drill) -> None:
    drill.report(UUID, drill.event_id)
    with drill.school.app.work() as work:
        broadcasts.end_broadcast(work, drill.id, GRACE)
    drill.report(UUID, None)
    drill.report(OTHER, None)
    assert drill.statuses() == [SHOWN, OFFLINE]
    assert drill.tally() == {"shown": 1, "offline": 1, "ever": 1}
    assert not drill.look()


def test_the_roll_call_of_a_message_that_ended_by_itself_is_the_last_one_that_was_kept(drill: Drill) -> None:
    drill.report(UUID, drill.event_id)
    drill.look()
    drill.school.clock.forward(minutes=10)
    assert drill.statuses() == [SHOWN, OFFLINE]


def test_a_deleted_screen_stays_in_the_roll_call_that_it_was_in(drill: Drill) -> None:
    drill.report(UUID, drill.event_id)
    with drill.school.app.work() as work:
        broadcasts.end_broadcast(work, drill.id, GRACE)
    with drill.school.app.work() as work:
        clients.delete_client(work, UUID)
    gone = drill.call()[UUID]
    assert (gone.status, gone.client, gone.name) == (SHOWN, None, UUID)


def test_screens_without_a_group_are_counted_as_not_reached(drill: Drill) -> None:
    with drill.school.app.work() as work:
        clients.assign_clients(work, [OTHER], 1)
    with drill.school.app.reading() as work:
        assert roll_calls.count_unreached(work) == 1
