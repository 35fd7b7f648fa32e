"""The migrations lead to exactly the tables that the code uses, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from infoscreen.db import schema
from infoscreen.db.base import open_engine


def opened(database_url: str) -> Engine:
    return open_engine(database_url)


def test_the_migrations_make_the_tables_of_the_code(database_url: str) -> None:
    engine = opened(database_url)
    assert not schema.is_current(engine)
    schema.upgrade(engine)
    assert schema.is_current(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.METADATA) == []


def test_an_upgrade_can_be_repeated(database_url: str) -> None:
    engine = opened(database_url)
    for _ in range(2):
        schema.upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM broker_sync")) == 1


def test_nicht_zugeordnet_is_the_first_group(database_url: str) -> None:
    engine = opened(database_url)
    schema.upgrade(engine)
    with engine.connect() as connection:
        groups = [tuple(row) for row in connection.execute(text("SELECT id, name FROM `groups`"))]
    assert groups == [(1, "Nicht zugeordnet")]


def test_the_id_of_a_deleted_group_does_not_come_back(database_url: str) -> None:
    engine = opened(database_url)
    schema.upgrade(engine)
    new = (
        "INSERT INTO `groups` (name, is_active, display_order, created_at, version) VALUES ('x', 1, 1, '2026-01-01', 1)"
    )
    ids = []
    for _ in range(2):
        with engine.begin() as connection:
            ids.append(connection.execute(text(new)).lastrowid)
            connection.execute(text("DELETE FROM `groups` WHERE name = 'x'"))
    assert ids[0] != ids[1]


def test_foreign_keys_hold(database_url: str) -> None:
    engine = opened(database_url)
    schema.upgrade(engine)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1
            assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        else:
            assert connection.scalar(text("SELECT @@foreign_key_checks")) == 1


def test_the_migrations_are_one_line() -> None:
    revisions = [path.name[:4] for path in sorted((schema.MIGRATIONS / "versions").glob("[0-9]*.py"))]
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]
