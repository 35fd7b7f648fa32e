"""Emergency messages with their roll-calls, and groups that are held."""

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import UtcDateTime, exact_string

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("is_drill", sa.Boolean(), nullable=False),
        sa.Column("is_for_all", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name="fk_broadcasts_created_by_users", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["users.id"], name="fk_broadcasts_ended_by_users", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_broadcasts_ends_at", "broadcasts", ["ends_at"], unique=False)
    op.create_table(
        "broadcast_groups",
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcasts.id"],
            name="fk_broadcast_groups_broadcast_id_broadcasts",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name="fk_broadcast_groups_group_id_groups", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "group_id", name="pk_broadcast_groups"),
    )
    op.create_table(
        "broadcast_screens",
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.Column("client_uuid", exact_string(36), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("shown_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcasts.id"],
            name="fk_broadcast_screens_broadcast_id_broadcasts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "client_uuid", name="pk_broadcast_screens"),
    )
    op.add_column("groups", sa.Column("paused_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("groups", "paused_at")
    op.drop_table("broadcast_screens")
    op.drop_table("broadcast_groups")
    op.drop_table("broadcasts")
