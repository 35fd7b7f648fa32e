"""Screenshots over HTTP: for people who are logged in, never kept by the browser, the priority one for its time."""

import base64
from datetime import UTC
from io import BytesIO
from typing import Any

import pytest
from httpx import Response
from PIL import Image
from starlette.testclient import TestClient

from applications import MONDAY, Clock
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.domain.access import Role
from infoscreen.services import broker_accounts
from listening import picture

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
WITHOUT = "00000000-0000-4000-8000-000000000002"
ADDRESS = f"/api/clients/{UUID}/screenshot"
THUMBNAIL = f"/screenshots/{UUID}/thumbnail"
ADDRESSES = [f"/screenshots/{UUID}.jpg", f"/screenshots/{UUID}/priority", f"/screenshots/{UUID}/history", THUMBNAIL]


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
@pytest.mark.parametrize("form", ["{}.jpg", "{}/priority", "{}/thumbnail"])
def test_without_a_picture_there_is_none(viewer: TestClient, uuid: str, form: str) -> None:
    assert viewer.get(f"/screenshots/{form.format(uuid)}").status_code == 404


def test_lists_get_the_latest_picture_small(api_app: App, nobody: TestClient, viewer: TestClient, token: str) -> None:
    show(api_app, b"older", "periodic")
    posted(nobody, token, image=("shot.png", base64.b64decode(picture(size=(1920, 1080))), "image/png"))
    answer = viewer.get(THUMBNAIL)
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("image/jpeg", "no-store")
    assert Image.open(BytesIO(answer.content)).size == (240, 135)
    assert Image.open(BytesIO(viewer.get(ADDRESSES[0]).content)).size == (1920, 1080)


def test_a_picture_that_is_kept_only_as_it_came_stands_for_its_small_one(
    api_app: App, nobody: TestClient, viewer: TestClient, token: str, clock: Clock
) -> None:
    posted(nobody, token)
    clock.forward(minutes=1)
    show(api_app, b"whole", "periodic")
    assert viewer.get(THUMBNAIL).content == b"whole"


def test_a_recent_picture_is_read_by_the_address_in_the_history(api_app: App, viewer: TestClient) -> None:
    show(api_app, b"start", "event_start")
    show(api_app, b"later", "periodic")
    kept = viewer.get(ADDRESSES[2]).json()["screenshots"]
    assert [viewer.get(each["url"]).content for each in kept if each["kind"] == "event_start"] == [b"start"]
    assert viewer.get(f"{ADDRESSES[2]}/{UUID}_meta.json").status_code == 404


@pytest.fixture
def token(api_app: App) -> str:
    with api_app.work() as work:
        return broker_accounts.make_client_account(work, UUID).device_token


def posted(client: TestClient, token: str, uuid: str = UUID, **parts: Any) -> Response:
    fields: dict[str, Any] = {"image": ("shot.png", base64.b64decode(picture()), "image/png"), **parts}
    headers = {"Authorization": f"Bearer {token}"}
    answer: Response = client.post(ADDRESS.replace(UUID, uuid), files=fields, headers=headers)
    return answer


def test_a_device_posts_its_own_picture(api_app: App, nobody: TestClient, viewer: TestClient, token: str) -> None:
    assert posted(nobody, token, screenshot_type=(None, "event_start")).json() == {"success": True}
    assert viewer.get(ADDRESSES[0]).content.startswith(b"\xff\xd8")
    with api_app.reading() as work:
        state = work.session.get_one(ClientState, UUID)
    assert (state.screenshot_type, state.priority_screenshot_at) == ("event_start", MONDAY)
    assert state.last_alive is None, "only heartbeats and health say that a device is alive"


def test_a_device_posts_for_no_other_and_people_post_none(nobody: TestClient, viewer: TestClient, token: str) -> None:
    assert posted(nobody, token, WITHOUT).status_code == 403
    assert posted(nobody, "wrong").status_code == 401
    assert posted(viewer, "").status_code == 401


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7", base64.b64decode(picture())[:60]])
def test_what_a_device_posts_that_is_no_picture_is_refused(nobody: TestClient, token: str, broken: bytes) -> None:
    answer = posted(nobody, token, image=("shot.png", broken, "image/png"))
    assert (answer.status_code, answer.json()["details"].keys()) == (422, {"image"})


def test_a_post_without_a_picture_or_with_too_large_a_one_is_refused(nobody: TestClient, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    answer = nobody.post(ADDRESS, files={"other": ("a.png", b"x")}, headers=headers)
    assert (answer.status_code, answer.json()["details"].keys()) == (422, {"image"})
    assert posted(nobody, token, image=("a.png", b"x" * (8 * 1024**2 + 1), "image/png")).status_code == 413
