"""Of several schedulers exactly one leads, whatever happens to it, to its machine or to its clock.

Killed and suspended schedulers are in `test_lead_on_the_broker.py`.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications import Clock, RememberingBus
from infoscreen.bootstrap import App
from infoscreen.domain.leadership import BEAT_EVERY, HELD_FOR, TAKEN_AFTER, Lease, Watch
from infoscreen.processes.lead import Lead, LeadLost
from infoscreen.services import leadership
from infoscreen.services.notices import NoticeKind


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
