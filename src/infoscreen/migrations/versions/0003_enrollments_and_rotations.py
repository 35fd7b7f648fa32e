"""Enrolment codes and rotations of devices' passwords."""

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import UtcDateTime, exact_string

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enrollments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", exact_string(64), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("client_uuid", exact_string(36), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("used_by", exact_string(36), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name="fk_enrollments_group_id_groups", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["client_uuid"], ["clients.uuid"], name="fk_enrollments_client_uuid_clients", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name="fk_enrollments_created_by_users", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_enrollments"),
        sa.UniqueConstraint("fingerprint", name="uq_enrollments_fingerprint"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enrollments_expires_at", "enrollments", ["expires_at"], unique=False)
    op.create_index("ix_enrollments_client_uuid", "enrollments", ["client_uuid"], unique=False)
    op.create_table(
        "enrollment_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("failed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_enrollment_failures"),
    )
    op.create_index("ix_enrollment_failures_failed_at", "enrollment_failures", ["failed_at"], unique=False)
    op.create_table(
        "credential_rotations",
        sa.Column("username", exact_string(64), nullable=False),
        sa.Column("id", exact_string(32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("sealed_password", sa.Text(), nullable=True),
        sa.Column("old_hash", exact_string(255), nullable=True),
        sa.Column("change", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["username"],
            ["broker_accounts.username"],
            name="fk_credential_rotations_username_broker_accounts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("username", name="pk_credential_rotations"),
        sa.UniqueConstraint("id", name="uq_credential_rotations_id"),
    )
    op.create_index("ix_credential_rotations_state", "credential_rotations", ["state"], unique=False)


def downgrade() -> None:
    op.drop_table("credential_rotations")
    op.drop_table("enrollment_failures")
    op.drop_table("enrollments")
