"""Of several schedulers exactly one leads, whatever happens to it, to its machine or to its clock."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications import Clock, RememberingBus, started_app
from databases import MariaDb
from infoscreen.bootstrap import App
from infoscreen.domain.leadership import BEAT_EVERY, HELD_FOR, TAKEN_AFTER, Lease, Watch
from infoscreen.processes.lead import Lead, LeadLost
from infoscreen.services import leadership
from infoscreen.services.ports import NoticeKind
from waiting import eventually

PROGRAM = Path(__file__).parent / "contending_scheduler.py"
LONGEST_WITHOUT = 15.0


@dataclass
class Seconds:
    """A steady clock that a test moves."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_free_lead_is_taken_and_a_kept_one_is_not(app: App) -> None:
    mine, others = Seconds(), Seconds(1000.0)
    first, second = Lead(app, mine), Lead(app, others)
    assert first.keep()
    for _ in range(20):
        mine.now += BEAT_EVERY
        others.now += BEAT_EVERY
        assert first.keep()
        assert not second.keep()
    assert (first.is_held, second.is_held) == (True, False)


def test_a_lead_that_stands_still_ends_before_another_takes_it(app: App, bus: RememberingBus) -> None:
    clock = Seconds()
    first, second = Lead(app, clock), Lead(app, clock)
    assert first.keep()
    assert not second.keep()
    clock.now = HELD_FOR
    assert not first.is_held
    clock.now = TAKEN_AFTER - 0.01
    assert not second.keep()
    clock.now = TAKEN_AFTER
    assert second.keep()
    with pytest.raises(LeadLost):
        first.prove()
    assert [notice.kind for notice in bus.notices] == [NoticeKind.LEADERSHIP]
    assert not first.keep()


def test_a_lead_that_nobody_took_meanwhile_goes_on(app: App) -> None:
    clock = Seconds()
    lead = Lead(app, clock)
    assert lead.keep()
    clock.now = 100.0
    assert not lead.is_held
    assert lead.keep()
    assert lead.is_held


def test_clocks_that_are_set_make_no_second_leader(app: App, clock: Clock) -> None:
    steady = Seconds()
    first, second = Lead(app, steady), Lead(app, steady)
    assert first.keep()
    for days in (1, -400, 400):
        clock.forward(days=days)
        steady.now += BEAT_EVERY
        assert not second.keep()
        assert first.keep()


def test_who_ends_lets_another_lead_at_once(app: App) -> None:
    clock = Seconds()
    first, second = Lead(app, clock), Lead(app, clock)
    assert first.keep()
    assert not second.keep()
    first.give_up()
    assert second.keep()
    assert not first.keep()


def test_of_many_that_reach_for_a_free_lead_one_has_it(app: App) -> None:
    leads = [Lead(app, Seconds()) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda lead: lead.keep(), leads)).count(True) == 1


def test_whether_one_leads_is_told(app: App, clock: Clock) -> None:
    def is_told() -> bool:
        with app.reading() as work:
            return leadership.does_one_lead(work)

    assert not is_told()
    lead = Lead(app, Seconds())
    lead.keep()
    assert is_told()
    clock.forward(seconds=25)
    assert not is_told()
    lead = Lead(app, Seconds())
    lead.give_up()
    assert not is_told()


@given(
    st.lists(st.tuples(st.sampled_from(["first", "second"]), st.floats(0, 4), st.booleans()), max_size=60),
    st.floats(-1e6, 1e6),
)
def test_two_never_lead_at_one_moment_however_late_they_are(
    turns: list[tuple[str, float, bool]], offset: float
) -> None:
    """The rules alone: a lease in memory, two who look at it at any times on clocks that have nothing in common."""
    now, lease = 0.0, Lease(None, 0, 0)
    watches = {"first": Watch(), "second": Watch()}
    held: dict[str, tuple[int, float]] = {}
    offsets = {"first": 0.0, "second": offset}
    for who, passed, is_stuck in turns:
        now += passed
        term, _until = held.get(who, (-1, 0.0))
        if term >= 0 and lease.holder == who and lease.term == term:
            lease = Lease(who, term, lease.beat + 1)
            held[who] = (term, now - (1.0 if is_stuck else 0.0) + HELD_FOR)
        elif watches[who].may_take(lease, now + offsets[who]):
            lease = Lease(who, lease.term + 1, lease.beat + 1)
            held[who] = (lease.term, now + HELD_FOR)
        leading = [each for each, (_term, until) in held.items() if until > now]
        assert len(leading) <= 1, (turns, leading)


