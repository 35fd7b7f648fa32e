"""One conversion per content: claimed once, tried again after what can pass, whole or not there."""

from pathlib import Path

import pytest

from applications import Clock, RememberingBus
from factories import decks
from factories.conversions import FakeConverter, conversion, failing, run, sweep, upload
from infoscreen import bootstrap
from infoscreen.bootstrap import App
from infoscreen.db.media import Conversion
from infoscreen.domain.alerts import AlertKind
from infoscreen.domain.conversions import (
    MOST_TRIES,
    STALE_AFTER,
    ConversionInterrupted,
    ConversionStatus,
    Failure,
    NothingToConvert,
)
from infoscreen.domain.errors import NotFound
from infoscreen.services import alerts, conversions, media
from infoscreen.services.notices import Notice, NoticeKind
from waiting import eventually


class Killed(BaseException):
    """What ends a worker without a word."""


def _pdfs(app: App) -> list[Path]:
    return list((app.config.data_dir / "converted").rglob("*.pdf"))


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """SQLite alone: what differs between databases is in `test_conversion_claims.py`."""
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def deck(app: App) -> int:
    """A presentation that waits for its conversion."""
    return upload(app, decks.pptx("eins", "zwei"))


def test_an_upload_asks_for_its_conversion(app: App, deck: int) -> None:
    assert conversion(app, deck).status == ConversionStatus.PENDING
    assert not app.ports.jobs.is_empty()


def test_a_conversion_puts_the_pdf_in_its_place(app: App, deck: int, bus: RememberingBus) -> None:
    done = run(app, deck, FakeConverter())
    assert (done.status, done.attempts, done.error_message) == (ConversionStatus.READY, 1, None)
    assert done.target_sha256
    pdf = app.ports.media.pdf_path(done.target_sha256)
    assert done.target_path == f"{pdf.parent.name}/{pdf.name}"
    assert (done.target_size, pdf.read_bytes()[:5]) == (pdf.stat().st_size, b"%PDF-")
    assert bus.notices.count(Notice(NoticeKind.CONVERSIONS, (deck,))) >= 3
    with app.reading() as work:
        shown = media.get_media(work, deck)
        assert (shown.page_count, shown.has_thumbnail) == (2, True)
        assert app.ports.media.thumbnail_path(shown.sha256).exists()


def test_what_is_ready_is_not_converted_again(app: App, deck: int) -> None:
    converter = FakeConverter()
    first = run(app, deck, converter)
    with app.work() as work:
        assert conversions.request_conversion(work, deck).status == ConversionStatus.READY
    assert run(app, deck, converter).completed_at == first.completed_at
    assert converter.calls == 1


@pytest.mark.parametrize("failure", [Failure.UNREADABLE, Failure.PASSWORD_PROTECTED])
def test_a_broken_file_fails_at_once_and_for_all_of_its_content(app: App, deck: int, failure: Failure) -> None:
    twin = upload(app, decks.pptx("eins", "zwei"), "Kopie.pptx")
    for failed in (run(app, deck, failing(failure)), conversion(app, twin)):
        assert (failed.status, failed.error_message) == (ConversionStatus.FAILED, failure.value)


def test_a_password_is_noticed_before_anything_is_tried(app: App) -> None:
    converter = FakeConverter()
    failed = run(app, upload(app, decks.ole("EncryptedPackage")), converter)
    assert (failed.status, failed.error_message) == (ConversionStatus.FAILED, Failure.PASSWORD_PROTECTED)
    assert converter.calls == 0


def test_what_can_pass_is_tried_three_times_with_growing_pauses(app: App, deck: int, clock: Clock) -> None:
    converter = failing(Failure.TIMED_OUT)
    for tries, pause in ((1, 15), (2, 60)):
        waiting = run(app, deck, converter)
        assert (waiting.status, waiting.attempts) == (ConversionStatus.PENDING, tries)
        clock.forward(seconds=pause - 1)
        assert run(app, deck, converter).attempts == tries
        clock.forward(seconds=1)
    failed = run(app, deck, converter)
    assert (failed.status, failed.attempts) == (ConversionStatus.FAILED, MOST_TRIES)
    assert converter.calls == MOST_TRIES


def test_a_person_may_have_a_failed_one_tried_anew(app: App, deck: int) -> None:
    run(app, deck, failing(Failure.UNREADABLE))
    with app.work() as work:
        again = conversions.request_conversion(work, deck)
        assert (again.status, again.attempts, again.error_message) == (ConversionStatus.PENDING, 0, None)
    assert run(app, deck, FakeConverter()).status == ConversionStatus.READY


