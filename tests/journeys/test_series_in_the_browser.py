"""Series in the calendar: drag, resize, only this one, the whole series, skip and detach.

The browser is in New York and the school in Vienna, in a winter and in a summer week.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from browsers import log_in, visiting
from systems import PASSWORD, USERNAME, System
from waiting import eventually

pytestmark = pytest.mark.service

VIENNA = ZoneInfo("Europe/Vienna")
PATIENCE = 60_000
SEASONS = {"winter": date(2027, 1, 18), "summer": date(2027, 6, 14)}
TITLE = "Chorprobe"


@pytest.fixture(scope="module")
def page(system: System, browser: Browser) -> Iterator[Page]:
    with visiting(browser, system.base_url, zone="America/New_York") as page:
        page.set_default_timeout(PATIENCE)
        log_in(page, USERNAME, PASSWORD)
        yield page


@pytest.fixture(params=SEASONS)
def monday(request: pytest.FixtureRequest) -> date:
    """The Monday of the week on show."""
    return SEASONS[request.param]


@pytest.fixture
def group_id(system: System, request: pytest.FixtureRequest) -> int:
    return system.make_group(request.node.name[-60:])


def plan(system: System, group_id: int, day: date, rule: str | None = None) -> int:
    """A message from 10 to 11 o'clock in Vienna."""
    event = {
        "subject": TITLE,
        "groupId": group_id,
        "startTime": datetime(day.year, day.month, day.day, 10, tzinfo=VIENNA).isoformat(),
        "endTime": datetime(day.year, day.month, day.day, 11, tzinfo=VIENNA).isoformat(),
        "type": "message",
        "messageContent": "Singt mit!",
        "recurrenceRule": rule,
    }
    event_id: int = system.http.post("/api/events", json=event).raise_for_status().json()["id"]
    return event_id


def series(system: System, group_id: int) -> int:
    """Every Monday since the winter."""
    return plan(system, group_id, date(2027, 1, 11), "FREQ=WEEKLY;BYDAY=MO")


def stored(system: System, event_id: int) -> dict[str, Any]:
    return dict(system.http.get(f"/api/events/{event_id}").raise_for_status().json())


def held(system: System, group_id: int, monday: date, days: int = 14) -> list[str]:
    """What the API has for the group from a Monday on, in Vienna's time: `18.01. 10:00-11:00`."""
    start = datetime(monday.year, monday.month, monday.day, tzinfo=VIENNA)
    end = start + timedelta(days=days)
    window = {"start": start.isoformat(), "end": end.isoformat(), "groupId": str(group_id)}
    found = system.http.get("/api/events/occurrences", params=window).raise_for_status().json()["occurrences"]
    return [f"{local(each['startTime']):%d.%m. %H:%M}-{local(each['endTime']):%H:%M}" for each in found]


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00").astimezone(VIENNA)


def on_wall(day: date, hours: str) -> str:
    return f"{day:%d.%m.} {hours}"


def show_week(page: Page, group_id: int, monday: date) -> Locator:
    """The week with the entry on its Monday."""
    page.goto(f"/events?view=week&date={monday}&group={group_id}")
    entry = shown(page, monday, "10:00–11:00")
    entry.wait_for()
    return entry


def column(page: Page, day: date) -> Locator:
    return page.locator(f"[data-date='{day}']").last


def shown(page: Page, day: date, hours: str) -> Locator:
    """The entry that stands under a day with its hours."""
    return column(page, day).locator(f"[title^='{hours}']")


def box_of(locator: Locator) -> FloatRect:
    box = locator.bounding_box()
    assert box
    return box


