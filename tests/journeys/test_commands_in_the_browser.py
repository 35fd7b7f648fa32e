"""A person commands screens in the browser and sees it through to the end, without a reload."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browsers import log_in, visiting
from systems import PASSWORD, USERNAME, System

pytestmark = pytest.mark.service

PATIENCE = 60_000
# A restart takes half a minute: ten seconds until the screen is taken for gone, its boot, and its settling.
WHOLE_LIFE = 200_000
SCREEN = "Aula, Bühne links"
STAGES = [
    "Angelegt",
    "Gesendet",
    "Vom Gerät angenommen",
    "Ausführung begonnen",
    "Startet neu",
    "Wieder verbunden",
    "Abgeschlossen",
]


@pytest.fixture
def page(demo: System, browser: Browser) -> Iterator[Page]:
    """The Dashboard, marked: a reload would take the mark away."""
    with visiting(browser, demo.base_url) as page:
        page.set_default_timeout(PATIENCE)
        log_in(page, USERNAME, PASSWORD)
        page.evaluate("window.isTheSamePage = true")
        yield page
        assert page.evaluate("window.isTheSamePage"), "the page was loaded again"


def commands_of(demo: System, name: str) -> list[dict[str, Any]]:
    clients = demo.http.get("/api/clients/status").raise_for_status().json()["clients"]
    (uuid,) = [client["uuid"] for client in clients if client["description"] == name]
    found: list[dict[str, Any]] = demo.http.get(f"/api/clients/{uuid}/commands").raise_for_status().json()["commands"]
    return found


def toast(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name="Gegebene Befehle").get_by_role("article", name=title)


def test_a_restart_is_seen_from_the_click_to_its_end(demo: System, page: Page) -> None:
    card = page.get_by_role("article", name="Aula", exact=True)
    card.get_by_role("button", name="3 Infoscreens").click()
    card.get_by_role("button", name=f"Aktionen für {SCREEN}").click()
    card.get_by_role("menuitem", name="Neustart").click()
    question = page.get_by_role("dialog", name=f"„{SCREEN}“ neu starten?")
    question.get_by_label("Grund").fill("Bild hängt")
    question.get_by_role("button", name="Neu starten").click()
    shown = toast(page, f"Neustart · {SCREEN}")
    expect(shown.get_by_text("Ausführung begonnen")).to_be_visible(timeout=PATIENCE)

    # The timeline stays while the person goes on to other pages.
    page.get_by_role("link", name="Infoscreens", exact=True).click()
    page.get_by_role("link", name=SCREEN).click()
    history = page.get_by_role("region", name="Befehle", exact=True).filter(has_text="Bild hängt")
    expect(history).to_be_visible(timeout=PATIENCE)
    steps = shown.get_by_role("listitem")
    expect(steps.last).to_contain_text(":", timeout=WHOLE_LIFE)
    expect(history.get_by_text("Abgeschlossen").first).to_be_visible(timeout=PATIENCE)

    told = [text.split("\n")[0] for text in steps.all_inner_texts()]
    assert [stage for stage in STAGES if stage in told] == told
    assert {"Gesendet", "Startet neu", "Abgeschlossen"} <= set(told)
    (command,) = commands_of(demo, SCREEN)
    assert (command["status"], command["reason"]) == ("completed", "Bild hängt")


def test_a_whole_group_is_one_toast_that_counts_to_the_end(demo: System, page: Page) -> None:
    card = page.get_by_role("article", name="Foyer", exact=True)
    card.get_by_role("button", name="Befehle für Foyer").click()
    card.get_by_role("menuitem", name="App neu starten").first.click()
    question = page.get_by_role("dialog", name="App auf 4 Infoscreens in „Foyer“ neu starten?")
    question.get_by_label("Grund").fill("Neue Fassung der Anzeige")
    question.get_by_role("button", name="App neu starten").click()
    shown = toast(page, "App neu starten · Foyer (4 Infoscreens)")
    expect(shown.get_by_text("4 abgeschlossen")).to_be_visible(timeout=WHOLE_LIFE)
    shown.get_by_role("link", name="Zur Liste").click()
    expect(page.get_by_role("heading", level=1, name="App neu starten · 4 Infoscreens")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Abgeschlossen")).to_have_count(4)
