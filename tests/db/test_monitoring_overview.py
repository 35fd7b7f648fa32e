"""What the overview counts of the log, an index answers, and of no other time than what is asked for."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, insert

from applications import Clock
from fleets import add_screens, uuid_of
from infoscreen.bootstrap import App
from infoscreen.db.monitoring import ClientLog
from infoscreen.db.monitoring_overview import last_ids, last_query, logged_between, logged_query, overview_query

SCREENS = 20
LINES = 6_000
BY_TIME = "ix_client_logs_created_at_client_uuid_level"
DAY = timedelta(days=1)


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
        for number in reversed(range(LINES))
    ]
    with app.work() as work:
        work.session.execute(insert(ClientLog), rows)


def look_at_the_log(app: App, query: Select[*tuple[Any, ...]]) -> dict[str, Any]:
    """How the database would look at the log for a statement; once."""
    is_sqlite = app.engine.dialect.name == "sqlite"
    asked = query.compile(dialect=app.engine.dialect, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
    with app.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"{explain} {asked}".replace("%", "%%")).mappings().all()
    (look,) = [dict(step) for step in plan if (step["detail"] if is_sqlite else step["table"]).find("client_logs") >= 0]
    return look


def test_of_all_clients_the_lines_of_the_time_are_counted_within_one_index(app: App, clock: Clock) -> None:
    add_screens(app, SCREENS)
    log_much(app, clock)
    look = look_at_the_log(app, logged_query(clock.now - DAY, clock.now))
    if app.engine.dialect.name == "sqlite":
        assert look["detail"] == f"SEARCH client_logs USING COVERING INDEX {BY_TIME} (created_at>? AND created_at<?)"
    else:
        assert (look["key"], look["type"]) == (BY_TIME, "range")
        assert "Using index" in look["Extra"]
        assert int(look["rows"]) < LINES / 10


def test_of_few_clients_only_their_own_lines_are_looked_at(app: App, clock: Clock) -> None:
    add_screens(app, SCREENS)
    log_much(app, clock)
    look = look_at_the_log(app, logged_query(clock.now - 30 * DAY, clock.now, [uuid_of(3)]))
    if app.engine.dialect.name == "sqlite":
        assert "(client_uuid=?" in look["detail"]
    else:
        assert int(look["rows"]) <= LINES / SCREENS


def test_the_clients_are_read_without_a_temporary_table(app: App, clock: Clock) -> None:
    add_screens(app, SCREENS)
    if app.engine.dialect.name == "sqlite":
        return
    asked = overview_query().compile(dialect=app.engine.dialect)
    with app.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN {asked}").mappings().all()
    assert not any("temporary" in step["Extra"] for step in plan), plan


def test_the_last_lines_are_those_of_the_client_and_counted_from_the_instant_on(app: App, clock: Clock) -> None:
    add_screens(app, SCREENS)
    log_much(app, clock)
    with app.reading() as work:
        logged = logged_between(work.session, clock.now - DAY, clock.now)
        assert len(logged) == SCREENS
        silent, loud = logged[uuid_of(0)], logged[uuid_of(4)]
        assert (silent.error, silent.warn, silent.debug) == (0, 0, 0)
        assert silent.info > 0
        assert (loud.error, loud.warn, loud.info, loud.debug) == (4, 0, 0, 0)
        newest = work.session.get_one(ClientLog, loud.last_error_id)
        assert (newest.client_uuid, newest.message) == (uuid_of(4), "line 4")
        assert (loud.last_id, loud.error_at) == (newest.id, newest.created_at)
        assert logged_between(work.session, clock.now - DAY, clock.now, [uuid_of(4)]) == {uuid_of(4): loud}


def test_for_the_last_line_of_a_client_one_index_is_read_from_its_end(app: App, clock: Clock) -> None:
    add_screens(app, SCREENS + 1)
    log_much(app, clock)
    look = look_at_the_log(app, last_query(clock.now, [uuid_of(3), uuid_of(SCREENS)]))
    if app.engine.dialect.name == "sqlite":
        assert "INDEX ix_client_logs_client_uuid_created_at (client_uuid=? AND created_at<?)" in look["detail"]
    else:
        assert look["key"] == "ix_client_logs_client_uuid_created_at"
        assert "filesort" not in (look["Extra"] or "")
    with app.reading() as work:
        found = last_ids(work.session, clock.now, [uuid_of(3), uuid_of(SCREENS)])
        assert found.keys() == {uuid_of(3)}
        assert work.session.get_one(ClientLog, found[uuid_of(3)]).message == "line 3"
