"""What the server concludes from pictures, and since when a picture and an event are shown."""

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("client_states", sa.Column("current_event_since", UtcDateTime(), nullable=True))
    op.add_column("client_states", sa.Column("screenshot_same_since", UtcDateTime(), nullable=True))
    op.add_column("client_states", sa.Column("picture_health", sa.String(length=16), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("client_states") as states:
        for name in ("current_event_since", "screenshot_same_since", "picture_health"):
            states.drop_column(name)
