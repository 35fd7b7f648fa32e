"""Alerts about what screens show: from what they say and from their pictures, and none while nobody is there."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from applications import MONDAY, Clock, RememberingBus
from fleets import add_screens, uuid_of
from infoscreen.bootstrap import App
from infoscreen.db.clients import ClientState
from infoscreen.db.events import Event
from infoscreen.db.groups import UNASSIGNED_ID, Group
from infoscreen.domain.alerts import since_of
from infoscreen.processes.screen_watch import ScreenLook
from infoscreen.services import alerts, screen_watch
from infoscreen.services.notices import Notice, NoticeKind


class Screens:
    """Two screens that report, and a scheduler that looks at them every fifteen seconds."""

    def __init__(self, app: App, clock: Clock) -> None:
        self.app, self.clock, self.watch = app, clock, ScreenLook()
        self.silent: set[int] = set()

    def state(self, number: int = 0, **values: object) -> None:
        with self.app.work() as work:
            for name, value in values.items():
                setattr(work.session.get_one(ClientState, uuid_of(number)), name, value)

    def run(self, seconds: int, **values: object) -> None:
        for _ in range(0, seconds, 15):
            self.clock.forward(seconds=15)
            for number in {0, 1} - self.silent:
                self.state(number, last_alive=self.clock.now)
            self.state(0, **{name: value() if callable(value) else value for name, value in values.items()})
            self.watch.look(self.app)

    def open(self) -> list[tuple[str, str]]:
        with self.app.reading() as work:
            return sorted((alert.kind, alert.subject) for alert in alerts.open_alerts(work))

    def details(self) -> dict[str, object]:
        with self.app.reading() as work:
            (alert,) = alerts.open_alerts(work)
        return alert.details

    def since(self) -> datetime | None:
        return since_of(self.details())

    def picture_health(self) -> str | None:
        with self.app.reading() as work:
            return work.session.get_one(ClientState, uuid_of(0)).picture_health


@pytest.fixture
def screens(app: App, clock: Clock) -> Screens:
    add_screens(app, 2, group_id=UNASSIGNED_ID)
    return Screens(app, clock)


def show_event(app: App, **fields: object) -> int:
    with app.work() as work:
        event = Event(
            **{
                "subject": "Film",
                "group_id": UNASSIGNED_ID,
                "type": "video",
                "start_time": MONDAY,
                "end_time": MONDAY + timedelta(hours=8),
                "created_at": MONDAY,
                **fields,
            }
        )
        work.session.add(event)
        work.session.flush()
        return event.id


def test_a_screen_that_stays_black_is_an_alert_that_names_who_saw_it_and_ends_by_itself(screens: Screens) -> None:
    screens.run(60, screen_health="BLACK")
    assert screens.open() == []
    screens.run(60, screen_health="BLACK")
    assert screens.open() == [("screen_black", uuid_of(0))]
    assert screens.details()["seenBy"] == ["device"]
    screens.run(15, screen_health="OK")
    assert screens.open() == []


def test_the_server_sees_black_whatever_the_device_says(screens: Screens, clock: Clock) -> None:
    screens.run(120, screen_health="OK", picture_health="BLACK", screenshot_at=lambda: clock.now)
    assert screens.open() == [("screen_black", uuid_of(0))]
    assert screens.details()["seenBy"] == ["picture"]
    taken = clock.now
    screens.run(400, screenshot_at=taken)
    assert screens.open() == [], "a picture of minutes ago says nothing of now"


def test_the_same_picture_of_a_film_for_ten_minutes_is_frozen(
    screens: Screens, clock: Clock, bus: RememberingBus
) -> None:
    shown: dict[str, Any] = {"current_event_id": show_event(screens.app), "current_event_since": clock.now}
    picture: dict[str, Any] = {"picture_health": "OK", "screenshot_hash": "a", "screenshot_same_since": clock.now}
    screens.state(**shown, **picture)
    screens.run(585, screenshot_at=lambda: clock.now)
    assert screens.picture_health() == "OK"
    screens.run(30, screenshot_at=lambda: clock.now)
    assert screens.picture_health() == "FROZEN"
    assert Notice(NoticeKind.CLIENTS, (uuid_of(0),)) in bus.notices
    screens.run(120, screenshot_at=lambda: clock.now)
    assert screens.open() == [("screen_frozen", uuid_of(0))]
    assert screens.since() == picture["screenshot_same_since"]


def test_of_a_frozen_picture_it_is_told_since_when_it_is_the_same_but_not_since_before_its_event(
    screens: Screens, clock: Clock
) -> None:
    began = clock.now + timedelta(minutes=3)
    screens.state(current_event_since=began, screenshot_same_since=clock.now)
    clock.forward(minutes=20)
    screens.run(120, screen_health="FROZEN", screenshot_at=lambda: clock.now)
    assert screens.since() == began


def test_without_pictures_a_device_is_believed_when_it_last_drew_if_its_clock_is_right(
    screens: Screens, clock: Clock
) -> None:
    drawn = clock.now + timedelta(minutes=5)
    screens.state(current_event_since=clock.now, last_frame_update=drawn)
    clock.forward(minutes=20)
    screens.run(120, screen_health="FROZEN")
    assert screens.since() == drawn


def test_a_device_with_a_wrong_clock_cannot_tell_since_when_its_picture_is_frozen(
    screens: Screens, clock: Clock
) -> None:
    screens.state(current_event_since=clock.now, last_frame_update=clock.now, clock_off_since=clock.now)
    screens.run(120, screen_health="FROZEN", clock_off_since=lambda: clock.now)
    assert screens.since() is None


def test_the_same_picture_of_what_need_not_move_is_not_frozen(screens: Screens, clock: Clock) -> None:
    shown: dict[str, Any] = {
        "current_event_id": show_event(screens.app, type="website"),
        "current_event_since": clock.now,
    }
    screens.state(**shown, picture_health="OK", screenshot_hash="a", screenshot_same_since=clock.now)
    screens.run(1200, screenshot_at=lambda: clock.now)
    assert (screens.picture_health(), screens.open()) == ("OK", [])


def test_another_picture_that_comes_meanwhile_is_not_called_frozen(screens: Screens, clock: Clock) -> None:
    shown: dict[str, Any] = {"current_event_id": show_event(screens.app), "current_event_since": clock.now}
    screens.state(**shown, picture_health="OK", screenshot_hash="a", screenshot_same_since=clock.now)
    clock.forward(minutes=11)
    screens.state(screenshot_at=clock.now, last_alive=clock.now)
    with screens.app.reading() as work:
        verdicts = screen_watch.ScreenWatch().look(work, 180)
    assert verdicts.pictures
    screens.state(screenshot_hash="b")
    with screens.app.work() as work:
        screen_watch.note(work, verdicts)
    assert screens.picture_health() == "OK"


def test_of_a_silent_screen_nothing_is_told_and_nothing_is_over(screens: Screens) -> None:
    screens.run(120, screen_health="BLACK")
    screens.silent = {0}
    screens.run(600)
    assert screens.open() == [("screen_black", uuid_of(0))]
    screens.silent = set()
    screens.run(15, screen_health="OK")
    assert screens.open() == []


def test_a_screen_that_is_turned_off_or_closed_may_be_black(screens: Screens) -> None:
    screens.run(300, screen_health="BLACK", screen_on=False)
    assert screens.open() == []
    with screens.app.work() as work:
        work.session.get_one(Group, UNASSIGNED_ID).opening_hours = {"tue": ["07:00-18:00"]}
    screens.run(300, screen_health="BLACK", screen_on=True)
    assert screens.open() == []


def test_a_wrong_clock_is_an_alert_after_five_minutes_until_one_message_is_right(
    screens: Screens, clock: Clock
) -> None:
    screens.state(clock_off_since=clock.now, clock_skew_seconds=300)
    screens.run(285)
    assert screens.open() == []
    screens.run(30)
    assert screens.open() == [("clock_skew", uuid_of(0))]
    assert screens.details() == {"secondsBehind": 300}
    screens.run(15, clock_off_since=None)
    assert screens.open() == []
