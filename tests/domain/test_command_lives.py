"""The life of a command under ten thousand ways in which it can be told: nothing illegal, nothing left open."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from infoscreen.domain.command_timing import (
    Life,
    Sign,
    boot_at_start,
    due_signal,
    expires_at,
    is_answered,
    is_boot_learnt,
    is_unsteady,
    lockout_ends_at,
    overdue_since,
    sign_signal,
)
from infoscreen.domain.commands import (
    ENDS,
    OPEN,
    TABLE,
    Action,
    Command,
    Failure,
    Signal,
    Status,
    advance,
    beginning,
)

BEGIN = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
EXPIRY = timedelta(seconds=240)
A, S, G = Action, Status, Signal
ON_DEVICES = (A.REBOOT_HOST, A.SHUTDOWN_HOST, A.RESTART_APP)


def after(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


def new(action: Action = A.REBOOT_HOST, *, is_locked_out: bool = False) -> Command:
    return beginning(action, BEGIN + EXPIRY, BEGIN, is_locked_out=is_locked_out)[0]


def at(status: Status, action: Action = A.REBOOT_HOST, **facts: object) -> Command:
    return replace(new(action), status=status, **facts)  # type: ignore[arg-type]


# The law, word for word: from, signal, to, the time that is stamped, the code.
LAW: list[tuple[tuple[Status, ...], Signal, Status, str | None, str | None, tuple[Action, ...]]] = [
    ((S.QUEUED,), G.TAKEN, S.PUBLISH_IN_PROGRESS, None, None, tuple(A)),
    ((S.PUBLISH_IN_PROGRESS,), G.PUBLISHED, S.PUBLISHED, "published_at", None, tuple(A)),
    ((S.PUBLISH_IN_PROGRESS,), G.PUBLISH_FAILED, S.FAILED, "failed_at", "mqtt_publish_failed", tuple(A)),
    (OPEN[:3], G.ACK_ACCEPTED, S.ACK_RECEIVED, "acked_at", None, tuple(A)),
    (OPEN[:4], G.ACK_STARTED, S.EXECUTION_STARTED, "execution_started_at", None, tuple(A)),
    ((S.PUBLISH_IN_PROGRESS,), G.SWITCHED_OFF, S.PUBLISHED, "published_at", None, (A.POWER_CYCLE,)),
    ((S.PUBLISHED,), G.SWITCHED_ON, S.EXECUTION_STARTED, "execution_started_at", None, (A.POWER_CYCLE,)),
    (OPEN[:3], G.SWITCH_FAILED, S.FAILED, "failed_at", None, (A.POWER_CYCLE,)),
    ((S.EXECUTION_STARTED,), G.GONE, S.AWAITING_RECONNECT, None, None, (A.REBOOT_HOST, A.POWER_CYCLE)),
    ((S.AWAITING_RECONNECT,), G.RETURNED, S.RECOVERED, "recovered_at", None, (A.REBOOT_HOST, A.POWER_CYCLE)),
    ((S.AWAITING_RECONNECT,), G.NOT_REBOOTED, S.FAILED, "failed_at", "not_rebooted", (A.REBOOT_HOST, A.POWER_CYCLE)),
    ((S.RECOVERED,), G.STEADY, S.COMPLETED, "completed_at", None, (A.REBOOT_HOST, A.POWER_CYCLE)),
    (OPEN, G.ACK_COMPLETED, S.COMPLETED, "completed_at", None, tuple(A)),
    (OPEN, G.ACK_FAILED, S.FAILED, "failed_at", None, tuple(A)),
    (OPEN[:3], G.EXPIRED, S.EXPIRED, "failed_at", "expired", tuple(A)),
    (OPEN[3:], G.EXPIRED, S.TIMED_OUT, "failed_at", "timed_out", tuple(A)),
    ((S.TIMED_OUT,), G.STILL_SILENT, S.MANUAL_INTERVENTION_REQUIRED, None, None, (A.REBOOT_HOST, A.POWER_CYCLE)),
    (OPEN[:3], G.CANCELED, S.CANCELED, "failed_at", "canceled", tuple(A)),
    ((S.EXECUTION_STARTED,), G.SILENT, S.COMPLETED, "completed_at", None, (A.SHUTDOWN_HOST,)),
]


def test_every_step_is_one_of_the_law_and_every_one_of_the_law_is_possible() -> None:
    wanted = {
        (before, signal, action): (target, stamp, code)
        for sources, signal, target, stamp, code, actions in LAW
        for before in sources
        for action in actions
    }
    possible = {}
    for status in Status:
        for signal in Signal:
            for action in Action:
                moved = advance(at(status, action), signal, after(1))
                if moved is not None and moved.status is not status:
                    possible[status, signal, action] = moved
    assert possible.keys() == wanted.keys()
    for key, (target, stamp, code) in wanted.items():
        moved = possible[key]
        stamped = {name for name in ("published_at", "acked_at", "execution_started_at") if getattr(moved, name)}
        stamped |= {name for name in ("recovered_at", "completed_at", "failed_at") if getattr(moved, name)}
        assert (moved.status, stamped, moved.error_code) == (target, {stamp} - {None}, code), key


def test_a_blocked_command_never_moves() -> None:
    blocked = new(is_locked_out=True)
    assert (blocked.status, blocked.error_code, blocked.failed_at) == (S.BLOCKED_SAFETY, "lockout_threshold", BEGIN)
    assert not blocked.is_followed
    assert all(advance(blocked, signal, after(1)) is None for signal in Signal if signal is not G.PUBLISHED)


def test_the_brokers_confirmation_is_noted_once_however_late() -> None:
    ahead = at(S.EXECUTION_STARTED)
    noted = advance(ahead, G.PUBLISHED, after(3))
    assert noted
    assert (noted.status, noted.published_at, noted.status_since) == (S.EXECUTION_STARTED, after(3), BEGIN)
    assert advance(noted, G.PUBLISHED, after(4)) is None


def test_a_failure_keeps_the_devices_code_and_words() -> None:
    failed = advance(at(S.EXECUTION_STARTED), G.ACK_FAILED, after(3), Failure("execution_failed", "no disk"))
    assert failed
    assert (failed.error_code, failed.error_message) == ("execution_failed", "no disk")


ALIVE = Life(BEGIN, BEGIN, "boot-1")
SLOW = Life(BEGIN, None, None)


@pytest.mark.parametrize(
    ("life", "seconds", "is_silent"),
    [(ALIVE, 14.9, False), (ALIVE, 15, True), (SLOW, 169.9, False), (SLOW, 170, True), (Life(), 0, True)],
)
def test_silence_begins_sooner_for_a_device_that_sends_health(life: Life, seconds: float, is_silent: bool) -> None:
    assert life.is_silent(after(seconds)) is is_silent


def test_a_device_that_has_stopped_sending_health_counts_by_its_heartbeats() -> None:
    assert Life(after(171), BEGIN).silent_after.seconds == 170
    assert Life(after(170), BEGIN).silent_after.seconds == 15


@pytest.mark.parametrize(
    ("action", "life", "expiry", "expected"),
    [
        (A.REBOOT_HOST, SLOW, 240, 240),
        (A.SHUTDOWN_HOST, ALIVE, 240, 240),
        (A.SHUTDOWN_HOST, SLOW, 240, 300),
        (A.SHUTDOWN_HOST, SLOW, 360, 360),
        (A.RESTART_APP, SLOW, 180, 180),
    ],
)
def test_a_command_expires_as_set_but_a_slow_devices_shutdown_later(
    action: Action, life: Life, expiry: int, expected: int
) -> None:
    assert expires_at(action, BEGIN, timedelta(seconds=expiry), life) == after(expected)


def test_what_happens_after_the_expiry_does_not_count_however_late_somebody_looks() -> None:
    shutdown = at(S.EXECUTION_STARTED, A.SHUTDOWN_HOST, execution_started_at=after(1))
    back = at(S.RECOVERED, recovered_at=after(219), steady_since=after(219))
    late, alive = after(10_000), Life(after(9_999), after(9_999))
    assert due_signal(shutdown, Life(after(225), after(225)), late) is G.SILENT
    assert due_signal(shutdown, Life(after(226), after(226)), late) is G.EXPIRED
    assert due_signal(back, alive, late) is G.STEADY
    assert due_signal(replace(back, steady_since=after(221)), alive, late) is G.EXPIRED


@given(st.sampled_from(OPEN), st.integers(0, 200), st.integers(0, 10_000_000))
def test_a_clock_that_is_set_back_lets_no_command_wait_until_it_has_caught_up(
    status: Status, elapsed: int, back: int
) -> None:
    """Whatever it shows, within seven minutes of what really passes the command has moved on."""
    command = at(status, status_since=after(elapsed), execution_started_at=after(elapsed))
    restarted = after(elapsed - back)
    assert any(due_signal(command, ALIVE, restarted + timedelta(seconds=passed)) for passed in range(0, 421, 20))


def test_a_server_whose_clock_is_a_minute_ahead_issues_commands_that_last() -> None:
    ahead = replace(new(), expires_at=after(60 + 360))
    assert due_signal(ahead, ALIVE, BEGIN) is None


def test_a_clock_that_is_set_back_keeps_no_helpless_screen_waiting() -> None:
    gone = at(S.TIMED_OUT, status_since=after(250), failed_at=after(250))
    assert due_signal(gone, Life(after(0), after(0)), after(251)) is None
    assert due_signal(gone, Life(after(-9_000), after(-9_000)), after(-3_600)) is G.STILL_SILENT


OVERDUE = [
    (S.QUEUED, A.REBOOT_HOST, 5),
    (S.PUBLISH_IN_PROGRESS, A.REBOOT_HOST, 8),
    (S.PUBLISHED, A.REBOOT_HOST, 20),
    (S.ACK_RECEIVED, A.RESTART_APP, 15),
    (S.ACK_RECEIVED, A.REBOOT_HOST, 25),
    (S.ACK_RECEIVED, A.SHUTDOWN_HOST, 25),
    (S.AWAITING_RECONNECT, A.REBOOT_HOST, 90),
    (S.RECOVERED, A.REBOOT_HOST, 20),
]


@pytest.mark.parametrize(("status", "action", "seconds"), OVERDUE)
def test_a_stage_is_overdue_after_its_usual_time(status: Status, action: Action, seconds: int) -> None:
    command = at(status, action)
    assert overdue_since(command, after(seconds)) is None
    assert overdue_since(command, after(seconds + 1)) == after(seconds)


@pytest.mark.parametrize("status", ENDS)
def test_what_has_ended_is_not_overdue(status: Status) -> None:
    assert overdue_since(at(status), after(10_000)) is None


@given(st.lists(st.integers(0, 3_600), max_size=30))
def test_no_fifteen_minutes_ever_see_more_than_three_restarts(instants: list[int]) -> None:
    let_through: list[datetime] = []
    for seconds in sorted(instants):
        ends_at = lockout_ends_at(let_through, after(seconds))
        if ends_at is None:
            let_through.append(after(seconds))
        else:
            assert lockout_ends_at(let_through, ends_at) is None
            assert lockout_ends_at(let_through, ends_at - SECOND / 10) is not None
    for first, fourth in zip(let_through, let_through[3:], strict=False):
        assert fourth - first >= timedelta(minutes=15)


def test_a_clock_that_was_far_ahead_locks_nobody_out_when_it_is_right_again() -> None:
    assert lockout_ends_at([after(899), after(898), after(897)], BEGIN) == after(897 + 900)
    assert lockout_ends_at([after(7_200), after(7_201), after(7_202)], BEGIN) is None


@dataclass
class Followed:
    """A command as the server follows it: signals, signs of life and looks at the clock, each saved on its own."""

    command: Command
    life: Life = ALIVE
    now: datetime = BEGIN
    path: list[Status] = field(default_factory=lambda: [S.QUEUED])

    def signal(self, signal: Signal) -> None:
        self._take(signal, self.now, self.life)

    def hear(self, boot_id: str | None) -> None:
        sign = Sign(self.now, boot_id, self.life)
        if is_boot_learnt(self.command, sign):
            self.command = replace(self.command, boot_id=boot_id)
        while (told := sign_signal(self.command, sign)) and self._take(told, self.now, self.life):
            pass
        if is_unsteady(self.command, sign):
            self.command = replace(self.command, steady_since=self.now)
        if is_answered(self.command, sign):
            self.command = replace(self.command, is_followed=False)
        self.life = replace(self.life, last_alive=self.now, last_health=self.now, boot_id=boot_id or self.life.boot_id)

    def look(self) -> None:
        while (due := due_signal(self.command, self.life, self.now)) and self._take(due, self.now, self.life):
            pass

    def _take(self, signal: Signal, at: datetime, life: Life) -> bool:
        moved = advance(self.command, signal, at)
        if moved is None:
            return False
        if moved.execution_started_at != self.command.execution_started_at:
            moved = replace(moved, boot_id=boot_at_start(moved, life, at))
        if moved.status is not self.command.status:
            self.path.append(moved.status)
        self.command = moved
        return True


ACKS = (G.ACK_ACCEPTED, G.ACK_STARTED, G.ACK_COMPLETED)
LEGAL = {(source, rule.target) for rule in TABLE for source in rule.sources if rule.target}
HAPPENINGS: tuple[Signal | str | float, ...] = (
    *ACKS,
    *(G.ACK_FAILED, G.TAKEN, G.PUBLISHED, G.PUBLISH_FAILED, G.CANCELED),
    *("look", "look", "old boot", "new boot", "no boot"),
    *(0.5, 3.0, 11.0, 16.0, 61.0, 200.0),
)


@settings(max_examples=examples(10_000), deadline=None)
@given(st.sampled_from(ON_DEVICES), st.binary(max_size=25))
def test_whatever_happens_no_step_is_illegal_and_nothing_stays_open_past_its_deadline(
    action: Action, happened: bytes
) -> None:
    followed = Followed(new(action))
    for each in (HAPPENINGS[number % len(HAPPENINGS)] for number in happened):
        before = followed.command
        match each:
            case Signal():
                followed.signal(each)
            case float():
                followed.now += timedelta(seconds=each)
            case "look":
                followed.look()
            case _:
                followed.hear({"old boot": "boot-1", "new boot": "boot-2"}.get(each))
        check(before, followed)
    followed.now = max(followed.now, followed.command.expires_at)
    followed.look()
    assert not followed.command.is_open
    check_path(followed.path)


def check(before: Command, followed: Followed) -> None:
    command = followed.command
    if not before.is_open:
        allowed = {before.status, S.MANUAL_INTERVENTION_REQUIRED} if before.status is S.TIMED_OUT else {before.status}
        assert command.status in allowed
    assert command.is_followed or not command.is_open
    for name in ("published_at", "acked_at", "execution_started_at", "recovered_at", "completed_at", "failed_at"):
        assert getattr(before, name) in (None, getattr(command, name)), f"{name} was stamped again"


def check_path(path: list[Status]) -> None:
    assert len(set(path)) == len(path)
    assert all(step in LEGAL for step in pairwise(path))
    opened = [OPEN.index(status) for status in path if status in OPEN]
    assert opened == sorted(opened)


@dataclass(frozen=True)
class Run:
    """How one life is disturbed, without anything of it being lost."""

    acks: list[Signal]  # each at least once, in any order but for the last word
    looks: list[bool]  # whether the clock is looked at after each step
    is_note_late: bool  # the acknowledgement is there before the publisher's note


@st.composite
def disturbed(draw: st.DrawFn) -> Run:
    early = draw(st.permutations([G.ACK_ACCEPTED, G.ACK_STARTED]))
    doubled = draw(st.lists(st.sampled_from([G.ACK_ACCEPTED, G.ACK_STARTED]), max_size=4))
    late = draw(st.lists(st.sampled_from([*ACKS, G.ACK_FAILED, G.CANCELED, G.PUBLISHED]), max_size=4))
    acks = [*early, *doubled, G.ACK_COMPLETED, *late]
    return Run(acks, draw(st.lists(st.booleans(), min_size=20, max_size=20)), draw(st.booleans()))


@settings(max_examples=examples(1_000), deadline=None)
@given(st.sampled_from(ON_DEVICES), disturbed())
def test_late_doubled_reordered_acknowledgements_and_missed_looks_lead_to_the_same_end(
    action: Action, run: Run
) -> None:
    followed = Followed(new(action))
    looks: Iterator[bool] = iter(run.looks)
    publishing = [G.TAKEN] if run.is_note_late else [G.TAKEN, G.PUBLISHED]
    for signal in (*publishing, *run.acks, G.PUBLISHED):
        followed.signal(signal)
        followed.now += SECOND / 4
        if next(looks, False):
            followed.look()
    assert followed.command.status is S.COMPLETED
    assert None not in (followed.command.published_at, followed.command.acked_at, followed.command.completed_at)
    check_path(followed.path)


def test_a_reboot_ends_alike_whoever_was_down_meanwhile() -> None:
    """The scheduler for all of it, or never; the device acknowledges nothing after its reboot."""
    ends = set()
    for is_scheduler_up in (True, False):
        followed = Followed(new())
        for signal in (G.TAKEN, G.PUBLISHED, G.ACK_ACCEPTED, G.ACK_STARTED):
            followed.signal(signal)
        for second in range(1, 241):
            followed.now = after(second)
            if second % 5 == 0 and not 5 < second < 45:
                followed.hear("boot-1" if second < 10 else "boot-2")
            if is_scheduler_up:
                followed.look()
        followed.look()
        ends.add((followed.command.status, tuple(followed.path)))
    ((status, path),) = ends
    assert (status, path[-3:]) == (S.COMPLETED, (S.AWAITING_RECONNECT, S.RECOVERED, S.COMPLETED))
