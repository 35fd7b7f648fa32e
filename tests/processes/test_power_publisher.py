"""TV power on the broker: transitions at once, heartbeats, the same intent after a restart, never an expired one."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest

from applications import MONDAY, Clock, RememberingBus
from infoscreen.bootstrap import App
from infoscreen.db.academic_calendar import AcademicPeriod, Holiday
from infoscreen.domain.broadcasts import Severity
from infoscreen.domain.errors import BusUnavailable
from infoscreen.domain.power import PowerRules, TvState
from infoscreen.processes.power_publisher import PowerPublisher
from infoscreen.services import (
    broadcasts,
    broker_accounts,
    clients,
    events,
    groups,
    power_overrides,
    publishing,
    settings,
)
from infoscreen.services.broadcasts import Order
from infoscreen.services.event_board import Board
from infoscreen.services.event_payloads import Addresses
from infoscreen_wire import topics
from infoscreen_wire.payloads.to_device import ClientPowerIntent, GroupPowerIntent

ADDRESSES = Addresses("http://screens.example:8000", b"k" * 40)
UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
HOUR = timedelta(hours=1)


class Tvs:
    """A scheduler's part for TVs, looked at as often as a test wants."""

    def __init__(self, app: App, bus: RememberingBus, rules: PowerRules) -> None:
        app.config = replace(app.config, power=rules)
        self.app, self.bus = app, bus
        self.begin()
        with app.work() as work:
            self.group_id = groups.create_group(work, {"name": "Aula"}).id
            broker_accounts.make_client_account(work, UUID)
            clients.assign_clients(work, [UUID], self.group_id)

    def begin(self) -> None:
        """A scheduler begins, or begins again."""
        self.board = Board(timedelta(days=7), timedelta(days=1))
        self.publisher = PowerPublisher(self.app, lambda: None)

    @property
    def topic(self) -> str:
        return topics.group_power_intent(self.group_id)

    def look(self) -> int:
        """One look; how many messages went out on the group's topic."""
        before = len(self.bus.sent)
        with self.app.reading() as work:
            publishing.event_lists(work, self.board, ADDRESSES)
            publishing.plan_drafts(work, self.board, ADDRESSES)
        self.publisher.publish(self.board)
        return [topic for topic, _payload in self.bus.sent[before:]].count(self.topic)

    def told(self) -> GroupPowerIntent:
        return GroupPowerIntent.model_validate_json(self.bus.retained[self.topic])

    def plan(self, start: datetime, end: datetime) -> int:
        fields: dict[str, Any] = {"subject": "Film", "type": "message", "message_content": "Willkommen"}
        with self.app.work() as work:
            times = {"start_time": start, "end_time": end}
            return events.create_event(work, fields | times | {"group_id": self.group_id}).id


@pytest.fixture
def tvs(app: App, bus: RememberingBus) -> Tvs:
    return Tvs(app, bus, PowerRules(publish_enabled=True, poll_interval_seconds=15))


def test_nothing_is_said_unless_it_is_switched_on(app: App, bus: RememberingBus) -> None:
    tvs = Tvs(app, bus, PowerRules())
    assert tvs.look() == 0


def test_an_intent_has_the_shape_of_the_contract(tvs: Tvs, clock: Clock) -> None:
    event_id = tvs.plan(MONDAY, MONDAY + HOUR)
    clock.forward(seconds=3, milliseconds=496)
    tvs.look()
    sent = orjson.loads(tvs.bus.retained[tvs.topic])
    assert sent == {
        "schema_version": "1.0",
        "intent_id": tvs.told().intent_id,
        "group_id": tvs.group_id,
        "desired_state": "on",
        "reason": "active_event",
        "issued_at": "2026-11-23T07:00:03.496000Z",
        "expires_at": "2026-11-23T07:01:33.496000Z",
        "poll_interval_sec": 15,
        "active_event_ids": [event_id],
        "event_window_start": "2026-11-23T07:00:00Z",
        "event_window_end": "2026-11-23T08:00:00Z",
    }


