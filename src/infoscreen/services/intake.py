"""Stores a batch of what devices reported, in one transaction, and tells who should know."""

from collections import Counter
from functools import partial

from infoscreen.db.client_states import known_hardware, known_states, save_changes, save_hardware
from infoscreen.db.failures import is_about_data as is_about_data
from infoscreen.db.failures import reason as reason
from infoscreen.domain.client_state import (
    KnownState,
    StateChange,
    is_overtaken,
    is_visible,
    with_durations,
    without_overtaken,
)
from infoscreen.services.client_logs import store_logs
from infoscreen.services.command_reports import take_command_reports
from infoscreen.services.notices import NoticeKind
from infoscreen.services.ports import Ports
from infoscreen.services.report_batches import Batch
from infoscreen.services.service_failures import take_failures
from infoscreen.services.work import Work
from infoscreen_wire import topics
from infoscreen_wire.payloads.to_device import DiscoveryAck


def record_reports(work: Work, batch: Batch, grace_seconds: int) -> set[str]:
    """Store a batch; returns the clients that do not exist, of whom nothing was stored.

    An account on the broker needs its client to exist, so a discovery of an unknown client is one of those, too.
    """
    messages = batch.messages
    known = known_states(work.session, messages.keys())
    _store_states(work, batch, messages, known, grace_seconds)
    store_logs(work, batch.logs, known)
    take_failures(work, {uuid: failure for uuid, failure in batch.failures.items() if uuid in known})
    _take_discoveries(work, batch)
    take_command_reports(work, batch, known)
    return messages.keys() - known.keys()


def _store_states(
    work: Work, batch: Batch, messages: Counter[str], known: dict[str, KnownState], grace_seconds: int
) -> None:
    changes: dict[str, StateChange] = {}
    for uuid, state in known.items():
        change = StateChange()
        if told := batch.changes.get(uuid):
            at = batch.told_at[uuid]
            if is_overtaken(state, at, work.now):
                told = without_overtaken(told)
            change = with_durations(state, told, at)
            if is_visible(state, told, at, grace_seconds):
                work.announce(NoticeKind.CLIENTS, uuid)
        change["messages"] = messages[uuid]
        changes[uuid] = change
    save_changes(work.session, changes)


def _take_discoveries(work: Work, batch: Batch) -> None:
    for uuid, stored in known_hardware(work.session, batch.hardware.keys()).items():
        told = batch.hardware[uuid]
        changed = {name: value for name, value in told.items() if value != stored[name]}
        if changed:
            save_hardware(work.session, uuid, changed)
            work.announce(NoticeKind.CLIENTS, uuid)
        ack = DiscoveryAck(server_time=work.now).model_dump_json().encode()
        work.after_commit(partial(_acknowledge, uuid, ack))


def _acknowledge(uuid: str, ack: bytes, ports: Ports) -> None:
    ports.bus.publish(topics.discovery_ack(uuid), ack)
