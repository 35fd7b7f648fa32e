"""`/api/system-settings` and the opening hours of groups."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from applications import RememberingBus, configuration
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.domain.access import Role
from infoscreen.domain.settings import SETTINGS
from infoscreen.processes.api.sentences import SENTENCES
from infoscreen.services import settings
from infoscreen.services.notices import NoticeKind

ADDRESS = "/api/system-settings"
# As the contract names them.
DEFAULTS = {
    "supplement_table_url": "",
    "supplement_table_enabled": "false",
    "presentation_interval": "10",
    "presentation_page_progress": "true",
    "presentation_auto_progress": "true",
    "video_autoplay": "true",
    "video_loop": "true",
    "video_volume": "0.8",
    "video_muted": "false",
    "holiday_banner_enabled": "true",
    "timezone": "Europe/Vienna",
    "organization_name": "",
    "command_expiry_seconds": "240",
    "refresh_seconds": "0",
}


def test_every_setting_is_there_from_the_start_with_its_type_and_description(admin: TestClient) -> None:
    listed = {each["key"]: each for each in admin.get(ADDRESS).json()["settings"]}
    assert {key: listed[key]["value"] for key in DEFAULTS} == DEFAULTS
    assert listed["timezone"] == {
        "key": "timezone",
        "value": "Europe/Vienna",
        "type": "zone",
        "default": "Europe/Vienna",
        "description": "Zeitzone der Schule",
        "version": 1,
        "updatedAt": None,
        "updatedBy": None,
    }
    assert all(isinstance(each["value"], str) for each in listed.values())


def test_every_setting_is_described_in_both_languages_and_has_a_valid_default() -> None:
    for key, setting in SETTINGS.items():
        assert f"setting_{key}" in SENTENCES
        assert setting.is_valid(setting.default), key


def test_a_setting_is_changed_told_and_goes_back_to_its_default(admin: TestClient, bus: RememberingBus) -> None:
    bus.notices.clear()
    changed = admin.put(f"{ADDRESS}/presentation_interval", json={"value": " 25 ", "version": 1}).json()
    assert (changed["value"], changed["version"]) == ("25", 2)
    assert changed["updatedAt"] is not None
    assert admin.get(f"{ADDRESS}/presentation_interval").json() == changed
    reset = admin.delete(f"{ADDRESS}/presentation_interval").json()
    assert (reset["value"], reset["updatedAt"], reset["version"]) == ("10", None, 3)
    assert [(notice.kind, notice.ids) for notice in bus.notices] == [
        (NoticeKind.SETTINGS, ("presentation_interval",))
    ] * 2


def test_an_older_version_is_answered_with_the_setting_as_it_is(admin: TestClient) -> None:
    admin.put(f"{ADDRESS}/organization_name", json={"value": "Schule am Park", "version": 1})
    stale = admin.put(f"{ADDRESS}/organization_name", json={"value": "Ups", "version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    assert (stale.json()["details"]["value"], stale.json()["details"]["version"]) == ("Schule am Park", 2)


def test_unknown_keys_and_wrong_values_are_told_in_a_sentence(admin: TestClient) -> None:
    unknown = admin.put(f"{ADDRESS}/no_such_key", json={"value": "1"})
    assert (unknown.status_code, unknown.json()["details"]) == (422, {"key": "Diese Einstellung gibt es nicht."})
    wrong = admin.put(f"{ADDRESS}/video_volume", json={"value": "laut"})
    assert (wrong.status_code, wrong.json()["details"]) == (422, {"value": "Dieser Wert passt nicht: 0.0…1.0"})
    for value in (25, True, None, {"a": 1}):
        answer = admin.put(f"{ADDRESS}/presentation_interval", json={"value": value})
        assert (answer.status_code, list(answer.json()["details"])) == (422, ["value"])
    assert admin.get(f"{ADDRESS}/no_such_key").status_code == 404
    assert admin.delete(f"{ADDRESS}/no_such_key").status_code == 404


def test_several_settings_are_changed_all_or_none(admin: TestClient) -> None:
    def post(*pairs: tuple[str, str]) -> object:
        changes = [{"key": key, "value": value} for key, value in pairs]
        answer = admin.post(ADDRESS, json={"settings": changes})
        return answer.status_code, answer.json().get("details")

    refused = post(("video_muted", "true"), ("video_volume", "9"), ("no_such_key", "1"))
    assert refused == (
        422,
        {"video_volume": "Dieser Wert passt nicht: 0.0…1.0", "no_such_key": "Diese Einstellung gibt es nicht."},
    )
    assert admin.get(f"{ADDRESS}/video_muted").json()["value"] == "false"
    assert post(("video_muted", "true"), ("video_volume", "0.5")) == (200, None)
    assert admin.get(f"{ADDRESS}/video_muted").json()["value"] == "true"
    one = admin.post(ADDRESS, json={"key": "video_muted", "value": "false"}).json()["settings"]
    assert [(each["key"], each["value"]) for each in one] == [("video_muted", "false")]
    assert admin.post(ADDRESS, json={"value": "false"}).status_code == 422


def test_the_substitution_plan_has_an_address_of_its_own(admin: TestClient) -> None:
    table = f"{ADDRESS}/supplement-table"
    assert admin.get(table).json() == {"url": "", "enabled": False}
    wanted = {"url": "https://plan.example.org/", "enabled": True}
    assert admin.post(table, json=wanted).json() == wanted
    assert admin.get(table).json() == wanted
    assert admin.get(f"{ADDRESS}/supplement_table_enabled").json()["value"] == "true"
    wrong = admin.post(table, json={"url": "javascript:alert(1)", "enabled": False})
    assert (wrong.status_code, list(wrong.json()["details"])) == (422, ["url"])
    assert admin.get(table).json() == wanted


def test_everybody_sees_the_defaults_and_only_admins_all_settings(log_in: LogIn, nobody: TestClient) -> None:
    user, editor = log_in(Role.USER), log_in(Role.EDITOR)
    assert user.get(f"{ADDRESS}/defaults").json() == {
        key: value for key, value in DEFAULTS.items()
        if key.startswith(("presentation_", "video_"))
        or key in ("holiday_banner_enabled", "timezone", "organization_name")
    }  # fmt: skip
    assert nobody.get(f"{ADDRESS}/defaults").status_code == 401
    for answer in (
        editor.get(ADDRESS),
        editor.get(f"{ADDRESS}/timezone"),
        editor.put(f"{ADDRESS}/timezone", json={"value": "UTC"}),
        editor.delete(f"{ADDRESS}/timezone"),
        editor.post(ADDRESS, json={"key": "timezone", "value": "UTC"}),
        editor.get(f"{ADDRESS}/supplement-table"),
        editor.post(f"{ADDRESS}/supplement-table", json={"url": "", "enabled": False}),
    ):
        assert answer.status_code == 403


def test_the_environment_counts_until_a_setting_was_changed_once(
    api_app: App, admin: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(seconds: int) -> str:
        monkeypatch.setenv("REFRESH_SECONDS", str(seconds))
        api_app.config = configuration(tmp_path / "data", db_conn=str(api_app.engine.url))
        with api_app.work() as work:
            settings.seed_settings(work, api_app.config.initial_settings)
        value: str = admin.get(f"{ADDRESS}/refresh_seconds").json()["value"]
        return value

    assert [start(60), start(90)] == ["60", "90"]
    admin.put(f"{ADDRESS}/refresh_seconds", json={"value": "30"})
    assert start(120) == "30"
    assert admin.delete(f"{ADDRESS}/refresh_seconds").json()["value"] == "120"
    assert start(150) == "150"


def test_what_people_set_counts_for_uploads_and_passwords(admin: TestClient, editor: TestClient) -> None:
    admin.put(f"{ADDRESS}/max_upload_mb", json={"value": "1"})
    large = editor.post("/api/eventmedia", files={"file": ("a.pdf", b"%PDF-1.7" + b"x" * 2_000_000)})
    assert (large.status_code, large.json()["error"]) == (413, "Die Datei ist zu groß; erlaubt sind 1 MB.")
    admin.put(f"{ADDRESS}/password_minimum", json={"value": "40"})
    short = editor.put(
        "/api/auth/change-password",
        json={"currentPassword": "a long enough password", "newPassword": "another long password"},
    )
    assert short.json()["details"]["newPassword"] == "Das Passwort braucht mindestens 40 Zeichen."


def test_a_group_has_opening_hours_of_its_own_or_none(admin: TestClient) -> None:
    hours = {"mon": ["07:00-12:30", "13:15-18:00"], "sat": []}
    group = admin.post("/api/groups", json={"name": "Aula", "openingHours": hours}).json()
    assert group["openingHours"] == hours
    address = f"/api/groups/{group['id']}"
    assert admin.put(address, json={"name": "Festsaal"}).json()["openingHours"] == hours
    wrong = admin.put(address, json={"openingHours": {"mon": ["18:00-07:00"]}})
    assert (wrong.status_code, list(wrong.json()["details"])) == (422, ["openingHours"])
    assert wrong.json()["details"]["openingHours"].startswith("Öffnungszeiten haben die Form")
    assert admin.put(address, json={"openingHours": None}).json()["openingHours"] is None
