"""The worker process: presentations become PDFs, and its end loses nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from factories import decks
from factories.conversions import FakeConverter, conversion, upload
from infoscreen import bootstrap
from infoscreen.bootstrap import App
from infoscreen.config import Config
from infoscreen.domain.conversions import ConversionInterrupted, ConversionStatus, Failure
from infoscreen.processes import worker
from infoscreen.services import media
from waiting import eventually


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'test.db'}"


@contextmanager
def _working(app: App) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(app, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive(), "the worker did not end within ten seconds"


def _has_ended(app: App, media_id: int) -> bool:
    return conversion(app, media_id).status in (ConversionStatus.READY, ConversionStatus.FAILED)


@pytest.mark.service
def test_an_uploaded_deck_becomes_a_pdf_with_a_real_libreoffice(app: App) -> None:
    deck = upload(app, decks.pptx("eins", "zwei"))
    broken = upload(app, decks.broken_pptx())
    with _working(app):
        eventually(lambda: _has_ended(app, deck) and _has_ended(app, broken), timeout=60)
    assert conversion(app, deck).status == ConversionStatus.READY
    assert conversion(app, broken).error_message == Failure.UNREADABLE
    with app.reading() as work:
        assert media.get_media(work, deck).page_count == 2


def test_what_cannot_finish_in_time_is_given_back(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, stopped = threading.Event(), threading.Event()

    class Slow(FakeConverter):
        def stop(self) -> None:
            stopped.set()

    def hang(_target: Path) -> None:
        begun.set()
        assert stopped.wait(20)
        raise ConversionInterrupted

    def converter(_config: Config) -> Slow:
        return Slow(hang)

    monkeypatch.setattr(bootstrap, "converter", converter)
    monkeypatch.setattr(worker, "FINISH_SECONDS", 0.1)
    deck = upload(app, decks.pptx("eins"))
    with _working(app):
        assert begun.wait(10)
    waiting = conversion(app, deck)
    assert (waiting.status, waiting.attempts) == (ConversionStatus.PENDING, 0)


def test_what_the_queue_lost_is_found_by_the_sweep(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    deck = upload(app, decks.pptx("eins"))
    lost = bootstrap.job_queue(app.config).work(taken.append)
    eventually(lambda: taken)
    lost.take_no_more()
    assert lost.has_ended(5)
    monkeypatch.setattr(bootstrap, "converter", lambda _config: FakeConverter())
    with _working(app):
        eventually(lambda: _has_ended(app, deck))
