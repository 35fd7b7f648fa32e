"""Gathers a batch of messages into what one transaction stores: the latest state per client, logs in order.

Everything that needs no database happens here, so that the transaction of `intake.py` is short. Pictures are only put
aside: decoding one can take longer than everything else together (`screenshots.py`).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from infoscreen.domain.client_state import StateChange
from infoscreen.services.ports import Received
from infoscreen.services.refusals import Outcome, Unreadable
from infoscreen.services.report_readers import Report
from infoscreen.services.reports import read, subject_of
from infoscreen_wire.payloads.from_device import ServiceFailed

# A state of a second ago is history, but signs of life further apart tell a restart from an outage.
SUPERSEDES_WITHIN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Undeveloped:
    """A picture as it came, in base64: whose it is, why it was taken, when it came, and in which kind of message."""

    uuid: str
    kind: str
    data: str
    at: datetime
    sent_as: str


class LogLine(NamedTuple):
    """A log line as columns, and whether the broker may have delivered it before."""

    columns: dict[str, Any]
    redelivered: bool


class Told(NamedTuple):
    """What may matter to a command: a sign of life, an acknowledgement or a discovery, and the place of its outcome."""

    report: Report
    outcome: int


@dataclass(slots=True)
class Batch:
    """What a batch of messages tells, and what became of each message so far."""

    changes: dict[str, StateChange] = field(default_factory=dict)
    told_at: dict[str, datetime] = field(default_factory=dict)
    hardware: dict[str, dict[str, Any]] = field(default_factory=dict)
    logs: list[LogLine] = field(default_factory=list)
    pictures: list[Undeveloped] = field(default_factory=list)
    failures: dict[str, ServiceFailed] = field(default_factory=dict)
    told: dict[str, list[Told]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def messages(self) -> Counter[str]:
        """How many readable messages speak of each client."""
        return Counter([outcome.uuid for outcome in self.outcomes if outcome.reason is None])


def gather(messages: Sequence[Received], instant_of: Callable[[Received], datetime]) -> Batch:
    """Read each message on its own and fold them; one that cannot be read has its reason and touches no other."""
    batch = Batch()
    for message, report, outcome in reversed(_read_latest_first(messages, instant_of)):
        batch.outcomes.append(outcome)
        if report:
            _fold(batch, report, redelivered=message.redelivered)
    return batch


def _read_latest_first(
    messages: Sequence[Received], instant_of: Callable[[Received], datetime]
) -> list[tuple[Received, Report | None, Outcome]]:
    """What is worth reading, the newest first: no message that a newer one of the same second makes needless."""
    found: list[tuple[Received, Report | None, Outcome]] = []
    covered: dict[str, tuple[float, int]] = {}
    superseded: Counter[int] = Counter()
    for message in reversed(messages):
        cover = covered.get(message.topic)
        if cover and cover[0] - message.received_at < SUPERSEDES_WITHIN_SECONDS and not message.qos:
            superseded[cover[1]] += 1
            continue
        report, outcome = _read(message, instant_of(message))
        if report and report.complete:
            covered[message.topic] = (message.received_at, len(found))
        found.append((message, report, outcome))
    for place, number in superseded.items():
        message, report, outcome = found[place]
        found[place] = (message, report, outcome._replace(superseded=number))
    return found


def _read(message: Received, at: datetime) -> tuple[Report | None, Outcome]:
    try:
        report = read(message, at)
    except Unreadable as refused:
        return None, Outcome(*subject_of(message.topic), refused.reason)
    return report, Outcome(report.kind, report.uuid)


def _fold(batch: Batch, report: Report, *, redelivered: bool) -> None:
    if report.change:
        batch.changes.setdefault(report.uuid, StateChange()).update(report.change)
        batch.told_at[report.uuid] = report.at
    if report.hardware is not None:
        batch.hardware.setdefault(report.uuid, {}).update(report.hardware)
    if report.failure:
        batch.failures[report.uuid] = report.failure
    if report.picture:
        sent = report.picture
        batch.pictures.append(Undeveloped(report.uuid, sent.kind, sent.data, report.at, report.kind))
    if report.log:
        batch.logs.append(LogLine(report.log, redelivered))
    else:
        batch.told.setdefault(report.uuid, []).append(Told(report, len(batch.outcomes) - 1))
