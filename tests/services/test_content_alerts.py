"""An event that cannot be published is left out, and somebody is told until it is mended or gone."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from applications import MONDAY
from infoscreen.bootstrap import App
from infoscreen.db.events import Event
from infoscreen.services import alerts, content_alerts, events, groups, publishing
from infoscreen.services.event_board import Board
from infoscreen.services.event_payloads import Addresses

ADDRESSES = Addresses("http://screens.example:8000", b"k" * 40)


@pytest.fixture
def board() -> Board:
    return Board(timedelta(days=7))


def look(app: App, board: Board) -> dict[str, Any]:
    """What the scheduler does; the open alerts' reasons by event."""
    with app.reading() as work:
        publishing.event_lists(work, board, ADDRESSES)
        publishing.plan_drafts(work, board, ADDRESSES)
    if content_alerts.differ(board):
        with app.work() as work:
            content_alerts.tell(work, board)
    with app.reading() as work:
        return {each.subject: each.details["reason"] for each in alerts.open_alerts(work)}


def make_events(app: App, count: int) -> list[int]:
    with app.work() as work:
        group_id = groups.create_group(work, {"name": "Aula"}).id
        fields = {"group_id": group_id, "type": "message", "message_content": "Willkommen"}
        times = {"start_time": MONDAY, "end_time": MONDAY + timedelta(hours=1)}
        made = [events.create_event(work, {"subject": f"T{number}", **fields, **times}) for number in range(count)]
        return [event.id for event in made]


def spoil(app: App, event_id: int, **columns: Any) -> None:
    with app.work() as work:
        spoilt = update(Event).where(Event.id == event_id).values(version=Event.version + 1, **columns)
        work.session.execute(spoilt)


def test_an_event_that_is_left_out_is_an_alert_until_it_is_mended_or_deleted(app: App, board: Board) -> None:
    rule, content, whole = make_events(app, 3)
    assert look(app, board) == {}
    spoil(app, rule, recurrence_rule="FREQ=NEVER")
    spoil(app, content, type="website", website_url=None)
    assert look(app, board) == {str(rule): "rule_broken", str(content): "content_missing"}
    spoil(app, rule, recurrence_rule="FREQ=DAILY")
    assert look(app, board) == {str(content): "content_missing"}
    with app.work() as work:
        events.delete_event(work, content)
        assert work.session.get(Event, whole)
    assert look(app, board) == {}


def test_a_later_scheduler_closes_what_an_earlier_one_told(app: App, board: Board) -> None:
    (event_id,) = make_events(app, 1)
    spoil(app, event_id, type="website", website_url=None)
    assert look(app, board) == {str(event_id): "content_missing"}
    spoil(app, event_id, website_url="https://www.example.org/")
    assert look(app, Board(timedelta(days=7))) == {}
