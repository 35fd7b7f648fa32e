"""A person gets a group's plan into a calendar program of their own, and takes the address back."""

from collections.abc import Iterator

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from browsers import log_in, visiting
from systems import PASSWORD, USERNAME, System

pytestmark = pytest.mark.service

PATIENCE = 60_000


@pytest.fixture(scope="module")
def page(system: System, browser: Browser) -> Iterator[Page]:
    with visiting(browser, system.base_url) as page:
        page.set_default_timeout(PATIENCE)
        log_in(page, USERNAME, PASSWORD)
        yield page


def test_a_plan_is_subscribed_renewed_and_revoked(system: System, page: Page) -> None:
    group_id = system.make_group("Aula")
    event = {"subject": "Im Kalender", "groupId": group_id, "type": "message", "messageContent": "Guten Morgen"}
    times = {"startTime": "2027-01-12T09:00:00Z", "endTime": "2027-01-12T11:00:00Z"}
    system.http.post("/api/events", json=event | times).raise_for_status()
    page.goto(f"/events?view=day&group={group_id}")
    page.get_by_role("button", name="Kalender abonnieren").click()
    dialog = page.get_by_role("dialog", name="Kalender abonnieren")
    dialog.get_by_role("button", name="Adresse erzeugen").click()
    shown = dialog.locator("code").filter(has_text=".ics?token=")
    address = shown.text_content() or ""
    plan = system.http.get(address).raise_for_status()
    titles = {str(event["SUMMARY"]) for event in Calendar.from_ical(plan.text).walk("VEVENT")}
    assert "Im Kalender" in titles

    dialog.get_by_role("button", name="Erneuern").click()
    page.get_by_role("dialog", name="Adresse erneuern?").get_by_role("button", name="Erneuern").click()
    expect(shown).not_to_have_text(address)
    renewed = shown.text_content() or ""
    assert (system.http.get(address).status_code, system.http.get(renewed).status_code) == (401, 200)

    dialog.get_by_role("button", name="Widerrufen").click()
    page.get_by_role("dialog", name="Adresse widerrufen?").get_by_role("button", name="Widerrufen").click()
    dialog.get_by_role("button", name="Adresse erzeugen").wait_for()
    assert system.http.get(renewed).status_code == 401
    assert "token=" not in system.log()
