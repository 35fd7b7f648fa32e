"""What switches a client's power."""

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import UtcDateTime, exact_string

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "power_switches",
        sa.Column("client_uuid", exact_string(36), nullable=False),
        sa.Column("driver", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("outlet", sa.String(length=32), nullable=False),
        sa.Column("off_seconds", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=255), nullable=True),
        sa.Column("topic", sa.String(length=255), nullable=True),
        sa.Column("tls", sa.Boolean(), nullable=False),
        sa.Column("ca_certificate", sa.Text(), nullable=True),
        sa.Column("auth_protocol", sa.String(length=16), nullable=True),
        sa.Column("privacy_protocol", sa.String(length=16), nullable=True),
        sa.Column("sealed_secret", sa.Text(), nullable=True),
        sa.Column("sealed_privacy_secret", sa.Text(), nullable=True),
        sa.Column("off_since", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("command_id", exact_string(36), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_uuid"], ["clients.uuid"], name="fk_power_switches_client_uuid_clients", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("client_uuid", name="pk_power_switches"),
    )
    op.create_index("ix_power_switches_due_at", "power_switches", ["due_at"], unique=False)


def downgrade() -> None:
    op.drop_table("power_switches")
