"""Hourly sums for charts, and how many messages each client ever sent."""

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import exact_string

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("client_states", sa.Column("messages", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "client_hours",
        sa.Column("client_uuid", exact_string(36), nullable=False),
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("watched", sa.BigInteger(), nullable=False),
        sa.Column("alive", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_uuid"], ["clients.uuid"], name="fk_client_hours_client_uuid_clients", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("client_uuid", "hour", name="pk_client_hours"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fleet_hours",
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("watched", sa.Integer(), nullable=False),
        sa.Column("alive", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hour", name="pk_fleet_hours"),
    )


def downgrade() -> None:
    op.drop_table("fleet_hours")
    op.drop_table("client_hours")
    op.drop_column("client_states", "messages")
