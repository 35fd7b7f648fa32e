"""What the broker should hold: lists of what is on now, and every client's group."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import update

from applications import MONDAY, Clock, RememberingBus
from infoscreen.bootstrap import App
from infoscreen.db.events import Event
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.db.media import Media
from infoscreen.domain.errors import NotFound
from infoscreen.domain.recurrence import parse_exceptions
from infoscreen.services import broker_accounts, clients, event_board, event_exceptions, events, groups, publishing
from infoscreen.services.event_board import Board
from infoscreen.services.event_payloads import Addresses
from infoscreen_wire import topics

ADDRESSES = Addresses("http://screens.example:8000", b"k" * 40)
UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
HOUR = timedelta(hours=1)
STORED_PDF = {"name": "Plan.pdf", "kind": "pdf", "mime_type": "application/pdf", "size": 1234, "sha256": "a" * 64}
STORED_VIDEO = {"name": "Film.mp4", "kind": "mp4", "mime_type": "video/mp4", "size": 5678, "sha256": "b" * 64}


@pytest.fixture
def board() -> Board:
    return Board(timedelta(days=7))


def make_group(app: App, name: str = "Aula") -> int:
    with app.work() as work:
        return groups.create_group(work, {"name": name}).id


def plan(app: App, group_id: int, **fields: Any) -> int:
    """A message event that is on from now for an hour, unless told otherwise."""
    given = {
        "subject": "Begrüßung",
        "group_id": group_id,
        "start_time": MONDAY,
        "end_time": MONDAY + HOUR,
        "type": "message",
        "message_content": "Willkommen",
    }
    with app.work() as work:
        return events.create_event(work, given | fields).id


def lists(app: App, board: Board) -> dict[str, list[dict[str, Any]]]:
    with app.reading() as work:
        return {
            topic: orjson.loads(payload) for topic, payload in publishing.event_lists(work, board, ADDRESSES).items()
        }


def ended(app: App, board: Board) -> list[int]:
    """Deactivate what is over, as the scheduler does."""
    with app.work() as work:
        event_board.follow_events(work, board)
        over = publishing.ended_events(work, board)
        publishing.deactivate_events(work, over)
    return over


def test_a_group_without_events_has_an_empty_list(app: App, board: Board) -> None:
    group_id = make_group(app)
    assert lists(app, board) == {topics.events(UNASSIGNED_ID): [], topics.events(group_id): []}


def test_an_event_is_in_the_list_of_its_group_while_it_is_on(app: App, board: Board, clock: Clock) -> None:
    group_id = make_group(app)
    event_id = plan(app, group_id)
    (published,) = lists(app, board)[topics.events(group_id)]
    assert published == {
        "id": event_id,
        "occurrence_id": f"{event_id}@20261123T070000Z",
        "title": "Begrüßung",
        "start": "2026-11-23T07:00:00Z",
        "end": "2026-11-23T08:00:00Z",
        "group_id": group_id,
        "event_type": "message",
        "recurrence_rule": None,
        "recurrence_end": None,
        "message": {"type": "html", "content": "<p>Willkommen</p>"},
    }
    clock.forward(hours=1)
    assert lists(app, board)[topics.events(group_id)] == []


def test_a_series_is_published_with_its_rule_and_the_times_of_today(app: App, board: Board, clock: Clock) -> None:
    group_id = make_group(app)
    plan(app, group_id, recurrence_rule="FREQ=WEEKLY;BYDAY=MO")
    clock.forward(days=7, minutes=5)
    (published,) = lists(app, board)[topics.events(group_id)]
    assert published["recurrence_rule"] == "FREQ=WEEKLY;BYDAY=MO"
    assert published["start"] == "2026-11-30T07:00:00Z"


def test_the_window_moves_on_with_the_days(app: App, board: Board, clock: Clock) -> None:
    group_id = make_group(app)
    plan(app, group_id, recurrence_rule="FREQ=DAILY")
    for _day in range(20):
        clock.forward(days=1)
        assert len(lists(app, board)[topics.events(group_id)]) == 1


def test_a_changed_event_is_published_as_it_is_now(app: App, board: Board) -> None:
    group_id = make_group(app)
    event_id = plan(app, group_id)
    lists(app, board)
    with app.work() as work:
        events.change_event(work, event_id, {"subject": "Neu"}, None)
    assert lists(app, board)[topics.events(group_id)][0]["title"] == "Neu"
    with app.work() as work:
        events.delete_event(work, event_id)
    assert lists(app, board)[topics.events(group_id)] == []


def test_an_event_that_cannot_be_formatted_does_not_keep_others_from_being_published(app: App, board: Board) -> None:
    group_id = make_group(app)
    broken_content, broken_rule = plan(app, group_id, subject="A"), plan(app, group_id, subject="B")
    good = plan(app, group_id, subject="C")
    with app.work() as work:
        work.session.execute(update(Event).where(Event.id == broken_content).values(type="website", website_url=None))
        work.session.execute(update(Event).where(Event.id == broken_rule).values(recurrence_rule="FREQ=NEVER"))
    assert [each["id"] for each in lists(app, board)[topics.events(group_id)]] == [good]


def test_a_rule_that_cannot_be_expanded_ends_nothing_and_stops_nothing(app: App, board: Board) -> None:
    group_id = make_group(app)
    broken, good = plan(app, group_id), plan(app, group_id)
    with app.work() as work:
        rule = "FREQ=MONTHLY;BYDAY=1MO,50MO;COUNT=100"
        work.session.execute(update(Event).where(Event.id == broken).values(recurrence_rule=rule))
    assert ended(app, board) == []
    with app.reading() as work:
        shown = events.list_occurrences(work, MONDAY, MONDAY + HOUR)
    assert [each.event.id for each in shown] == [good]
    assert [each["id"] for each in lists(app, board)[topics.events(group_id)]] == [good]


def test_an_event_that_was_over_and_is_moved_into_the_future_is_shown_again(
    app: App, board: Board, clock: Clock
) -> None:
    group_id = make_group(app)
    event_id = plan(app, group_id)
    clock.forward(hours=2)
    assert ended(app, board) == [event_id]
    with app.work() as work:
        events.change_event(work, event_id, {"end_time": MONDAY + 5 * HOUR}, None)
    assert [each["id"] for each in lists(app, board)[topics.events(group_id)]] == [event_id]
    with app.work() as work:
        events.change_event(work, event_id, {"is_active": False, "end_time": MONDAY + 6 * HOUR}, None)
    assert lists(app, board)[topics.events(group_id)] == []
    with app.reading() as work:
        assert events.list_occurrences(work, clock.now, clock.now + HOUR) == []


def test_an_inactive_group_shows_nothing(app: App, board: Board) -> None:
    group_id = make_group(app)
    plan(app, group_id)
    with app.work() as work:
        groups.change_group(work, group_id, {"is_active": False}, None)
    assert lists(app, board)[topics.events(group_id)] == []


@pytest.mark.parametrize("value", [False, True])
@pytest.mark.parametrize("flag", ["page_progress", "auto_progress", "autoplay", "loop", "muted"])
def test_a_flag_is_published_as_it_is_stored(app: App, board: Board, flag: str, *, value: bool) -> None:
    group_id = make_group(app)
    is_slides = flag in ("page_progress", "auto_progress")
    with app.work() as work:
        media = Media(**STORED_PDF if is_slides else STORED_VIDEO, created_at=MONDAY)
        work.session.add(media)
        work.session.flush()
        shown = {"type": "presentation" if is_slides else "video", "event_media_id": media.id}
    series = plan(app, group_id, recurrence_rule="FREQ=DAILY", **shown, **{flag: value})
    with app.work() as work:
        event_exceptions.detach_occurrence(work, series, MONDAY.date(), {"subject": "Einzeln"})
    plan(app, group_id, **shown, **{flag: value})
    published = lists(app, board)[topics.events(group_id)]
    assert [each["presentation" if is_slides else "video"][flag] for each in published] == [value, value]
    if flag == "auto_progress":
        assert {each["presentation"]["auto_advance"] for each in published} == {value}


def test_two_who_detach_the_same_occurrence_at_once_make_one_event(app: App) -> None:
    group_id = make_group(app)
    series = plan(app, group_id, recurrence_rule="FREQ=DAILY")
    together = threading.Barrier(2)

    def detach(day: date) -> bool:
        together.wait()
        try:
            with app.work() as work:
                event_exceptions.detach_occurrence(work, series, day, {})
            return True
        except NotFound:
            return False

    with ThreadPoolExecutor(2) as pool:
        for number in range(1, 6):
            same = [MONDAY.date() + timedelta(number)] * 2
            assert sorted(pool.map(detach, same)) == [False, True]
        other = [MONDAY.date() + timedelta(10), MONDAY.date() + timedelta(11)]
        assert list(pool.map(detach, other)) == [True, True]
    with app.reading() as work:
        skipped = parse_exceptions(events.get_event(work, series).recurrence_exception)
        found = [event for event in events.list_events(work) if event.recurrence_id == series]
    assert len(skipped) == len(found) == 7
    assert {event.start_time for event in found} == skipped


def test_a_single_event_is_deactivated_after_its_end_and_a_series_after_its_last(
    app: App, board: Board, clock: Clock
) -> None:
    group_id = make_group(app)
    single = plan(app, group_id)
    ending = plan(app, group_id, recurrence_rule="FREQ=DAILY;COUNT=2")
    endless = plan(app, group_id, recurrence_rule="FREQ=DAILY")

    def active() -> set[int]:
        ended(app, board)
        with app.reading() as work:
            return {event_id for event_id in (single, ending, endless) if events.get_event(work, event_id).is_active}

    assert active() == {single, ending, endless}
    clock.forward(hours=1)
    assert active() == {ending, endless}
    clock.forward(days=1)
    assert active() == {endless}


def test_a_deleted_clients_topic_is_to_be_cleared(app: App, bus: RememberingBus) -> None:
    group_id = make_group(app)
    with app.work() as work:
        broker_accounts.make_client_account(work, UUID)
        clients.assign_clients(work, [UUID], group_id)
    with app.work() as work:
        told = publishing.group_ids(work)
        publishing.remember_topics(work, told)
    assert told == {topics.group_id(UUID): str(group_id).encode()}
    with app.work() as work:
        clients.delete_client(work, UUID)
    with app.reading() as work:
        assert publishing.forgotten_topics(work, publishing.group_ids(work)) == {topics.group_id(UUID)}


def test_devices_hear_of_a_group_only_when_the_broker_has_given_them_its_rights(app: App) -> None:
    group_id = make_group(app)
    with app.work() as work:
        broker_accounts.make_client_account(work, UUID)
        clients.assign_clients(work, [UUID], group_id)
    with app.work() as work:
        assert not publishing.is_broker_in_step(work)
        wanted, _applied = broker_accounts.sync_state(work)
        broker_accounts.note_applied(work, wanted)
        assert publishing.is_broker_in_step(work)


def test_many_events_that_change_at_once_are_followed_in_several_looks_and_shown_as_they_were(
    app: App, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    group_id = make_group(app)
    topic = topics.events(group_id)
    planned = [plan(app, group_id, subject=f"T{number}") for number in range(7)]
    monkeypatch.setattr(event_board, "FOLLOWED_AT_ONCE", 3)
    assert len(lists(app, board)[topic]) == 7, "the first look is complete"
    with app.work() as work:
        changed = update(Event).values(subject="Neu", end_time=MONDAY + 2 * HOUR, version=Event.version + 1)
        work.session.execute(changed)
    sizes: list[int] = []
    while board.pending or not sizes:
        shown = lists(app, board)[topic]
        assert [each["id"] for each in shown] == planned
        sizes.append(sum(each["end"] == "2026-11-23T09:00:00Z" for each in shown))
    assert sizes == [3, 6, 7]
    with app.reading() as work:
        assert group_id in publishing.plan_drafts(work, board, ADDRESSES)


def test_a_first_look_that_fails_in_the_middle_is_complete_all_the_same(
    app: App, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    group_id = make_group(app)
    planned = [plan(app, group_id) for _number in range(5)]
    monkeypatch.setattr(event_board, "FOLLOWED_AT_ONCE", 2)
    with monkeypatch.context() as broken:
        broken.setattr(event_board, "events_by_id", lambda *_arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            lists(app, board)
    assert [each["id"] for each in lists(app, board)[topics.events(group_id)]] == planned
