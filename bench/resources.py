"""The page Ressourcen with 300 groups: what is on in all of them for a day and a week, against dateutil alone.

python bench/resources.py
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from dateutil.rrule import rrulestr
from sqlalchemy import insert
from starlette.testclient import TestClient

from applications import Clock, RememberingBus, started_app
from databases import running_mariadb
from http_clients import PASSWORD, api_of
from infoscreen.bootstrap import App
from infoscreen.db.events import Event
from infoscreen.db.groups import Group
from infoscreen.domain.access import Role
from infoscreen.services import users

GROUPS, LESSONS = 300, 6
RULE = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
MONDAY = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
TRIES = 5


def fill(app: App) -> None:
    """Six lessons in each group on every school day, as a series each."""
    created = MONDAY - timedelta(days=30)
    with app.work() as work:
        users.add_user(work, "bench", PASSWORD, Role.USER)
        made = {"created_at": created, "is_active": True, "display_order": 1, "version": 1}
        work.session.execute(insert(Group), [{"name": f"Raum {number}", **made} for number in range(GROUPS)])
        groups = list(work.session.scalars(Group.__table__.select().with_only_columns(Group.id).where(Group.id > 1)))
        lessons = [_lesson(group, number, created) for group in groups for number in range(LESSONS)]
        work.session.execute(insert(Event), lessons)


def _lesson(group: int, number: int, created: datetime) -> dict[str, object]:
    start = datetime(2026, 9, 7, 6, tzinfo=UTC) + timedelta(hours=2 * number)
    return {
        "subject": f"Stunde {number + 1}",
        "group_id": group,
        "start_time": start,
        "end_time": start + timedelta(minutes=100),
        "type": "message",
        "message_content": "Willkommen",
        "recurrence_rule": RULE,
        "skip_holidays": True,
        "is_active": True,
        "created_at": created,
        "version": 1,
    }


def seconds(ask: Callable[[], object]) -> float:
    """Seconds of processor time, the best of some tries."""
    found = []
    for _ in range(TRIES):
        begun = time.process_time()
        ask()
        found.append(time.process_time() - begun)
    return min(found)


def expand(days: int) -> None:
    """Only the expansion, as it is usually written: no zone, no holidays, no database, no answer."""
    begin = datetime(2026, 9, 7, 6, tzinfo=UTC)
    for _ in range(GROUPS):
        for number in range(LESSONS):
            rule = rrulestr(RULE, dtstart=begin + timedelta(hours=2 * number))
            rule.between(MONDAY, MONDAY + timedelta(days=days))


def measure(database_url: str, directory: Path, kind: str) -> None:
    app = started_app(database_url, directory, Clock(), RememberingBus())
    fill(app)
    with TestClient(api_of(app)) as client:
        client.post("/api/auth/login", json={"username": "bench", "password": PASSWORD}).raise_for_status()
        for days in (1, 7):
            window = {"start": MONDAY.isoformat(), "end": (MONDAY + timedelta(days=days)).isoformat()}

            def ask(window: dict[str, str] = window) -> int:
                answer = client.get("/api/events/occurrences", params=window).raise_for_status()
                return len(answer.json()["occurrences"])

            found, whole, expanded = ask(), seconds(ask), seconds(lambda days=days: expand(days))  # type: ignore[misc]
            print(f"{kind}: {days} days, {found:,} occurrences in {whole * 1000:.0f} ms of processor time, ", end="")
            print(f"{whole / expanded:.1f} times what dateutil takes to expand them")
    app.engine.dispose()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        measure(f"sqlite:///{directory / 'bench.db'}", directory / "data", "SQLite")
        with running_mariadb(directory / "mariadb") as server:
            measure(server.new_database(), directory / "m", "MariaDB")


if __name__ == "__main__":
    main()
