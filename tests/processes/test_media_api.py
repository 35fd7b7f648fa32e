"""The media library over HTTP: uploads, files in byte ranges, and who may fetch them."""

from datetime import date, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from applications import MONDAY, Clock
from factories import decks
from factories.conversions import FakeConverter, failing, run
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.db.conversions import conversion_of
from infoscreen.domain.access import Role
from infoscreen.domain.conversions import Failure
from infoscreen.domain.signed_addresses import signed_address
from infoscreen.services import academic_calendar, broker_accounts, media

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
MIME_BYTERANGES = "multipart/byteranges; boundary="


def _upload(client: TestClient, name: str, content: bytes) -> dict[str, Any]:
    answer = client.post("/api/eventmedia", files={"file": (name, content)})
    assert answer.status_code == 201, answer.text
    medium: dict[str, Any] = answer.json()
    return medium


def _left_on_disk(app: App) -> list[str]:
    folder = app.config.data_dir / "media"
    return [path.name for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]


@pytest.fixture
def picture(editor: TestClient) -> dict[str, Any]:
    return _upload(editor, "Foto äöü.png", decks.picture())


def test_an_upload_is_answered_with_its_facts(picture: dict[str, Any]) -> None:
    assert picture["name"] == "Foto äöü.png"
    assert (picture["kind"], picture["mimeType"], picture["width"], picture["height"]) == ("png", "image/png", 640, 360)
    assert (picture["conversion"], picture["version"], picture["createdAt"]) == (None, 1, "2026-11-23T07:00:00")
    assert picture["contentUrl"] == f"/api/eventmedia/stream/{picture['id']}/Foto%20%C3%A4%C3%B6%C3%BC.png"


def test_a_large_file_comes_in_whole(editor: TestClient, api_app: App) -> None:
    content = decks.picture("PNG") + bytes(range(256)) * 40_000
    medium = _upload(editor, "a.png", content)
    assert medium["size"] == len(content)
    assert api_app.ports.media.path(medium["sha256"]).read_bytes() == content


def test_media_are_listed_renamed_and_deleted(editor: TestClient, picture: dict[str, Any]) -> None:
    _upload(editor, "Plan.pdf", decks.pdf())
    listed = editor.get("/api/eventmedia", params={"q": "foto"}).json()
    assert (listed["total"], listed["media"]) == (1, [picture])
    address = f"/api/eventmedia/{picture['id']}"
    renamed = editor.put(address, json={"name": "Bild.png", "version": 1})
    assert (renamed.json()["name"], renamed.json()["version"]) == ("Bild.png", 2)
    assert editor.put(address, json={"name": "Bild.png", "version": 1}).status_code == 409
    assert editor.put(address, json={"name": "Bild.pdf"}).status_code == 422
    assert editor.delete(address).json() == {"success": True}
    assert editor.get(address).status_code == 404


def test_a_medium_may_belong_to_a_period(editor: TestClient, api_app: App, picture: dict[str, Any]) -> None:
    address = f"/api/eventmedia/{picture['id']}"
    with api_app.work() as work:
        fields = {"name": "Schuljahr 2026/27", "start_date": date(2026, 9, 7), "end_date": date(2027, 7, 2)}
        period_id = academic_calendar.create_period(work, {**fields, "period_type": "schuljahr"}).id
    assert picture["academicPeriodId"] is None
    placed = editor.put(address, json={"academicPeriodId": period_id, "version": 1}).json()
    assert (placed["academicPeriodId"], placed["name"]) == (period_id, picture["name"])
    refused = editor.put(address, json={"academicPeriodId": period_id + 1})
    assert (refused.status_code, list(refused.json()["details"])) == (422, ["academicPeriodId"])
    assert editor.get("/api/eventmedia").json()["media"][0]["academicPeriodId"] == period_id
    usage = editor.get(f"/api/academic_periods/{period_id}/usage").json()
    assert picture["name"] in str(usage)
    assert editor.put(address, json={"academicPeriodId": None}).json()["academicPeriodId"] is None


