"""When clients came back to the broker, and the last log line of each level found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("client_states", sa.Column("mqtt_reconnects", sa.JSON(), nullable=True))
    op.create_index(
        "ix_client_logs_client_uuid_level_created_at", "client_logs", ["client_uuid", "level", "created_at"]
    )


def downgrade() -> None:
    op.drop_index("ix_client_logs_client_uuid_level_created_at", "client_logs")
    op.drop_column("client_states", "mqtt_reconnects")
