"""The timeline *Ressourcen*: events are moved by mouse, finger and keys, and rows are ordered."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browsers import log_in, visiting
from systems import PASSWORD, USERNAME, System
from waiting import eventually

pytestmark = pytest.mark.service

VIENNA = ZoneInfo("Europe/Vienna")
PATIENCE = 60_000
# A day of winter that has passed nowhere on Earth, and the page in another zone than the school's.
DAY = datetime(2027, 1, 12, tzinfo=VIENNA)
OF_DAY = f"/resources?date={DAY:%Y-%m-%d}"
# Standard width of an hour in the day, in pixels.
HOUR_PX = 74


@pytest.fixture(scope="module")
def groups(system: System) -> list[int]:
    return [system.make_group(name) for name in ("Aula", "Foyer", "Mensa")]


@pytest.fixture(scope="module")
def page(system: System, browser: Browser, groups: list[int]) -> Iterator[Page]:
    with visiting(browser, system.base_url, zone="America/New_York") as page:
        page.set_default_timeout(PATIENCE)
        log_in(page, USERNAME, PASSWORD)
        yield page


def make_event(system: System, group_id: int, subject: str, **given: Any) -> int:
    """From 10:00 to 12:00 on the day of these tests."""
    fields = {
        "subject": subject,
        "groupId": group_id,
        "startTime": (DAY + timedelta(hours=10)).astimezone(UTC).isoformat(),
        "endTime": (DAY + timedelta(hours=12)).astimezone(UTC).isoformat(),
        "type": "message",
        "messageContent": "Guten Morgen",
    }
    return int(system.http.post("/api/events", json=fields | given).raise_for_status().json()["id"])


def clock_of(system: System, event_id: int) -> str:
    """When an event is, on the school's wall: `10:00-12:00`."""
    event = system.http.get(f"/api/events/{event_id}").raise_for_status().json()
    times = (datetime.fromisoformat(event[name]).replace(tzinfo=UTC) for name in ("startTime", "endTime"))
    return "-".join(f"{each.astimezone(VIENNA):%H:%M}" for each in times)


def bar(page: Page, subject: str) -> Locator:
    page.goto(OF_DAY)
    found = page.get_by_role("button", name=subject)
    found.wait_for()
    return found


def drag(page: Page, grabbed: Locator, hours: float, *, at: float = 0.5) -> None:
    box = grabbed.bounding_box()
    assert box
    x, y = box["x"] + box["width"] * at, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + HOUR_PX * hours / 2, y, steps=4)
    page.mouse.move(x + HOUR_PX * hours, y, steps=4)


def test_a_bar_is_dragged_to_another_time(system: System, page: Page, groups: list[int]) -> None:
    event_id = make_event(system, groups[0], "Ziehen")
    drag(page, bar(page, "Ziehen"), 1.5)
    page.mouse.up()
    eventually(lambda: clock_of(system, event_id) == "11:30-13:30")
    expect(page.get_by_role("button", name="Ziehen 11:30–13:30")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_an_end_is_dragged_alone(system: System, page: Page, groups: list[int]) -> None:
    event_id = make_event(system, groups[1], "Verlängern")
    drag(page, bar(page, "Verlängern"), 1, at=0.985)
    page.mouse.up()
    eventually(lambda: clock_of(system, event_id) == "10:00-13:00")


def test_escape_lets_go_without_a_change(system: System, page: Page, groups: list[int]) -> None:
    event_id = make_event(system, groups[2], "Loslassen")
    held = bar(page, "Loslassen")
    drag(page, held, 2)
    expect(page.get_by_role("button", name="Loslassen 12:00–14:00")).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.get_by_role("button", name="Loslassen 10:00–12:00")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert clock_of(system, event_id) == "10:00-12:00"


def test_alt_and_arrows_move_and_resize(system: System, page: Page, groups: list[int]) -> None:
    event_id = make_event(system, groups[0], "Tasten")
    bar(page, "Tasten").focus()
    page.keyboard.down("Alt")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_text("Tasten: 12.01.2027, 10:30 – 12.01.2027, 12:45")).to_be_attached()
    page.keyboard.up("Alt")
    eventually(lambda: clock_of(system, event_id) == "10:30-12:45")
    page.get_by_role("button", name="Tasten 10:30–12:45").focus()
    page.keyboard.down("Alt")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    page.keyboard.up("Alt")
    expect(page.get_by_role("button", name="Tasten 10:30–12:45")).to_be_visible()