def test_an_output_that_is_no_pdf_is_never_in_place(app: App, deck: int) -> None:
    failed = run(app, deck, FakeConverter(lambda target: target.write_bytes(b"%PDF-1.7 half")))
    assert failed.status == ConversionStatus.FAILED
    assert _pdfs(app) == []


def test_what_is_broken_off_waits_again_and_is_not_counted(app: App, deck: int) -> None:
    def interrupt(target: Path) -> None:
        target.write_bytes(b"half")
        raise ConversionInterrupted

    waiting = run(app, deck, FakeConverter(interrupt))
    assert (waiting.status, waiting.attempts) == (ConversionStatus.PENDING, 0)
    assert _pdfs(app) == []
    assert run(app, deck, FakeConverter()).status == ConversionStatus.READY


def _killed_in_the_middle(app: App, media_id: int) -> None:
    def die(target: Path) -> None:
        target.write_bytes(b"half")
        raise Killed

    with pytest.raises(Killed):
        run(app, media_id, FakeConverter(die))


def _empty_queue(app: App) -> None:
    taken: list[int] = []
    queue = bootstrap.job_queue(app.config).work(taken.append)
    eventually(app.ports.jobs.is_empty)
    queue.take_no_more()
    assert queue.has_ended(5)


def test_what_a_killed_worker_held_is_done_again_but_not_before_it_must_be_dead(
    app: App, deck: int, clock: Clock
) -> None:
    _empty_queue(app)
    _killed_in_the_middle(app, deck)
    assert _pdfs(app) == []
    sweep(app)
    assert run(app, deck, FakeConverter()).status == ConversionStatus.PROCESSING
    clock.forward(seconds=STALE_AFTER.total_seconds() + 1)
    sweep(app)
    clock.forward(seconds=15)
    sweep(app)
    assert not app.ports.jobs.is_empty()
    assert run(app, deck, FakeConverter()).status == ConversionStatus.READY


def test_a_file_that_kills_every_worker_is_given_up(app: App, deck: int, clock: Clock) -> None:
    for _ in range(MOST_TRIES):
        _killed_in_the_middle(app, deck)
        clock.forward(minutes=5)
        sweep(app)
        clock.forward(minutes=5)
    failed = conversion(app, deck)
    assert (failed.status, failed.error_message) == (ConversionStatus.FAILED, Failure.WORKER_DIED)


def test_a_lost_entry_of_the_queue_is_made_again(app: App, deck: int) -> None:
    _empty_queue(app)
    sweep(app)
    assert not app.ports.jobs.is_empty()


def test_a_medium_that_is_deleted_in_the_middle_takes_its_conversion_along(app: App, deck: int) -> None:
    conversion_id = conversion(app, deck).id

    def delete(target: Path) -> None:
        with app.work() as work:
            media.delete_media(work, deck)
        target.write_bytes(decks.pdf())

    conversions.run_conversion(app.work, FakeConverter(delete), conversion_id)
    conversions.run_conversion(app.work, FakeConverter(), conversion_id)
    with app.reading() as work:
        assert work.session.get(Conversion, conversion_id) is None


def test_what_is_shown_as_it_is_needs_no_conversion(app: App) -> None:
    picture = upload(app, decks.picture(), "a.png")
    with pytest.raises(NothingToConvert), app.work() as work:
        conversions.request_conversion(work, picture)
    with pytest.raises(NotFound), app.work() as work:
        conversions.request_conversion(work, 999)
    with pytest.raises(NotFound), app.reading() as work:
        conversions.conversion_status(work, picture)


def test_a_conversion_that_failed_for_good_is_an_alert_until_it_is_done_or_the_file_is_gone(
    app: App, deck: int
) -> None:
    def open_subjects() -> set[str]:
        with app.reading() as work:
            return alerts.open_subjects(work, AlertKind.CONVERSION_FAILED)

    run(app, deck, failing(Failure.PASSWORD_PROTECTED))
    assert open_subjects() == {str(deck)}
    with app.work() as work:
        conversions.request_conversion(work, deck)
    run(app, deck, FakeConverter())
    assert open_subjects() == set()
    other = upload(app, decks.pptx("drei"))
    run(app, other, failing(Failure.PASSWORD_PROTECTED))
    assert open_subjects() == {str(other)}
    with app.work() as work:
        media.delete_media(work, other)
    assert open_subjects() == set()
