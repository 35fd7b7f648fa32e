"""What a device does with a command, as pure rules: judged once, remembered for a day, never carried out twice.

The file it is remembered in is `command_journal.py`, what carries it out `command_runner.py`. The life of a command on
the server is another one (commands.md); the two meet in the acknowledgements.
"""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from infoscreen_wire.payloads.base import FrozenMessage, UtcTime, Uuid
from infoscreen_wire.payloads.from_device import AckStatus, CommandAck
from infoscreen_wire.payloads.to_device import Command, CommandAction

REMEMBERED = timedelta(hours=24)
# The machine refuses the fourth reboot in this time by itself, whatever the server says.
REBOOT_LIMIT, REBOOT_WINDOW = 3, timedelta(minutes=15)
# A reboot that has not come by then will not come: systemd ends what hangs within this time.
GOES_DOWN_WITHIN = timedelta(seconds=90)
# The legacy message of a server that sends commands comes at most this long after one.
LEGACY_QUIET = timedelta(seconds=120)
# For what does not say itself until when it counts; the server's own default.
DEFAULT_LIFE = timedelta(seconds=240)

TAKES_HOST_DOWN: frozenset[CommandAction | None] = frozenset({"reboot_host", "shutdown_host"})

ErrorCode = Literal[
    "invalid_schema",
    "missing_field",
    "stale_command",
    "permission_denied_local",
    "execution_timeout",
    "execution_failed",
    "internal_error",
]
Failure = tuple[ErrorCode, str]


class Record(FrozenMessage):
    """One command and how far it has come: `acks` are the steps in order, `confirmed` those the broker has taken.

    `boot_id` is the start of the machine at which it was last touched, `action` None where it was refused.
    The wish of an old server (`is_legacy`) has no id that could be acknowledged.
    """

    command_id: Uuid
    action: CommandAction | None
    seen_at: UtcTime
    expires_at: UtcTime
    boot_id: str
    started_at: UtcTime | None = None
    acks: tuple[CommandAck, ...] = ()
    confirmed: tuple[AckStatus, ...] = ()
    is_legacy: bool = False

    @property
    def last(self) -> CommandAck:
        """The newest step."""
        return self.acks[-1]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.last.status in ("accepted", "execution_started")

    @property
    def unconfirmed(self) -> tuple[CommandAck, ...]:
        """The steps that the server may not know of yet."""
        return () if self.is_legacy else tuple(ack for ack in self.acks if ack.status not in self.confirmed)

    def accepted(self) -> "Record":
        return self._with_step("accepted")

    def started(self, now: datetime, boot_id: str) -> "Record":
        return self._with_step("execution_started").model_copy(update={"started_at": now, "boot_id": boot_id})

    def completed(self) -> "Record":
        return self._with_step("completed")

    def failed(self, code: ErrorCode, message: str) -> "Record":
        return self._with_step("failed", code, message)

    def with_confirmed(self, status: AckStatus) -> "Record":
        return self.model_copy(update={"confirmed": (*self.confirmed, status)})

    def _with_step(self, status: AckStatus, code: ErrorCode | None = None, message: str | None = None) -> "Record":
        ack = CommandAck(command_id=self.command_id, status=status, error_code=code, error_message=message)
        return self.model_copy(update={"acks": (*self.acks, ack)})


Records = Mapping[str, Record]


class Verdict(StrEnum):
    """What is to be done with a message: carry it out, only answer it, or send again what was answered before."""

    EXECUTE = "execute"
    ANSWER = "answer"
    REPEAT = "repeat"


class Refused(Exception):
    """The command is not carried out; code and sentence go to the server."""

    def __init__(self, code: ErrorCode, sentence: str) -> None:
        super().__init__(sentence)
        self.code: ErrorCode = code


