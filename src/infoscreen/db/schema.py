"""The whole schema, and how a database is brought to it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from infoscreen.db import (  # noqa: F401 - importing a table's file puts the table into the metadata
    academic_calendar,
    broker_accounts,
    clients,
    events,
    groups,
    media,
    monitoring,
    publishing,
    settings,
    users,
)
from infoscreen.db.base import Base

METADATA = Base.metadata
MIGRATIONS = Path(__file__).parents[1] / "migrations"


def upgrade(engine: Engine) -> None:
    """Apply every migration that is missing."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")


def is_current(engine: Engine) -> bool:
    """Whether every migration is applied."""
    with engine.connect() as connection:
        applied = MigrationContext.configure(connection).get_current_revision()
    return applied == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def new_migration(engine: Engine, message: str, number: str) -> None:
    """Write a migration for what the tables differ from the database; to be read and corrected by a person."""
    with engine.begin() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=number)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
