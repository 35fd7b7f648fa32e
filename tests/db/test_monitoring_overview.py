"""The overview's statement never reads the log table itself: what it asks of it is answered by indexes."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects import mysql, sqlite

from applications import Clock
from fleets import add_screens, uuid_of
from infoscreen.bootstrap import App
from infoscreen.db.monitoring import ClientLog
from infoscreen.db.monitoring_overview import overview_query, overview_rows

SCREENS = 20
LINES = 6_000
OF_TWO_LOOKS = ("ix_client_logs_client_uuid_created_at", "ix_client_logs_client_uuid_level_created_at")


def log_much(app: App, clock: Clock) -> None:
    """Lines of ninety days; one screen never logged anything but information."""
    rows: list[dict[str, Any]] = [
        {
            "client_uuid": uuid_of(number % SCREENS),
            "level": "info" if number % SCREENS == 0 else ("info", "info", "info", "warn", "error")[number % 5],
            "message": f"line {number}",
            "context": {},
            "device_time": None,
            "created_at": clock.now - timedelta(days=90) * (number / LINES),
        }
        for number in range(LINES)
    ]
    with app.work() as work:
        work.session.execute(insert(ClientLog), rows)


def plan(app: App, clock: Clock) -> list[dict[str, Any]]:
    """How the database would answer the overview."""
    is_sqlite = app.engine.dialect.name == "sqlite"
    dialect = sqlite.dialect() if is_sqlite else mysql.dialect()
    asked = overview_query(clock.now).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
    with app.engine.connect() as connection:
        return [dict(row) for row in connection.exec_driver_sql(f"{explain} {asked}".replace("%", "%%")).mappings()]


def test_every_look_at_the_log_is_one_into_an_index(app: App, clock: Clock) -> None:
    add_screens(app, SCREENS)
    log_much(app, clock)
    found = plan(app, clock)
    if app.engine.dialect.name == "sqlite":
        looks = [step["detail"] for step in found if "client_logs" in step["detail"]]
        assert len(looks) == 7
        for look in looks:
            assert look.startswith("SEARCH client_logs USING COVERING INDEX"), look
            assert any(f"{index} (client_uuid=?" in look for index in OF_TWO_LOOKS), look
    else:
        looks = [step for step in found if step["table"] == "client_logs"]
        assert len(looks) == 7
        for step in looks:
            assert step["key"] in OF_TWO_LOOKS, step
            assert "Using index" in step["Extra"], step
            assert "filesort" not in step["Extra"], step


def test_the_last_lines_are_those_of_the_client_and_counted_from_the_instant_on(app: App, clock: Clock) -> None:
    add_screens(app, SCREENS)
    log_much(app, clock)
    with app.reading() as work:
        rows = {row.uuid: row for row in overview_rows(work.session, clock.now - timedelta(hours=24))}
        assert len(rows) == SCREENS
        silent, loud = rows[uuid_of(0)], rows[uuid_of(4)]
        assert (silent.latest_error_id, silent.last_warn_at, silent.error_count) == (None, None, 0)
        newest = work.session.get_one(ClientLog, loud.latest_log_id)
        assert (newest.client_uuid, newest.message) == (uuid_of(4), "line 4")
        assert work.session.get_one(ClientLog, loud.latest_error_id).message == "line 4"
        assert (loud.error_count, loud.warn_count, loud.info_count) == (4, 0, 0)