def drag(page: Page, begin: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*begin)
    page.mouse.down()
    page.mouse.move((begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2, steps=6)
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def hour_of(page: Page) -> float:
    """How high an hour is."""
    ten, two = (box_of(page.get_by_text(label, exact=True).first)["y"] for label in ("10:00", "14:00"))
    return (two - ten) / 4


def drag_to_tuesday_noon(page: Page, entry: Locator, monday: date) -> None:
    """A day and two hours later."""
    box = box_of(entry)
    right = box_of(column(page, monday + timedelta(days=1)))["x"] - box_of(column(page, monday))["x"]
    # In the middle of a quarter of an hour, away from the edges, which would be pulled.
    x, y = box["x"] + box["width"] / 2, box["y"] + hour_of(page) * 5 / 8
    drag(page, (x, y), (x + right, y + 2 * hour_of(page)))


def pull_its_end_down(page: Page, entry: Locator) -> None:
    """An hour longer."""
    entry.hover()
    box = box_of(entry)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 3
    drag(page, (x, y), (x, y + hour_of(page)))


def choose(page: Page, choice: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=choice, exact=True).click()


def test_a_single_event_is_dragged_and_made_longer(system: System, page: Page, group_id: int, monday: date) -> None:
    event_id = plan(system, group_id, monday)
    tuesday = monday + timedelta(days=1)
    drag_to_tuesday_noon(page, show_week(page, group_id, monday), monday)
    moved = shown(page, tuesday, "12:00–13:00")
    expect(moved).to_be_visible(timeout=PATIENCE)
    eventually(lambda: held(system, group_id, monday) == [on_wall(tuesday, "12:00-13:00")])
    pull_its_end_down(page, moved)
    expect(shown(page, tuesday, "12:00–14:00")).to_be_visible(timeout=PATIENCE)
    eventually(lambda: held(system, group_id, monday) == [on_wall(tuesday, "12:00-14:00")])
    assert stored(system, event_id)["recurrenceRule"] is None


def test_only_the_dragged_one_is_detached(system: System, page: Page, group_id: int, monday: date) -> None:
    event_id = series(system, group_id)
    before = stored(system, event_id)
    tuesday, next_monday = monday + timedelta(days=1), monday + timedelta(days=7)
    drag_to_tuesday_noon(page, show_week(page, group_id, monday), monday)
    choose(page, "Nur dieser Termin")
    moved = shown(page, tuesday, "12:00–13:00")
    expect(moved.get_by_role("img", name="Aus einer Serie herausgelöst")).to_be_visible(timeout=PATIENCE)
    expect(shown(page, monday, "10:00–11:00")).to_be_hidden(timeout=PATIENCE)
    assert held(system, group_id, monday) == [on_wall(tuesday, "12:00-13:00"), on_wall(next_monday, "10:00-11:00")]
    (detached,) = system.http.get("/api/events", params={"recurrenceId": event_id}).json()["events"]
    assert local(detached["detachedStart"]) == datetime(monday.year, monday.month, monday.day, 10, tzinfo=VIENNA)
    after = stored(system, event_id)
    assert {name: after[name] for name in ("startTime", "endTime", "recurrenceRule")} == {
        name: before[name] for name in ("startTime", "endTime", "recurrenceRule")
    }


def test_the_whole_series_is_dragged_with_what_it_leaves_out(
    system: System, page: Page, group_id: int, monday: date
) -> None:
    event_id = series(system, group_id)
    skipped = monday + timedelta(days=7)
    system.http.delete(f"/api/events/{event_id}/occurrences/{skipped}").raise_for_status()
    drag_to_tuesday_noon(page, show_week(page, group_id, monday), monday)
    choose(page, "Gesamte Serie")
    tuesday = monday + timedelta(days=1)
    expect(shown(page, tuesday, "12:00–13:00")).to_be_visible(timeout=PATIENCE)
    later = [tuesday, tuesday + timedelta(days=14)]
    eventually(lambda: held(system, group_id, monday, 21) == [on_wall(day, "12:00-13:00") for day in later])
    whole = stored(system, event_id)
    assert whole["recurrenceRule"] == "FREQ=WEEKLY;BYDAY=TU"
    assert local(whole["startTime"]) == datetime(2027, 1, 12, 12, tzinfo=VIENNA)


def test_a_series_is_made_longer_as_a_whole_or_one_of_it(
    system: System, page: Page, group_id: int, monday: date
) -> None:
    series(system, group_id)
    next_monday = monday + timedelta(days=7)
    pull_its_end_down(page, show_week(page, group_id, monday))
    choose(page, "Gesamte Serie")
    longer = shown(page, monday, "10:00–12:00")
    expect(longer).to_be_visible(timeout=PATIENCE)
    eventually(
        lambda: held(system, group_id, monday) == [on_wall(monday, "10:00-12:00"), on_wall(next_monday, "10:00-12:00")]
    )
    pull_its_end_down(page, longer)
    choose(page, "Nur dieser Termin")
    expect(shown(page, monday, "10:00–13:00")).to_be_visible(timeout=PATIENCE)
    eventually(
        lambda: held(system, group_id, monday) == [on_wall(monday, "10:00-13:00"), on_wall(next_monday, "10:00-12:00")]
    )


def test_whoever_declines_finds_the_series_where_it_was(
    system: System, page: Page, group_id: int, monday: date
) -> None:
    event_id = series(system, group_id)
    before = stored(system, event_id)
    drag_to_tuesday_noon(page, show_week(page, group_id, monday), monday)
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    expect(shown(page, monday, "10:00–11:00")).to_be_visible(timeout=PATIENCE)
    assert stored(system, event_id) == before


def test_one_date_is_edited_in_the_dialog_and_leads_to_its_series(
    system: System, page: Page, group_id: int, monday: date
) -> None:
    event_id = series(system, group_id)
    show_week(page, group_id, monday).click()
    choose(page, "Nur dieser Termin")
    dialog = page.get_by_role("dialog")
    # The wall clock of the school, not of the browser.
    expect(dialog.get_by_label("Beginn, Stunde")).to_have_value("10", timeout=PATIENCE)
    dialog.get_by_label("Titel").fill("Generalprobe")
    dialog.get_by_role("button", name="Speichern").click()
    expect(dialog).to_be_hidden(timeout=PATIENCE)
    entry = shown(page, monday, "10:00–11:00").filter(has_text="Generalprobe")
    expect(entry).to_be_visible(timeout=PATIENCE)
    next_monday = monday + timedelta(days=7)
    assert held(system, group_id, monday) == [on_wall(day, "10:00-11:00") for day in (monday, next_monday)]
    assert stored(system, event_id)["subject"] == TITLE
    entry.click()
    dialog.get_by_role("button", name="Zur Serie").click()
    expect(dialog.get_by_label("Titel")).to_have_value(TITLE, timeout=PATIENCE)
    dialog.get_by_role("button", name="Abbrechen").click()
    expect(dialog).to_be_hidden(timeout=PATIENCE)


def test_one_date_is_left_out(system: System, page: Page, group_id: int, monday: date) -> None:
    event_id = series(system, group_id)
    show_week(page, group_id, monday).click()
    choose(page, "Nur dieser Termin")
    page.get_by_role("button", name="Löschen").click()
    question = page.get_by_role("dialog", name="Was von")
    question.get_by_role("button", name="Nur dieser Termin").click()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)
    expect(shown(page, monday, "10:00–11:00")).to_be_hidden(timeout=PATIENCE)
    next_monday = monday + timedelta(days=7)
    assert held(system, group_id, monday) == [on_wall(next_monday, "10:00-11:00")]
    utc = datetime(monday.year, monday.month, monday.day, 10, tzinfo=VIENNA).astimezone(ZoneInfo("UTC"))
    assert stored(system, event_id)["recurrenceException"] == f"{utc:%Y%m%dT%H%M%SZ}"
