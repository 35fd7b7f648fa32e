"""No index of the last signs of life: every one of them moved with every batch, and nothing is looked for by it."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_client_states_last_alive", "client_states")


def downgrade() -> None:
    op.create_index("ix_client_states_last_alive", "client_states", ["last_alive"])
