"""The scheduler keeps what the broker holds equal to the database, through changes, restarts and outages."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from applications import RememberingBus, started_app
from infoscreen.bootstrap import App
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.domain.broadcasts import Severity
from infoscreen.domain.power import PowerRules, TvState
from infoscreen.processes.scheduler import PLANS_AT_ONCE, Scheduler, Signals
from infoscreen.services import broadcasts, broker_accounts, clients, events, groups, power_overrides, settings
from infoscreen.services.broadcasts import Order
from infoscreen.services.notices import Notice, NoticeKind
from infoscreen_wire import topics
from waiting import eventually

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"


class NoticingBus(RememberingBus):
    """A bus whose notices wake the scheduler, as the real one's do."""

    signals = Signals()

    def announce(self, notice: Notice) -> None:
        super().announce(notice)
        self.signals.on_notice(notice)


@pytest.fixture
def bus() -> NoticingBus:
    bus = NoticingBus()
    bus.signals = Signals()
    return bus


@pytest.fixture
def running_app(tmp_path: Path, bus: NoticingBus) -> Iterator[App]:
    """An application on SQLite with the real time."""

    class RealClock:
        def __call__(self) -> datetime:
            return datetime.now(UTC)

    app = started_app(f"sqlite:///{tmp_path / 'scheduler.db'}", tmp_path / "data", RealClock(), bus)  # type: ignore[arg-type]
    yield app
    app.engine.dispose()


@contextmanager
def scheduling(app: App, bus: NoticingBus) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=Scheduler(app, bus.signals).run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


def make_group(app: App, name: str = "Aula") -> int:
    with app.work() as work:
        return groups.create_group(work, {"name": name}).id


def plan_now(app: App, group_id: int) -> int:
    now = datetime.now(UTC)
    with app.work() as work:
        fields = {
            "subject": "Jetzt",
            "group_id": group_id,
            "start_time": now - timedelta(minutes=1),
            "end_time": now + timedelta(hours=1),
            "type": "message",
            "message_content": "Hallo",
        }
        return events.create_event(work, fields).id


def apply_rights(app: App) -> None:
    """What the broker process does after a change of rights."""
    with app.work() as work:
        wanted, _applied = broker_accounts.sync_state(work)
        broker_accounts.note_applied(work, wanted)


def test_a_change_is_published_at_once_and_not_at_the_next_poll(running_app: App, bus: NoticingBus) -> None:
    group_id = make_group(running_app)
    topic = topics.events(group_id)
    with scheduling(running_app, bus):
        eventually(lambda: bus.retained.get(topic) == b"[]")
        plan_now(running_app, group_id)
        eventually(lambda: b"Hallo" in bus.retained[topic], timeout=10)


def test_nothing_is_published_twice_while_nothing_changes(running_app: App, bus: NoticingBus) -> None:
    group_id = make_group(running_app)
    topic = topics.events(group_id)
    with scheduling(running_app, bus):
        eventually(lambda: topic in bus.retained)
        marker = make_group(running_app, "Foyer")
        eventually(lambda: topics.events(marker) in bus.retained)
        assert [sent for sent, _payload in bus.sent].count(topic) == 1


def test_a_broker_that_lost_everything_gets_everything_again(running_app: App, bus: NoticingBus) -> None:
    group_id = make_group(running_app)
    plan_now(running_app, group_id)
    apply_rights(running_app)
    everything = {topic(each) for topic in (topics.events, topics.plan) for each in (UNASSIGNED_ID, group_id)}
    with scheduling(running_app, bus):
        eventually(lambda: bus.retained.keys() == everything)
        held = dict(bus.retained)
        bus.retained.clear()
        bus.signals.on_connected()
        eventually(lambda: bus.retained == held)


def test_what_changed_while_the_broker_was_away_is_published_when_it_is_back(
    running_app: App, bus: NoticingBus
) -> None:
    group_id = make_group(running_app)
    with scheduling(running_app, bus):
        eventually(lambda: topics.events(group_id) in bus.retained)
        bus.is_connected = False
        plan_now(running_app, group_id)
        bus.is_connected = True
        bus.signals.on_connected()
        eventually(lambda: b"Hallo" in bus.retained[topics.events(group_id)])


def test_a_deleted_groups_topic_is_cleared_also_by_a_later_scheduler(running_app: App, bus: NoticingBus) -> None:
    group_id = make_group(running_app)
    topic = topics.events(group_id)
    with scheduling(running_app, bus):
        eventually(lambda: topics.plan(group_id) in bus.retained)
    with running_app.work() as work:
        groups.delete_group(work, group_id, None)
    assert bus.retained[topic] == b"[]"
    with scheduling(running_app, bus):
        eventually(lambda: bus.retained[topic] == bus.retained[topics.plan(group_id)] == b"")


