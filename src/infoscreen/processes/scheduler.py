"""The scheduler: keeps what the broker holds for the devices equal to what the database says.

It looks at every change (a notice), at every start and end of an event, and every poll interval in any case. Of several
schedulers one leads (`lead.py`) and the others keep their memory of the calendar warm.
"""

import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from infoscreen.bootstrap import App
from infoscreen.domain.errors import BusUnavailable
from infoscreen.domain.leadership import BEAT_EVERY
from infoscreen.processes.lead import Lead, LeadLost
from infoscreen.processes.power_publisher import PowerPublisher
from infoscreen.processes.retained_topics import RetainedTopics
from infoscreen.services import content_alerts, event_board, publishing
from infoscreen.services.credential_rotations import is_settling_due, settle_rotations
from infoscreen.services.event_board import Board
from infoscreen.services.event_payloads import Addresses
from infoscreen.services.notices import Notice, NoticeKind
from infoscreen.services.settings import get_state

log = structlog.get_logger()

NOT_FOLLOWED = {
    NoticeKind.SCREENSHOTS,
    NoticeKind.ALERTS,
    NoticeKind.COMMANDS,
    NoticeKind.ROLLOUTS,
    NoticeKind.LEADERSHIP,
}
FOLLOWED = frozenset(NoticeKind) - NOT_FOLLOWED
# Several notices of one change come together; one look serves them all.
GATHER_SECONDS = 0.05
# How often to look again while the broker has not followed a change of rights, and for how long to wait for it.
RIGHTS_RETRY_SECONDS = 0.1
RIGHTS_PATIENCE_SECONDS = 10.0
RETRY_SECONDS = 1.0
# Plans ahead of all groups take seconds in a large school; what is on now waits for this many at most.
PLANS_AT_ONCE = 10
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
        """Something changed that may be published, or another scheduler may have written over what this one sent."""
        if notice.kind is NoticeKind.LEADERSHIP:
            self.on_connected()
        elif notice.kind in FOLLOWED:
            self.wake.set()

    def on_connected(self) -> None:
        """The broker is (back) there and may have lost what it held."""
        self.reconnected.set()
        self.wake.set()


