"""However many workers there are, a content is converted once and stored once: on each kind of database."""

import threading
from pathlib import Path

import pytest

from applications import Clock
from factories import decks
from factories.conversions import FakeConverter, conversion, run, sweep, upload
from infoscreen.bootstrap import App
from infoscreen.domain.conversions import ConversionStatus
from infoscreen.services import conversions, media


@pytest.fixture
def deck(app: App) -> int:
    """A presentation that waits for its conversion."""
    return upload(app, decks.pptx("eins", "zwei"))


def test_two_workers_do_one_conversion(app: App, deck: int) -> None:
    together = threading.Barrier(2, timeout=10)
    converter = FakeConverter()
    conversion_id = conversion(app, deck).id

    def work_off() -> None:
        together.wait()
        conversions.run_conversion(app.work, converter, conversion_id)

    workers = [threading.Thread(target=work_off) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert converter.calls == 1
    assert conversion(app, deck).status == ConversionStatus.READY


def test_the_same_content_is_converted_once(app: App, deck: int) -> None:
    converter = FakeConverter()
    waiting = upload(app, decks.pptx("eins", "zwei"), "Kopie.pptx")
    done = run(app, deck, converter)
    later = upload(app, decks.pptx("eins", "zwei"), "Spät.pptx")
    for twin in (waiting, later):
        found = run(app, twin, converter)
        assert (found.status, found.target_sha256) == (ConversionStatus.READY, done.target_sha256)
        with app.reading() as work:
            assert media.get_media(work, twin).page_count == 2
    assert converter.calls == 1


def test_the_same_content_is_not_in_work_twice_at_once(app: App, deck: int) -> None:
    twin = upload(app, decks.pptx("eins", "zwei"), "Kopie.pptx")
    second = FakeConverter()

    def meanwhile(target: Path) -> None:
        run(app, twin, second)
        target.write_bytes(decks.pdf())

    run(app, deck, FakeConverter(meanwhile))
    assert second.calls == 0
    assert conversion(app, twin).status == ConversionStatus.READY


def test_a_worker_that_was_taken_for_dead_stores_nothing(app: App, deck: int, clock: Clock) -> None:
    asleep, awake = threading.Event(), threading.Event()

    def fall_asleep(target: Path) -> None:
        asleep.set()
        assert awake.wait(20)
        target.write_bytes(decks.pdf(1))

    sleeper = threading.Thread(target=run, args=(app, deck, FakeConverter(fall_asleep)))

    def let_it_wake_up(target: Path) -> None:
        awake.set()
        sleeper.join(20)
        assert conversion(app, deck).status == ConversionStatus.PROCESSING
        target.write_bytes(decks.pdf(7))

    sleeper.start()
    assert asleep.wait(20)
    clock.forward(minutes=5)
    sweep(app)
    clock.forward(minutes=5)
    done = run(app, deck, FakeConverter(let_it_wake_up))
    assert (done.status, done.attempts) == (ConversionStatus.READY, 2)
    with app.reading() as work:
        assert media.get_media(work, deck).page_count == 7
