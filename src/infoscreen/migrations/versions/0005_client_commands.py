"""Remote commands with their transitions, and when a client last sent a health message."""

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import UtcDateTime, exact_string

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("client_states", sa.Column("last_health", UtcDateTime(), nullable=True))
    op.create_table(
        "client_commands",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("command_id", exact_string(36), nullable=False),
        sa.Column("client_uuid", exact_string(36), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("status_since", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("rollout_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("acked_at", UtcDateTime(), nullable=True),
        sa.Column("execution_started_at", UtcDateTime(), nullable=True),
        sa.Column("recovered_at", UtcDateTime(), nullable=True),
        sa.Column("completed_at", UtcDateTime(), nullable=True),
        sa.Column("failed_at", UtcDateTime(), nullable=True),
        sa.Column("error_code", sa.String(length=128), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("boot_id", sa.String(length=255), nullable=True),
        sa.Column("steady_since", UtcDateTime(), nullable=True),
        sa.Column("is_followed", sa.Boolean(), nullable=False),
        sa.Column("republish", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_uuid"], ["clients.uuid"], name="fk_client_commands_client_uuid_clients", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["users.id"], name="fk_client_commands_requested_by_users", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_client_commands"),
        sa.UniqueConstraint("command_id", name="uq_client_commands_command_id"),
        sqlite_autoincrement=True,
    )
    for columns in (["client_uuid", "created_at"], ["status", "id"], ["is_followed", "client_uuid"], ["rollout_id"]):
        op.create_index(f"ix_client_commands_{'_'.join(columns)}", "client_commands", columns, unique=False)
    op.create_table(
        "command_transitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("command_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("from_status", sa.String(length=32), nullable=True),
        sa.Column("to_status", sa.String(length=32), nullable=False),
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["command_id"],
            ["client_commands.id"],
            name="fk_command_transitions_command_id_client_commands",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_command_transitions"),
        sa.UniqueConstraint("command_id", "to_status", name="uq_command_transitions_command_id_to_status"),
    )


def downgrade() -> None:
    op.drop_table("command_transitions")
    op.drop_table("client_commands")
    with op.batch_alter_table("client_states") as states:
        states.drop_column("last_health")
