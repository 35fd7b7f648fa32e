"""Runs migrations on the connection that `db/schema.py` hands over."""

from alembic import context

from infoscreen.db import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
