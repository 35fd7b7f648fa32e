"""`GET /api/clients/service_failed`, a frozen shape that scripts in the field read, and the acknowledgement."""

from datetime import timedelta

from starlette.testclient import TestClient

from applications import Clock, RememberingBus
from fleets import Fleet, uuid_of
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.domain.access import Role


def failed(api_app: App, clock: Clock, bus: RememberingBus) -> Fleet:
    fleet = Fleet(api_app, clock, bus, 3)
    fleet.state(0, service_failed_at=clock.now - timedelta(hours=1), service_failed_unit="a.service")
    fleet.state(2, service_failed_at=clock.now, service_failed_unit="b.service", last_alive=None)
    return fleet


def test_failed_services_are_listed_the_newest_first(
    api_app: App, admin: TestClient, clock: Clock, bus: RememberingBus
) -> None:
    failed(api_app, clock, bus)
    answer = admin.get("/api/clients/service_failed").json()
    assert answer["service_failed_count"] == 2
    assert [each["uuid"] for each in answer["clients"]] == [uuid_of(2), uuid_of(0)]
    assert answer["clients"][1] == {
        "uuid": uuid_of(0),
        "description": None,
        "hostname": None,
        "ip": None,
        "group_id": 1,
        "service_failed_at": "2026-11-23T06:00:00",
        "service_failed_unit": "a.service",
        "is_alive": True,
        "last_alive": "2026-11-23T07:00:00",
    }


def test_it_is_acknowledged_in_the_persons_language_also_when_nothing_is_set(
    api_app: App, admin: TestClient, clock: Clock, bus: RememberingBus
) -> None:
    failed(api_app, clock, bus)
    path = f"/api/clients/{uuid_of(0)}/clear_service_failed"
    assert admin.post(path).json() == {
        "success": True,
        "message": "Quittiert. Der Infoscreen gilt nicht mehr als ausgefallen.",
    }
    again = admin.post(path, headers={"Accept-Language": "en"})
    assert again.json() == {"success": True, "message": "No failure of a service is noted for this screen."}
    assert admin.get("/api/clients/service_failed").json()["service_failed_count"] == 1
    assert admin.post("/api/clients/nobody/clear_service_failed").status_code == 404


def test_only_admins_see_and_acknowledge_it(log_in: LogIn) -> None:
    editor = log_in(Role.EDITOR)
    assert editor.get("/api/clients/service_failed").status_code == 403
    assert editor.post(f"/api/clients/{uuid_of(0)}/clear_service_failed").status_code == 403