def test_a_series_asks_before_it_moves_and_a_no_puts_it_back(system: System, page: Page, groups: list[int]) -> None:
    event_id = make_event(system, groups[1], "Serie", recurrenceRule="FREQ=WEEKLY")
    drag(page, bar(page, "Serie"), 1)
    page.mouse.up()
    page.get_by_role("dialog").get_by_role("button", name="Abbrechen").click()
    expect(page.get_by_role("button", name="Serie 10:00–12:00")).to_be_visible()
    assert clock_of(system, event_id) == "10:00-12:00"


def test_a_click_opens_the_event(system: System, page: Page, groups: list[int]) -> None:
    make_event(system, groups[2], "Öffnen")
    bar(page, "Öffnen").click()
    expect(page.get_by_role("dialog").get_by_label("Titel")).to_have_value("Öffnen")
    page.keyboard.press("Escape")


def test_a_finger_scrolls_at_once_and_drags_after_a_long_press(
    system: System, browser: Browser, groups: list[int]
) -> None:
    event_id = make_event(system, groups[2], "Finger")
    context = browser.new_context(
        base_url=system.base_url, viewport={"width": 1180, "height": 820}, locale="de-DE", has_touch=True
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    log_in(page, USERNAME, PASSWORD)
    box = bar(page, "Finger").bounding_box()
    assert box
    finger = context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind: str, *points: tuple[float, float]) -> None:
        given = {"type": kind, "touchPoints": [{"x": left, "y": top} for left, top in points]}
        finger.send("Input.dispatchTouchEvent", given)

    touch("touchStart", (x, y))
    for step in range(1, 5):
        touch("touchMove", (x + 20 * step, y))
    touch("touchEnd")
    expect(page.get_by_role("button", name="Finger 10:00–12:00")).to_be_visible()
    assert clock_of(system, event_id) == "10:00-12:00"

    box = bar(page, "Finger").bounding_box()
    assert box
    x = box["x"] + box["width"] / 2
    touch("touchStart", (x, y))
    expect(page.locator("[data-event][data-held]")).to_be_visible()
    for step in range(1, 5):
        touch("touchMove", (x + HOUR_PX / 4 * step, y))
    touch("touchEnd")
    eventually(lambda: clock_of(system, event_id) == "11:00-13:00")
    context.close()


def test_the_order_of_the_rows_is_kept(system: System, page: Page, groups: list[int]) -> None:
    page.goto(OF_DAY)
    page.get_by_role("button", name="Mensa nach oben").click()
    aula, foyer, mensa = groups

    def order() -> list[int]:
        return [each for each in system.http.get("/api/groups/order").json()["order"] if each in groups]

    eventually(lambda: order() == [aula, mensa, foyer])
    grip = page.get_by_role("group", name="Foyer").get_by_title("Zum Ordnen ziehen")
    target = page.get_by_role("group", name="Aula").bounding_box()
    box = grip.bounding_box()
    assert target
    assert box
    page.mouse.move(box["x"] + 8, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 8, target["y"] + 40, steps=6)
    page.mouse.move(box["x"] + 8, target["y"] + 10, steps=3)
    page.mouse.up()
    eventually(lambda: order() == [foyer, aula, mensa])
    page.reload()
    page.get_by_role("group", name="Foyer").wait_for()
    names = page.get_by_role("region", name="Zeitleiste").get_by_role("group").all()
    assert [each.get_attribute("aria-label") for each in names] == ["Foyer", "Aula", "Mensa"]


def test_the_view_and_the_day_stand_in_the_address(page: Page) -> None:
    page.goto(OF_DAY)
    page.get_by_text("Woche", exact=True).click()
    page.get_by_role("button", name="Vor", exact=True).click()
    expect(page.get_by_text("18.–24. Januar 2027")).to_be_visible()
    assert "view=week" in page.url
    assert "date=2027-01-19" in page.url
