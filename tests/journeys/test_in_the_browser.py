"""A person plans in the browser, a screen shows it, and the person sees that without a reload."""

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import log_in, visiting
from systems import PASSWORD, USERNAME, Device, System
from waiting import eventually

pytestmark = pytest.mark.service

VIENNA = ZoneInfo("Europe/Vienna")
# Long enough for a small machine with other work to do; each step takes well under two seconds.
PATIENCE = 30_000


@contextmanager
def virtual_device(system: System, group_id: int, directory: Path) -> Iterator[str]:
    """A virtual device of a group, run by the real command; yields its uuid."""
    name = str(uuid.uuid4())
    account = system.http.post(f"/api/clients/{name}/broker-account").raise_for_status().json()
    system.http.put("/api/clients/group", json={"clientIds": [name], "groupId": group_id}).raise_for_status()
    with Device(account):
        pass  # a device that is refused, because the broker has no account for it yet, waits for a minute
    device = {field: account[field] for field in ("username", "password", "deviceToken")} | {
        "uuid": name,
        "hostname": "pi-aula-1",
        "ip": "10.0.3.17",
        "model": "Raspberry Pi 5",
        "description": "Aula links",
    }
    file = directory / "devices.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps({"host": account["host"], "port": account["port"], "devices": [device]}))
    program = Path(sys.executable).with_name("infoscreen-device")
    with (directory / "device.log").open("wb") as log:
        child = subprocess.Popen(
            [program, "simulate", "--devices", file, "--screenshot-seconds", "3"], stdout=log, stderr=log
        )
        try:
            yield name
        finally:
            child.terminate()
            child.wait(20)


def drag_around_now(page: Page) -> None:
    """Drag over three hours of today's column, the present hour in the middle."""
    now = datetime.now(VIENNA)
    first = min(max(now.hour - 1, 0), 21)
    day = page.locator(f"[data-date='{now:%Y-%m-%d}']").last
    page.get_by_text(f"{first:02}:00", exact=True).first.scroll_into_view_if_needed()
    box = day.bounding_box()
    assert box
    hour = box["height"] / 24
    x = box["x"] + box["width"] / 2
    page.mouse.move(x, box["y"] + hour * (first + 0.1))
    page.mouse.down()
    page.mouse.move(x, box["y"] + hour * (first + 1.5), steps=5)
    page.mouse.move(x, box["y"] + hour * (first + 2.9), steps=5)
    page.mouse.up()


def kinds_of_pictures(system: System, name: str) -> set[str]:
    history = system.http.get(f"/screenshots/{name}/history").raise_for_status().json()
    return {picture["kind"] for picture in history["screenshots"]}


def test_a_weekly_event_made_by_dragging_is_on_the_card_and_on_the_screen_without_a_reload(
    system: System, browser: Browser, tmp_path: Path
) -> None:
    group_id = system.make_group("Aula")
    with (
        virtual_device(system, group_id, tmp_path) as name,
        visiting(browser, system.base_url) as watching,
        visiting(browser, system.base_url) as planning,
    ):
        for page in (watching, planning):
            page.set_default_timeout(PATIENCE)
            log_in(page, USERNAME, PASSWORD)
        card = watching.get_by_role("region", name="Aula").or_(watching.get_by_role("article", name="Aula"))
        expect(card.get_by_text("Online", exact=True)).to_be_visible(timeout=PATIENCE)
        card.get_by_role("button", name="1 Infoscreen").click()
        picture = card.locator(f"img[src*='{name}']")
        before = picture.get_attribute("src")

        planning.get_by_role("link", name="Termine").click()
        planning.get_by_text("Woche", exact=True).click()
        drag_around_now(planning)
        dialog = planning.get_by_role("dialog")
        dialog.get_by_label("Titel").fill("Begrüßung der Gäste")
        dialog.get_by_role("combobox", name="Art").click()
        planning.get_by_role("option", name="Nachricht").click()
        dialog.get_by_label("Text der Nachricht").fill("Herzlich willkommen!")
        dialog.get_by_role("combobox", name="Wiederholung").click()
        planning.get_by_role("option", name="Wöchentlich").click()
        dialog.get_by_role("button", name="Termin anlegen").click()
        expect(dialog).to_be_hidden(timeout=PATIENCE)

        expect(card.get_by_text("Begrüßung der Gäste")).to_be_visible(timeout=PATIENCE)
        expect(picture).not_to_have_attribute("src", before or "", timeout=PATIENCE)
        eventually(lambda: "event_start" in kinds_of_pictures(system, name))

    (event,) = system.http.get(f"/api/events?groupId={group_id}").json()["events"]
    assert event["recurrenceRule"].startswith("FREQ=WEEKLY")
    (client,) = [each for each in system.http.get("/api/clients/status").json()["clients"] if each["uuid"] == name]
    assert client["currentEventId"] == event["id"]
