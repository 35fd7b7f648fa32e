"""What a batch of reports says to commands: acknowledgements, and the signs of life of devices that restart.

All clients and commands of a batch are read at once; where no command is under way that is one empty answer.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from infoscreen.db import commands as table
from infoscreen.db.command_publishing import mark_republish
from infoscreen.db.commands import ClientCommand
from infoscreen.domain.client_state import KnownState, is_overtaken
from infoscreen.domain.command_timing import (
    Life,
    Sign,
    is_answered,
    is_boot_learnt,
    is_unsteady,
    sign_signal,
)
from infoscreen.domain.commands import Failure, Signal, Status
from infoscreen.services.commands import Path
from infoscreen.services.refusals import Outcome, Reason
from infoscreen.services.report_batches import Batch
from infoscreen.services.report_readers import DISCOVERY, Report
from infoscreen.services.work import Work
from infoscreen_wire.payloads.from_device import ReceivedCommandAck

ACKNOWLEDGED = {
    "accepted": Signal.ACK_ACCEPTED,
    "execution_started": Signal.ACK_STARTED,
    "completed": Signal.ACK_COMPLETED,
    "failed": Signal.ACK_FAILED,
}
# Every command arrives on two topics; a device that says so has not failed.
DUPLICATE_COMMAND = "duplicate_command"


@dataclass(slots=True)
class _Way:
    """A command, where it is by now, and whether its device is there again without having acknowledged it."""

    row: ClientCommand
    path: Path
    wants_again: bool = False


@dataclass(slots=True)
class _Ways:
    """The commands that a batch may speak of."""

    by_id: dict[str, _Way] = field(default_factory=dict)
    of_client: defaultdict[str, list[_Way]] = field(default_factory=lambda: defaultdict(list))


def take_command_reports(work: Work, batch: Batch, known: Mapping[str, KnownState]) -> None:
    """Move commands by what their devices said, in the order in which they said it; refuse foreign acknowledgements.

    `known` is what was known of the clients before this batch.
    """
    named = {told.report.ack.command_id for each in batch.told.values() for told in each if told.report.ack}
    ways = _ways(work, known, named)
    if not ways.by_id and not named:
        return
    for uuid, told in batch.told.items():
        if uuid in known:
            life = _life_before(known[uuid])
            for each in told:
                if not each.report.ack and is_overtaken(known[uuid], each.report.at, work.now):
                    continue
                life = _take(ways, each.report, life)
                if each.report.ack:
                    batch.outcomes[each.outcome] = _outcome(ways, each.report, each.report.ack)
    for way in ways.by_id.values():
        way.path.save(work, way.row)
    mark_republish(work.session, (way.row.id for way in ways.by_id.values() if way.wants_again), wanted=True)


def _ways(work: Work, uuids: Collection[str], named: Collection[str]) -> _Ways:
    ways = _Ways()
    for row in table.locked_of_batch(work.session, uuids, named):
        way = _Way(row, Path(row.as_command()))
        ways.by_id[row.command_id] = way
        ways.of_client[row.client_uuid].append(way)
    return ways


def _life_before(known: KnownState) -> Life:
    return Life(known["last_alive"], known["last_health"], known["boot_id"])


def _take(ways: _Ways, report: Report, life: Life) -> Life:
    """Tell the client's commands what one report says; returns what is known of its life then."""
    if report.ack:
        _take_ack(ways, report, report.ack, life)
        return life
    if report.kind == DISCOVERY:
        for way in ways.of_client.get(report.uuid, ()):
            way.wants_again = way.wants_again or way.path.command.status is Status.PUBLISHED
        return life
    if "last_alive" not in report.change:
        return life
    sign = Sign(report.at, report.change.get("boot_id"), life)
    for way in ways.of_client.get(report.uuid, ()):
        _hear(way, sign)
    change = report.change
    return replace(
        life,
        last_alive=report.at,
        last_health=change.get("last_health", life.last_health),
        boot_id=change.get("boot_id", life.boot_id),
    )


def _take_ack(ways: _Ways, report: Report, ack: ReceivedCommandAck, life: Life) -> None:
    way = ways.by_id.get(ack.command_id)
    if way is None or way.row.client_uuid != report.uuid:
        return
    failure = Failure(ack.error_code, ack.error_message) if ack.status == "failed" else None
    if failure and failure.code == DUPLICATE_COMMAND:
        return
    way.path.take(ACKNOWLEDGED[ack.status], report.at, life, failure)


def _hear(way: _Way, sign: Sign) -> None:
    path = way.path
    if is_boot_learnt(path.command, sign):
        path.note(boot_id=sign.boot_id)
    while signal := sign_signal(path.command, sign):
        if not path.take(signal, sign.at, sign.before):
            break
    if is_unsteady(path.command, sign):
        path.note(steady_since=sign.at)
    if is_answered(path.command, sign):
        path.note(is_followed=False)
    if path.command.status is Status.PUBLISHED and sign.before.is_silent(sign.at):
        way.wants_again = True


def _outcome(ways: _Ways, report: Report, ack: ReceivedCommandAck) -> Outcome:
    way = ways.by_id.get(ack.command_id)
    if way is None:
        return Outcome(report.kind, report.uuid, Reason.UNKNOWN_COMMAND)
    foreign = way.row.client_uuid != report.uuid
    return Outcome(report.kind, report.uuid, Reason.ANOTHER_CLIENT if foreign else None)
