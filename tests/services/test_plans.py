"""The plan ahead: fourteen days of each group, numbered, small enough, made anew only when it says something new."""

from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest

from applications import MONDAY, Clock
from infoscreen.bootstrap import App
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.db.media import Media
from infoscreen.db.plans import begin_epoch
from infoscreen.services import events, groups, publishing
from infoscreen.services.event_board import Board
from infoscreen.services.event_payloads import Addresses
from infoscreen_wire import topics
from infoscreen_wire.payloads.to_device import Plan, PublishedEvent

ADDRESSES = Addresses("http://screens.example:8000", b"k" * 40)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def board() -> Board:
    return Board(timedelta(days=7))


def make_group(app: App, name: str = "Aula") -> int:
    with app.work() as work:
        return groups.create_group(work, {"name": name}).id


def plan(app: App, group_id: int, **fields: Any) -> int:
    given = {"subject": "Film", "group_id": group_id, "type": "message", "message_content": "Willkommen"}
    times = {"start_time": MONDAY + HOUR, "end_time": MONDAY + 2 * HOUR}
    with app.work() as work:
        return events.create_event(work, given | times | fields).id


def look(app: App, board: Board) -> dict[int, dict[str, Any]]:
    """What the scheduler does: the plans that it would publish now, by group."""
    with app.reading() as work:
        publishing.event_lists(work, board, ADDRESSES)
        drafts = publishing.plan_drafts(work, board, ADDRESSES)
    with app.work() as work:
        publishing.number_plans(work, board, drafts)
    held = publishing.plans(board)
    return {group_id: dict(orjson.loads(held[topics.plan(group_id)])) for group_id in drafts}


def starts(found: dict[str, Any]) -> list[datetime]:
    return [datetime.fromisoformat(each["start"]) for each in found["occurrences"]]


def test_a_plan_has_what_is_due_in_at_least_fourteen_days(app: App, board: Board) -> None:
    group_id = make_group(app)
    event_id = plan(app, group_id, recurrence_rule="FREQ=DAILY")
    plans = look(app, board)
    assert plans[UNASSIGNED_ID]["occurrences"] == []
    found = Plan.model_validate(plans[group_id])
    assert (found.group_id, found.revision) == (group_id, 1)
    assert found.issued_at == MONDAY
    assert timedelta(days=14) <= found.valid_until - MONDAY <= timedelta(days=15)
    assert starts(plans[group_id]) == [MONDAY + HOUR + number * DAY for number in range(15)]
    with app.reading() as work:
        listed = publishing.event_lists(work, board, ADDRESSES)
    assert orjson.loads(listed[topics.events(group_id)]) == []
    first = PublishedEvent.model_validate(plans[group_id]["occurrences"][0])
    assert (first.id, first.occurrence_id) == (event_id, f"{event_id}@20261123T080000Z")


def test_an_occurrence_in_the_plan_is_what_the_list_has_when_it_is_on(app: App, board: Board, clock: Clock) -> None:
    group_id = make_group(app)
    with app.work() as work:
        film = {"name": "Film.mp4", "kind": "mp4", "mime_type": "video/mp4", "size": 5678, "sha256": "b" * 64}
        work.session.add(Media(id=7, **film, created_at=MONDAY))
    plan(app, group_id, type="video", event_media_id=7, recurrence_rule="FREQ=DAILY", muted=False)
    planned = look(app, board)[group_id]
    clock.forward(days=2, hours=1, minutes=5)
    with app.reading() as work:
        (shown,) = orjson.loads(publishing.event_lists(work, board, ADDRESSES)[topics.events(group_id)])
    assert shown == planned["occurrences"][2]
    assert shown["video"]["url"].startswith("http://screens.example:8000/api/eventmedia/stream/7/Film.mp4?")
    last = planned["occurrences"][-1]["video"]["url"]
    assert planned["media"] == [{"url": last, "checksum": f"sha256:{'b' * 64}", "size": 5678}]


def test_a_plan_is_made_anew_only_for_something_new(app: App, board: Board, clock: Clock) -> None:
    group_id, other = make_group(app), make_group(app, "Foyer")
    event_id = plan(app, group_id, recurrence_rule="FREQ=DAILY")
    look(app, board)
    clock.forward(hours=2)
    assert look(app, board) == {}
    with app.work() as work:
        events.change_event(work, event_id, {"description": "Nur für die Verwaltung"}, None)
    assert look(app, board) == {}
    with app.work() as work:
        events.change_event(work, event_id, {"subject": "Neuer Film"}, None)
    changed = look(app, board)
    assert {number: found["revision"] for number, found in changed.items()} == {group_id: 2}
    assert changed[group_id]["occurrences"][0]["title"] == "Neuer Film"
    with app.work() as work:
        events.change_event(work, event_id, {"group_id": other}, None)
    assert {number: len(found["occurrences"]) for number, found in look(app, board).items()} == {group_id: 0, other: 15}


