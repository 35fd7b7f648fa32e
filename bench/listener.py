"""How many health messages a second reach the database: our batches against a session and a commit for each message.

    python bench/listener.py [database URL of an empty database; without one SQLite in a temporary file]

One run, one machine, the broker left out; what counts is the ratio.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from infoscreen.bootstrap import App, build_app
from infoscreen.config import load_config
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.services.intake import record_reports
from infoscreen.services.ports import Received
from infoscreen.services.report_batches import gather
from infoscreen_wire import topics
from infoscreen_wire.payloads.from_device import Health
from infoscreen_wire.topics import ReportKind

BATCH = 2_000
BATCHED_MESSAGES = 60_000
SINGLE_MESSAGES = 2_000
GRACE_SECONDS = 180


def now() -> datetime:
    return datetime.now(UTC)


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def messages(number: int, clients: int) -> list[Received]:
    return [
        Received(topics.report(uuid(random.randrange(clients)), ReportKind.HEALTH), _health(index), received_at=0.0)
        for index in range(number)
    ]


def _health(index: int) -> bytes:
    return json.dumps(
        {
            "timestamp": "2026-11-23T09:00:00Z",
            "expected_state": {"event_id": 42},
            "actual_state": {"process": "display_manager", "pid": index, "status": "running"},
            "health_metrics": {
                "screen_on": True,
                "last_frame_update": "2026-11-23T09:00:00Z",
                "screen_health": "OK",
            },
            "broker_connection": {"broker_reachable": True, "reconnect_count": 2},
            "boot_id": "5b1c0f6e-0000-4000-8000-000000000001",
        }
    ).encode()


def read_only(_app: App, sent: Sequence[Received]) -> None:
    """The ceiling: read and gathered, not stored."""
    for start in range(0, len(sent), BATCH):
        gather(sent[start : start + BATCH], lambda _message: now())


def in_batches(app: App, sent: Sequence[Received]) -> None:
    for start in range(0, len(sent), BATCH):
        batch = gather(sent[start : start + BATCH], lambda _message: now())
        with app.work() as work:
            record_reports(work, batch, GRACE_SECONDS)


def one_by_one(app: App, sent: Sequence[Received]) -> None:
    """The usual way: read, load the row, change it, commit."""
    for message in sent:
        parsed = topics.parse_report(message.topic)
        health = Health.model_validate_json(message.payload or b"")
        assert parsed
        assert health.actual_state
        with app.work() as work:
            state = work.session.get_one(ClientState, parsed.uuid)
            state.last_alive = work.now
            state.process_status = health.actual_state.status
            state.process_pid = health.actual_state.pid
            state.boot_id = health.boot_id


def rate(way: Callable[[App, Sequence[Received]], None], app: App, sent: Sequence[Received]) -> float:
    started = time.perf_counter()
    way(app, sent)
    return len(sent) / (time.perf_counter() - started)


def add_clients(app: App, number: int) -> None:
    with app.work() as work:
        for each in range(number):
            client = Client(uuid=uuid(each), group_id=UNASSIGNED_ID, created_at=now())
            client.state = ClientState()
            work.session.add(client)


def measure(app: App, clients: int) -> None:
    sent = messages(BATCHED_MESSAGES, clients)
    usual = rate(one_by_one, app, sent[:SINGLE_MESSAGES])
    figures = {
        "read only": rate(read_only, app, sent),
        "batches": rate(in_batches, app, sent),
        "one by one": usual,
    }
    for name, figure in figures.items():
        print(f"| {clients:>6,} | {name:<10} | {figure:>9,.0f} | {figure / usual:>5.1f} |")


def main(database_url: str | None) -> None:
    with tempfile.TemporaryDirectory() as directory:
        app = build_app(load_config(data_dir=Path(directory), db_conn=database_url), now)
        app.upgrade_database()
        add_clients(app, 10_000)
        print(f"{app.engine.dialect.name}\n| clients | way | messages/s | × one by one |\n|---|---|---|---|")
        for clients in (1_000, 10_000):
            measure(app, clients)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