def test_a_group_without_an_active_screen_needs_no_intent(tvs: Tvs) -> None:
    assert tvs.look() == 1
    with tvs.app.work() as work:
        clients.change_client(work, UUID, {"is_active": False}, None)
    assert tvs.topic not in tvs.publisher.publish(tvs.board)


def test_a_transition_takes_a_new_name_at_once_and_a_heartbeat_keeps_it(tvs: Tvs, clock: Clock) -> None:
    tvs.plan(MONDAY + HOUR, MONDAY + 2 * HOUR)
    tvs.look()
    off = tvs.told()
    assert (off.desired_state, off.reason, off.active_event_ids, off.event_window_start) == (
        "off", "no_active_event", [], None,
    )  # fmt: skip
    clock.forward(seconds=5)
    assert tvs.look() == 0
    clock.forward(seconds=10)
    assert tvs.look() == 1
    beat = tvs.told()
    assert (beat.intent_id, beat.issued_at - off.issued_at) == (off.intent_id, timedelta(seconds=15))
    assert beat.expires_at - beat.issued_at == timedelta(seconds=90)
    clock.now = MONDAY + HOUR
    assert tvs.look() == 1
    assert tvs.told().intent_id != off.intent_id
    assert tvs.told().desired_state == "on"


def test_touching_events_give_no_off_and_no_new_name(tvs: Tvs, clock: Clock) -> None:
    first, second = tvs.plan(MONDAY, MONDAY + HOUR), tvs.plan(MONDAY + HOUR, MONDAY + 2 * HOUR)
    tvs.look()
    names = {tvs.told().intent_id}
    assert tvs.told().active_event_ids == [first]
    clock.now = MONDAY + HOUR
    assert tvs.look() == 1
    assert tvs.told().active_event_ids == [second]
    names.add(tvs.told().intent_id)
    assert len(names) == 1
    assert {orjson.loads(payload)["desired_state"] for topic, payload in tvs.bus.sent if topic == tvs.topic} == {"on"}
    assert tvs.told().event_window_start == MONDAY


def test_the_name_outlives_a_restart_of_the_scheduler_when_nothing_changed(tvs: Tvs, clock: Clock) -> None:
    tvs.plan(MONDAY, MONDAY + HOUR)
    tvs.look()
    before = tvs.told()
    clock.forward(minutes=5)
    tvs.begin()
    assert tvs.look() == 1
    after = tvs.told()
    assert (after.intent_id, after.issued_at) == (before.intent_id, MONDAY + timedelta(minutes=5))
    assert (after.event_window_start, after.event_window_end) == (MONDAY, MONDAY + HOUR)
    clock.forward(hours=1)
    tvs.begin()
    tvs.look()
    assert tvs.told().intent_id != before.intent_id


def test_without_heartbeats_only_transitions_and_reconnects_are_published_and_nothing_expired(
    app: App, bus: RememberingBus, clock: Clock
) -> None:
    tvs = Tvs(app, bus, PowerRules(publish_enabled=True, heartbeat_enabled=False))
    tvs.plan(MONDAY, MONDAY + HOUR)
    tvs.look()
    name = tvs.told().intent_id
    clock.forward(minutes=10)
    assert tvs.look() == 0
    tvs.publisher.forget_published()
    assert tvs.look() == 1
    assert (tvs.told().intent_id, tvs.told().issued_at) == (name, clock.now)
    assert tvs.told().expires_at > clock.now


def test_a_transition_while_the_broker_is_away_is_published_when_it_is_back(tvs: Tvs, clock: Clock) -> None:
    tvs.look()
    off = tvs.told().intent_id
    tvs.plan(MONDAY, MONDAY + HOUR)
    tvs.bus.is_connected = False
    with pytest.raises(BusUnavailable):
        tvs.look()
    tvs.bus.is_connected = True
    assert tvs.look() == 1
    assert tvs.told().desired_state == "on"
    assert tvs.told().intent_id != off