def test_a_plan_never_covers_less_than_fourteen_days_and_is_made_anew_about_daily(
    app: App, board: Board, clock: Clock
) -> None:
    group_id = make_group(app)
    plan(app, group_id, recurrence_rule="FREQ=DAILY")
    made, valid_until = 0, MONDAY
    for _hour in range(24 * 6):
        plans = look(app, board)
        if group_id in plans:
            made += 1
            valid_until = datetime.fromisoformat(plans[group_id]["valid_until"])
        assert valid_until - clock.now >= timedelta(days=14)
        clock.forward(hours=1)
    assert 6 <= made <= 13


def test_a_plan_that_would_be_too_large_covers_fewer_days(app: App, board: Board, clock: Clock) -> None:
    group_id = make_group(app)
    for number in range(5):
        plan(app, group_id, recurrence_rule="FREQ=DAILY", message_content=f"<p>{number}</p>" + "Ein Satz. " * 900)
    found = look(app, board)[group_id]
    payload = publishing.plans(board)[topics.plan(group_id)]
    assert 200 * 1024 < len(payload) <= 256 * 1024
    until = datetime.fromisoformat(found["valid_until"])
    assert MONDAY + 2 * DAY < until < MONDAY + 10 * DAY
    assert max(starts(found)) < until
    assert len(found["occurrences"]) % 5 == 0, "a day is in it whole or not at all, as all five begin together"
    clock.now = until - 2 * DAY
    assert group_id in look(app, board)


def test_a_later_scheduler_counts_on_and_a_restored_database_begins_a_higher_epoch(app: App, clock: Clock) -> None:
    group_id = make_group(app)
    first = look(app, Board(timedelta(days=7)))[group_id]
    second = look(app, Board(timedelta(days=7)))[group_id]
    assert (first["epoch"], first["revision"], second["revision"]) == (second["epoch"], 1, 2)
    clock.forward(days=-400)
    with app.work() as work:
        begin_epoch(work.session, clock.now)
    assert look(app, Board(timedelta(days=7)))[group_id]["epoch"] > first["epoch"]


def test_a_group_that_is_switched_off_has_an_empty_plan(app: App, board: Board) -> None:
    group_id = make_group(app)
    plan(app, group_id, recurrence_rule="FREQ=DAILY")
    assert look(app, board)[group_id]["occurrences"]
    with app.work() as work:
        groups.change_group(work, group_id, {"is_active": False}, None)
    assert look(app, board)[group_id]["occurrences"] == []


def test_a_film_that_becomes_ready_or_goes_changes_the_plan(app: App, board: Board) -> None:
    group_id = make_group(app)
    with app.work() as work:
        deck = {"name": "Plan.pdf", "kind": "pdf", "mime_type": "application/pdf", "size": 5678, "sha256": "b" * 64}
        work.session.add(Media(id=7, **deck, created_at=MONDAY))
    plan(app, group_id, type="presentation", event_media_id=7)
    (before,) = look(app, board)[group_id]["occurrences"]
    with app.work() as work:
        media = work.session.get(Media, 7)
        assert media
        media.sha256, media.version = "c" * 64, 2
    (after,) = look(app, board)[group_id]["occurrences"]
    files = [each["presentation"]["files"][0]["checksum"][:8] for each in (before, after)]
    assert files == ["sha256:b", "sha256:c"]


def test_of_many_plans_some_are_made_at_a_look_and_the_others_at_the_next_ones(app: App, board: Board) -> None:
    groups_made = {make_group(app, f"Raum {number}") for number in range(3)} | {UNASSIGNED_ID}
    made: list[int] = []
    while len(made) < len(groups_made):
        with app.reading() as work:
            publishing.event_lists(work, board, ADDRESSES)
            drafts = publishing.plan_drafts(work, board, ADDRESSES, 1)
        made += drafts
        assert board.are_plans_waiting == (len(made) < len(groups_made))
        with app.work() as work:
            publishing.number_plans(work, board, drafts)
    assert set(made) == groups_made
    assert look(app, board) == {}