class Scheduler:
    """One scheduler and its board."""

    def __init__(self, app: App, signals: Signals, lead: Lead | None = None) -> None:
        self._app = app
        self._signals = signals
        self._lead = lead or Lead(app)
        self._settings = app.config.publishing
        self._addresses = Addresses(app.config.http.public_base_url, app.config.secret_key.encode())
        # Windows of events for TVs begin before the present.
        lookback = app.config.power.gap + timedelta(days=1)
        self._board = Board(timedelta(days=self._settings.events_window_days), lookback)
        self._retained = RetainedTopics(app, self._board, self._lead.prove)
        self._power = PowerPublisher(app, self._lead.prove)
        # Since when the broker has been behind with rights, while it is waited for.
        self._behind_since: float | None = None
        self._is_patient = True
        self._are_passwords_switching = False
        self._did_lead = False
        # Before the first look the broker is expected to be away: everything starts at once.
        self._is_delayed = True
        self._refreshed_at = self._look_at = time.monotonic()
        self._refresh_every = 0

    @property
    def leads(self) -> bool:
        """Whether this is the scheduler that leads."""
        return self._lead.is_held

    def run(self, stop: threading.Event) -> None:
        """Publish until told to stop; a database or broker that is away is waited for."""
        while not stop.is_set():
            if self._signals.wake.is_set():
                self._signals.wake.clear()
                self._look_at = time.monotonic()
            self._rest(self._look_and_tell(), stop)
        self._lead.give_up()

    def _rest(self, seconds: float, stop: threading.Event) -> None:
        end = time.monotonic() + seconds
        while not stop.is_set() and (left := end - time.monotonic()) > 0:
            if self._signals.wake.wait(min(left, NOTICE_STOP_SECONDS)):
                stop.wait(GATHER_SECONDS)
                return

    def _look_and_tell(self) -> float:
        """Look where it is time to; an outage is told once, when it begins. Returns after how many seconds to go on."""
        try:
            pause = self._turn()
        except (SQLAlchemyError, BusUnavailable) as error:
            if not self._is_delayed:
                log.warning("publishing_delayed", error=str(error))
            self._is_delayed = True
            self._look_at = time.monotonic()
            return RETRY_SECONDS
        except LeadLost:
            return 0.0
        if self._is_delayed:
            log.info("publishing_goes_on")
        self._is_delayed = False
        return pause

    def _turn(self) -> float:
        is_due = time.monotonic() >= self._look_at or self._has_wait_ended()
        if is_due and not self._did_lead:
            # Before the question who leads: whoever begins to lead publishes at once.
            with self._app.reading() as work:
                event_board.follow_events(work, self._board)
        leads = self._lead.keep()
        if leads and not self._did_lead:
            self._forget_published()
            is_due = True
        self._did_lead = leads
        if is_due:
            pause = self._look() if leads else float(self._settings.poll_interval_seconds)
            self._look_at = time.monotonic() + pause
        pause = RIGHTS_RETRY_SECONDS if self._behind_since is not None else BEAT_EVERY
        return min(pause, max(0.0, self._look_at - time.monotonic()))

    def _look(self) -> float:
        """Publish what differs; returns after how many seconds to look again."""
        self._refresh_every = self._refresh_seconds()
        if self._signals.reconnected.is_set() or self._is_refresh_due():
            self._signals.reconnected.clear()
            self._forget_published()
            self._refreshed_at = time.monotonic()
        self._are_passwords_switching = self._settle_rotations()
        with self._app.reading() as work:
            lists = publishing.event_lists(work, self._board, self._addresses)
            plan_topics = publishing.plan_topics(work)
            wanted_groups = publishing.group_ids(work)
            in_step = publishing.is_broker_in_step(work)
            ended = publishing.ended_events(work, self._board)
        self._retained.publish(lists)
        power = self._power.publish(self._board)
        with self._app.reading() as work:
            drafts = publishing.plan_drafts(work, self._board, self._addresses, PLANS_AT_ONCE)
        if drafts:
            with self._app.work() as work:
                publishing.number_plans(work, self._board, drafts)
        self._retained.publish(publishing.plans(self._board))
        if self._may_tell_groups(in_step=in_step):
            self._retained.publish(wanted_groups)
        self._retained.clear_all_but(lists.keys() | power | plan_topics | wanted_groups.keys())
        self._note(ended)
        return self._pause()

    def _forget_published(self) -> None:
        self._board.forget_published()
        self._power.forget_published()

    def _note(self, ended: list[int]) -> None:
        """What follows for the database, after the devices have been told."""
        if ended:
            with self._app.work() as work:
                publishing.deactivate_events(work, ended)
        if content_alerts.differ(self._board):
            with self._app.work() as work:
                content_alerts.tell(work, self._board)

    def _settle_rotations(self) -> bool:
        with self._app.reading() as work:
            if not is_settling_due(work):
                return False
        with self._app.work() as work:
            return settle_rotations(work)

    def _refresh_seconds(self) -> int:
        """How often everything is published again, 0 for never: the environment counts until a person has said it."""
        with self._app.reading() as work:
            state = get_state(work, "refresh_seconds")
        return self._settings.refresh_seconds if state.updated_at is None else int(state.value)

    def _is_refresh_due(self) -> bool:
        return self._refresh_every > 0 and time.monotonic() - self._refreshed_at >= self._refresh_every

    def _may_tell_groups(self, *, in_step: bool) -> bool:
        """A device that hears of its group before it may read it would miss the group's retained list."""
        if in_step:
            self._behind_since, self._is_patient = None, True
        elif self._behind_since is None and self._is_patient:
            self._behind_since = time.monotonic()
        elif self._behind_since is not None and time.monotonic() - self._behind_since > RIGHTS_PATIENCE_SECONDS:
            log.error("broker_rights_not_applied", seconds=RIGHTS_PATIENCE_SECONDS)
            self._behind_since, self._is_patient = None, False
        return self._behind_since is None

    def _has_wait_ended(self) -> bool:
        """Whether the broker has followed a change of rights that is waited for, or has been given long enough."""
        if self._behind_since is None:
            return False
        with self._app.reading() as work:
            in_step = publishing.is_broker_in_step(work)
        return in_step or time.monotonic() - self._behind_since > RIGHTS_PATIENCE_SECONDS

    def _pause(self) -> float:
        has_more = self._board.pending or self._board.are_plans_waiting
        pause = 0.0 if has_more else float(self._settings.poll_interval_seconds)
        if self._refresh_every > 0:
            pause = min(pause, max(0.0, self._refreshed_at + self._refresh_every - time.monotonic()))
        if self._are_passwords_switching:
            pause = min(pause, ROTATION_RETRY_SECONDS)
        timeline = self._board.timeline
        for change in (timeline.next_change() if timeline else None, self._board.next_end, self._power.next_change):
            if change is None:
                continue
            pause = min(pause, max(0.0, (change - self._app.clock()).total_seconds()))
        return pause
