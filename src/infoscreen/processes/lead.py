"""A scheduler's part in the lead: beating while it leads, watching while it does not."""

import socket
import time
import uuid
from collections.abc import Callable
from contextlib import suppress

import structlog
from sqlalchemy.exc import SQLAlchemyError

from infoscreen.bootstrap import App
from infoscreen.domain.leadership import BEAT_EVERY, HELD_FOR, Watch
from infoscreen.services import leadership
from infoscreen.services.notices import Notice, NoticeKind

log = structlog.get_logger()


class LeadLost(Exception):
    """Another scheduler leads, or may."""


def steady_seconds() -> float:
    """Seconds that nobody can set and that go on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Lead:
    """One scheduler's lead; `seconds` is its steady clock."""

    def __init__(self, app: App, seconds: Callable[[], float] = steady_seconds) -> None:
        self._app = app
        self._seconds = seconds
        self._me = f"{socket.gethostname()[:80]}:{uuid.uuid4()}"
        self._watch = Watch()
        self._term: int | None = None
        self._beaten_at = 0.0

    @property
    def is_held(self) -> bool:
        """Whether this one leads, and nobody else can yet."""
        return self._term is not None and self._seconds() < self._beaten_at + HELD_FOR

    def keep(self) -> bool:
        """Beat where that is due, or take the lead where it is free; whether this one leads."""
        if self._term is None:
            return self._take()
        begun = self._seconds()
        if begun < self._beaten_at + BEAT_EVERY:
            return True
        with self._app.work() as work:
            is_kept = leadership.keep_lead(work, self._me, self._term)
        if is_kept:
            self._beaten_at = begun
        else:
            self._lose()
        return self.is_held

    def prove(self) -> None:
        """To be called before everything that only the leader may do; raises `LeadLost`."""
        if not self.keep():
            raise LeadLost

    def give_up(self) -> None:
        """Let another lead at once; this one is ending."""
        if self._term is not None:
            with suppress(SQLAlchemyError), self._app.work() as work:
                leadership.give_up_lead(work, self._me, self._term)
            self._term = None

    def _take(self) -> bool:
        with self._app.reading() as work:
            seen = leadership.lead(work)
        begun = self._seconds()
        if not self._watch.may_take(seen, begun):
            return False
        with self._app.work() as work:
            is_taken = leadership.take_lead(work, seen, self._me)
        if is_taken:
            self._term, self._beaten_at = seen.term + 1, begun
            log.info("scheduler_leads", term=self._term)
        return is_taken

    def _lose(self) -> None:
        """What was sent since the last beat may have crossed what the new leader sent: that one sends all again."""
        log.warning("scheduler_lost_the_lead", term=self._term)
        self._term = None
        self._app.ports.announcer.announce(Notice(NoticeKind.LEADERSHIP))
