"""Emergency messages and held groups: what the broker gets instead of the plan, and that the plan comes back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest

from applications import MONDAY, Clock, RememberingBus
from infoscreen.bootstrap import App
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.domain.broadcasts import Severity
from infoscreen.domain.errors import Invalid
from infoscreen.services import broadcasts, events, groups, publishing
from infoscreen.services.broadcasts import BroadcastOver, Order
from infoscreen.services.event_board import Board
from infoscreen.services.event_payloads import Addresses
from infoscreen.services.groups import GroupIsFixed
from infoscreen.services.notices import NoticeKind
from infoscreen_wire import topics
from infoscreen_wire.payloads.to_device import Plan, PublishedEvent

ADDRESSES = Addresses("http://screens.example:8000", b"k" * 40)
GRACE = 170
HOUR = timedelta(hours=1)


@pytest.fixture
def board() -> Board:
    return Board(timedelta(days=7))


def make_group(app: App, name: str = "Aula") -> int:
    with app.work() as work:
        return groups.create_group(work, {"name": name}).id


def plan(app: App, group_id: int, start: datetime = MONDAY, **fields: Any) -> int:
    """A message event of two hours, from now unless told otherwise."""
    given = {
        "subject": "Speiseplan",
        "group_id": group_id,
        "start_time": start,
        "end_time": start + 2 * HOUR,
        "type": "message",
        "message_content": "Suppe",
    }
    with app.work() as work:
        return events.create_event(work, given | fields).id


def announce(app: App, group_ids: Sequence[int] | None, minutes: int = 10, *, is_drill: bool = False) -> int:
    """Begin a message; returns the number by which devices know it."""
    with app.work() as work:
        order = Order("Bitte alle in den Hof", Severity.CRITICAL, minutes, group_ids, "Probe", is_drill)
        return broadcasts.start_broadcast(work, order).announcement.event_id


def end(app: App, event_id: int) -> None:
    with app.work() as work:
        broadcasts.end_broadcast(work, event_id - 1_000_000_000, GRACE)


def shown(app: App, board: Board, group_id: int) -> list[int]:
    """The ids in a group's list, as it would be published now."""
    with app.reading() as work:
        payload = publishing.event_lists(work, board, ADDRESSES)[topics.events(group_id)]
    return [each["id"] for each in orjson.loads(payload)]


def planned(app: App, board: Board, group_id: int) -> list[tuple[int, str, str]]:
    """The plan that the broker would hold for a group: id, start and end of what is due."""
    with app.reading() as work:
        publishing.event_lists(work, board, ADDRESSES)
        drafts = publishing.plan_drafts(work, board, ADDRESSES)
    with app.work() as work:
        publishing.number_plans(work, board, drafts)
    found = Plan.model_validate_json(publishing.plans(board)[topics.plan(group_id)])
    return [(each["id"], each["start"], each["end"]) for each in found.occurrences]


def test_a_message_is_the_only_event_of_its_groups_in_exactly_the_contracts_shape(app: App, board: Board) -> None:
    aula, foyer = make_group(app), make_group(app, "Foyer")
    event_ids = plan(app, aula), plan(app, foyer)
    number = announce(app, [aula])
    with app.reading() as work:
        lists = publishing.event_lists(work, board, ADDRESSES)
    (published,) = orjson.loads(lists[topics.events(aula)])
    assert published == {
        "id": number,
        "occurrence_id": f"{number}@20261123T070000Z",
        "title": "Notfall",
        "start": "2026-11-23T07:00:00Z",
        "end": "2026-11-23T07:10:00Z",
        "group_id": aula,
        "event_type": "message",
        "recurrence_rule": None,
        "recurrence_end": None,
        "message": {"type": "html", "content": "<h1>Notfall</h1><p>Bitte alle in den Hof</p>"},
    }
    assert PublishedEvent.model_validate(published).id == number
    assert [each["id"] for each in orjson.loads(lists[topics.events(foyer)])] == [event_ids[1]]


def test_the_plan_is_back_when_the_message_ends_by_itself_or_by_hand(app: App, board: Board, clock: Clock) -> None:
    group_id = make_group(app)
    event_id = plan(app, group_id)
    number = announce(app, [group_id], minutes=10)
    assert shown(app, board, group_id) == [number]
    clock.forward(minutes=9, seconds=59)
    assert shown(app, board, group_id) == [number]
    clock.forward(seconds=1)
    assert shown(app, board, group_id) == [event_id]
    by_hand = announce(app, [group_id], minutes=1_440)
    assert shown(app, board, group_id) == [by_hand]
    end(app, by_hand)
    assert shown(app, board, group_id) == [event_id]


def test_the_next_end_of_a_message_is_waited_for(app: App, board: Board) -> None:
    group_id = make_group(app)
    shown(app, board, group_id)
    assert board.next_end is None
    announce(app, [group_id], minutes=30)
    announce(app, None, minutes=10, is_drill=True)
    shown(app, board, group_id)
    assert board.next_end == MONDAY + timedelta(minutes=30)