def judge(payload: bytes, own_uuid: str, records: Records, now: datetime, boot_id: str) -> tuple[Verdict, Record]:
    """Decide about a message at `now`, the corrected time. ValueError or TypeError when no id could be answered.

    A known id comes first, before everything else: it must never get a `failed` of its own, not even when the second
    copy of the command arrives late or damaged.
    """
    wire = from_json(payload)
    command_id = _command_id(wire)
    if command_id in records:
        return Verdict.REPEAT, records[command_id]
    record = Record(command_id=command_id, action=None, seen_at=now, expires_at=now + DEFAULT_LIFE, boot_id=boot_id)
    try:
        command = _read(payload, wire, own_uuid)
        _check(command, records.values(), now)
    except Refused as refusal:
        return Verdict.ANSWER, record.failed(refusal.code, str(refusal))
    record = record.model_copy(update={"action": command.action, "expires_at": command.expires_at})
    if _is_fulfilled(command, records.values()):
        return Verdict.ANSWER, record.completed()
    return Verdict.EXECUTE, record.accepted()


def legacy_reboot(records: Records, now: datetime, boot_id: str) -> Record | None:
    """The restart that an old server asks for; None where a newer one has sent a command too, or has had its three."""
    has_just_come = any(each.seen_at > now - LEGACY_QUIET for each in records.values())
    if has_just_come or _is_over_limit(records.values(), now):
        return None
    record = Record(
        command_id=str(uuid.uuid4()),
        action="reboot_host",
        seen_at=now,
        expires_at=now + DEFAULT_LIFE,
        boot_id=boot_id,
        is_legacy=True,
    )
    return record.accepted()


class Next(StrEnum):
    """What is to be done about a command that was open when the agent ended."""

    EXECUTE = "execute"
    COMPLETE = "complete"
    AWAIT_REBOOT = "await_reboot"
    GIVE_UP = "give_up"


def resume(record: Record, boot_id: str) -> Next:
    """What has been accepted only is safe to carry out; what has been started never is, whatever came of it."""
    if record.last.status == "accepted":
        return Next.EXECUTE
    if record.action not in TAKES_HOST_DOWN:
        return Next.GIVE_UP
    return Next.COMPLETE if record.boot_id != boot_id else Next.AWAIT_REBOOT


def is_forgotten(record: Record, now: datetime) -> bool:
    """Whether a command with this id could come again without harm: it would be stale."""
    return now > max(record.seen_at + REMEMBERED, record.expires_at)


def _command_id(wire: object) -> str:
    if not isinstance(wire, dict):
        raise TypeError("not an object")
    return TypeAdapter(Uuid).validate_python(wire.get("command_id"), strict=True)


def _read(payload: bytes, wire: dict[str, Any], own_uuid: str) -> Command:
    """The steps of device.md in their order: required fields, right uuid, schema version, then everything else."""
    missing = [name for name in Command.model_fields if name not in wire]
    if missing:
        raise Refused("missing_field", f"missing: {', '.join(missing)}")
    if not isinstance(wire["client_uuid"], str) or wire["client_uuid"].lower() != own_uuid:
        raise Refused("invalid_schema", "the command is for another device")
    if wire["schema_version"] != "1.0":
        raise Refused("invalid_schema", "unknown schema_version")
    try:
        return Command.model_validate_json(payload, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))[:100]
        raise Refused("invalid_schema", f"{place}: {first['msg']}"[:500]) from error


def _check(command: Command, records: Collection[Record], now: datetime) -> None:
    if now >= command.expires_at:
        raise Refused("stale_command", f"expired at {command.expires_at:%Y-%m-%dT%H:%M:%SZ}")
    if command.action == "reboot_host" and _is_over_limit(records, now):
        raise Refused("permission_denied_local", f"more than {REBOOT_LIMIT} reboots in 15 minutes")


def _is_fulfilled(command: Command, records: Collection[Record]) -> bool:
    """Whether the same wish has come on the legacy topic first, and the machine has rebooted for it since."""
    if command.action != "reboot_host":
        return False
    return any(each.is_legacy and each.seen_at >= command.issued_at for each in records)


def _is_over_limit(records: Collection[Record], now: datetime) -> bool:
    """Those that seem to lie ahead count too: the clock may have been wrong then."""
    recent = [each for each in records if each.action == "reboot_host" and each.seen_at > now - REBOOT_WINDOW]
    return len(recent) >= REBOOT_LIMIT
