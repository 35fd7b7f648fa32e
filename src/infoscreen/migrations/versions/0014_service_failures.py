"""Services that devices gave up on, and log lines that stand for those left out of a flood."""

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TIMES = ("at", "seen_at", "works_since", "cleared_at")


def upgrade() -> None:
    for name in TIMES:
        op.add_column("client_states", sa.Column(f"service_failed_{name}", UtcDateTime(), nullable=True))
    op.add_column("client_states", sa.Column("service_failed_unit", sa.String(128), nullable=True))
    op.add_column(
        "client_states", sa.Column("service_failed_clearing", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("client_logs", sa.Column("left_out", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("client_logs", "left_out")
    for name in (*TIMES, "unit", "clearing"):
        op.drop_column("client_states", f"service_failed_{name}")
