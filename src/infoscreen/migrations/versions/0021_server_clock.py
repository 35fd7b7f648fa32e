"""What the server's clock showed last, so that nothing is deleted by one that has leapt."""

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "server_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("steady_since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_server_clock"),
    )


def downgrade() -> None:
    op.drop_table("server_clock")
