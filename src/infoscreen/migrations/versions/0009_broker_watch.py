"""What is remembered of the broker's presence."""

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "broker_watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("connected_at", UtcDateTime(), nullable=True),
        sa.Column("back_at", UtcDateTime(), nullable=True),
        sa.Column("cause", sa.String(length=32), nullable=True),
        sa.Column("began_at", UtcDateTime(), nullable=True),
        sa.Column("told_from", UtcDateTime(), nullable=True),
        sa.Column("first_sign", UtcDateTime(), nullable=True),
        sa.Column("last_sign", UtcDateTime(), nullable=True),
        sa.Column("affected", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_broker_watch"),
    )
    op.bulk_insert(sa.table("broker_watch", sa.column("id")), [{"id": 1}])


def downgrade() -> None:
    op.drop_table("broker_watch")
