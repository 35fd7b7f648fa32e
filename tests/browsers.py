"""Debian's Chromium, driven as a person would use it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# Chromium as root in a container has no sandbox of its own, and must not look for its maker's servers.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for the tests of a file: Playwright keeps an event loop running, and tests of other files run their own."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@contextmanager
def visiting(browser: Browser, base_url: str, zone: str = "Europe/Vienna") -> Iterator[Page]:
    """A page of a German browser in a zone; what the page could not do on its own ends the test."""
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": 1440, "height": 900},
        locale="de-DE",
        timezone_id=zone,
        # What fades in has other colours on its way, and is not yet where it will be clicked.
        reduced_motion="reduce",
    )
    mistakes: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    assert not mistakes


def log_in(page: Page, username: str, password: str) -> None:
    """Log in on the login page and wait for the Dashboard."""
    page.goto("/")
    page.get_by_label("Benutzername").fill(username)
    page.get_by_label("Passwort", exact=True).fill(password)
    page.get_by_role("button", name="Anmelden").click()
    page.get_by_role("heading", name="Dashboard").wait_for()
