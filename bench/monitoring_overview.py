"""The overview of 1,000 clients over a million log lines: as it is answered, against FastAPI's usual response model.

python bench/monitoring_overview.py
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import orjson
from fastapi import Response
from sqlalchemy import text
from starlette.testclient import TestClient

from applications import Clock, RememberingBus, started_app
from databases import MariaDb
from fleets import add_screens
from http_clients import PASSWORD
from infoscreen.bootstrap import App
from infoscreen.domain.access import Role
from infoscreen.processes.api.app import build_api
from infoscreen.processes.api.deps import SuperadminWork
from infoscreen.processes.api.live import Hub
from infoscreen.processes.api.schemas.monitoring_overview import OverviewAnswer
from infoscreen.services import users

SCREENS = 1_000
LINES_OF_EACH = 1_000
PATH = "/api/client-logs/monitoring-overview"
TRIES = 7


def fill(app: App) -> None:
    """A million lines of 90 days: one in ten is an error, one a warning; every second screen has none of these."""
    is_sqlite = app.engine.dialect.name == "sqlite"
    if is_sqlite:
        at, number = "datetime('2026-11-23 07:00:00', '-' || (number * 129) || ' minutes') || '.000000'", "INTEGER"
    else:
        at, number = "TIMESTAMPADD(MINUTE, -number * 129, '2026-11-23 07:00:00')", "UNSIGNED"
    quiet = f"CAST(SUBSTR(uuid, -1) AS {number}) % 2"
    level = f"CASE WHEN {quiet} THEN 'info' WHEN number % 10 = 3 THEN 'error' WHEN number % 10 = 7 THEN 'warn' "
    numbers = f"SELECT 0 UNION ALL SELECT number + 1 FROM n WHERE number < {LINES_OF_EACH - 1}"
    lines = f"SELECT uuid, {level} ELSE 'info' END, 'Something happened on the screen', '{{}}', {at} FROM clients, n"
    columns = "client_uuid, level, message, context, created_at"
    with app.work() as work:
        connection = work.session.connection()
        connection.execute(text(f"INSERT INTO client_logs ({columns}) WITH RECURSIVE n(number) AS ({numbers}) {lines}"))


def seconds(what: Callable[[], object]) -> float:
    """The quickest of some tries: what the machine does besides slows the others."""
    took = []
    for _ in range(TRIES):
        begun = time.perf_counter()
        what()
        took.append(time.perf_counter() - begun)
    return min(took)


def measure(database_url: str, directory: Path, kind: str) -> None:
    app = started_app(database_url, directory, Clock(), RememberingBus())
    add_screens(app, SCREENS)
    with app.work() as work:
        users.add_user(work, "bench", PASSWORD, Role.SUPERADMIN)
    empty = ask(app)
    fill(app)
    full = ask(app)
    print(
        f"{kind}: {SCREENS:,} clients in {full * 1000:.0f} ms with a million log lines, {empty * 1000:.0f} ms without"
    )
    app.engine.dispose()


def ask(app: App) -> float:
    with TestClient(build_api(app, Hub())) as client:
        client.post("/api/auth/login", json={"username": "bench", "password": PASSWORD})
        return seconds(lambda: client.get(PATH).raise_for_status())


def compare(directory: Path) -> None:
    """What becomes of the same rows after the database: written straight, or through a response model."""
    app = started_app(f"sqlite:///{directory / 'compare.db'}", directory / "compare", Clock(), RememberingBus())
    add_screens(app, SCREENS)
    with app.work() as work:
        users.add_user(work, "bench", PASSWORD, Role.SUPERADMIN)
    api = build_api(app, Hub())
    with TestClient(api) as client:
        client.post("/api/auth/login", json={"username": "bench", "password": PASSWORD})
        answer = client.get(PATH).json()

        @api.get("/api/with-model")
        def with_model(_work: SuperadminWork) -> OverviewAnswer:
            return OverviewAnswer.model_validate(answer)

        @api.get("/api/straight")
        def straight(_work: SuperadminWork) -> object:
            return Response(orjson.dumps(answer), media_type="application/json")

        # Before the dashboard's own addresses, which take every other one.
        api.router.routes[:0] = [api.router.routes.pop(), api.router.routes.pop()]
        modelled = seconds(lambda: client.get("/api/with-model").raise_for_status())
        written = seconds(lambda: client.get("/api/straight").raise_for_status())
    print(
        f"the same rows through a response model {modelled * 1000:.1f} ms, straight {written * 1000:.1f} ms: ", end=""
    )
    print(f"{modelled / written:.1f} times")
    app.engine.dispose()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        compare(directory)
        measure(f"sqlite:///{directory / 'bench.db'}", directory / "data", "SQLite")
        (data := directory / "mariadb").mkdir()
        server = MariaDb(data)
        server.install()
        server.start()
        try:
            measure(server.new_database(), directory / "m", "MariaDB")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
