"""`GET /api/clients/crashed`: a frozen shape that scripts in the field read."""

from datetime import timedelta

from starlette.testclient import TestClient

from applications import Clock, RememberingBus
from fleets import Fleet, uuid_of
from http_clients import LogIn
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client
from infoscreen.domain.access import Role


def test_crashed_and_silent_clients_are_listed_with_the_cause(
    api_app: App, admin: TestClient, clock: Clock, bus: RememberingBus
) -> None:
    fleet = Fleet(api_app, clock, bus, 5)
    fleet.state(0, process_status="crashed", screen_health="BLACK")
    fleet.state(1, last_alive=clock.now - timedelta(seconds=180))
    fleet.state(2, last_alive=clock.now - timedelta(hours=1), process_status="crashed")
    fleet.state(3, last_alive=None, process_status=None)
    answer = admin.get("/api/clients/crashed").json()
    assert (answer["crashed_count"], answer["grace_period_seconds"]) == (4, 180)
    assert answer["clients"][0] == {
        "uuid": uuid_of(0),
        "description": None,
        "hostname": None,
        "ip": None,
        "group_id": 1,
        "is_alive": True,
        "process_status": "crashed",
        "screen_health_status": "BLACK",
        "last_alive": "2026-11-23T07:00:00",
        "crash_reason": "process_crashed",
    }
    assert [(each["is_alive"], each["crash_reason"]) for each in answer["clients"][1:]] == [
        (False, "heartbeat_stale"),
        (False, "process_crashed"),
        (False, "heartbeat_stale"),
    ]


def test_a_client_that_is_not_active_is_not_crashed(
    api_app: App, admin: TestClient, clock: Clock, bus: RememberingBus
) -> None:
    Fleet(api_app, clock, bus, 1).state(0, process_status="crashed")
    with api_app.work() as work:
        work.session.get_one(Client, uuid_of(0)).is_active = False
    assert admin.get("/api/clients/crashed").json() == {"crashed_count": 0, "grace_period_seconds": 180, "clients": []}


def test_only_admins_see_what_has_crashed(log_in: LogIn) -> None:
    assert log_in(Role.EDITOR).get("/api/clients/crashed").status_code == 403