@dataclass
class Contest:
    """Two schedulers on one database, and the diary of who published when."""

    directory: Path
    database_url: str
    children: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def diary(self) -> Path:
        return self.directory / "diary"

    def start_one(self) -> None:
        command = [sys.executable, str(PROGRAM), str(self.directory), self.database_url, str(self.diary)]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.children[child.pid] = child

    def lines(self) -> list[tuple[float, int, int]]:
        text = self.diary.read_text() if self.diary.exists() else ""
        rows = [line.split() for line in text.splitlines() if line.count(" ") == 2]
        return sorted((float(at), int(pid), int(term)) for at, pid, term in rows)

    def leader(self) -> int:
        """Who published last, as soon as that is one that lives."""

        def last() -> int:
            found = self.lines()[-1:]
            return found[0][1] if found and found[0][1] in self.children else 0

        return eventually(last, timeout=60)

    def kill_leader(self) -> tuple[int, float]:
        pid = self.leader()
        child = self.children.pop(pid)
        child.kill()
        child.wait()
        return pid, time.monotonic()

    def next_after(self, pid: int, killed_at: float) -> float:
        """Seconds until another published."""
        others = eventually(lambda: [at for at, by, _term in self.lines() if by != pid and at > killed_at], timeout=60)
        return min(others) - killed_at


@contextmanager
def contest(directory: Path, database_url: str) -> Iterator[Contest]:
    directory.mkdir()
    app = started_app(database_url, directory, Clock(), RememberingBus())
    app.engine.dispose()
    contest = Contest(directory, database_url)
    contest.start_one()
    contest.start_one()
    try:
        yield contest
    finally:
        for child in contest.children.values():
            child.send_signal(signal.SIGCONT)
            child.kill()
            child.wait()


def kill_again_and_again(contenders: Contest, rounds: int) -> list[float]:
    gaps = []
    for _ in range(rounds):
        pid, killed_at = contenders.kill_leader()
        contenders.start_one()
        gaps.append(contenders.next_after(pid, killed_at))
    assert_nobody_published_after_the_next(contenders)
    return gaps


def assert_nobody_published_after_the_next(contenders: Contest) -> None:
    lines = contenders.lines()
    terms = [term for _at, _pid, term in lines]
    assert terms == sorted(terms), "an earlier leader published after a later one"
    leaders = {term: {pid for _at, pid, other in lines if other == term} for term in terms}
    assert all(len(pids) == 1 for pids in leaders.values()), leaders


@pytest.mark.service
@pytest.mark.timeout(600)
def test_a_leader_that_is_killed_twenty_times_is_followed_by_one_each_time(mariadb: MariaDb, tmp_path: Path) -> None:
    on_sqlite = contest(tmp_path / "one", f"sqlite:///{tmp_path / 'lead.db'}")
    on_mariadb = contest(tmp_path / "two", mariadb.new_database())
    with on_sqlite as one, on_mariadb as two, ThreadPoolExecutor(2) as pool:
        found = [pool.submit(kill_again_and_again, each, 10) for each in (one, two)]
        gaps = [gap for each in found for gap in each.result()]
    assert len(gaps) == 20
    assert max(gaps) < LONGEST_WITHOUT, gaps


@pytest.mark.service
def test_a_leader_that_was_stopped_and_goes_on_publishes_nothing_more(mariadb: MariaDb, tmp_path: Path) -> None:
    with contest(tmp_path / "data", mariadb.new_database()) as contenders:
        pid = contenders.leader()
        contenders.children[pid].send_signal(signal.SIGSTOP)
        stopped_at = time.monotonic()
        assert contenders.next_after(pid, stopped_at) < LONGEST_WITHOUT
        contenders.children[pid].send_signal(signal.SIGCONT)
        before = len(contenders.lines())
        eventually(lambda: len(contenders.lines()) > before + 10, timeout=60)
        assert_nobody_published_after_the_next(contenders)
        assert [by for at, by, _term in contenders.lines() if at > stopped_at + LONGEST_WITHOUT and by == pid] == []