def test_a_later_scheduler_leaves_every_plan_on_the_broker_until_it_has_made_it_anew(
    running_app: App, bus: NoticingBus
) -> None:
    plans = {topics.plan(make_group(running_app, f"Raum {number}")) for number in range(2 * PLANS_AT_ONCE + 1)}
    with scheduling(running_app, bus):
        eventually(lambda: plans <= bus.retained.keys())
    bus.sent.clear()
    with scheduling(running_app, bus):
        eventually(lambda: plans <= {topic for topic, _payload in bus.sent})
    assert [topic for topic, payload in bus.sent if topic in plans and not payload] == []


def test_a_device_is_told_its_group_only_after_the_broker_gave_it_the_rights(
    running_app: App, bus: NoticingBus
) -> None:
    group_id = make_group(running_app)
    with running_app.work() as work:
        broker_accounts.make_client_account(work, UUID)
        clients.assign_clients(work, [UUID], group_id)
    with scheduling(running_app, bus):
        eventually(lambda: topics.events(group_id) in bus.retained)
        assert topics.group_id(UUID) not in bus.retained
        apply_rights(running_app)
        eventually(lambda: bus.retained.get(topics.group_id(UUID)) == str(group_id).encode())


def announce(app: App, lasting: timedelta) -> int:
    """An emergency message to the whole school that has begun before; the number by which devices know it."""
    with app.work() as work:
        broadcast = broadcasts.start_broadcast(work, Order("In den Hof", Severity.CRITICAL, 60, None))
        broadcast.ends_at = work.now + lasting
        return broadcast.announcement.event_id


def test_an_emergency_message_is_there_at_once_and_the_plan_is_back_when_it_is_ended(
    running_app: App, bus: NoticingBus
) -> None:
    group_id = make_group(running_app)
    event_id = plan_now(running_app, group_id)
    topic = topics.events(group_id)
    with scheduling(running_app, bus):
        eventually(lambda: shown(bus, topic) == [event_id])
        number = announce(running_app, timedelta(hours=1))
        eventually(lambda: shown(bus, topic) == [number])
        with running_app.work() as work:
            broadcasts.end_broadcast(work, number - 1_000_000_000, 170)
        eventually(lambda: shown(bus, topic) == [event_id])


def test_a_message_outlives_the_scheduler_and_ends_by_itself_without_waiting_for_a_poll(
    running_app: App, bus: NoticingBus
) -> None:
    group_id = make_group(running_app)
    event_id = plan_now(running_app, group_id)
    topic = topics.events(group_id)
    number = announce(running_app, timedelta(seconds=8))
    with scheduling(running_app, bus):
        eventually(lambda: shown(bus, topic) == [number])
    bus.retained.clear()
    with scheduling(running_app, bus):
        eventually(lambda: shown(bus, topic) == [number])
        eventually(lambda: shown(bus, topic) == [event_id], timeout=25)


def shown(bus: RememberingBus, topic: str) -> list[int]:
    return [each["id"] for each in orjson.loads(bus.retained.get(topic) or b"[]")]


def test_a_picture_does_not_wake_the_scheduler() -> None:
    signals = Signals()
    signals.on_notice(Notice(NoticeKind.SCREENSHOTS, (UUID,)))
    assert not signals.wake.is_set()
    signals.on_notice(Notice(NoticeKind.EVENTS, (1,)))
    assert signals.wake.is_set()


def test_everything_is_published_again_as_often_as_the_setting_says(running_app: App, bus: NoticingBus) -> None:
    topic = topics.events(make_group(running_app))
    with scheduling(running_app, bus):
        eventually(lambda: topic in bus.retained)
        with running_app.work() as work:
            settings.change_setting(work, "refresh_seconds", "1")
        eventually(lambda: [sent for sent, _payload in bus.sent].count(topic) >= 4, timeout=30)


def test_a_tv_that_is_switched_by_hand_is_told_and_let_go_again(running_app: App, bus: NoticingBus) -> None:
    topic = topics.client_power_intent(UUID)
    with running_app.work() as work:
        broker_accounts.make_client_account(work, UUID)
    with scheduling(running_app, bus):
        with running_app.work() as work:
            power_overrides.override_power(work, UUID, TvState.ON, 5)
        eventually(lambda: b'"on"' in bus.retained.get(topic, b""))
        with running_app.work() as work:
            power_overrides.release_power(work, UUID)
        eventually(lambda: bus.retained[topic] == b"")


def test_the_tvs_of_a_group_follow_its_events_at_once(running_app: App, bus: NoticingBus) -> None:
    running_app.config = replace(running_app.config, power=PowerRules(publish_enabled=True))
    group_id = make_group(running_app)
    topic = topics.group_power_intent(group_id)
    with running_app.work() as work:
        broker_accounts.make_client_account(work, UUID)
        clients.assign_clients(work, [UUID], group_id)
    with scheduling(running_app, bus):
        eventually(lambda: b'"off"' in bus.retained.get(topic, b""))
        event_id = plan_now(running_app, group_id)
        eventually(lambda: b'"on"' in bus.retained[topic])
        with running_app.work() as work:
            events.delete_event(work, event_id)
        eventually(lambda: b'"off"' in bus.retained[topic])
