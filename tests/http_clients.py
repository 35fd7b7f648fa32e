"""The API in the test's own process, and people of each role who are logged in to it."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from applications import Clock, RememberingBus, started_app
from infoscreen.bootstrap import App
from infoscreen.domain.access import Role
from infoscreen.processes.api.app import build_api
from infoscreen.processes.api.live import Hub
from infoscreen.services import users

PASSWORD = "a long enough password"
LogIn = Callable[[Role], TestClient]


@cache
def _api() -> FastAPI:
    return build_api(None, Hub())


def api_of(app: App) -> FastAPI:
    """The API over an application: one for all tests, as its routes take a third of a second to make."""
    api = _api()
    api.state.infoscreen, api.state.hub = app, Hub()
    return api


@pytest.fixture
def api_app(tmp_path: Path, clock: Clock, bus: RememberingBus) -> Iterator[App]:
    """The application behind the API, on SQLite, with one person of each role."""
    app = started_app(f"sqlite:///{tmp_path / 'api.db'}", tmp_path / "data", clock, bus)
    with app.work() as work:
        for role in Role:
            users.add_user(work, role.value, PASSWORD, role)
    yield app
    app.engine.dispose()


@pytest.fixture
def nobody(api_app: App) -> Iterator[TestClient]:
    """A client that is not logged in."""
    with TestClient(api_of(api_app), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def log_in(nobody: TestClient) -> LogIn:
    """Makes clients that are logged in with a role; each has cookies of its own."""

    def as_role(role: Role) -> TestClient:
        client = TestClient(nobody.app, raise_server_exceptions=False)
        client.portal = nobody.portal  # else each request would start a thread with an event loop of its own
        answer = client.post("/api/auth/login", json={"username": role.value, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return client

    return as_role


@pytest.fixture
def admin(log_in: LogIn) -> TestClient:
    return log_in(Role.ADMIN)


@pytest.fixture
def editor(log_in: LogIn) -> TestClient:
    return log_in(Role.EDITOR)
