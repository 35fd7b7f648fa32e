"""Every page with a school's content in it: accessible in light and dark, and an upload that a person can follow."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import log_in, visiting
from factories.decks import pptx
from systems import PASSWORD, USERNAME, System
from waiting import eventually

pytestmark = pytest.mark.service

AXE = Path(__file__).parents[2] / "dashboard" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE = 60_000
# Pages with a text that is there once the page has its data.
SHOWN: dict[str, str | re.Pattern[str]] = {
    "/": "Nicht zugeordnet",
    "/events?view=week": "Tag der offenen",
    "/events?view=month": "Tag der offenen",
    "/resources": "Lehrerzimmer",
    "/resources?view=week&date=2026-12-08": "Mariä Empfängnis",
    "/groups": "Foyer, Garderobe",
    "/infoscreens": "Foyer, Garderobe",
    "/alerts": re.compile(r"Alles in Ordnung|^seit "),
    "/media": "Speiseplan.pdf",
    "/monitoring": "Foyer, Garderobe",
    "/monitoring?part=alerts": "Zur Kenntnis nehmen",
    "/monitoring?part=charts": "Verfügbarkeit",
    "/monitoring?part=logs": "display_manager ended",
    "/monitoring?part=commands": "Befehle",
    "/broadcasts": "So ungefähr sieht es",
    "/settings?focus=academic-periods": "Schuljahr 2026/27",
    "/settings?focus=holidays": "Weihnachtsferien",
    "/settings?tab=events": "Lautstärke",
    "/settings?tab=display": "Öffnungszeiten der Schule",
    "/settings?tab=media": "Längstes Video",
    "/settings?tab=notifications": "Noch wird niemand benachrichtigt",
    "/settings?tab=system": "Name der Schule",
}


@pytest.fixture(scope="module")
def page(demo: System, browser: Browser) -> Iterator[Page]:
    with visiting(browser, demo.base_url) as page:
        page.set_default_timeout(PATIENCE)
        log_in(page, USERNAME, PASSWORD)
        yield page


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run(document).then(result => result.violations)")
    return [f"{each['id']}: {[node['html'] for node in each['nodes']][:2]}" for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", SHOWN)
def test_a_page_has_no_accessibility_violation(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(path)
    page.get_by_role("heading", level=1).wait_for()
    # The stream of notices never ends, so quiet is told by what every page shows once it has its data.
    page.get_by_text(SHOWN[path]).first.wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_screens_own_page_has_no_accessibility_violation(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto("/infoscreens")
    page.get_by_role("link", name="Foyer, Garderobe").click()
    page.get_by_text("infoscreen-client-").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_with_a_one_time_code_has_no_accessibility_violation(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto("/infoscreens")
    page.get_by_role("button", name="Infoscreen anmelden").click()
    page.get_by_role("button", name="Code erzeugen").click()
    page.get_by_role("img", name="QR-Code mit dem Befehl").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_answer_to_why_has_no_accessibility_violation(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto("/")
    page.get_by_role("button", name="Warum? Aula").click()
    page.get_by_text("Anderer Zeitpunkt").click()
    page.get_by_role("article", name="Tag der offenen").first.wait_for()
    assert violations(page) == []


def test_a_drill_is_asked_about_followed_on_every_page_and_ended_without_an_accessibility_violation(
    page: Page,
) -> None:
    page.goto("/broadcasts")
    page.get_by_role("textbox", name="Text").fill("Probealarm: bitte in den Hof")
    page.get_by_role("switch", name="Übung").click()
    page.get_by_role("button", name="Übung beginnen …").click()
    question = page.get_by_role("dialog", name="Übung jetzt beginnen?")
    question.get_by_text("In der ganzen Schule (18 Infoscreens)").wait_for()
    assert violations(page) == []
    question.get_by_role("button", name="Übung beginnen").click()
    page.get_by_role("heading", name="15 von 18 Infoscreens zeigen sie").wait_for()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert violations(page) == []
    page.goto("/")
    page.get_by_role("article", name="Aula").get_by_text("Probealarm").wait_for()
    bar = page.get_by_role("region", name="Übung: Durchsage bis")
    assert violations(page) == []
    bar.get_by_role("button", name="Beenden").click()
    page.get_by_role("button", name="Jetzt beenden").click()
    expect(bar).to_be_hidden()
    expect(page.get_by_role("article", name="Aula").get_by_text("Probealarm")).to_be_hidden()


def test_an_uploaded_deck_is_seen_until_it_is_ready(page: Page, demo: System, tmp_path: Path) -> None:
    deck = tmp_path / "Elternabend.pptx"
    deck.write_bytes(pptx("Elternabend", "Danke"))
    page.goto("/media")
    page.locator("input[type=file]").first.set_input_files(deck)
    expect(page.get_by_text("Elternabend.pptx").first).to_be_visible(timeout=PATIENCE)

    def status() -> str | None:
        media = demo.http.get("/api/eventmedia", params={"q": "Elternabend"}).json()["media"]
        return media[0]["conversion"]["status"] if media else None

    eventually(lambda: status() == "ready", timeout=60)


def test_the_apis_documentation_opens_without_the_internet(page: Page) -> None:
    # The page draws what is in sight only: the address leads to the operation.
    page.goto("/api/docs#/events/list_occurrences")
    expect(page.get_by_text("/api/events/occurrences")).to_be_visible(timeout=PATIENCE)