def test_opening_hours_switch_off_whatever_runs_and_the_next_of_them_is_waited_for(tvs: Tvs, clock: Clock) -> None:
    tvs.plan(MONDAY - HOUR, MONDAY + 20 * HOUR)
    with tvs.app.work() as work:
        hours = {"mon": ["08:00-16:00"], "tue": ["08:00-16:00"]}
        groups.change_group(work, tvs.group_id, {"opening_hours": hours}, None)
    tvs.look()
    assert tvs.told().desired_state == "on"
    assert tvs.publisher.next_change == MONDAY + 8 * HOUR
    clock.now = MONDAY + 8 * HOUR
    tvs.look()
    closed = tvs.told()
    assert (closed.desired_state, closed.reason, closed.active_event_ids) == ("off", "no_active_event", [])
    with tvs.app.work() as work:
        groups.change_group(work, tvs.group_id, {"opening_hours": {"mon": ["08:00-20:00"]}}, None)
    tvs.look()
    assert tvs.told().desired_state == "on"


def test_the_schools_opening_hours_count_for_groups_without_their_own(tvs: Tvs, clock: Clock) -> None:
    tvs.plan(MONDAY - HOUR, MONDAY + 20 * HOUR)
    with tvs.app.work() as work:
        settings.change_setting(work, "opening_hours", '{"mon": ["09:00-16:00"]}')
    tvs.look()
    assert (tvs.told().desired_state, tvs.publisher.next_change) == ("off", MONDAY + HOUR)
    with tvs.app.work() as work:
        groups.change_group(work, tvs.group_id, {"opening_hours": {"mon": ["08:00-20:00"]}}, None)
    tvs.look()
    assert tvs.told().desired_state == "on"


@pytest.mark.parametrize(("hours", "expected"), [(None, "on"), ({"tue": ["08:00-16:00"]}, "off")])
def test_holidays_switch_off_only_where_opening_hours_are_set(
    tvs: Tvs, clock: Clock, hours: dict[str, list[str]] | None, expected: str
) -> None:
    clock.now = MONDAY + 24 * HOUR
    tvs.plan(clock.now, clock.now + HOUR)
    with tvs.app.work() as work:
        groups.change_group(work, tvs.group_id, {"opening_hours": hours}, None)
        day = clock.now.date()
        year = AcademicPeriod(name="2026/27", start_date=day, end_date=day, period_type="schuljahr", is_active=True)
        work.session.add(year)
        work.session.flush()
        work.session.add(Holiday(name="Schulfrei", start_date=day, end_date=day, academic_period_id=year.id))
    tvs.look()
    assert tvs.told().desired_state == expected


def announce(tvs: Tvs, minutes: int = 30) -> int:
    """An emergency message to the group; returns the number by which devices know it."""
    with tvs.app.work() as work:
        order = Order("Bitte alle in den Hof", Severity.CRITICAL, minutes, [tvs.group_id])
        return broadcasts.start_broadcast(work, order).announcement.event_id


def test_an_emergency_message_switches_on_at_any_hour_and_its_end_switches_off_at_once(tvs: Tvs, clock: Clock) -> None:
    tvs.plan(MONDAY - HOUR, MONDAY + HOUR)
    with tvs.app.work() as work:
        groups.change_group(work, tvs.group_id, {"opening_hours": {"tue": ["08:00-16:00"]}}, None)
    tvs.look()
    closed = tvs.told()
    assert closed.desired_state == "off"
    number = announce(tvs)
    tvs.look()
    told = tvs.told()
    assert (told.desired_state, told.reason, told.active_event_ids) == ("on", "active_event", [number])
    assert (told.event_window_start, told.event_window_end) == (MONDAY, MONDAY + HOUR / 2)
    assert told.intent_id != closed.intent_id
    clock.forward(minutes=30)
    tvs.look()
    assert tvs.told().desired_state == "off"


