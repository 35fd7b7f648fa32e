"""Rollouts: when a wave goes on, when it halts, and why; percentages are of commands, never of vanished clients."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.commands import OPEN, Status
from infoscreen.domain.errors import Invalid
from infoscreen.domain.rollout_waves import Member, Wave, spread
from infoscreen.domain.rollouts import CANARY_LASTS, Canary, Halt, Outcome, Step, Tally, next_step, outcome_of

BEGIN = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
SETTLED = [outcome for outcome in Outcome if outcome not in (Outcome.PENDING, Outcome.OPEN)]


def step_of(tally: Tally, *, excused: int = 0, is_last: bool = False, is_canary: bool = False) -> object:
    step, halt = next_step(tally, excused=excused, is_last=is_last, is_canary=is_canary)
    return halt or step


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"completed": 19, "failed": 1}, Step.NEXT_WAVE),
        ({"completed": 18, "failed": 2}, Halt.TOO_MANY_FAILURES),
        ({"completed": 18, "failed": 1, "timed_out": 1}, Halt.TOO_MANY_FAILURES),
        ({"completed": 10, "open": 8, "failed": 2}, Halt.TOO_MANY_FAILURES),  # at once, not when all have ended
        ({"failed": 1, "pending": 19}, Step.ISSUE),
        ({"failed": 1, "open": 19}, Step.AWAIT),
        ({"completed": 2, "failed": 1}, Halt.TOO_MANY_FAILURES),
        ({"completed": 1, "expired": 18, "failed": 1}, Step.NEXT_WAVE),  # a device that was offline does not count
        ({"expired": 20}, Halt.WAVE_SILENT),
        ({"blocked": 12, "canceled": 8}, Halt.WAVE_SILENT),
        ({}, Halt.WAVE_EMPTY),
        ({"vanished": 20}, Halt.WAVE_EMPTY),
        ({"completed": 19, "failed": 1, "vanished": 30}, Step.NEXT_WAVE),
        ({"completed": 18, "failed": 1, "vanished": 1}, Halt.TOO_MANY_FAILURES),  # one of nineteen
        ({"completed": 3, "open": 1}, Step.AWAIT),
        ({"completed": 3, "pending": 1}, Step.ISSUE),
    ],
)
def test_a_wave_goes_on_or_halts(counts: dict[str, int], expected: object) -> None:
    assert step_of(Tally(**counts)) == expected


def test_the_last_wave_completes_and_a_canary_waits_for_a_person() -> None:
    assert step_of(Tally(completed=20), is_last=True) is Step.COMPLETE
    assert step_of(Tally(completed=20), is_canary=True) is Step.RELEASE


def test_failures_that_a_person_has_accepted_do_not_halt_again_but_further_ones_do() -> None:
    assert step_of(Tally(completed=18, failed=2), excused=2) is Step.NEXT_WAVE
    assert step_of(Tally(completed=17, failed=3), excused=2) is Step.NEXT_WAVE
    assert step_of(Tally(completed=16, failed=4), excused=2) is Halt.TOO_MANY_FAILURES


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_its_outcome(status: Status) -> None:
    special = {Status.MANUAL_INTERVENTION_REQUIRED: "timed_out", Status.BLOCKED_SAFETY: "blocked"}
    assert outcome_of(status) == ("open" if status in OPEN else special.get(status, status))


def test_percentages_are_of_commands() -> None:
    assert Tally(completed=18, failed=1, timed_out=1, vanished=20).failure_percent == 10.0
    assert Tally(vanished=20).failure_percent == 0.0


@dataclass
class Run:
    """A rollout that is taken from step to step while its clients do as they please."""

    waves: list[list[Outcome]]
    chance: random.Random
    wave: int = 0
    issued: list[int] = field(default_factory=list)

    def until_it_rests(self) -> Step:
        """Every client's command ends in time, as commands do; the last step taken."""
        for _ in range(10_000):
            present = self.waves[self.wave]
            step, halt = next_step(
                Tally.of(present), excused=0, is_last=self.wave == len(self.waves) - 1, is_canary=False
            )
            self._check(present, step, halt)
            if step in (Step.HALT, Step.COMPLETE):
                return step
            if step is Step.NEXT_WAVE:
                self.wave += 1
            elif step is Step.ISSUE:
                waiting = [index for index, outcome in enumerate(present) if outcome is Outcome.PENDING]
                for index in waiting[:3]:
                    present[index] = Outcome.OPEN
            self._happen()
        raise AssertionError("it never rests")

    def _happen(self) -> None:
        for wave in self.waves:
            for index, outcome in enumerate(wave):
                if outcome is Outcome.OPEN and self.chance.random() < 0.5:
                    wave[index] = self.chance.choice([*SETTLED, *[Outcome.COMPLETED] * 40])
                elif outcome is Outcome.PENDING and self.chance.random() < 0.02:
                    wave[index] = Outcome.VANISHED

    def _check(self, present: list[Outcome], step: Step, halt: Halt | None) -> None:
        commands = [outcome for outcome in present if outcome is not Outcome.VANISHED]
        failures = [outcome for outcome in commands if outcome in (Outcome.FAILED, Outcome.TIMED_OUT)]
        assert (step is Step.HALT) is (halt is not None)
        assert (halt is Halt.TOO_MANY_FAILURES) is (len(failures) > 0.05 * len(commands) + 1e-9)
        if step in (Step.NEXT_WAVE, Step.COMPLETE):
            assert Outcome.COMPLETED in commands
            assert not {Outcome.PENDING, Outcome.OPEN} & set(commands)
        for later in self.waves[self.wave + 1 :]:
            assert not set(later) - {Outcome.PENDING, Outcome.VANISHED}


