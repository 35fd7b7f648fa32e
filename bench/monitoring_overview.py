"""The overview of 1,000 clients over a million log lines: as it is answered, and by entities and a response model.

Of the whole request most are the database and the rules, so the last step of it, from what they found to the bytes of
the answer, is measured by itself too.

python bench/monitoring_overview.py
"""

import asyncio
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import orjson
from fastapi import FastAPI, Response
from sqlalchemy import select, text
from sqlalchemy.orm import joinedload
from starlette.testclient import TestClient
from starlette.types import Message

from applications import Clock, RememberingBus, started_app
from databases import running_mariadb
from fleets import add_screens
from http_clients import PASSWORD
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client
from infoscreen.db.groups import Group
from infoscreen.db.monitoring import ClientLog, LastLines
from infoscreen.domain.access import Role
from infoscreen.domain.health import assess
from infoscreen.processes.api.app import build_api
from infoscreen.processes.api.deps import SuperadminWork
from infoscreen.processes.api.live import Hub
from infoscreen.processes.api.overview_answers import overview_answer
from infoscreen.processes.api.schemas.monitoring_overview import (
    ClientOverviewAnswer,
    LogCounts,
    OverviewAnswer,
    OverviewSummary,
)
from infoscreen.services import monitoring_overview, users
from infoscreen.services.client_health import facts_of
from infoscreen.services.work import Work

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


def seconds(what: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """The quickest of some tries: what the machine does besides slows the others."""
    took = []
    for _ in range(TRIES):
        begun = clock()
        what()
        took.append(clock() - begun)
    return min(took)


def at_once(api: FastAPI, path: str) -> Callable[[], None]:
    """A request without a connection and without a client, which would take as long as the answer."""
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        assert message.get("status", 200) == 200

    return lambda: asyncio.run(api({**scope}, receive, send))


def compare_last_step(app: App) -> None:
    """From the same findings to the bytes: plain rows to JSON, and handed to FastAPI with a response model."""
    api = FastAPI()
    with app.reading() as work:
        found = monitoring_overview.monitoring_overview(work, 24, monitoring_overview.Patience(180, 120))
    common = {"periodHours": 24, "gracePeriodSeconds": 180, "timestamp": found.since.replace(tzinfo=None)}

    @api.get("/rows")
    async def rows() -> Response:
        return Response(orjson.dumps(common | overview_answer(found)), media_type="application/json")

    @api.get("/model", response_model=OverviewAnswer)
    async def model() -> dict[str, Any]:
        return common | overview_answer(found)

    as_rows, as_model = (seconds(at_once(api, path), time.process_time) for path in ("/rows", "/model"))
    print(
        f"the last step {as_rows * 1000:.1f} ms of the processor, by a response model {as_model * 1000:.1f} ms: ",
        end="",
    )
    print(f"{as_model / as_rows:.1f} times")


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
    """The whole request as it is answered, and as it is usually written."""
    app = started_app(f"sqlite:///{directory / 'compare.db'}", directory / "compare", Clock(), RememberingBus())
    add_screens(app, SCREENS)
    with app.work() as work:
        users.add_user(work, "bench", PASSWORD, Role.SUPERADMIN)
    api = build_api(app, Hub())
    with TestClient(api) as client:
        client.post("/api/auth/login", json={"username": "bench", "password": PASSWORD})
        answer = client.get(PATH).json()

        @api.get("/api/usual")
        def usual(work: SuperadminWork) -> OverviewAnswer:
            return as_usual(work)

        # Before the dashboard's own addresses, which take every other one.
        api.router.routes.insert(0, api.router.routes.pop())
        assert without_time(client.get("/api/usual").json()) == without_time(answer)
        as_model = seconds(lambda: client.get("/api/usual").raise_for_status())
        as_is = seconds(lambda: client.get(PATH).raise_for_status())
    compare_last_step(app)
    print(f"the whole request {as_is * 1000:.0f} ms, as usually written {as_model * 1000:.0f} ms: ", end="")
    print(f"{as_model / as_is:.1f} times")
    app.engine.dispose()


def as_usual(work: Work) -> OverviewAnswer:
    """Entities with what belongs to them, each made a model, all validated and written by FastAPI."""
    since = work.now - timedelta(hours=24)
    clients = work.session.scalars(select(Client).options(joinedload(Client.state))).all()
    groups = {group.id: group for group in work.session.scalars(select(Group))}
    logs = work.session.scalars(select(ClientLog).where(ClientLog.created_at >= since)).all()
    of_client: defaultdict[str, list[ClientLog]] = defaultdict(list)
    for line in logs:
        of_client[line.client_uuid].append(line)
    answers = [usual_client(work, client, groups[client.group_id], of_client[client.uuid]) for client in clients]
    answers.sort(key=lambda each: each.uuid)
    number = Counter(each.status for each in answers)
    summary = OverviewSummary(
        total_clients=len(answers),
        healthy_clients=number["healthy"],
        warning_clients=number["warning"],
        critical_clients=number["critical"],
        offline_clients=number["offline"],
        error_logs=sum(each.log_counts.error for each in answers),
        warn_logs=sum(each.log_counts.warn for each in answers),
        active_priority_screenshots=sum(each.has_active_priority_screenshot for each in answers),
    )
    return OverviewAnswer(
        summary=summary, period_hours=24, grace_period_seconds=180, since=since, timestamp=work.now, clients=answers
    )


def usual_client(work: Work, client: Client, group: Group, lines: Sequence[ClientLog]) -> ClientOverviewAnswer:
    state = client.state
    health = assess(facts_of(state, LastLines(), is_active=client.is_active, has_overdue_command=False), work.now, 180)
    number = Counter(line.level for line in lines)
    return ClientOverviewAnswer(
        uuid=client.uuid,
        hostname=client.hostname,
        description=client.description,
        ip=client.ip,
        model=client.model,
        group_id=client.group_id,
        group_name=group.name,
        is_alive=health.is_alive,
        last_alive=state.last_alive,
        status=health.status.value,
        current_event_id=state.current_event_id,
        current_process=state.current_process,
        process_pid=state.process_pid,
        process_status=state.process_status,
        screen_health_status=state.screen_health,
        last_screenshot_analyzed=state.screenshot_at,
        last_screenshot_hash=state.screenshot_hash,
        latest_screenshot_type=state.screenshot_type,
        priority_screenshot_type=state.priority_screenshot_type,
        priority_screenshot_received_at=state.priority_screenshot_at,
        has_active_priority_screenshot=False,
        screenshot_url=f"/screenshots/{client.uuid}.jpg" if state.screenshot_at else None,
        log_counts=LogCounts(**{level: number[level] for level in ("error", "warn", "info", "debug")}),
        latest_log=None,
        latest_error=None,
        mqtt_reconnect_count=state.mqtt_reconnect_count,
        mqtt_last_disconnect_at=state.mqtt_last_disconnect_at,
        service_failed_at=state.service_failed_at,
        open_command=None,
    )


def without_time(answer: dict[str, Any]) -> dict[str, Any]:
    clients = sorted(answer["clients"], key=lambda client: client["uuid"])
    return {**answer, "clients": clients, "timestamp": None, "since": None}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        compare(directory)
        measure(f"sqlite:///{directory / 'bench.db'}", directory / "data", "SQLite")
        with running_mariadb(directory / "mariadb") as server:
            measure(server.new_database(), directory / "m", "MariaDB")


if __name__ == "__main__":
    main()
