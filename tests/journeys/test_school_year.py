"""An administrator sets up the calendar in the browser: holidays from a file, another period, and what is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import log_in, visiting
from systems import PASSWORD, USERNAME, System

pytestmark = pytest.mark.service

EXCEL = Path(__file__).parents[1] / "data" / "holidays" / "ferien-2026-27-oberoesterreich-excel.csv"
PATIENCE = 60_000


@pytest.fixture(scope="module")
def page(system: System, browser: Browser) -> Iterator[Page]:
    with visiting(browser, system.base_url) as page:
        page.set_default_timeout(PATIENCE)
        log_in(page, USERNAME, PASSWORD)
        yield page


def test_holidays_come_from_a_file_and_a_broken_line_is_told(page: Page, tmp_path: Path) -> None:
    page.goto("/settings?focus=holidays")
    page.get_by_text("Noch keine Ferien in dieser Periode").wait_for()
    page.locator("input[type=file]").set_input_files(EXCEL)
    expect(page.get_by_text("7 neu")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("cell", name="OÖ").first).to_be_visible()

    another = tmp_path / "ferien.csv"
    another.write_text(
        "name,start_date,end_date\nOsterferien,2027-03-20,2027-03-29\nWandertag,2027-06-40,2027-06-10\n", "utf-8"
    )
    page.locator("input[type=file]").set_input_files(another)
    expect(page.get_by_text("1 schon vorhanden")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("row", name="Zeile 3")).to_contain_text("„2027-06-40“ ist kein Datum")

    picture = tmp_path / "bild.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.get_by_role("alert")).to_contain_text("Das ist keine Ferienliste")


def test_the_dashboard_names_the_period_and_its_next_holidays(page: Page, system: System) -> None:
    period = system.http.get("/api/academic_periods/active").raise_for_status().json()["period"]
    page.goto("/")
    banner = page.get_by_role("region", name="Aktive Periode")
    expect(banner).to_contain_text(period["name"])
    banner.get_by_role("link", name="Kalender öffnen").click()
    expect(page.get_by_role("heading", name="Einstellungen")).to_be_visible()


def test_what_stands_in_the_way_of_the_archive_is_told_before_it_is_asked(page: Page) -> None:
    page.goto("/settings?focus=academic-periods")
    current = page.get_by_role("listitem", name="Schuljahr 2026/27")
    current.get_by_role("button", name="Aktionen für").click()
    page.get_by_role("menuitem", name="Archivieren").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("bitte zuerst eine andere aktivieren")).to_be_visible()
    expect(dialog.get_by_role("button", name="Archivieren")).to_have_count(0)
    page.keyboard.press("Escape")


def test_a_period_goes_into_the_archive_and_comes_back(page: Page) -> None:
    page.goto("/settings?focus=academic-periods")
    page.get_by_role("button", name="Neue Periode").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=False).first.fill("Schuljahr 2027/28")
    dialog.get_by_label("Erster Tag").fill("06.09.2027")
    dialog.get_by_label("Letzter Tag").fill("07.07.2028")
    page.keyboard.press("Tab")  # closes the calendar of the field
    dialog.get_by_role("button", name="Periode anlegen").click()
    row = page.get_by_role("listitem", name="Schuljahr 2027/28")
    row.get_by_role("button", name="Aktionen für").click()
    page.get_by_role("menuitem", name="Archivieren").click()
    page.get_by_role("dialog").get_by_role("button", name="Archivieren").click()
    expect(row).to_have_count(0)
    page.get_by_role("switch", name="Archivierte zeigen").click()
    row.get_by_role("button", name="Wiederherstellen").click()
    expect(row.get_by_role("button", name="Aktivieren")).to_be_visible()
