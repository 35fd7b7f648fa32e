"""The first tables."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from infoscreen.db.base import UtcDateTime, exact_string

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "broker_sync",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broker_sync"),
    )
    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("color", sa.String(length=7), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("opening_hours", sa.JSON(), nullable=True),
        sa.Column("display_order", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("name", name="uq_groups_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "media_folders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["media_folders.id"], name="fk_media_folders_parent_id_media_folders"),
        sa.PrimaryKeyConstraint("id", name="pk_media_folders"),
        sa.UniqueConstraint("parent_id", "name", name="uq_media_folders_parent_id_name"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_media_folders_parent_id", "media_folders", ["parent_id"], unique=False)

    op.create_table(
        "retained_topics",
        sa.Column("topic", exact_string(255), nullable=False),
        sa.PrimaryKeyConstraint("topic", name="pk_retained_topics"),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_login_at", UtcDateTime(), nullable=True),
        sa.Column("last_password_change_at", UtcDateTime(), nullable=True),
        sa.Column("failed_login_attempts", sa.Integer(), nullable=False),
        sa.Column("last_failed_login_at", UtcDateTime(), nullable=True),
        sa.Column("locked_until", UtcDateTime(), nullable=True),
        sa.Column("deactivated_at", UtcDateTime(), nullable=True),
        sa.Column("deactivated_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deactivated_by"], ["users.id"], name="fk_users_deactivated_by_users", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("username", name="uq_users_username"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "academic_periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("display_name", sa.String(length=50), nullable=True),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=False),
        sa.Column("period_type", sa.String(length=16), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["archived_by"], ["users.id"], name="fk_academic_periods_archived_by_users", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_academic_periods"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "clients",
        sa.Column("uuid", exact_string(36), nullable=False),
        sa.Column("hostname", sa.String(length=255), nullable=True),
        sa.Column("ip", sa.String(length=255), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("type", sa.String(length=255), nullable=True),
        sa.Column("hardware_token", sa.String(length=255), nullable=True),
        sa.Column("os_version", sa.String(length=255), nullable=True),
        sa.Column("software_version", sa.String(length=255), nullable=True),
        sa.Column("macs", sa.JSON(), nullable=True),
        sa.Column("model", sa.String(length=255), nullable=True),
        sa.Column("recovery_class", sa.String(length=32), nullable=True),
        sa.Column("watchdog_enabled", sa.Boolean(), nullable=True),
        sa.Column("boot_source", sa.String(length=255), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_clients_group_id_groups"),
        sa.PrimaryKeyConstraint("uuid", name="pk_clients"),
    )
    op.create_index("ix_clients_group_id", "clients", ["group_id"], unique=False)

    op.create_table(
        "event_media",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folder_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("mime_type", sa.String(length=127), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", exact_string(64), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("duration", sa.Double(), nullable=True),
        sa.Column("bitrate", sa.Integer(), nullable=True),
        sa.Column("has_thumbnail", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name="fk_event_media_created_by_users", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["folder_id"], ["media_folders.id"], name="fk_event_media_folder_id_media_folders"),
        sa.PrimaryKeyConstraint("id", name="pk_event_media"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_media_folder_id", "event_media", ["folder_id"], unique=False)
    op.create_index("ix_event_media_sha256", "event_media", ["sha256"], unique=False)

    op.create_table(
        "system_settings",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=True),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["users.id"], name="fk_system_settings_updated_by_users", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_system_settings"),
    )
    op.create_table(
        "user_sessions",
        sa.Column("token_hash", exact_string(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_user_sessions_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_user_sessions"),
    )
    op.create_index("ix_user_sessions_user_id", "user_sessions", ["user_id"], unique=False)

    op.create_table(
        "broker_accounts",
        sa.Column("username", exact_string(64), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("client_uuid", exact_string(36), nullable=True),
        sa.Column("password_hash", exact_string(255), nullable=False),
        sa.Column("device_token_hash", exact_string(64), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_uuid"], ["clients.uuid"], name="fk_broker_accounts_client_uuid_clients", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("username", name="pk_broker_accounts"),
        sa.UniqueConstraint("client_uuid", name="uq_broker_accounts_client_uuid"),
        sa.UniqueConstraint("device_token_hash", name="uq_broker_accounts_device_token_hash"),
    )
    op.create_table(
        "client_logs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("client_uuid", exact_string(36), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("device_time", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_uuid"], ["clients.uuid"], name="fk_client_logs_client_uuid_clients", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_client_logs"),
    )
    op.create_index("ix_client_logs_client_uuid_created_at", "client_logs", ["client_uuid", "created_at"], unique=False)
    op.create_index("ix_client_logs_created_at", "client_logs", ["created_at"], unique=False)
    op.create_index("ix_client_logs_level_created_at", "client_logs", ["level", "created_at"], unique=False)

    op.create_table(
        "client_states",
        sa.Column("client_uuid", exact_string(36), nullable=False),
        sa.Column("last_alive", UtcDateTime(), nullable=True),
        sa.Column("process_status", sa.String(length=16), nullable=True),
        sa.Column("process_status_since", UtcDateTime(), nullable=True),
        sa.Column("current_process", sa.String(length=255), nullable=True),
        sa.Column("process_pid", sa.Integer(), nullable=True),
        sa.Column("current_event_id", sa.Integer(), nullable=True),
        sa.Column("expected_event_id", sa.Integer(), nullable=True),
        sa.Column("event_mismatch_since", UtcDateTime(), nullable=True),
        sa.Column("boot_id", sa.String(length=255), nullable=True),
        sa.Column("screen_on", sa.Boolean(), nullable=True),
        sa.Column("screen_health", sa.String(length=16), nullable=True),
        sa.Column("last_frame_update", UtcDateTime(), nullable=True),
        sa.Column("mqtt_reconnect_count", sa.Integer(), nullable=True),
        sa.Column("mqtt_last_disconnect_at", UtcDateTime(), nullable=True),
        sa.Column("screenshot_at", UtcDateTime(), nullable=True),
        sa.Column("screenshot_hash", exact_string(64), nullable=True),
        sa.Column("screenshot_type", sa.String(length=16), nullable=True),
        sa.Column("priority_screenshot_at", UtcDateTime(), nullable=True),
        sa.Column("priority_screenshot_type", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_uuid"], ["clients.uuid"], name="fk_client_states_client_uuid_clients", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("client_uuid", name="pk_client_states"),
    )
    op.create_index("ix_client_states_last_alive", "client_states", ["last_alive"], unique=False)

    op.create_table(
        "conversions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_media_id", sa.Integer(), nullable=False),
        sa.Column("target_format", sa.String(length=8), nullable=False),
        sa.Column("target_path", exact_string(255), nullable=True),
        sa.Column("target_sha256", exact_string(64), nullable=True),
        sa.Column("target_size", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("file_hash", exact_string(64), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("completed_at", UtcDateTime(), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_media_id"],
            ["event_media.id"],
            name="fk_conversions_source_media_id_event_media",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversions"),
        sa.UniqueConstraint(
            "source_media_id",
            "target_format",
            "file_hash",
            name="uq_conversions_source_media_id_target_format_file_hash",
        ),
    )
    op.create_index("ix_conversions_status", "conversions", ["status"], unique=False)

    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("start_time", UtcDateTime(), nullable=False),
        sa.Column("end_time", UtcDateTime(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("event_media_id", sa.Integer(), nullable=True),
        sa.Column("website_url", sa.Text(), nullable=True),
        sa.Column("message_content", sa.Text(), nullable=True),
        sa.Column("slideshow_interval", sa.Integer(), nullable=True),
        sa.Column("page_progress", sa.Boolean(), nullable=True),
        sa.Column("auto_progress", sa.Boolean(), nullable=True),
        sa.Column("autoplay", sa.Boolean(), nullable=True),
        sa.Column("loop", sa.Boolean(), nullable=True),
        sa.Column("volume", sa.Double(), nullable=True),
        sa.Column("muted", sa.Boolean(), nullable=True),
        sa.Column("recurrence_rule", sa.Text(), nullable=True),
        sa.Column("recurrence_end", UtcDateTime(), nullable=True),
        sa.Column("recurrence_exception", sa.Text(), nullable=True),
        sa.Column("recurrence_id", sa.Integer(), nullable=True),
        sa.Column("skip_holidays", sa.Boolean(), nullable=False),
        sa.Column("academic_period_id", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["academic_period_id"], ["academic_periods.id"], name="fk_events_academic_period_id_academic_periods"
        ),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name="fk_events_created_by_users", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_media_id"], ["event_media.id"], name="fk_events_event_media_id_event_media"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_events_group_id_groups"),
        sa.ForeignKeyConstraint(
            ["recurrence_id"], ["events.id"], name="fk_events_recurrence_id_events", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["updated_by"], ["users.id"], name="fk_events_updated_by_users", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_academic_period_id", "events", ["academic_period_id"], unique=False)
    op.create_index("ix_events_event_media_id", "events", ["event_media_id"], unique=False)
    op.create_index("ix_events_group_id", "events", ["group_id"], unique=False)
    op.create_index("ix_events_is_active_start_time", "events", ["is_active", "start_time"], unique=False)

    op.create_table(
        "holidays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=False),
        sa.Column("region", sa.String(length=100), nullable=True),
        sa.Column("academic_period_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["academic_period_id"], ["academic_periods.id"], name="fk_holidays_academic_period_id_academic_periods"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_holidays"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_holidays_academic_period_id", "holidays", ["academic_period_id"], unique=False)
    now = datetime.now(UTC)
    groups = sa.table(
        "groups",
        sa.column("id", sa.Integer),
        sa.column("name", sa.String),
        sa.column("is_active", sa.Boolean),
        sa.column("display_order", sa.Integer),
        sa.column("created_at", UtcDateTime),
        sa.column("version", sa.Integer),
    )
    unassigned = {"id": 1, "name": "Nicht zugeordnet", "is_active": True, "display_order": 0, "version": 1}
    op.bulk_insert(groups, [unassigned | {"created_at": now}])
    sync = sa.table("broker_sync", sa.column("id"), sa.column("wanted"), sa.column("applied"))
    op.bulk_insert(sync, [{"id": 1, "wanted": 1, "applied": 0}])


def downgrade() -> None:

    op.drop_table("holidays")

    op.drop_table("events")

    op.drop_table("conversions")

    op.drop_table("client_states")

    op.drop_table("client_logs")
    op.drop_table("broker_accounts")

    op.drop_table("user_sessions")
    op.drop_table("system_settings")

    op.drop_table("event_media")

    op.drop_table("clients")
    op.drop_table("academic_periods")
    op.drop_table("users")
    op.drop_table("retained_topics")

    op.drop_table("media_folders")
    op.drop_table("groups")
    op.drop_table("broker_sync")
