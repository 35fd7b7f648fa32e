"""Since when an account has its password, and which CAs its device trusts."""

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import UtcDateTime, exact_string

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("broker_accounts", sa.Column("password_since", UtcDateTime(), nullable=True))
    op.add_column("broker_accounts", sa.Column("ca_fingerprint", exact_string(64), nullable=True))
    op.execute("UPDATE broker_accounts SET password_since = created_at")


def downgrade() -> None:
    op.drop_column("broker_accounts", "ca_fingerprint")
    op.drop_column("broker_accounts", "password_since")
