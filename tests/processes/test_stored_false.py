"""A flag that somebody has set to false is false wherever it goes: through every way in, and out to the screens."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from fastapi.testclient import TestClient

from applications import MONDAY
from infoscreen.bootstrap import App
from infoscreen.db.academic_calendar import AcademicPeriod, Holiday
from infoscreen.db.media import Media
from infoscreen.services import publishing
from infoscreen.services.event_board import Board
from infoscreen.services.event_payloads import Addresses
from infoscreen_wire import topics

ADDRESSES = Addresses("http://screens.example:8000", b"k" * 40)
TODAY = "2026-11-23"
MEDIA = {
    "presentation": {"name": "Plan.pdf", "kind": "pdf", "mime_type": "application/pdf", "size": 1, "sha256": "a" * 64},
    "video": {"name": "Film.mp4", "kind": "mp4", "mime_type": "video/mp4", "size": 1, "sha256": "b" * 64},
}
# A flag of the API with the type that uses it, and what it is called for the screens.
PUBLISHED = [
    ("presentation", "pageProgress", ["page_progress"]),
    ("presentation", "autoProgress", ["auto_progress", "auto_advance"]),
    ("video", "autoplay", ["autoplay"]),
    ("video", "loop", ["loop"]),
    ("video", "muted", ["muted"]),
]
# Each makes what is on now, with the flag false; they differ in how it got there.
Way = Callable[[TestClient, dict[str, Any], str], dict[str, Any]]


def created(editor: TestClient, event: dict[str, Any], flag: str) -> dict[str, Any]:
    return sent(editor, "POST", "", event | {flag: False})


def updated(editor: TestClient, event: dict[str, Any], flag: str) -> dict[str, Any]:
    stored = sent(editor, "POST", "", event | {flag: True})
    return sent(editor, "PUT", f"/{stored['id']}", {flag: False})


def edited_afterwards(editor: TestClient, event: dict[str, Any], flag: str) -> dict[str, Any]:
    stored = created(editor, event, flag)
    return sent(editor, "PUT", f"/{stored['id']}", {"subject": "Neuer Titel", "version": stored["version"]})


def sent_back_whole(editor: TestClient, event: dict[str, Any], flag: str) -> dict[str, Any]:
    stored = created(editor, event, flag)
    return sent(editor, "PUT", f"/{stored['id']}", {name: stored[name] for name in [*event, flag, "version"]})


def detached(editor: TestClient, event: dict[str, Any], flag: str) -> dict[str, Any]:
    series = created(editor, event, flag)
    return sent(editor, "POST", f"/{series['id']}/occurrences/{TODAY}/detach", {"subject": "Nur heute"})


def changed_by_detaching(editor: TestClient, event: dict[str, Any], flag: str) -> dict[str, Any]:
    series = sent(editor, "POST", "", event | {flag: True})
    return sent(editor, "POST", f"/{series['id']}/occurrences/{TODAY}/detach", {flag: False})


def edited_after_detaching(editor: TestClient, event: dict[str, Any], flag: str) -> dict[str, Any]:
    own = detached(editor, event, flag)
    return sent(editor, "PUT", f"/{own['id']}", {"subject": "Doch anders"})


def series_of_a_detached_one(editor: TestClient, event: dict[str, Any], flag: str) -> dict[str, Any]:
    series = created(editor, event | {"recurrenceRule": "FREQ=DAILY"}, flag)
    sent(editor, "POST", f"/{series['id']}/occurrences/2026-11-24/detach", {flag: True})
    return sent(editor, "GET", f"/{series['id']}", None)


WAYS = [
    created,
    updated,
    edited_afterwards,
    sent_back_whole,
    detached,
    changed_by_detaching,
    edited_after_detaching,
    series_of_a_detached_one,
]


def sent(editor: TestClient, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
    answer = editor.request(method, f"/api/events{path}", json=body)
    assert answer.status_code < 300, answer.text
    return dict(answer.json())


def weekly(admin: TestClient, app: App, kind: str) -> dict[str, Any]:
    """A series that is on now, in a group of its own."""
    group_id = admin.post("/api/groups", json={"name": "Aula"}).json()["id"]
    event = {
        "subject": "Morgenkreis",
        "groupId": group_id,
        "startTime": "2026-11-23T07:00:00Z",
        "endTime": "2026-11-23T08:00:00Z",
        "type": kind,
        "recurrenceRule": "FREQ=WEEKLY;BYDAY=MO",
    }
    if kind == "message":
        return event | {"messageContent": "Guten Morgen"}
    with app.work() as work:
        medium = Media(**MEDIA[kind], created_at=MONDAY)
        work.session.add(medium)
        work.session.flush()
        return event | {"eventMediaId": medium.id}


def on_now(app: App, event: dict[str, Any]) -> list[dict[str, Any]]:
    """What the screens of the event's group are told to show at this moment."""
    with app.reading() as work:
        found = publishing.event_lists(work, Board(timedelta(days=7)), ADDRESSES)
    listed: list[dict[str, Any]] = orjson.loads(found[topics.events(event["groupId"])])
    return [each for each in listed if each["id"] == event["id"]]


@pytest.mark.parametrize(("kind", "flag", "names"), PUBLISHED, ids=[flag for _, flag, _ in PUBLISHED])
def test_a_false_is_stored_and_published_as_false_whichever_way_it_came(
    api_app: App, admin: TestClient, editor: TestClient, kind: str, flag: str, names: list[str]
) -> None:
    series = weekly(admin, api_app, kind)
    for way in WAYS:
        event = way(editor, series, flag)
        assert event[flag] is False, way
        assert sent(editor, "GET", f"/{event['id']}", None)[flag] is False, way
        (published,) = on_now(api_app, event)
        assert [published[kind][name] for name in names] == [False] * len(names), way


def test_what_is_not_active_is_not_published_whichever_way_it_came(
    api_app: App, admin: TestClient, editor: TestClient
) -> None:
    series = weekly(admin, api_app, "message")
    for way in WAYS:
        event = way(editor, series, "isActive")
        assert event["isActive"] is False, way
        assert on_now(api_app, event) == [], way


def test_what_does_not_skip_holidays_is_published_in_them_whichever_way_it_came(
    api_app: App, admin: TestClient, editor: TestClient
) -> None:
    with api_app.work() as work:
        days = {"start_date": MONDAY.date(), "end_date": MONDAY.date()}
        year = AcademicPeriod(name="Schuljahr 2026/27", **days, period_type="schuljahr", is_active=True)
        work.session.add(year)
        work.session.flush()
        work.session.add(Holiday(name="Schulautonom", **days, academic_period_id=year.id))
    series = weekly(admin, api_app, "message")
    # An occurrence that is left out today cannot be detached.
    for way in [way for way in WAYS if way is not changed_by_detaching]:
        event = way(editor, series, "skipHolidays")
        assert event["skipHolidays"] is False, way
        assert len(on_now(api_app, event)) == 1, way