def test_of_two_messages_the_newer_one_is_shown_and_the_older_one_when_that_ends(app: App, board: Board) -> None:
    group_id = make_group(app)
    older, newer = announce(app, [group_id], minutes=60), announce(app, None, minutes=5)
    assert shown(app, board, group_id) == [newer]
    end(app, newer)
    assert shown(app, board, group_id) == [older]


def test_a_message_for_all_reaches_groups_that_are_held_switched_off_or_made_later_but_never_nicht_zugeordnet(
    app: App, board: Board
) -> None:
    held, off = make_group(app), make_group(app, "Foyer")
    with app.work() as work:
        groups.pause_group(work, held)
        groups.change_group(work, off, {"is_active": False}, None)
    number = announce(app, None)
    later = make_group(app, "Turnsaal")
    assert [shown(app, board, each) for each in (held, off, later, UNASSIGNED_ID)] == [[number]] * 3 + [[]]
    with pytest.raises(Invalid):
        announce(app, [UNASSIGNED_ID])


def test_a_scheduler_that_starts_in_the_middle_shows_the_message(app: App, board: Board) -> None:
    group_id = make_group(app)
    plan(app, group_id)
    number = announce(app, [group_id])
    assert shown(app, Board(timedelta(days=7)), group_id) == [number]
    assert shown(app, board, group_id) == [number]


def test_the_plan_lets_the_message_pass_and_goes_on_at_its_end_also_without_the_server(app: App, board: Board) -> None:
    group_id = make_group(app)
    running = plan(app, group_id)
    covered = plan(app, group_id, MONDAY + timedelta(minutes=2), end_time=MONDAY + timedelta(minutes=8))
    coming = plan(app, group_id, MONDAY + 3 * HOUR)
    assert [each[0] for each in planned(app, board, group_id)] == [running, covered, coming]
    number = announce(app, [group_id], minutes=10)
    later = (coming, "2026-11-23T10:00:00Z", "2026-11-23T12:00:00Z")
    assert planned(app, board, group_id) == [
        (number, "2026-11-23T07:00:00Z", "2026-11-23T07:10:00Z"),
        (running, "2026-11-23T07:10:00Z", "2026-11-23T09:00:00Z"),
        later,
    ]
    end(app, number)
    assert planned(app, board, group_id) == [
        (running, "2026-11-23T07:00:00Z", "2026-11-23T09:00:00Z"),
        (covered, "2026-11-23T07:02:00Z", "2026-11-23T07:08:00Z"),
        later,
    ]


def test_what_goes_on_after_a_message_keeps_its_name(app: App, board: Board) -> None:
    group_id = make_group(app)
    event_id = plan(app, group_id)
    announce(app, [group_id])
    planned(app, board, group_id)
    found = Plan.model_validate_json(publishing.plans(board)[topics.plan(group_id)])
    assert [each["occurrence_id"] for each in found.occurrences][1] == f"{event_id}@20261123T070000Z"


def test_a_held_group_shows_nothing_until_it_is_released(app: App, board: Board, bus: RememberingBus) -> None:
    group_id, other = make_group(app), make_group(app, "Foyer")
    event_id, elsewhere = plan(app, group_id), plan(app, other)
    with app.work() as work:
        since = groups.pause_group(work, group_id).paused_at
    assert (since, shown(app, board, group_id), shown(app, board, other)) == (MONDAY, [], [elsewhere])
    assert planned(app, board, group_id) == []
    assert bus.notices[-1].kind is NoticeKind.GROUPS
    with app.work() as work:
        assert groups.resume_group(work, group_id).paused_at is None
    assert shown(app, board, group_id) == [event_id]
    assert [each[0] for each in planned(app, board, group_id)] == [event_id]


def test_holding_a_group_twice_is_as_good_as_once_and_nicht_zugeordnet_cannot_be_held(app: App, clock: Clock) -> None:
    group_id = make_group(app)
    with app.work() as work:
        groups.pause_group(work, group_id)
    clock.forward(hours=1)
    with app.work() as work:
        assert groups.pause_group(work, group_id).paused_at == MONDAY
    for change in (groups.pause_group, groups.resume_group):
        with app.work() as work, pytest.raises(GroupIsFixed):
            change(work, UNASSIGNED_ID)


def test_a_held_group_shows_only_the_message_in_its_plan(app: App, board: Board) -> None:
    group_id = make_group(app)
    plan(app, group_id)
    with app.work() as work:
        groups.pause_group(work, group_id)
    number = announce(app, [group_id])
    assert [each[0] for each in planned(app, board, group_id)] == [number]


def test_a_message_that_is_over_cannot_be_ended_again(app: App, clock: Clock) -> None:
    group_id = make_group(app)
    by_hand, by_itself = announce(app, [group_id]), announce(app, [group_id], minutes=1)
    end(app, by_hand)
    clock.forward(minutes=1)
    for number in (by_hand, by_itself):
        with pytest.raises(BroadcastOver):
            end(app, number)


def test_a_deleted_group_takes_nothing_of_the_message_with_it(app: App, board: Board) -> None:
    aula, foyer = make_group(app), make_group(app, "Foyer")
    number = announce(app, [aula, foyer])
    with app.work() as work:
        groups.delete_group(work, foyer, None)
    assert shown(app, board, aula) == [number]
