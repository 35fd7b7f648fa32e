"""Where pictures are decoded: beside the listener's batches, one at a time, within bounds of memory and of each share.

Screens send a picture a minute without confirmation, so that one which does not fit in is simply not kept.
"""

import threading
import time
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Sequence

import structlog

from infoscreen.bootstrap import App
from infoscreen.services.refusals import Outcome, Reason, Unreadable
from infoscreen.services.report_batches import Undeveloped
from infoscreen.services.report_pictures import from_base64
from infoscreen.services.screenshots import Picture, record_pictures

log = structlog.get_logger()

# What waits, in characters of base64; a 4K picture has some two million.
WAITING_AT_MOST = 128 * 1024 * 1024
# Pictures that are stored in one transaction.
STORED_TOGETHER = 20
STORED_WITHIN_SECONDS = 0.3
# A client whose picture took long waits so many times as long for its next one: none has more than a twentieth.
SHARE = 20
END_WITHIN_SECONDS = 4.0

Key = tuple[str, str]
Account = Callable[[Sequence[Outcome], set[str]], None]


class Darkroom:
    """One thread that develops what is put in; `account` takes what became of pictures that were not kept."""

    def __init__(self, app: App, account: Account) -> None:
        self._app = app
        self._account = account
        self._waiting: dict[Key, Undeveloped] = {}
        self._size = 0
        self._not_before: dict[str, float] = {}
        self._changed = threading.Condition()
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name="darkroom", daemon=True)

    def open(self) -> None:
        """Begin to develop."""
        self._thread.start()

    def close(self) -> None:
        """Develop what waits, within some seconds, and end."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        if self._thread.ident is not None:
            self._thread.join(END_WITHIN_SECONDS)

    def put(self, pictures: Iterable[Undeveloped]) -> None:
        """Have pictures developed soon; of each client and kind only the latest is worth it."""
        dropped: Tally[str] = Tally()
        with self._changed:
            for picture in pictures:
                if not self._fits(picture):
                    dropped[picture.sent_as] += 1
            self._changed.notify()
        for kind, times in dropped.items():
            self._account([Outcome(kind, "", Reason.TOO_MANY_PICTURES)] * times, set())

    def _fits(self, picture: Undeveloped) -> bool:
        key = (picture.uuid, picture.kind)
        before = self._waiting.get(key)
        size = self._size + len(picture.data) - (len(before.data) if before else 0)
        if size > WAITING_AT_MOST:
            return False
        # A client that sends again keeps its place in the row.
        self._waiting[key], self._size = picture, size
        return True

    def _run(self) -> None:
        while (taken := self._take(None)) is not None:
            developed: list[Picture] = []
            outcomes: list[Outcome] = []
            end = time.monotonic() + STORED_WITHIN_SECONDS
            while taken is not None:
                picture = self._develop(taken, outcomes)
                if picture:
                    developed.append(picture)
                is_enough = len(developed) >= STORED_TOGETHER or time.monotonic() >= end
                taken = None if is_enough else self._take(end)
            self._store(developed, outcomes)

    def _take(self, until: float | None) -> Undeveloped | None:
        """The next picture; None at the end, or when there is none by an instant."""
        with self._changed:
            while True:
                now = time.monotonic()
                key = next((key for key in self._waiting if self._may(key, now)), None)
                if key is not None:
                    picture = self._waiting.pop(key)
                    self._size -= len(picture.data)
                    return picture
                if (self._is_closed and not self._waiting) or (until is not None and now >= until):
                    return None
                self._changed.wait(self._patience(until, now))

    def _may(self, key: Key, now: float) -> bool:
        return self._is_closed or self._not_before.get(key[0], now) <= now

    def _patience(self, until: float | None, now: float) -> float | None:
        instants = [self._not_before.get(uuid, now) for uuid, _ in self._waiting]
        instants += [until] if until is not None else []
        return max(0.01, min(instants) - now) if instants else None

    def _develop(self, sent: Undeveloped, outcomes: list[Outcome]) -> Picture | None:
        begun = time.monotonic()
        try:
            return Picture(sent.uuid, sent.kind, from_base64(sent.data), sent.at)
        except Unreadable as refused:
            outcomes.append(Outcome(sent.sent_as, sent.uuid, refused.reason))
            return None
        finally:
            now = time.monotonic()
            self._not_before = {uuid: at for uuid, at in self._not_before.items() if at > now}
            self._not_before[sent.uuid] = now + (now - begun) * SHARE

    def _store(self, pictures: Sequence[Picture], outcomes: list[Outcome]) -> None:
        try:
            if pictures:
                with self._app.work() as work:
                    record_pictures(work, pictures)
        except Exception as error:  # noqa: BLE001 - the next picture comes within a minute
            log.warning("pictures_not_kept", pictures=len(pictures), error=str(error))
        if outcomes:
            self._account(outcomes, set())
