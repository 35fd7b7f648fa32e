"""The scheduler: keeps what the broker holds for the devices equal to what the database says.

It looks at every change (a notice), at every start and end of an event, and every poll interval in any case.
"""

import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from infoscreen.bootstrap import App
from infoscreen.domain.errors import BusUnavailable
from infoscreen.services import publishing
from infoscreen.services.credential_rotations import is_settling_due, settle_rotations
from infoscreen.services.event_payloads import Addresses
from infoscreen.services.ports import Notice, NoticeKind
from infoscreen.services.publishing import Board

log = structlog.get_logger()

FOLLOWED = frozenset(NoticeKind) - {NoticeKind.SCREENSHOTS, NoticeKind.ALERTS, NoticeKind.COMMANDS}
# Several notices of one change come together; one look serves them all.
GATHER_SECONDS = 0.05
# How often to look again while the broker has not followed a change of rights, and for how long to wait for it.
RIGHTS_RETRY_SECONDS = 0.1
RIGHTS_PATIENCE_SECONDS = 10.0
RETRY_SECONDS = 1.0
# How often to look while a device is expected back with its new password.
ROTATION_RETRY_SECONDS = 1.0
# A signal sets only the stop, so a rest looks up this often.
NOTICE_STOP_SECONDS = 0.5


@dataclass(slots=True)
class Signals:
    """What wakes the scheduler, set from the broker connection's thread."""

    wake: threading.Event = field(default_factory=threading.Event)
    reconnected: threading.Event = field(default_factory=threading.Event)

    def on_notice(self, notice: Notice) -> None:
        """Something changed that may be published."""
        if notice.kind in FOLLOWED:
            self.wake.set()

    def on_connected(self) -> None:
        """The broker is (back) there and may have lost what it held."""
        self.reconnected.set()
        self.wake.set()


class Scheduler:
    """One scheduler and its board."""

    def __init__(self, app: App, signals: Signals) -> None:
        self._app = app
        self._signals = signals
        self._settings = app.config.publishing
        self._addresses = Addresses(app.config.http.public_base_url, app.config.secret_key.encode())
        self._board = Board(timedelta(days=self._settings.events_window_days))
        self._behind_since: float | None = None
        self._are_passwords_switching = False
        # Before the first look the broker is expected to be away: everything starts at once.
        self._is_delayed = True
        self._refreshed_at = time.monotonic()

    def run(self, stop: threading.Event) -> None:
        """Publish until told to stop; a database or broker that is away is waited for."""
        while not stop.is_set():
            self._signals.wake.clear()
            self._rest(self._look_and_tell(), stop)

    def _rest(self, seconds: float, stop: threading.Event) -> None:
        end = time.monotonic() + seconds
        while not stop.is_set() and (left := end - time.monotonic()) > 0:
            if self._signals.wake.wait(min(left, NOTICE_STOP_SECONDS)):
                stop.wait(GATHER_SECONDS)
                return

    def _look_and_tell(self) -> float:
        """Look; an outage is told once, when it begins."""
        try:
            if not self._app.is_connected:
                raise BusUnavailable
            pause = self._look()
        except (BusUnavailable, SQLAlchemyError) as error:
            if not self._is_delayed:
                log.warning("publishing_delayed", error=str(error))
            self._is_delayed = True
            return RETRY_SECONDS
        except Exception as error:
            log.error("publishing_failed", exc_info=error)
            return RETRY_SECONDS
        if self._is_delayed:
            log.info("publishing_goes_on")
        self._is_delayed = False
        return pause

    def _look(self) -> float:
        """Publish what differs; returns after how many seconds to look again."""
        if self._signals.reconnected.is_set() or self._is_refresh_due():
            self._signals.reconnected.clear()
            self._board.forget_published()
            self._refreshed_at = time.monotonic()
        self._deactivate_ended()
        self._are_passwords_switching = self._settle_rotations()
        with self._app.reading() as work:
            wanted = publishing.event_lists(work, self._board, self._addresses)
            wanted_groups = publishing.group_ids(work)
            in_step = publishing.is_broker_in_step(work)
            gone = publishing.forgotten_topics(work, wanted.keys() | wanted_groups.keys())
        if self._may_tell_groups(in_step=in_step):
            wanted |= wanted_groups
        self._publish(wanted)
        self._clear(gone)
        return self._pause(in_step=in_step)

    def _deactivate_ended(self) -> None:
        with self._app.reading() as work:
            ended = publishing.ended_events(work)
        if ended:
            with self._app.work() as work:
                publishing.deactivate_events(work, ended)

    def _settle_rotations(self) -> bool:
        with self._app.reading() as work:
            if not is_settling_due(work):
                return False
        with self._app.work() as work:
            return settle_rotations(work)

    def _is_refresh_due(self) -> bool:
        every = self._settings.refresh_seconds
        return every > 0 and time.monotonic() - self._refreshed_at >= every

    def _may_tell_groups(self, *, in_step: bool) -> bool:
        """A device that hears of its group before it may read it would miss the group's retained list."""
        if in_step:
            self._behind_since = None
            return True
        if self._behind_since is None:
            self._behind_since = time.monotonic()
        waited = time.monotonic() - self._behind_since
        if waited > RIGHTS_PATIENCE_SECONDS:
            log.error("broker_rights_not_applied", seconds=round(waited, 1))
            return True
        return False

    def _publish(self, wanted: dict[str, bytes]) -> None:
        board = self._board
        different = {topic: payload for topic, payload in wanted.items() if board.published.get(topic) != payload}
        if not different:
            return
        with self._app.work() as work:
            publishing.remember_topics(work, different)
        for topic, payload in different.items():
            self._app.ports.bus.publish(topic, payload, qos=1, retain=True)
            board.published[topic] = payload

    def _clear(self, gone: set[str]) -> None:
        for topic in gone:
            self._app.ports.bus.publish(topic, publishing.CLEARED, qos=1, retain=True)
            self._board.published.pop(topic, None)
        if gone:
            with self._app.work() as work:
                publishing.forget_topics(work, gone)

    def _pause(self, *, in_step: bool) -> float:
        pause = float(self._settings.poll_interval_seconds)
        if not in_step:
            pause = min(pause, RIGHTS_RETRY_SECONDS)
        if self._are_passwords_switching:
            pause = min(pause, ROTATION_RETRY_SECONDS)
        timeline = self._board.timeline
        change = timeline.next_change() if timeline else None
        if change is not None:
            pause = min(pause, max(0.0, (change - self._app.clock()).total_seconds()))
        return pause