def test_a_message_over_a_running_event_never_gives_an_off(tvs: Tvs, clock: Clock) -> None:
    event_id = tvs.plan(MONDAY - HOUR, MONDAY + HOUR)
    tvs.look()
    before = tvs.told()
    number = announce(tvs, minutes=1)
    assert tvs.look() == 1
    assert (tvs.told().active_event_ids, tvs.told().intent_id) == ([number], before.intent_id)
    clock.forward(minutes=1)
    assert tvs.look() == 1
    assert (tvs.told().active_event_ids, tvs.told().intent_id) == ([event_id], before.intent_id)


def test_a_persons_override_of_a_tv_wins_over_an_emergency_message(tvs: Tvs) -> None:
    with tvs.app.work() as work:
        power_overrides.override_power(work, UUID, TvState.OFF, 60)
    announce(tvs)
    tvs.look()
    overriding = override(tvs)
    assert (tvs.told().desired_state, overriding and overriding.desired_state) == ("on", "off")


def test_tvs_of_a_held_group_are_off_unless_there_is_an_emergency_message(tvs: Tvs) -> None:
    tvs.plan(MONDAY - HOUR, MONDAY + HOUR)
    with tvs.app.work() as work:
        groups.pause_group(work, tvs.group_id)
    tvs.look()
    assert tvs.told().desired_state == "off"
    announce(tvs)
    tvs.look()
    assert tvs.told().desired_state == "on"


def override(tvs: Tvs) -> ClientPowerIntent | None:
    payload = tvs.bus.retained.get(topics.client_power_intent(UUID))
    return ClientPowerIntent.model_validate_json(payload) if payload else None


def test_an_override_is_published_until_it_expires(tvs: Tvs, clock: Clock) -> None:
    with tvs.app.work() as work:
        power_overrides.override_power(work, UUID, TvState.ON, 10)
    held = topics.client_power_intent(UUID)
    tvs.look()
    sent = override(tvs)
    assert sent
    assert (sent.desired_state, sent.reason, sent.client_uuid) == ("on", "operator_override", UUID)
    assert sent.expires_at == MONDAY + timedelta(minutes=10)
    assert tvs.publisher.next_change == sent.expires_at
    clock.forward(minutes=9)
    tvs.begin()
    tvs.look()
    assert override(tvs) == sent, "the same after a restart"
    clock.forward(minutes=1)
    before = len(tvs.bus.sent)
    assert held not in tvs.publisher.publish(tvs.board)
    assert held not in [topic for topic, _payload in tvs.bus.sent[before:]]
    with tvs.app.reading() as work:
        assert power_overrides.ended_overrides(work) == []


def test_an_override_holds_without_intents_for_groups(app: App, bus: RememberingBus) -> None:
    tvs = Tvs(app, bus, PowerRules())
    with app.work() as work:
        power_overrides.override_power(work, UUID, TvState.OFF, 60)
    tvs.look()
    sent = override(tvs)
    assert sent
    assert sent.desired_state == "off"
    with app.work() as work:
        power_overrides.release_power(work, UUID)
    assert topics.client_power_intent(UUID) not in tvs.publisher.publish(tvs.board)


def test_two_who_override_a_tv_at_once_come_one_after_the_other(app: App) -> None:
    with app.work() as work:
        broker_accounts.make_client_account(work, UUID)
    together = threading.Barrier(4)

    def switch(number: int) -> None:
        together.wait()
        with app.work() as work:
            power_overrides.override_power(work, UUID, TvState.ON if number % 2 else TvState.OFF, 10 + number)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(switch, range(4)))
    with app.reading() as work:
        (held,) = power_overrides.override_intents(work, PowerRules())
    assert held.topic == topics.client_power_intent(UUID)
