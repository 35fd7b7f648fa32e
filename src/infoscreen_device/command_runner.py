"""Takes commands in, remembers, carries out and acknowledges them; what is decided stands in `commands.py`.

One task judges and one carries out, so commands never overtake each other. Whatever is killed here and when: a step is
on disk before it is acted on, and the next run goes on from what is on disk.
"""

import asyncio

import structlog
from pydantic import ValidationError

from infoscreen_device import commands
from infoscreen_device.clock import Clock
from infoscreen_device.command_acks import AckSender, Sender
from infoscreen_device.command_journal import Journal
from infoscreen_device.commands import GOES_DOWN_WITHIN, Failure, Next, Record, Verdict
from infoscreen_device.executor import Executor, attempt
from infoscreen_wire.payloads.from_device import AckStatus
from infoscreen_wire.payloads.to_device import LegacyRestart

log = structlog.get_logger()

# Messages that wait to be judged; the server sends a handful, so more are somebody's mistake.
WAITING_LIMIT = 100
# The server should hear that a reboot starts; a broker that is away does not keep it from happening.
FLUSH_SECONDS = 3.0
# A server that sends commands sends the legacy message right after one; an old one sends nothing else.
LEGACY_HOLD_SECONDS = 15.0
LEGACY = None

NOT_REMEMBERED: Failure = ("internal_error", "the command cannot be remembered on disk, and so is not carried out")
TOO_LATE: Failure = ("stale_command", "expired before it could be carried out")
NOT_FINISHED: Failure = ("internal_error", "the agent ended while it carried the command out")
STILL_UP: Failure = ("execution_timeout", f"still running {GOES_DOWN_WITHIN.total_seconds():.0f} s after the order")


