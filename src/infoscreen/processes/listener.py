"""The listener: takes in what devices report, a batch at a time, and confirms it to the broker once it is committed.

A crash between commit and confirmation costs nothing: what is delivered again finds itself stored.
"""

import gc
import threading
import time
from collections import Counter as Tally
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter, Histogram

from infoscreen.bootstrap import App, build_app
from infoscreen.broker_bootstrap import open_intake
from infoscreen.config import Config
from infoscreen.processes.broker_figures import take_figure
from infoscreen.processes.clock import utc_now
from infoscreen.processes.darkroom import Darkroom
from infoscreen.services.intake import is_about_data, reason, record_reports
from infoscreen.services.ports import Intake, Received
from infoscreen.services.refusals import Outcome, Reason, RefusalLog
from infoscreen.services.report_batches import Batch, gather

log = structlog.get_logger()

# Storing costs the same for a client however many messages of it a batch has.
GATHER_SECONDS = 0.2
BATCH_AT_MOST = 20_000
RETRY_SECONDS = 1.0
SUPERSEDED = "superseded"
# A stopped process is killed after 10 s.
DRAIN_WITHIN_SECONDS = 5.0

DROPPED = Counter("infoscreen_messages_dropped", "Messages without confirmation that had to make room for newer ones.")
MESSAGES = Counter("infoscreen_messages", "Messages from devices by topic kind and outcome.", ["kind", "outcome"])
BATCH_SIZE = Histogram(
    "infoscreen_batch_messages", "Messages in a batch.", buckets=(1, 3, 10, 30, 100, 300, 1000, 3000, 10000)
)
COMMIT_SECONDS = Histogram("infoscreen_batch_commit_seconds", "Time to store and commit a batch.")
LAG_SECONDS = Histogram(
    "infoscreen_message_lag_seconds", "Time from the oldest message's arrival to the batch's commit."
)


def run(config: Config, instance: int, stop: threading.Event) -> None:
    """Listen as one instance of this process until told to stop."""
    gc.freeze()  # what is loaded by now stays, and need not be looked through again with every few batches
    intake = open_intake(config, instance, take_figure)
    listen(build_app(config, utc_now, intake), intake, stop)


def listen(app: App, intake: Intake, stop: threading.Event) -> None:
    """Take in reports until told to stop, then store and confirm what is already here."""
    listener = Listener(app, intake, stop)
    intake.start()
    while not stop.is_set():
        listener.take(intake.collect(BATCH_AT_MOST, GATHER_SECONDS))
    intake.pause()
    deadline = time.monotonic() + DRAIN_WITHIN_SECONDS
    while (rest := intake.collect(BATCH_AT_MOST, 0)) and time.monotonic() < deadline:
        listener.take(rest)
    listener.close()
    intake.stop()


class Listener:
    """What is done with a batch: recorded, counted, confirmed."""

    def __init__(self, app: App, intake: Intake, stop: threading.Event) -> None:
        self._app = app
        self._intake = intake
        self._stop = stop
        self._refusals = RefusalLog()
        self._dropped = 0
        self._accounting = threading.Lock()
        self._darkroom = Darkroom(app, self._account_for)
        self._darkroom.open()

    def close(self) -> None:
        """Finish the pictures that are under way."""
        self._darkroom.close()

    def take(self, messages: Sequence[Received]) -> None:
        """Record and confirm; while the database is away, wait for it, unless the process is to end."""
        if not messages:
            return
        self._count_dropped()
        batch = gather(messages, self._instants())
        while not self._is_done(batch, messages):
            if self._stop.wait(RETRY_SECONDS):
                return  # not confirmed: the broker delivers it to the next process

    def _is_done(self, batch: Batch, messages: Sequence[Received]) -> bool:
        try:
            unknown = self._record(batch)
        except Exception as error:  # noqa: BLE001 - no message may end the listener
            if not is_about_data(error):
                log.warning("reports_delayed", messages=len(messages), error=reason(error))
                return False
            self._separate(batch, messages, error)
            return True
        self._account_for(batch.outcomes, unknown)
        BATCH_SIZE.observe(len(messages))
        LAG_SECONDS.observe(time.monotonic() - messages[0].received_at)
        self._intake.confirm(messages)
        self._darkroom.put(picture for picture in batch.pictures if picture.uuid not in unknown)
        return True

    def _count_dropped(self) -> None:
        if dropped := self._intake.dropped - self._dropped:
            self._dropped += dropped
            DROPPED.inc(dropped)
            log.warning("messages_made_room", messages=dropped)

    def _record(self, batch: Batch) -> set[str]:
        with COMMIT_SECONDS.time(), self._app.work() as work:
            return record_reports(work, batch, self._app.config.monitoring.grace_period_seconds)

    def _separate(self, batch: Batch, messages: Sequence[Received], error: Exception) -> None:
        """One message that the database does not take must not keep the others out: it is looked for by halves."""
        if len(messages) > 1:
            middle = len(messages) // 2
            self.take(messages[:middle])
            self.take(messages[middle:])
            return
        log.error("report_refused_by_database", topic=messages[0].topic, exc_info=error)
        refused = [outcome._replace(reason=Reason.REFUSED_BY_DATABASE) for outcome in batch.outcomes]
        self._account_for(refused, set())
        self._intake.confirm(messages)

    def _account_for(self, outcomes: Sequence[Outcome], unknown: set[str]) -> None:
        now, tally = self._app.clock(), Tally[tuple[str, str]]()
        with self._accounting:
            for outcome in outcomes:
                final = _final(outcome, unknown)
                tally[final.kind, _word(final)] += 1
                if final.superseded:
                    tally[final.kind, SUPERSEDED] += final.superseded
                self._refusals.note(final, now)
        for (kind, word), times in tally.items():
            MESSAGES.labels(kind, word).inc(times)

    def _instants(self) -> Callable[[Received], datetime]:
        now, arrived = self._app.clock(), time.monotonic()
        return lambda message: now - timedelta(seconds=arrived - message.received_at)


def _final(outcome: Outcome, unknown: set[str]) -> Outcome:
    if outcome.reason is None and outcome.uuid in unknown:
        return outcome._replace(reason=Reason.UNKNOWN_CLIENT)
    return outcome


def _word(outcome: Outcome) -> str:
    return outcome.reason or "recorded"
