"""Rollouts and their targets."""

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import UtcDateTime, exact_string

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rollouts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("halt", sa.String(length=32), nullable=True),
        sa.Column("is_canary", sa.Boolean(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("waves", sa.Integer(), nullable=False),
        sa.Column("excused", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("state_since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name="fk_rollouts_created_by_users", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_rollouts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rollouts_state", "rollouts", ["state"], unique=False)
    op.create_table(
        "rollout_targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("client_uuid", exact_string(36), nullable=False),
        sa.Column("command_id", exact_string(36), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["rollout_id"], ["rollouts.id"], name="fk_rollout_targets_rollout_id_rollouts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rollout_targets"),
        sa.UniqueConstraint("rollout_id", "client_uuid", name="uq_rollout_targets_rollout_id_client_uuid"),
    )
    op.create_index(
        "ix_rollout_targets_rollout_id_wave_status", "rollout_targets", ["rollout_id", "wave", "status"], unique=False
    )
    op.create_index("ix_rollout_targets_status", "rollout_targets", ["status"], unique=False)


def downgrade() -> None:
    op.drop_table("rollout_targets")
    op.drop_table("rollouts")
