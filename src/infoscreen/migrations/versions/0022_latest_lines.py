"""Log lines by time with all that is counted of them, in place of the time alone."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_client_logs_created_at_client_uuid_level", "client_logs", ["created_at", "client_uuid", "level"]
    )
    op.drop_index("ix_client_logs_created_at", "client_logs")


def downgrade() -> None:
    op.create_index("ix_client_logs_created_at", "client_logs", ["created_at"])
    op.drop_index("ix_client_logs_created_at_client_uuid_level", "client_logs")