def test_only_editors_change_the_library(log_in: LogIn, nobody: TestClient, picture: dict[str, Any]) -> None:
    user = log_in(Role.USER)
    address = f"/api/eventmedia/{picture['id']}"
    for client, status in ((user, 403), (nobody, 401)):
        assert client.post("/api/eventmedia", files={"file": ("a.png", b"x")}).status_code == status
        assert client.put(address, json={"name": "b.png"}).status_code == status
        assert client.delete(address).status_code == status
        assert client.post(f"/api/conversions/{picture['id']}/pdf").status_code == status
    assert user.get("/api/eventmedia").json()["total"] == 1
    assert nobody.get("/api/eventmedia").status_code == 401


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", decks.picture(), "wrong_kind"),
        ("a.exe", b"MZ", "wrong_kind"),
        ("a.pdf", b"%PDF-1.7 broken", "unreadable_media"),
    ],
)
def test_a_wrong_kind_is_415(editor: TestClient, api_app: App, name: str, content: bytes, code: str) -> None:
    answer = editor.post("/api/eventmedia", files={"file": (name, content)})
    assert (answer.status_code, answer.json()["code"]) == (415, code)
    assert _left_on_disk(api_app) == []


def test_what_announces_too_much_is_refused_before_it_is_read(editor: TestClient) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Content-Length": str(1025 * 1024**2)}
    answer = editor.post("/api/eventmedia", content=b"", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")


def test_a_body_without_a_file_is_422(editor: TestClient, api_app: App) -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    for body in (
        b"",
        b"--b--\r\n",
        b"nonsense",
        head + decks.picture(),
        head.replace(b'"file"', b'"other"') + b"x\r\n--b--",
    ):
        answer = editor.post(
            "/api/eventmedia", content=body, headers={"Content-Type": "multipart/form-data; boundary=b"}
        )
        assert (answer.status_code, list(answer.json()["details"])) == (422, ["file"]), body[:30]
    assert _left_on_disk(api_app) == []


def test_other_fields_beside_the_file_do_no_harm(editor: TestClient) -> None:
    files = {"file": ("a.png", decks.picture()), "more": ("b.png", b"x")}
    answer = editor.post("/api/eventmedia", data={"folder": "1"}, files=files)
    assert (answer.status_code, answer.json()["name"]) == (201, "a.png")


def test_a_file_is_streamed_in_ranges(editor: TestClient, picture: dict[str, Any]) -> None:
    content, size, address = decks.picture(), picture["size"], picture["contentUrl"]
    whole = editor.get(address)
    assert (whole.status_code, whole.content, whole.headers["accept-ranges"]) == (200, content, "bytes")
    assert whole.headers["etag"] == f'"{picture["sha256"]}"'
    part = editor.get(address, headers={"Range": "bytes=4-9"})
    assert (part.status_code, part.content) == (206, content[4:10])
    assert part.headers["content-range"] == f"bytes 4-9/{size}"
    none = editor.get(address, headers={"Range": f"bytes={size}-"})
    assert (none.status_code, none.headers["content-range"]) == (416, f"bytes */{size}")
    head = editor.head(address, headers={"Range": "bytes=4-9"})
    assert (head.status_code, head.headers["content-length"], head.content) == (200, str(size), b"")


def test_several_ranges_come_in_parts(editor: TestClient, picture: dict[str, Any]) -> None:
    content, size = decks.picture(), picture["size"]
    answer = editor.get(picture["contentUrl"], headers={"Range": "bytes=0-3,-2"})
    assert answer.status_code == 206
    assert int(answer.headers["content-length"]) == len(answer.content)
    boundary = answer.headers["content-type"].removeprefix(MIME_BYTERANGES).encode()
    _, first, second, end = answer.content.split(b"--" + boundary)
    assert first.endswith(b"\r\n\r\n" + content[:4] + b"\r\n")
    assert f"Content-Range: bytes {size - 2}-{size - 1}/{size}".encode() in second
    assert second.endswith(b"\r\n\r\n" + content[-2:] + b"\r\n")
    assert end == b"--\r\n"


def test_a_changed_or_known_content_is_noticed(editor: TestClient, picture: dict[str, Any]) -> None:
    etag, address = f'"{picture["sha256"]}"', picture["contentUrl"]
    assert editor.get(address, headers={"Range": "bytes=0-1", "If-Range": etag}).status_code == 206
    assert editor.get(address, headers={"Range": "bytes=0-1", "If-Range": '"old"'}).status_code == 200
    assert editor.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_a_download_has_its_name(editor: TestClient, picture: dict[str, Any]) -> None:
    answer = editor.get(f"/api/eventmedia/{picture['id']}/download")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''Foto%20%C3%A4%C3%B6%C3%BC.png"
    assert answer.content == decks.picture()


def test_a_thumbnail_is_a_jpeg(editor: TestClient, picture: dict[str, Any]) -> None:
    answer = editor.get(picture["thumbnailUrl"])
    assert (answer.headers["content-type"], answer.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.html", b"<!DOCTYPE html><script>alert(1)</script>"),
    ],
)
def test_active_content_is_sandboxed(editor: TestClient, name: str, content: bytes) -> None:
    answer = editor.get(_upload(editor, name, content)["contentUrl"])
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"


