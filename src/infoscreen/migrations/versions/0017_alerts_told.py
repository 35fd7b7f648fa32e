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
    if op.get_bind().dialect.name == "sqlite":
        # It cannot add a constraint later, and of an inline one Alembic leaves out what becomes of it.
        column = "closed_by INTEGER CONSTRAINT fk_alerts_closed_by_users REFERENCES users (id) ON DELETE SET NULL"
        op.execute(f"ALTER TABLE alerts ADD COLUMN {column}")
    else:
        op.add_column("alerts", sa.Column("closed_by", sa.Integer(), nullable=True))
        op.create_foreign_key(
            "fk_alerts_closed_by_users", "alerts", "users", ["closed_by"], ["id"], ondelete="SET NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("alerts") as alerts:
        alerts.drop_column("closed_by")
    with op.batch_alter_table("client_states") as states:
        states.drop_column("clock_off_since")
        states.drop_column("clock_skew_seconds")
