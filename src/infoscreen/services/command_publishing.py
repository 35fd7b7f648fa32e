"""Publishing commands: taken in one transaction, published outside of any, noted in another; many are one batch.

A publisher that dies on the way leaves commands that the scheduler's passes find (`command_sweep.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from infoscreen import faults
from infoscreen.db import commands as table
from infoscreen.db.command_publishing import commands_to_take, mark_republish
from infoscreen.domain.commands import Action, Signal, Status
from infoscreen.domain.errors import BusUnavailable
from infoscreen.services.commands import ClientCommand, give_signal_to_all
from infoscreen.services.ports import Bus, Message
from infoscreen.services.work import OpenWork, Work
from infoscreen_wire import topics
from infoscreen_wire.payloads.to_device import Command as CommandMessage
from infoscreen_wire.payloads.to_device import LegacyRestart


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A command as it is sent; `is_from_person`: somebody asked for this reboot, and old devices are told too."""

    id: int
    uuid: str
    payload: bytes
    is_from_person: bool = False

    @property
    def canonical(self) -> Message:
        """Where every device of today hears of it."""
        return Message(topics.commands(self.uuid), self.payload)

    @property
    def alias(self) -> Message:
        """The same on the transitional topic."""
        return Message(topics.commands_alias(self.uuid), self.payload)


def publish_command(open_work: OpenWork, command_id: str, *, legacy_restart: bool) -> bool:
    """Publish a queued command; whether the broker answers (see `publish_commands`)."""
    return publish_commands(open_work, [command_id], legacy_restart=legacy_restart)


def publish_commands(open_work: OpenWork, command_ids: Sequence[str], *, legacy_restart: bool) -> bool:
    """Publish queued commands on both topics; what the broker does not confirm has failed. Whether it confirmed any.

    Somebody else's publishing, or a cancellation, is left alone. With `legacy_restart`, a reboot that a person asked
    for is sent in the oldest devices' form as well.
    """
    faults.may_die("after_commit")
    with open_work() as work:
        taken, bus = _take(work, command_ids), work.ports.bus
    if not taken:
        return True
    faults.may_die("before_publish")
    answers = bus.publish_all([each.canonical for each in taken])
    confirmed = [each for each, is_confirmed in zip(taken, answers, strict=True) if is_confirmed]
    if confirmed:
        faults.may_die("after_publish")
    with open_work() as work:
        published = {each.id for each in confirmed}
        give_signal_to_all(work, published, Signal.PUBLISHED)
        give_signal_to_all(work, {each.id for each in taken} - published, Signal.PUBLISH_FAILED)
    faults.may_die("after_note")
    _publish_elsewhere(bus, confirmed, legacy_restart=legacy_restart)
    return bool(confirmed)


def give_up_publishing(work: Work, command_ids: Sequence[str]) -> None:
    """Fail queued commands without trying: the broker has just been found not to answer."""
    taken = give_signal_to_all(work, commands_to_take(work.session, command_ids), Signal.TAKEN)
    give_signal_to_all(work, [row.id for row in taken], Signal.PUBLISH_FAILED)


def publish_again(open_work: OpenWork, command_ids: Sequence[str]) -> None:
    """Publish commands once more whose devices have not acknowledged them; a device knows the id.

    Never in the oldest devices' form: that has no id, and would be obeyed twice. Raises `BusUnavailable`.
    """
    with open_work() as work:
        bus = work.ports.bus
        waiting = [
            _outgoing(row) for row in table.commands_by_id(work.session, command_ids) if row.status == Status.PUBLISHED
        ]
    answers = bus.publish_all([message for each in waiting for message in (each.canonical, each.alias)])
    pairs = zip(waiting, answers[::2], answers[1::2], strict=True)
    repeated = [each.id for each, *is_confirmed in pairs if all(is_confirmed)]
    if repeated:
        with open_work() as work:
            mark_republish(work.session, repeated, wanted=False)
    if len(repeated) < len(waiting):
        raise BusUnavailable


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


def _take(work: Work, command_ids: Sequence[str]) -> list[Outgoing]:
    """What of these is still queued is this publisher's from now on."""
    # A power cycle is the switch's, and never goes over the device's MQTT.
    taken = give_signal_to_all(work, commands_to_take(work.session, command_ids), Signal.TAKEN)
    return [_outgoing(row) for row in taken]


def _outgoing(row: ClientCommand) -> Outgoing:
    is_from_person = row.action == Action.REBOOT_HOST and row.requested_by is not None
    return Outgoing(row.id, row.client_uuid, message_of(row), is_from_person)


def _publish_elsewhere(bus: Bus, confirmed: Iterable[Outgoing], *, legacy_restart: bool) -> None:
    """What is not confirmed here is let go: the canonical topic has it."""
    restart = LegacyRestart().model_dump_json().encode()
    messages = []
    for each in confirmed:
        messages.append(each.alias)
        if legacy_restart and each.is_from_person:
            messages.append(Message(topics.legacy_restart(each.uuid), restart))
    bus.publish_all(messages)