class CommandRunner:
    """The commands of one device during one run of its agent; `displayed` is set once the screen shows something."""

    def __init__(
        self,
        identity: tuple[str, str],
        clock: Clock,
        journal: Journal,
        executor: Executor,
        send: Sender,
        displayed: asyncio.Event,
    ) -> None:
        self._uuid, self._boot_id = identity
        self._clock = clock
        self._journal = journal
        self._executor = executor
        self._displayed = displayed
        self._acks = AckSender(send, clock, self._on_taken)
        self._messages: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING_LIMIT)
        self._accepted: asyncio.Queue[str] = asyncio.Queue()

    def connected(self) -> None:
        """What waits to be acknowledged can be sent now."""
        self._acks.connected()

    def receive(self, payload: bytes) -> None:
        """A message on the canonical topic or its alias."""
        self._put(payload)

    def receive_legacy(self, payload: bytes) -> None:
        """A message on the legacy topic: held back, as a command that means the same may follow."""
        try:
            LegacyRestart.model_validate_json(payload, strict=True)
        except ValidationError:
            log.warning("legacy message cannot be read", uuid=self._uuid)
        else:
            asyncio.get_running_loop().call_later(LEGACY_HOLD_SECONDS, self._put, LEGACY)

    async def run(self) -> None:
        """Go on where the last run has ended, then do what comes; ends only by cancellation."""
        await self._clock.settled()
        self._forget()
        async with asyncio.TaskGroup() as tasks:
            self._resume(tasks)
            tasks.create_task(self._acks.run())
            tasks.create_task(self._judge_all())
            tasks.create_task(self._carry_out_all())

    def _forget(self) -> None:
        """Only by a clock that is right: one that is ahead would forget commands that can still come again."""
        if self._clock.is_told:
            self._journal.forget(self._clock.corrected())

    def _put(self, message: bytes | None) -> None:
        try:
            self._messages.put_nowait(message)
        except asyncio.QueueFull:
            log.warning("command dropped: too many wait", uuid=self._uuid)

    def _resume(self, tasks: asyncio.TaskGroup) -> None:
        now = self._clock.corrected()
        for record in sorted(self._journal.records.values(), key=lambda each: each.seen_at):
            if now < record.expires_at:
                self._acks.add(record)
            if not record.is_open:
                continue
            match commands.resume(record, self._boot_id):
                case Next.EXECUTE:
                    self._accepted.put_nowait(record.command_id)
                case Next.COMPLETE:
                    tasks.create_task(self._complete_when_displayed(record.command_id))
                case Next.AWAIT_REBOOT:
                    tasks.create_task(self._await_reboot(record))
                case Next.GIVE_UP:
                    self._finish(record.command_id, NOT_FINISHED)

    async def _complete_when_displayed(self, command_id: str) -> None:
        await self._displayed.wait()
        self._finish(command_id, None)

    async def _await_reboot(self, record: Record) -> None:
        left = GOES_DOWN_WITHIN - (self._clock.corrected() - (record.started_at or record.seen_at))
        await asyncio.sleep(min(left, GOES_DOWN_WITHIN).total_seconds())
        self._finish(record.command_id, STILL_UP)

    async def _judge_all(self) -> None:
        while True:
            message = await self._messages.get()
            self._forget()
            if message is LEGACY:
                self._take_legacy()
            else:
                self._judge(message)

    def _judge(self, payload: bytes) -> None:
        records = self._journal.records
        try:
            verdict, record = commands.judge(payload, self._uuid, records, self._clock.corrected(), self._boot_id)
        except (ValueError, TypeError) as error:
            log.warning("command cannot be read", uuid=self._uuid, error=type(error).__name__)
            return
        code = "duplicate_command" if verdict is Verdict.REPEAT else record.last.error_code
        log.info("command judged", uuid=self._uuid, command=record.command_id, verdict=verdict.value, code=code)
        if verdict is Verdict.REPEAT:
            self._acks.repeat(record)
        elif self._is_kept(record):
            self._acks.add(record)
            if verdict is Verdict.EXECUTE:
                self._accepted.put_nowait(record.command_id)

    def _is_kept(self, record: Record) -> bool:
        """A command that could not be written down is refused, also when its second copy comes."""
        try:
            self._journal.keep(record)
        except OSError as error:
            log.error("command cannot be remembered", uuid=self._uuid, command=record.command_id, error=str(error))
            refused = record.model_copy(update={"acks": ()}).failed(*NOT_REMEMBERED)
            self._journal.note(refused)
            self._acks.add(refused)
            return False
        return True

    def _take_legacy(self) -> None:
        record = commands.legacy_reboot(self._journal.records, self._clock.corrected(), self._boot_id)
        if record is None:
            log.info("legacy restart ignored", uuid=self._uuid)
        elif self._is_kept(record):
            self._accepted.put_nowait(record.command_id)

    async def _carry_out_all(self) -> None:
        while True:
            await self._carry_out(self._journal.records[await self._accepted.get()])

    async def _carry_out(self, record: Record) -> None:
        now, command_id = self._clock.corrected(), record.command_id
        if now >= record.expires_at:
            self._finish(command_id, TOO_LATE)
            return
        started = record.started(now, self._boot_id)
        if not self._is_kept(started):
            return
        self._acks.add(started)
        if record.action in commands.TAKES_HOST_DOWN:
            await self._acks.flushed(FLUSH_SECONDS)
        failure, goes_down = await attempt(self._executor, started)
        if goes_down:
            await asyncio.sleep(GOES_DOWN_WITHIN.total_seconds())
            failure = STILL_UP
        self._finish(command_id, failure)

    def _finish(self, command_id: str, failure: Failure | None) -> None:
        record = self._journal.records.get(command_id)
        if record is None:
            return
        done = record.failed(*failure) if failure else record.completed()
        try:
            self._journal.keep(done)
        except OSError as error:
            log.error("command's end cannot be remembered", uuid=self._uuid, command=command_id, error=str(error))
            self._journal.note(done)
        self._acks.add(done)
        log.info("command ended", uuid=self._uuid, command=command_id, status=done.last.status, reason=failure)

    def _on_taken(self, command_id: str, status: AckStatus) -> None:
        record = self._journal.records.get(command_id)
        if record and status not in record.confirmed:
            self._journal.note(record.with_confirmed(status))
