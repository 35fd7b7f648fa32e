"""`/api/alerts/channels`: set up, tried, and silent about every secret."""

from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from http_clients import LogIn
from infoscreen.adapters.notifier import TargetNotifier
from infoscreen.bootstrap import App
from infoscreen.db.alert_channels import all_channels
from infoscreen.domain.access import Role
from infoscreen.services.alert_channels import target_of
from receivers import PASSWORD, USERNAME, mail_server, web_server

HOOK = "https://hooks.example.org/services/a-secret-path"
ENGLISH = {"Accept-Language": "en"}


def webhook(**fields: Any) -> dict[str, Any]:
    return {"name": "Chat", "kind": "webhook", "webhook": {"url": HOOK, "secret": "a-secret"}, **fields}


def mail(port: int, **fields: Any) -> dict[str, Any]:
    target = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "sender": "i@s.example",
        "recipients": ["a@s.example"],
    }
    return {"name": "Mail", "kind": "mail", "mail": {**target, **fields}}


def save(admin: TestClient, *channels: dict[str, Any]) -> list[dict[str, Any]]:
    answer = admin.put("/api/alerts/channels", json={"channels": list(channels)})
    assert answer.status_code == 200, answer.text
    saved: list[dict[str, Any]] = answer.json()["channels"]
    return saved


def secret_of(app: App) -> Any:
    with app.reading() as work:
        (channel,) = all_channels(work.session)
        return target_of(work, channel)


def test_what_is_saved_is_answered_without_its_secrets(api_app: App, admin: TestClient) -> None:
    (saved,) = save(admin, webhook(kinds=["disk_low"], quietMinutes=15, language="en"))
    assert saved["webhook"] == {"address": "https://hooks.example.org…", "hasSecret": True}
    assert (saved["kinds"], saved["quietMinutes"], saved["language"], saved["mail"]) == (["disk_low"], 15, "en", None)
    text = admin.get("/api/alerts/channels").text
    assert "a-secret" not in text
    assert secret_of(api_app).url == HOOK
    stored = (api_app.config.data_dir.parent / "api.db").read_bytes()
    assert b"a-secret" not in stored


def test_a_secret_that_is_left_out_stays_as_long_as_the_address_does(api_app: App, admin: TestClient) -> None:
    (saved,) = save(admin, webhook())
    save(admin, webhook(id=saved["id"], name="Plausch", webhook={}))
    assert (secret_of(api_app).url, secret_of(api_app).secret) == (HOOK, "a-secret")
    save(admin, webhook(id=saved["id"], webhook={"url": "https://elsewhere.example/"}))
    assert secret_of(api_app).secret is None


def test_a_stored_secret_is_removed_when_it_is_null_and_only_then(api_app: App, admin: TestClient) -> None:
    (saved,) = save(admin, webhook())
    save(admin, webhook(id=saved["id"], webhook={}))
    assert secret_of(api_app).secret == "a-secret"
    (left,) = save(admin, webhook(id=saved["id"], webhook={"secret": None}))
    assert left["webhook"] == {"address": "https://hooks.example.org…", "hasSecret": False}
    assert (secret_of(api_app).url, secret_of(api_app).secret) == (HOOK, None)


def test_a_password_goes_to_no_other_server_than_it_was_given_for(api_app: App, admin: TestClient) -> None:
    (saved,) = save(admin, mail(25, username=USERNAME, password=PASSWORD))
    assert saved["mail"]["hasPassword"]
    assert PASSWORD not in admin.get("/api/alerts/channels").text
    save(admin, {**mail(25, username=USERNAME), "id": saved["id"]})
    assert secret_of(api_app).password == PASSWORD
    save(admin, {**mail(25, username=USERNAME, host="evil.example"), "id": saved["id"]})
    assert secret_of(api_app).password is None


def test_a_channel_that_is_not_in_the_list_is_deleted(admin: TestClient) -> None:
    first, second = save(admin, webhook(), webhook(name="Zweiter"))
    (left,) = save(admin, {**webhook(webhook={}), "id": second["id"], "name": "Zweiter"})
    assert (left["id"], first["id"]) == (second["id"], first["id"])
    assert save(admin) == []


def test_a_list_that_somebody_else_has_changed_is_refused(admin: TestClient) -> None:
    version = admin.get("/api/alerts/channels").json()["version"]
    save(admin, webhook())
    answer = admin.put("/api/alerts/channels", json={"channels": [], "version": version})
    assert (answer.status_code, answer.json()["code"]) == (409, "channels_changed")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"kind": "fax"},
        {"kind": "mail"},
        {"webhook": {"url": "ftp://x"}},
        {"webhook": {"url": "https://user:password@x.example/"}},
        {"webhook": {}},
        {"quietMinutes": -1},
        {"quietMinutes": 1441},
        {"kinds": ["nonsense"]},
        {"kind": "apprise", "apprise": {"url": "syslog://"}},
        {"unknown": 1},
    ],
)
def test_what_makes_no_channel_is_refused_and_nothing_is_changed(admin: TestClient, wrong: dict[str, Any]) -> None:
    save(admin, webhook())
    answer = admin.put("/api/alerts/channels", json={"channels": [webhook(**wrong)]})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_fields")
    assert len(admin.get("/api/alerts/channels").json()["channels"]) == 1


def test_the_test_button_sends_and_says_in_words_what_came_of_it(admin: TestClient, api_app: App) -> None:
    with mail_server(asks_for_login=True) as box:
        channel = mail(box.port, username=USERNAME, password=PASSWORD)
        sent = admin.post("/api/alerts/channels/test", json={"channel": channel}).json()
        assert (sent["success"], sent["message"]) == (True, "Die Probenachricht wurde angenommen.")
        assert box.mails[0]["Subject"] == "Infoscreen: Probenachricht"
        wrong = mail(box.port, username=USERNAME, password="wrong")
        refused = admin.post("/api/alerts/channels/test", json={"channel": wrong}, headers=ENGLISH).json()
    assert (refused["success"], refused["failure"]) == (False, "login_refused")
    assert refused["message"].startswith("The login was refused")


def test_a_saved_channel_is_tried_with_its_stored_secret(admin: TestClient, api_app: App) -> None:
    api_app.ports = replace(api_app.ports, notifier=TargetNotifier(local=True))
    with web_server() as posted:
        (saved,) = save(admin, webhook(webhook={"url": posted.url}))
        test = {"channel": webhook(id=saved["id"], webhook={})}
        assert admin.post("/api/alerts/channels/test", json=test).json()["success"] is True
        assert posted.json()[0]["test"] is True


def test_others_see_and_change_no_channels(log_in: LogIn, nobody: TestClient) -> None:
    editor = log_in(Role.EDITOR)
    for method, address in (("GET", ""), ("PUT", ""), ("POST", "/test")):
        assert nobody.request(method, f"/api/alerts/channels{address}", json={}).status_code == 401
        assert editor.request(method, f"/api/alerts/channels{address}", json={}).status_code in {403, 422}
