"""TV power: what groups and screens were told and what TVs did; where a detached occurrence was."""

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import UtcDateTime, exact_string

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "power_intents",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("intent_id", exact_string(36), nullable=False),
        sa.Column("desired_state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name="fk_power_intents_group_id_groups", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", name="pk_power_intents"),
    )
    op.create_table(
        "power_overrides",
        sa.Column("client_uuid", exact_string(36), nullable=False),
        sa.Column("intent_id", exact_string(36), nullable=False),
        sa.Column("desired_state", sa.String(8), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_uuid"], ["clients.uuid"], name="fk_power_overrides_client_uuid_clients", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name="fk_power_overrides_created_by_users", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("client_uuid", name="pk_power_overrides"),
    )
    op.create_index("ix_power_overrides_expires_at", "power_overrides", ["expires_at"], unique=False)
    for name, length in (("state", 8), ("method", 8), ("result", 16), ("error", 255), ("intent_id", 255)):
        op.add_column("client_states", sa.Column(f"tv_{name}", sa.String(length), nullable=True))
    op.add_column("client_states", sa.Column("tv_reported_at", UtcDateTime(), nullable=True))
    op.add_column("events", sa.Column("detached_start", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("events", "detached_start")
    for name in ("reported_at", "intent_id", "error", "result", "method", "state"):
        op.drop_column("client_states", f"tv_{name}")
    op.drop_table("power_overrides")
    op.drop_table("power_intents")