@given(st.lists(st.integers(1, 40), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_no_wave_begins_before_the_one_before_it_went_well_and_every_rollout_comes_to_rest(
    sizes: list[int], chance: random.Random
) -> None:
    Run([[Outcome.PENDING] * size for size in sizes], chance).until_it_rests()


MEMBERS = [Member(f"screen-{number}", number % 3 + 1) for number in range(9)]


def uuids(waves: list[list[Member]]) -> list[list[str]]:
    return [[member.uuid for member in wave] for wave in waves]


def test_without_waves_all_go_at_once() -> None:
    assert uuids(spread(MEMBERS, [])) == [[member.uuid for member in MEMBERS]]


def test_waves_take_named_clients_a_group_or_a_number_and_the_rest_is_the_last_one() -> None:
    waves = [Wave(uuids=frozenset({"screen-3"})), Wave(group_id=1), Wave(size=2)]
    assert uuids(spread(MEMBERS, waves)) == [
        ["screen-3"],
        ["screen-0", "screen-6"],
        ["screen-1", "screen-2"],
        ["screen-4", "screen-5", "screen-7", "screen-8"],
    ]


def test_a_wave_that_takes_nobody_is_a_mistake() -> None:
    with pytest.raises(Invalid) as refused:
        spread(MEMBERS, [Wave(group_id=1), Wave(group_id=1)])
    assert refused.value.fields["waves"].params == {"number": 2}


@given(st.lists(st.builds(Wave, size=st.integers(1, 4)), max_size=3))
def test_every_client_is_in_exactly_one_wave(waves: list[Wave]) -> None:
    try:
        spread_out = spread(MEMBERS, waves)
    except Invalid:
        return
    assert all(spread_out)
    assert sorted(uuid for wave in uuids(spread_out) for uuid in wave) == sorted(member.uuid for member in MEMBERS)


@pytest.mark.parametrize(
    ("after", "tally", "ready"),
    [
        (CANARY_LASTS, Tally(completed=19, failed=1), True),
        (CANARY_LASTS - timedelta(seconds=1), Tally(completed=20), False),
        (CANARY_LASTS, Tally(completed=18, failed=2), False),
        (CANARY_LASTS, Tally(expired=20), False),
    ],
)
def test_a_canary_group_is_watched_for_seven_days(after: timedelta, tally: Tally, ready: bool) -> None:
    assert Canary(BEGIN, tally).is_ready(BEGIN + after) is ready
