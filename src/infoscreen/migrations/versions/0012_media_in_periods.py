"""Media belong to academic periods, and settings count their edits."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "event_media",
        sa.Column(
            "academic_period_id",
            sa.Integer(),
            sa.ForeignKey("academic_periods.id", name="fk_event_media_academic_period_id_academic_periods"),
            nullable=True,
        ),
        inline_references=True,  # SQLite cannot add a constraint later
    )
    op.create_index("ix_event_media_academic_period_id", "event_media", ["academic_period_id"], unique=False)
    op.add_column("system_settings", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_column("system_settings", "version")
    op.drop_index("ix_event_media_academic_period_id", "event_media")
    with op.batch_alter_table("event_media") as table:
        table.drop_column("academic_period_id")
