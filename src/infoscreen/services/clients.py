"""Clients (screens): list, describe, assign to a group, delete."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from infoscreen.db import enrollments
from infoscreen.db.broker_accounts import want_sync
from infoscreen.db.clients import Client as Client
from infoscreen.db.clients import all_clients, clients_by_uuid
from infoscreen.db.groups import Group
from infoscreen.db.power_switches import locked_power_switch
from infoscreen.domain.errors import FieldError, Invalid, NotFound
from infoscreen.domain.health import CrashReason, crash_reason, is_alive
from infoscreen.services.alerts import close_alerts_of_client
from infoscreen.services.notices import NoticeKind
from infoscreen.services.ports import Ports
from infoscreen.services.power_switches import refuse_while_off
from infoscreen.services.versions import next_version
from infoscreen.services.work import Work
from infoscreen_wire import topics


class UnknownClients(NotFound):
    """Some of the named clients do not exist."""

    code = "unknown_clients"


def get_client(work: Work, uuid: str) -> Client:
    """One client; raises `NotFound`."""
    client = work.session.get(Client, uuid.lower())
    if client is None:
        raise NotFound
    return client


def list_clients(work: Work, group_id: int | None = None, query: str | None = None) -> Sequence[Client]:
    """Clients by name; of one group, or those a search text fits."""
    return all_clients(work.session, group_id, query)


def named_clients(work: Work, uuids: Collection[str] | None) -> Sequence[Client]:
    """Those of the named clients that exist, by name; all of them where none are named."""
    return all_clients(work.session, uuids=uuids)


class Crashed(NamedTuple):
    """An active client that has crashed or is not alive, and which of the two it is."""

    client: Client
    is_alive: bool
    reason: CrashReason


def crashed_clients(work: Work, grace_seconds: int) -> list[Crashed]:
    """Active clients that have crashed or are not alive, by name."""
    found = []
    for client in all_clients(work.session):
        alive = is_alive(client.state.last_alive, work.now, grace_seconds)
        reason = crash_reason(is_alive=alive, process_status=client.state.process_status)
        if client.is_active and reason is not None:
            found.append(Crashed(client, alive, reason))
    return found


def is_client_alive(client: Client, now: datetime, grace_seconds: int) -> bool:
    """Whether a client is active and has reported within the grace period."""
    return client.is_active and is_alive(client.state.last_alive, now, grace_seconds)


def change_client(work: Work, uuid: str, fields: Mapping[str, Any], version: int | None) -> Client:
    """Change description, model or whether the client is active; raises `NotFound`, `StaleVersion`."""
    client = get_client(work, uuid)
    next_version(work, client, version)
    for name, value in fields.items():
        setattr(client, name, value)
    work.announce(NoticeKind.CLIENTS, client.uuid)
    return client


def describe_client(work: Work, uuid: str, description: str | None) -> Client:
    """Change the description and publish the client's group once more; raises `NotFound`."""
    client = change_client(work, uuid, {"description": description}, None)
    topic, payload = topics.group_id(client.uuid), str(client.group_id).encode()

    def publish_group(ports: Ports) -> None:
        ports.bus.publish(topic, payload, retain=True)

    work.after_commit(publish_group)
    return client


def assign_clients(work: Work, uuids: Sequence[str], group_id: int) -> Sequence[Client]:
    """Move clients into a group, all or none; their rights on the broker follow, then the scheduler tells them.

    Raises `UnknownClients`, and `Invalid` for an unknown group.
    """
    wanted = [uuid.lower() for uuid in uuids]
    if work.session.get(Group, group_id) is None:
        raise Invalid(groupId=FieldError("no_such_group"))
    clients = clients_by_uuid(work.session, wanted)
    missing = set(wanted) - {client.uuid for client in clients}
    if missing:
        raise UnknownClients(uuids=", ".join(sorted(missing)))
    for client in clients:
        client.group_id = group_id
        client.version += 1
    want_sync(work.session)
    work.announce(NoticeKind.CLIENTS, *wanted)
    return clients


def delete_client(work: Work, uuid: str) -> None:
    """Delete a client with its account, its pictures and its retained topics.

    Raises `NotFound`, and `PowerCycleUnderWay` while its power is off: nobody would turn it on again.
    """
    client = get_client(work, uuid)
    deleted = client.uuid
    refuse_while_off(work, locked_power_switch(work.session, deleted))
    work.session.delete(client)
    enrollments.forget_used_by(work.session, deleted)
    close_alerts_of_client(work, deleted)
    want_sync(work.session)

    def delete_pictures(ports: Ports) -> None:
        ports.screenshots.delete(deleted)

    def clear_failure(ports: Ports) -> None:
        ports.bus.publish(topics.report(deleted, topics.ReportKind.SERVICE_FAILED), b"", retain=True)

    work.after_commit(delete_pictures)
    work.after_commit(clear_failure)
    work.announce(NoticeKind.CLIENTS, deleted)
