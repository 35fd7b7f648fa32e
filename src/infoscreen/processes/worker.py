"""The worker: converts presentations to PDF, and now and then clears up what nobody needs any more."""

import threading
import time
from functools import partial

import structlog

from infoscreen import bootstrap
from infoscreen.bootstrap import App
from infoscreen.services import conversions, media, screenshots

log = structlog.get_logger()

SWEEP_SECONDS = 5.0
CLEAR_UP_SECONDS = 600.0
# At the end: a conversion may finish within this time, and is else broken off and given back within the next.
FINISH_SECONDS = 5.0
GIVE_BACK_SECONDS = 3.0


def run(app: App, stop: threading.Event) -> None:
    """Convert until told to stop; what runs then is finished or given back within ten seconds."""
    converter = bootstrap.converter(app.config)
    convert = partial(conversions.run_conversion, app.work, converter)
    working = bootstrap.job_queue(app.config).work(convert)
    clear_up_at = time.monotonic()
    while True:
        clear_up = time.monotonic() >= clear_up_at
        if clear_up:
            clear_up_at = time.monotonic() + CLEAR_UP_SECONDS
        _look_after(app, clear_up=clear_up)
        if stop.wait(SWEEP_SECONDS):
            break
    working.take_no_more()
    if not working.has_ended(FINISH_SECONDS):
        converter.stop()
        if not working.has_ended(GIVE_BACK_SECONDS):
            log.warning("conversion_left_behind")


def _look_after(app: App, *, clear_up: bool) -> None:
    try:
        with app.work() as work:
            conversions.sweep(work)
        if clear_up:
            with app.work() as work:
                media.forget_unused(work)
            with app.work() as work:
                screenshots.forget_strangers(work)
    except Exception as error:  # noqa: BLE001 - a database or queue that is away is there again at the next look
        log.warning("worker_look_failed", error=str(error))
