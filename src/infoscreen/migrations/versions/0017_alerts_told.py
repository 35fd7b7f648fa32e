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
    # Made anew on SQLite, which cannot add a constraint later.
    with op.batch_alter_table("alerts", table_kwargs={"sqlite_autoincrement": True}) as alerts:
        alerts.add_column(sa.Column("closed_by", sa.Integer(), nullable=True))
        alerts.create_foreign_key("fk_alerts_closed_by_users", "users", ["closed_by"], ["id"], ondelete="SET NULL")


def downgrade() -> None:
    with op.batch_alter_table("alerts", table_kwargs={"sqlite_autoincrement": True}) as alerts:
        alerts.drop_constraint("fk_alerts_closed_by_users", type_="foreignkey")
        alerts.drop_column("closed_by")
    with op.batch_alter_table("client_states") as states:
        states.drop_column("clock_off_since")
        states.drop_column("clock_skew_seconds")
