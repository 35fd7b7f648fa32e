"""Logging in over HTTP: sessions, lockout, and requests from foreign pages."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from applications import QUICK_PASSWORDS, Clock, RememberingBus, configuration
from http_clients import PASSWORD, LogIn
from infoscreen.bootstrap import build_app
from infoscreen.domain.access import Role
from infoscreen.processes.clock import utc_now
from ports import free_port
from served import served


def try_login(client: TestClient, password: str, username: str = "user") -> int:
    return int(client.post("/api/auth/login", json={"username": username, "password": password}).status_code)


def test_a_login_is_answered_with_the_person_and_a_cookie_that_scripts_cannot_read(nobody: TestClient) -> None:
    answer = nobody.post("/api/auth/login", json={"username": "Editor", "password": PASSWORD})
    assert answer.json()["user"]["role"] == "editor"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert nobody.get("/api/auth/me").json()["user"]["username"] == "editor"


def test_without_a_login_nothing_is_told(nobody: TestClient) -> None:
    answer = nobody.get("/api/groups", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (401, "not_logged_in")
    assert answer.json()["error"] == "Please log in first."


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(nobody: TestClient) -> None:
    answers = [
        nobody.post("/api/auth/login", json={"username": name, "password": "wrong password"}).json()
        for name in ("user", "nobody at all")
    ]
    assert answers[0] == answers[1]
    assert answers[0]["code"] == "wrong_credentials"


def test_five_failures_lock_the_account_for_a_quarter_of_an_hour(nobody: TestClient, clock: Clock) -> None:
    assert [try_login(nobody, "wrong") for _ in range(5)] == [401] * 5
    assert try_login(nobody, PASSWORD) == 401
    clock.forward(minutes=15, seconds=1)
    assert try_login(nobody, PASSWORD) == 200


def test_a_right_login_forgets_earlier_failures(nobody: TestClient) -> None:
    for _ in range(2):
        assert [try_login(nobody, "wrong") for _ in range(4)] == [401] * 4
        assert try_login(nobody, PASSWORD) == 200


def test_a_logout_ends_the_session_on_the_server(log_in: LogIn) -> None:
    client = log_in(Role.USER)
    cookies = dict(client.cookies)
    client.post("/api/auth/logout")
    client.cookies.update(cookies)
    assert client.get("/api/auth/me").status_code == 401


def test_an_idle_session_ends_after_twelve_hours_and_a_used_one_does_not(log_in: LogIn, clock: Clock) -> None:
    used, idle = log_in(Role.USER), log_in(Role.USER)
    for _ in range(3):
        clock.forward(hours=5)
        assert used.get("/api/auth/me").status_code == 200
    assert idle.get("/api/auth/me").status_code == 401


def test_a_password_change_ends_the_persons_other_sessions(log_in: LogIn) -> None:
    here, elsewhere = log_in(Role.USER), log_in(Role.USER)
    wrong = here.put("/api/auth/change-password", json={"currentPassword": "no", "newPassword": "another one"})
    assert (wrong.status_code, list(wrong.json()["details"])) == (422, ["currentPassword"])
    right = here.put("/api/auth/change-password", json={"currentPassword": PASSWORD, "newPassword": "another one"})
    assert right.status_code == 200
    assert here.get("/api/auth/me").status_code == 200
    assert elsewhere.get("/api/auth/me").status_code == 401


def statuses(client: TestClient, times: int) -> list[int]:
    """Of that many attempts with names that nobody has, so that no account is locked."""
    return [try_login(client, "wrong", f"nobody {number}") for number in range(times)]


def test_the_twenty_first_login_of_an_address_within_a_minute_is_told_when_to_come_back(
    nobody: TestClient, clock: Clock
) -> None:
    assert statuses(nobody, 20) == [401] * 20
    body = {"username": "user", "password": PASSWORD}
    answer = nobody.post("/api/auth/login", json=body, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_logins")
    assert answer.headers["Retry-After"] == "61"
    assert "61 seconds" in answer.json()["error"]
    clock.forward(seconds=61)
    assert try_login(nobody, PASSWORD) == 200


def test_what_is_refused_for_its_number_counts_for_nothing(nobody: TestClient, clock: Clock) -> None:
    statuses(nobody, 20)
    clock.forward(seconds=50)
    assert statuses(nobody, 30) == [429] * 30
    clock.forward(seconds=11)
    assert try_login(nobody, PASSWORD) == 200


def test_right_logins_count_as_well(nobody: TestClient) -> None:
    assert [try_login(nobody, PASSWORD) for _ in range(21)] == [200] * 20 + [429]


def test_another_address_is_not_held_up(nobody: TestClient) -> None:
    for address in ("10.0.3.7", "::ffff:10.0.3.8", "::ffff:10.0.3.9", "2001:db8::1"):
        assert statuses(TestClient(nobody.app, client=(address, 1)), 21) == [401] * 20 + [429]
    # One household has a /64.
    assert statuses(TestClient(nobody.app, client=("2001:db8::2", 1)), 1) == [429]


def test_a_forged_header_does_not_make_another_address(nobody: TestClient) -> None:
    client = TestClient(nobody.app, client=("10.0.3.7", 1))
    answers = [
        client.post(
            "/api/auth/login",
            json={"username": f"nobody {number}", "password": "wrong"},
            headers={"X-Forwarded-For": f"192.0.2.{number}", "Forwarded": f"for=192.0.2.{number}"},
        ).status_code
        for number in range(21)
    ]
    assert answers == [401] * 20 + [429]


@pytest.mark.parametrize(("trusted", "last"), [("127.0.0.1", 401), ("10.0.3.0/24", 429)])
def test_behind_a_proxy_that_is_trusted_its_visitors_are_told_apart(
    tmp_path: Path, bus: RememberingBus, trusted: str, last: int
) -> None:
    """The header is believed of the proxies that are named, and of what it says the last entry: their own."""
    config = configuration(tmp_path, http_port=free_port(), forwarded_allow_ips=trusted)
    app = build_app(config, utc_now, bus)
    app.ports = replace(app.ports, passwords=QUICK_PASSWORDS)
    app.upgrade_database()
    with served(app) as address, httpx.Client(base_url=address) as http:

        def attempt(number: int) -> int:
            body = {"username": f"nobody {number}", "password": "wrong"}
            header = {"X-Forwarded-For": f"192.0.2.1, 10.9.0.{number}"}
            return http.post("/api/auth/login", json=body, headers=header).status_code

        assert [attempt(number) for number in range(21)] == [401] * 20 + [last]
    app.engine.dispose()


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_change_from_a_foreign_page_is_refused(admin: TestClient, headers: dict[str, str]) -> None:
    answer = admin.post("/api/groups", json={"name": "Aula"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")
    assert admin.get("/api/groups", headers=headers).status_code == 200


def test_a_body_that_a_plain_form_could_send_is_refused(admin: TestClient) -> None:
    answer = admin.post("/api/groups", content="name=Aula", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


def test_every_answer_carries_security_headers(nobody: TestClient) -> None:
    for path in ("/api/auth/me", "/api/nothing", "/health"):
        headers = nobody.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [("{", 400, "malformed"), ('{"name": 1}', 422, "invalid_fields"), ('{"nmae": "Aula"}', 422, "invalid_fields")],
)
def test_a_bad_body_is_told_by_field(admin: TestClient, body: str, status: int, code: str) -> None:
    answer = admin.post("/api/groups", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_an_unknown_address_is_an_error_in_the_same_shape(nobody: TestClient) -> None:
    answer = nobody.get("/api/nothing/here")
    assert (answer.status_code, set(answer.json())) == (404, {"error", "code", "details"})
