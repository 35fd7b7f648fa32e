"""Services that devices gave up on: stored with an alert, acknowledged by a person or over by themselves.

The row is the truth. That the broker forgets its retained message is tried until it is done (`clear_on_broker`).
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple

from infoscreen.db import service_failures as table
from infoscreen.db.clients import Client, ClientState
from infoscreen.domain.alerts import AlertKind, Closing, Severity
from infoscreen.domain.errors import NotFound
from infoscreen.domain.service_failures import Failure, Sign, is_news, is_over, works_since
from infoscreen.services.alerts import close_alert, raise_alert
from infoscreen.services.notices import NoticeKind
from infoscreen.services.ports import Ports
from infoscreen.services.work import OpenWork, Work
from infoscreen_wire import topics
from infoscreen_wire.payloads.from_device import ServiceFailed
from infoscreen_wire.topics import ReportKind


def take_failures(work: Work, told: Mapping[str, ServiceFailed]) -> None:
    """Store what devices told of themselves, by uuid; one that is known already, open or cleared, is no news."""
    for state in table.locked_states(work.session, told.keys()) if told else ():
        message = told[state.client_uuid]
        if is_news(_stored(state), message.failed_at):
            _open(work, state, message)
        elif message.failed_at == state.service_failed_cleared_at and state.service_failed_at is None:
            state.service_failed_clearing = True  # so the broker still holds it


class OpenFailure(NamedTuple):
    """A client whose device gave up on a service; `failed_at` by the device's own clock."""

    client: Client
    failed_at: datetime
    unit: str | None


def open_failures(work: Work) -> list[OpenFailure]:
    """What is open, the newest first."""
    return [
        OpenFailure(client, failed_at, client.state.service_failed_unit)
        for client in table.open_failures(work.session)
        if (failed_at := client.state.service_failed_at)
    ]


def clear_failure(work: Work, uuid: str) -> bool:
    """A person has seen to it; False when nothing was open. Raises `NotFound`."""
    found = table.locked_states(work.session, [uuid.lower()])
    if not found:
        raise NotFound
    (state,) = found
    if state.service_failed_at is None:
        # There may be one on the broker that never got here.
        work.after_commit(partial(_clear_on_broker, state.client_uuid))
        return False
    _close(work, state, Closing.RESOLVED)
    return True


def follow_failures(open_reading: OpenWork, open_work: OpenWork, grace_seconds: int) -> None:
    """Note since when devices work again, and clear what has been over for long enough."""
    with open_reading() as work:
        due = [state.client_uuid for state in table.followed_states(work.session) if _moves(work, state, grace_seconds)]
    for uuid in due:
        with open_work() as work:
            for state in table.locked_states(work.session, [uuid]):
                _follow(work, state, grace_seconds)


def clear_on_broker(open_reading: OpenWork, open_work: OpenWork) -> None:
    """Have the broker forget what was cleared while it was away. Raises `BusUnavailable`."""
    with open_reading() as work:
        uuids, ports = table.uncleared(work.session), work.ports
    for uuid in uuids:
        _clear_on_broker(uuid, ports)
        with open_work() as work:
            table.note_cleared(work.session, uuid)


def _open(work: Work, state: ClientState, message: ServiceFailed) -> None:
    state.service_failed_at, state.service_failed_unit = message.failed_at, message.unit
    state.service_failed_seen_at, state.service_failed_works_since = work.now, None
    # What the broker holds now is this one, which no earlier clearing may take away.
    state.service_failed_clearing = False
    failed_at = message.failed_at.replace(tzinfo=None).isoformat()  # as every time in the API
    details = {"unit": message.unit, "failedAt": failed_at}
    raise_alert(work, AlertKind.SERVICE_FAILED, state.client_uuid, Severity.CRITICAL, **details)
    work.announce(NoticeKind.CLIENTS, state.client_uuid)


def _close(work: Work, state: ClientState, closing: Closing) -> None:
    state.service_failed_cleared_at = state.service_failed_at
    state.service_failed_at = state.service_failed_unit = None
    state.service_failed_seen_at = state.service_failed_works_since = None
    state.service_failed_clearing = True
    close_alert(work, AlertKind.SERVICE_FAILED, state.client_uuid, closing)
    work.announce(NoticeKind.CLIENTS, state.client_uuid)
    work.after_commit(partial(_clear_on_broker, state.client_uuid))


def _moves(work: Work, state: ClientState, grace_seconds: int) -> bool:
    since = works_since(_stored(state), _sign(state), work.now, grace_seconds)
    return since != state.service_failed_works_since or is_over(since, work.now)


def _follow(work: Work, state: ClientState, grace_seconds: int) -> None:
    if state.service_failed_at is None:
        return
    since = works_since(_stored(state), _sign(state), work.now, grace_seconds)
    state.service_failed_works_since = since
    if is_over(since, work.now):
        _close(work, state, Closing.RECOVERED)


def _stored(state: ClientState) -> Failure:
    return Failure(
        failed_at=state.service_failed_at,
        cleared_at=state.service_failed_cleared_at,
        seen_at=state.service_failed_seen_at,
        works_since=state.service_failed_works_since,
    )


def _sign(state: ClientState) -> Sign:
    return Sign(state.last_alive, state.process_status)


def _clear_on_broker(uuid: str, ports: Ports) -> None:
    ports.bus.publish(topics.report(uuid, ReportKind.SERVICE_FAILED), b"", retain=True)
