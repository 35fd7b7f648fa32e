"""Publishing commands: taken in one transaction, published outside of any, noted in another.

A publisher that dies on the way leaves a command that the scheduler's passes find (`command_sweep.py`).
"""

from contextlib import suppress

from infoscreen import faults
from infoscreen.db import commands as table
from infoscreen.db.command_publishing import mark_republish
from infoscreen.domain.commands import POWERED, Action, Signal, Status
from infoscreen.domain.errors import BusUnavailable
from infoscreen.services.commands import ClientCommand, OpenWork, give_signal
from infoscreen.services.ports import Bus
from infoscreen.services.work import Work
from infoscreen_wire import topics
from infoscreen_wire.payloads.to_device import Command as CommandMessage
from infoscreen_wire.payloads.to_device import LegacyRestart


def publish_command(open_work: OpenWork, command_id: str, *, legacy_restart: bool) -> bool:
    """Publish a queued command on both topics; without the broker's confirmation it has failed. Whether it has not.

    Somebody else's publishing, or a cancellation, is left alone. With `legacy_restart`, a reboot that a person asked
    for is sent in the oldest devices' form as well.
    """
    faults.may_die("after_commit")
    with open_work() as work:
        row, bus = table.command_by_id(work.session, command_id), work.ports.bus
        # A power cycle is the switch's, and never goes over the device's MQTT.
        is_mine = row is not None and row.action not in POWERED and give_signal(work, command_id, Signal.TAKEN)
    if row is None or not is_mine:
        return True
    faults.may_die("before_publish")
    try:
        bus.publish(topics.commands(row.client_uuid), message_of(row))
    except BusUnavailable:
        outcome = Signal.PUBLISH_FAILED
    else:
        outcome = Signal.PUBLISHED
        faults.may_die("after_publish")
    with open_work() as work:
        give_signal(work, command_id, outcome)
    faults.may_die("after_note")
    if outcome is Signal.PUBLISHED:
        _publish_elsewhere(bus, row, legacy_restart=legacy_restart)
    return outcome is Signal.PUBLISHED


def give_up_publishing(work: Work, command_id: str) -> None:
    """Fail a queued command without trying: the broker has just been found not to answer."""
    if give_signal(work, command_id, Signal.TAKEN):
        give_signal(work, command_id, Signal.PUBLISH_FAILED)


def publish_again(open_work: OpenWork, command_id: str) -> None:
    """Publish a command once more whose device has not acknowledged it; the device knows the id.

    Never in the oldest devices' form: that has no id, and would be obeyed twice. Raises `BusUnavailable`.
    """
    with open_work() as work:
        row, bus = table.command_by_id(work.session, command_id), work.ports.bus
    if row is None or row.status != Status.PUBLISHED:
        return
    for topic in (topics.commands, topics.commands_alias):
        bus.publish(topic(row.client_uuid), message_of(row))
    with open_work() as work:
        mark_republish(work.session, [row.id], wanted=False)


def message_of(row: ClientCommand) -> bytes:
    """What the device is sent; never retained: a retained reboot is a reboot loop."""
    message = CommandMessage(
        schema_version="1.0",
        command_id=row.command_id,
        client_uuid=row.client_uuid,
        action=row.action,
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        requested_by=row.requested_by,
        reason=row.reason,
    )
    return message.model_dump_json().encode()


def _publish_elsewhere(bus: Bus, row: ClientCommand, *, legacy_restart: bool) -> None:
    with suppress(BusUnavailable):  # the canonical topic has it
        bus.publish(topics.commands_alias(row.client_uuid), message_of(row))
        if legacy_restart and row.action == Action.REBOOT_HOST and row.requested_by is not None:
            restart = LegacyRestart().model_dump_json().encode()
            bus.publish(topics.legacy_restart(row.client_uuid), restart)
