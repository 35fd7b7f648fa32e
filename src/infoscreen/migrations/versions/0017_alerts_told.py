"""Who ended an alert, and how far a device's clock is off."""

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("client_states", sa.Column("clock_off_since", UtcDateTime(), nullable=True))
    op.add_column("client_states", sa.Column("clock_skew_seconds", sa.Integer(), nullable=True))
    by = sa.ForeignKey("users.id", name="fk_alerts_closed_by_users", ondelete="SET NULL")
    # SQLite cannot add a constraint later.
    op.add_column("alerts", sa.Column("closed_by", sa.Integer(), by, nullable=True), inline_references=True)


def downgrade() -> None:
    with op.batch_alter_table("alerts") as alerts:
        alerts.drop_column("closed_by")
    with op.batch_alter_table("client_states") as states:
        states.drop_column("clock_off_since")
        states.drop_column("clock_skew_seconds")
