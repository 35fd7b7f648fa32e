"""Screenshots over HTTP: for people who are logged in, never kept by the browser, the priority one for its time."""

from datetime import UTC

import pytest
from starlette.testclient import TestClient

from applications import MONDAY, Clock
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.domain.access import Role

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
WITHOUT = "00000000-0000-4000-8000-000000000002"
ADDRESSES = [f"/screenshots/{UUID}.jpg", f"/screenshots/{UUID}/priority", f"/screenshots/{UUID}/history"]


@pytest.fixture(autouse=True)
def screens(api_app: App) -> None:
    with api_app.work() as work:
        for uuid in (UUID, WITHOUT):
            client = Client(uuid=uuid, group_id=UNASSIGNED_ID, created_at=MONDAY)
            client.state = ClientState()
            work.session.add(client)


@pytest.fixture
def viewer(log_in: LogIn) -> TestClient:
    return log_in(Role.USER)


def show(app: App, picture: bytes, kind: str) -> None:
    app.ports.screenshots.keep(UUID, picture, kind, app.clock().astimezone(UTC))
    if kind != "periodic":
        with app.work() as work:
            work.session.get_one(ClientState, UUID).priority_screenshot_at = work.now


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_sees_a_screen_without_a_login(api_app: App, nobody: TestClient, address: str) -> None:
    show(api_app, b"jpeg", "event_start")
    assert nobody.get(address).status_code == 401


def test_the_latest_picture_is_sent_and_not_kept_by_the_browser(api_app: App, viewer: TestClient) -> None:
    show(api_app, b"first", "periodic")
    show(api_app, b"second", "periodic")
    answer = viewer.get(ADDRESSES[0])
    assert (answer.content, answer.headers["content-type"]) == (b"second", "image/jpeg")
    assert answer.headers["cache-control"] == "no-store"


def test_whoever_has_the_picture_already_is_told_so(api_app: App, viewer: TestClient) -> None:
    show(api_app, b"jpeg", "periodic")
    etag = viewer.get(ADDRESSES[0]).headers["etag"]
    assert viewer.get(ADDRESSES[0], headers={"If-None-Match": etag}).status_code == 304
    show(api_app, b"another", "periodic")
    assert viewer.get(ADDRESSES[0], headers={"If-None-Match": etag}).content == b"another"


def test_the_priority_picture_has_its_time_and_then_gives_way_to_the_latest(
    api_app: App, viewer: TestClient, clock: Clock
) -> None:
    show(api_app, b"start", "event_start")
    show(api_app, b"later", "periodic")
    clock.forward(seconds=119)
    assert viewer.get(ADDRESSES[1]).content == b"start"
    clock.forward(seconds=1)
    assert viewer.get(ADDRESSES[1]).content == b"later"


def test_the_history_names_the_recent_pictures_newest_first(api_app: App, viewer: TestClient, clock: Clock) -> None:
    show(api_app, b"start", "event_start")
    clock.forward(minutes=1)
    show(api_app, b"later", "periodic")
    kept = viewer.get(ADDRESSES[2]).json()["screenshots"]
    assert [(each["kind"], each["takenAt"]) for each in kept] == [
        ("periodic", "2026-11-23T07:01:00"),
        ("event_start", "2026-11-23T07:00:00"),
    ]


@pytest.mark.parametrize("uuid", [WITHOUT, "ffffffff-ffff-4fff-8fff-ffffffffffff", "..%2f..%2fsecret_key", "x"])
@pytest.mark.parametrize("form", ["{}.jpg", "{}/priority"])
def test_without_a_picture_there_is_none(viewer: TestClient, uuid: str, form: str) -> None:
    assert viewer.get(f"/screenshots/{form.format(uuid)}").status_code == 404
