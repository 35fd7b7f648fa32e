"""Clients (screens): what is administered in `clients`, what they report in `client_states`.

They are apart because the listener rewrites the reported half many times a second and must never collide with a person
who edits the other.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, String, Text, exists, false, func, or_, select
from sqlalchemy.orm import Mapped, Session, column_property, mapped_column, relationship

from infoscreen.db.base import Base, UtcDateTime, exact_string
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.db.power_switches import PowerSwitch


class Client(Base):
    """One screen, as it was registered and as people administer it."""

    __tablename__ = "clients"

    uuid: Mapped[str] = mapped_column(exact_string(36), primary_key=True)
    hostname: Mapped[str | None] = mapped_column(String(255))
    ip: Mapped[str | None] = mapped_column(String(255))
    description: Mapped[str | None] = mapped_column(Text)
    type: Mapped[str | None] = mapped_column(String(255))
    hardware_token: Mapped[str | None] = mapped_column(String(255))
    os_version: Mapped[str | None] = mapped_column(String(255))
    software_version: Mapped[str | None] = mapped_column(String(255))
    macs: Mapped[list[str] | None] = mapped_column(JSON)
    model: Mapped[str | None] = mapped_column(String(255))
    recovery_class: Mapped[str | None] = mapped_column(String(32))
    watchdog_enabled: Mapped[bool | None]
    boot_source: Mapped[str | None] = mapped_column(String(255))
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), default=UNASSIGNED_ID, index=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    has_power_switch: Mapped[bool] = column_property(exists().where(PowerSwitch.client_uuid == uuid))
    state: Mapped["ClientState"] = relationship(lazy="joined", cascade="all, delete-orphan", passive_deletes=True)


class ClientState(Base):
    """What one screen last reported, in the server's time; a row exists from the client's first day."""

    __tablename__ = "client_states"

    client_uuid: Mapped[str] = mapped_column(
        exact_string(36), ForeignKey("clients.uuid", ondelete="CASCADE"), primary_key=True
    )
    last_alive: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_health: Mapped[datetime | None] = mapped_column(UtcDateTime)
    process_status: Mapped[str | None] = mapped_column(String(16))
    process_status_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    current_process: Mapped[str | None] = mapped_column(String(255))
    process_pid: Mapped[int | None]
    current_event_id: Mapped[int | None]
    current_event_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expected_event_id: Mapped[int | None]
    event_mismatch_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    boot_id: Mapped[str | None] = mapped_column(String(255))
    screen_on: Mapped[bool | None]
    screen_health: Mapped[str | None] = mapped_column(String(16))
    last_frame_update: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mqtt_reconnect_count: Mapped[int | None]
    mqtt_last_disconnect_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mqtt_reconnects: Mapped[list[str] | None] = mapped_column(JSON)  # ISO 8601, the last ones
    clock_skew_seconds: Mapped[int | None]
    clock_off_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    messages: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")  # ever received
    tv_state: Mapped[str | None] = mapped_column(String(8))
    tv_method: Mapped[str | None] = mapped_column(String(8))
    tv_result: Mapped[str | None] = mapped_column(String(16))
    tv_error: Mapped[str | None] = mapped_column(String(255))
    tv_intent_id: Mapped[str | None] = mapped_column(String(255))
    tv_reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    screenshot_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    screenshot_hash: Mapped[str | None] = mapped_column(exact_string(64))
    screenshot_type: Mapped[str | None] = mapped_column(String(16))
    screenshot_same_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    picture_health: Mapped[str | None] = mapped_column(String(16))
    priority_screenshot_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    priority_screenshot_type: Mapped[str | None] = mapped_column(String(16))
    # What `service_failures.py` keeps: `at` and `cleared_at` are the device's time, the rest is the server's.
    service_failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    service_failed_unit: Mapped[str | None] = mapped_column(String(128))
    service_failed_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    service_failed_works_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    service_failed_cleared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    service_failed_clearing: Mapped[bool] = mapped_column(default=False, server_default=false())


def all_clients(
    session: Session,
    group_id: int | None = None,
    query: str | None = None,
    uuids: Collection[str] | None = None,
) -> Sequence[Client]:
    """Clients with their states by description and host name; of one group, or named, or those a search text fits."""
    wanted = select(Client).order_by(func.coalesce(Client.description, Client.hostname, Client.uuid), Client.uuid)
    if group_id is not None:
        wanted = wanted.where(Client.group_id == group_id)
    if uuids is not None:
        wanted = wanted.where(Client.uuid.in_(uuids))
    if query:
        columns = (Client.description, Client.hostname, Client.ip, Client.uuid)
        wanted = wanted.where(or_(*(column.icontains(query, autoescape=True) for column in columns)))
    return session.scalars(wanted).all()


def clients_by_uuid(session: Session, uuids: Sequence[str]) -> Sequence[Client]:
    """Those of the named clients that exist, locked against a change by others."""
    return session.scalars(select(Client).where(Client.uuid.in_(uuids)).with_for_update(of=Client)).all()


def members(session: Session, uuids: Collection[str] | None, group_id: int | None) -> Sequence[tuple[str, int]]:
    """Uuid and group, by name, of the named clients, or of those active in a group, or of all that are active."""
    name = func.coalesce(Client.description, Client.hostname, Client.uuid)
    meant = Client.is_active.is_(True) if uuids is None else Client.uuid.in_(uuids)
    wanted = select(Client.uuid, Client.group_id).where(meant).order_by(name, Client.uuid)
    if group_id is not None:
        wanted = wanted.where(Client.group_id == group_id)
    return [(uuid, group) for uuid, group in session.execute(wanted)]


def count_clients(session: Session, group_id: int) -> int:
    """How many clients a group has."""
    return session.scalar(select(func.count()).where(Client.group_id == group_id)) or 0


def group_assignments(session: Session) -> dict[str, int]:
    """Every client's group: uuid → group id."""
    return dict(session.execute(select(Client.uuid, Client.group_id)).all())
