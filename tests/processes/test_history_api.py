"""`GET /api/history` and `/api/clients/{uuid}/history`: hourly sums for charts."""

from starlette.testclient import TestClient

from fleets import add_screens, uuid_of
from infoscreen.bootstrap import App
from infoscreen.services import history


def test_the_last_hours_come_in_order(api_app: App, admin: TestClient) -> None:
    add_screens(api_app, 1)
    history.take_sums(api_app.reading, api_app.work, 180)
    nothing = {"messages": 0, "errors": 0, "warnings": 0, "availability": None}
    expected = {
        "hours": 2,
        "points": [
            {"hour": "2026-11-23T06:00:00", **nothing},
            {"hour": "2026-11-23T07:00:00", **nothing, "availability": 1.0},
        ],
    }
    assert admin.get("/api/history", params={"hours": 2}).json() == expected
    assert admin.get(f"/api/clients/{uuid_of(0).upper()}/history", params={"hours": 2}).json() == expected


def test_a_client_that_does_not_exist_has_no_history(admin: TestClient) -> None:
    assert admin.get(f"/api/clients/{uuid_of(9)}/history").status_code == 404


def test_more_than_is_kept_cannot_be_asked_for(admin: TestClient) -> None:
    for hours in ("0", "8785", "all"):
        assert admin.get("/api/history", params={"hours": hours}).status_code == 422


def test_only_admins_see_the_history(editor: TestClient, nobody: TestClient) -> None:
    assert editor.get("/api/history").status_code == 403
    assert nobody.get(f"/api/clients/{uuid_of(0)}/history").status_code == 401
