"""The life of a new password, with the device's own way of keeping passwords: nobody is ever locked out."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from examples import examples
from infoscreen.domain.credential_rotation import (
    BROKER_FOLLOWS_WITHIN,
    ENDED,
    FETCH_WITHIN,
    RETURN_WITHIN,
    SWITCHING,
    Observed,
    Rotation,
    State,
    next_state,
)
from infoscreen_device.credentials import KEPT, Passwords

BEGIN = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def after(state: State, length: timedelta, *, follows: bool = False, alive: timedelta | None = None) -> State | None:
    """Where a rotation goes that has had a state for a length of time; `alive` is when, in it, the device reported."""
    last_alive = None if alive is None else BEGIN + alive
    return next_state(Rotation(state, BEGIN), Observed(BEGIN + length, follows, last_alive))


SECOND = timedelta(seconds=1)
CASES = [
    (State.WAITING, FETCH_WITHIN, {}, None),
    (State.WAITING, FETCH_WITHIN + SECOND, {}, State.EXPIRED),
    (State.CONFIRMED, SECOND, {"follows": True}, State.SWITCHED),
    (State.CONFIRMED, BROKER_FOLLOWS_WITHIN + SECOND, {"follows": True}, State.SWITCHED),
    (State.CONFIRMED, BROKER_FOLLOWS_WITHIN, {"alive": SECOND * 30}, None),
    (State.CONFIRMED, BROKER_FOLLOWS_WITHIN + SECOND, {"alive": SECOND * 30}, State.REVERTED),
    (State.SWITCHED, RETURN_WITHIN, {}, None),
    (State.SWITCHED, RETURN_WITHIN, {"alive": SECOND}, None),
    (State.SWITCHED, RETURN_WITHIN, {"alive": SECOND * 2}, State.DONE),
    (State.SWITCHED, RETURN_WITHIN + SECOND, {"alive": -SECOND}, State.REVERTED),
    (State.SWITCHED, timedelta(days=1), {"alive": timedelta(hours=1)}, State.DONE),
]


@pytest.mark.parametrize(("state", "length", "seen", "expected"), CASES)
def test_a_rotation_moves_by_the_table(
    state: State, length: timedelta, seen: dict[str, object], expected: State
) -> None:
    assert after(state, length, **seen) == expected  # type: ignore[arg-type]


@given(st.sampled_from(list(State)), st.timedeltas(), st.booleans(), st.none() | st.timedeltas())
def test_what_has_ended_stays_and_what_has_not_ends_in_time(
    state: State, length: timedelta, follows: bool, alive: timedelta | None
) -> None:
    length = min(length, timedelta(days=1_000))
    alive = None if alive is None else max(min(alive, timedelta(days=1_000)), timedelta(days=-1_000))
    moved = after(state, max(length, timedelta(0)), follows=follows, alive=alive)
    assert (moved is None) or state not in ENDED
    overdue = after(state, timedelta(days=8), follows=follows, alive=alive)
    assert (overdue is not None) == (state not in ENDED)


@dataclass
class Server:
    """What the database holds of one account, as `services/credential_rotations.py` writes it."""

    holds: str = "password 0"
    rotation: Rotation | None = None
    new: str = ""
    old: str = ""
    made: int = 0
    broker: str = "password 0"  # what Mosquitto was last told
    last_alive: datetime = BEGIN


@dataclass
class Device:
    """What the device has on its disk, and in its memory of the conversation."""

    passwords: Passwords = field(default_factory=lambda: Passwords(("password 0",), worked="password 0"))
    connected_by: str | None = None
    fetched: str | None = None


class RotationsUnderFire(RuleBasedStateMachine):
    """Everything that can happen, in any order: restarts on both sides, lost answers, a broker that lags."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.server = Server()
        self.device = Device()

    @property
    def state(self) -> State | None:
        return self.server.rotation.state if self.server.rotation else None

    @rule()
    def administrator_asks_for_a_rotation(self) -> None:
        is_followed = self.state is not State.REVERTED or self.server.broker == self.server.holds
        if self.state not in SWITCHING and is_followed:
            self.server.made += 1
            self.server.new = f"password {self.server.made}"
            self.server.rotation = Rotation(State.WAITING, self.now)

    @precondition(lambda self: self.device.connected_by is not None and self.state is State.WAITING)
    @rule()
    def device_fetches_and_keeps(self) -> None:
        self.device.fetched = self.server.new
        self.device.passwords = self.device.passwords.taking(self.server.new)

    @precondition(lambda self: self.device.fetched is not None)
    @rule(answer_arrives=st.booleans())
    def device_confirms(self, answer_arrives: bool) -> None:
        fetched, self.device.fetched = self.device.fetched, None
        assert fetched
        if self.state is State.WAITING and self.server.new == fetched:
            self.server.rotation = Rotation(State.CONFIRMED, self.now)
            self.server.old, self.server.holds = self.server.holds, fetched
            if answer_arrives:
                self.device.passwords = self.device.passwords.preferring(fetched)

    @rule()
    def device_loses_power(self) -> None:
        self.device.connected_by = self.device.fetched = None

    @rule()
    def broker_follows_the_database(self) -> None:
        self.server.broker = self.server.holds
        if self.device.connected_by not in (None, self.server.broker):
            self.device.connected_by = None

    @precondition(lambda self: self.device.connected_by is None)
    @rule()
    def device_connects(self) -> None:
        found = [each for each in self.device.passwords.known if each == self.server.broker]
        assert found, f"locked out: the broker wants {self.server.broker}, the device has {self.device.passwords}"
        self.device.connected_by = found[0]
        self.device.passwords = self.device.passwords.working(found[0])

    @precondition(lambda self: self.device.connected_by is not None)
    @rule()
    def device_reports(self) -> None:
        self.server.last_alive = self.now

    @rule(seconds=st.sampled_from([0.5, 5, 61, 601, 700_000]))
    def time_passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def scheduler_looks(self) -> None:
        if self.server.rotation is None:
            return
        follows = self.server.broker == self.server.holds
        moved = next_state(self.server.rotation, Observed(self.now, follows, self.server.last_alive))
        if moved is not None:
            self.server.rotation = Rotation(moved, self.now)
            if moved is State.REVERTED:
                self.server.holds = self.server.old

    @invariant()
    def the_device_has_what_the_broker_wants_and_what_it_is_about_to_want(self) -> None:
        assert self.server.broker in self.device.passwords.known
        assert self.server.holds in self.device.passwords.known
        assert len(self.device.passwords.known) <= KEPT


TestRotationsUnderFire = RotationsUnderFire.TestCase
TestRotationsUnderFire.settings = settings(max_examples=examples(300), stateful_step_count=60, deadline=None)
