"""The whole schema, and how a database is brought to it."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from infoscreen.db import (  # noqa: F401 - importing a table's file puts the table into the metadata
    academic_calendar,
    alerts,
    broadcasts,
    broker_accounts,
    calendar_feeds,
    clients,
    commands,
    credential_rotations,
    enrollments,
    events,
    groups,
    leases,
    login_attempts,
    media,
    monitoring,
    outage,
    plans,
    power_intents,
    power_switches,
    publishing,
    rollouts,
    server_clock,
    settings,
    users,
)
from infoscreen.db.base import Base

if TYPE_CHECKING:
    from alembic.config import Config

METADATA = Base.metadata
MIGRATIONS = Path(__file__).parents[1] / "migrations"


def newest_revision() -> str:
    """The revision of this version; migrations are numbered in their order."""
    return max(file.name for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))[:4]


def is_current(engine: Engine) -> bool:
    """Whether every migration is applied."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        applied = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return bool(applied == newest_revision())


def upgrade(engine: Engine) -> None:
    """Apply every migration that is missing."""
    if is_current(engine):
        return
    from alembic import command

    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> "Config":
    # Alembic takes as long to import as all the rest; the five processes that only look at the version go without.
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