def _converted(app: App, editor: TestClient) -> dict[str, Any]:
    deck = _upload(editor, "Plan.pptx", decks.pptx("eins", "zwei"))
    assert deck["conversion"]["status"] == "pending"
    run(app, deck["id"], FakeConverter())
    ready: dict[str, Any] = editor.get(f"/api/eventmedia/{deck['id']}").json()
    return ready


def test_a_deck_shows_its_conversion(editor: TestClient, api_app: App) -> None:
    deck = _converted(api_app, editor)
    assert (deck["pageCount"], deck["conversion"]["status"]) == (2, "ready")
    assert editor.get(f"/api/conversions/{deck['id']}/status").json() == deck["conversion"]
    assert editor.post(f"/api/conversions/{deck['id']}/pdf").json() == deck["conversion"]
    assert editor.get(deck["thumbnailUrl"]).status_code == 200
    pdf = editor.get(deck["conversion"]["pdfUrl"])
    assert (pdf.headers["content-type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_failure_is_told_in_the_readers_language(editor: TestClient, api_app: App) -> None:
    deck = _upload(editor, "Plan.pptx", decks.broken_pptx())
    run(api_app, deck["id"], failing(Failure.PASSWORD_PROTECTED))
    address = f"/api/conversions/{deck['id']}/status"
    german, english = (editor.get(address, headers={"Accept-Language": language}).json() for language in ("de", "en"))
    assert german["errorMessage"] == "Die Präsentation ist mit einem Passwort geschützt."
    assert english["errorMessage"] == "The presentation is protected by a password."
    assert german["errorCode"] == "password_protected"
    assert editor.post(f"/api/conversions/{deck['id']}/pdf").json()["status"] == "pending"


def test_what_is_shown_as_it_is_has_no_conversion(editor: TestClient, picture: dict[str, Any]) -> None:
    assert editor.get(f"/api/conversions/{picture['id']}/status").status_code == 404
    assert editor.post(f"/api/conversions/{picture['id']}/pdf").json()["code"] == "nothing_to_convert"


@pytest.mark.parametrize(
    "path", ["x.pdf", "%2e%2e/%2e%2e/api.db", "..%2f..%2fapi.db", "00/" + "0" * 64 + ".pdf", "01/" + "0" * 64 + ".pdf"]
)
def test_only_converted_files_are_there(editor: TestClient, path: str) -> None:
    assert editor.get(f"/api/files/converted/{path}").status_code == 404


def test_a_file_opens_with_a_login_a_device_token_or_a_signature_and_not_otherwise(
    editor: TestClient, nobody: TestClient, api_app: App, clock: Clock, picture: dict[str, Any]
) -> None:
    with api_app.work() as work:
        token = broker_accounts.make_client_account(work, UUID).device_token
    deck = _converted(api_app, editor)
    own = [f"/api/eventmedia/{picture['id']}/thumbnail", f"/api/eventmedia/{picture['id']}/download"]
    for path in (*own, f"/api/eventmedia/stream/{picture['id']}/Foto äöü.png", deck["conversion"]["pdfUrl"]):
        signed = signed_address(api_app.config.secret_key.encode(), "", path, 7, MONDAY)
        assert editor.get(path).status_code == 200
        assert nobody.get(path, headers={"Authorization": f"Bearer {token}"}).status_code == 200
        assert nobody.get(signed).status_code == 200
        assert nobody.get(path).status_code == 401
        assert nobody.get(path, headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert nobody.get(signed.replace("group=7", "group=8")).status_code == 401
    clock.now = MONDAY + timedelta(hours=24, seconds=1)
    assert nobody.get(signed).status_code == 401


def test_what_devices_are_told_opens_by_its_signed_address(
    editor: TestClient, nobody: TestClient, api_app: App
) -> None:
    stored = _upload(editor, "Plan 50% #1?.pdf", decks.pdf())
    with api_app.reading() as work:
        content = media.content_of(media.get_media(work, stored["id"]), conversion_of(work.session, stored["id"]))
    assert content
    answer = nobody.get(signed_address(api_app.config.secret_key.encode(), "", content.path, 7, MONDAY))
    assert (answer.status_code, f"sha256:{stored['sha256']}") == (200, content.checksum)
