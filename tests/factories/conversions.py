"""Presentations that wait for their conversion, and a converter that does what a test says."""

from collections.abc import Callable
from pathlib import Path

from factories import decks
from infoscreen.bootstrap import App
from infoscreen.db.conversions import conversion_of
from infoscreen.db.media import Conversion
from infoscreen.domain.conversions import ConversionFailed, Failure
from infoscreen.domain.media import Kind, UploadLimits
from infoscreen.services import conversions, media

LIMITS = UploadLimits(max_bytes=10 * 1024**2, max_video_seconds=600)


class FakeConverter:
    """Makes a PDF at once, unless a test says what it does instead."""

    def __init__(self, instead: Callable[[Path], object] | None = None) -> None:
        self._instead = instead
        self.calls = 0

    def to_pdf(self, source: Path, kind: Kind, target: Path) -> None:
        assert source.exists()
        assert kind is Kind.PPTX
        self.calls += 1
        if self._instead:
            self._instead(target)
        else:
            target.write_bytes(decks.pdf(2))

    def stop(self) -> None:
        """It never runs long."""


def failing(failure: Failure) -> FakeConverter:
    def fail(_target: Path) -> None:
        raise ConversionFailed(failure)

    return FakeConverter(fail)


def upload(app: App, content: bytes, name: str = "Plan.pptx") -> int:
    received = media.receive_upload(app.ports, iter([content]), name, LIMITS)
    with received as taken, app.work() as work:
        return media.accept_upload(work, taken).id


def conversion(app: App, media_id: int) -> Conversion:
    with app.reading() as work:
        found = conversion_of(work.session, media_id)
        assert found
        return found


def run(app: App, media_id: int, converter: FakeConverter) -> Conversion:
    conversions.run_conversion(app.work, converter, conversion(app, media_id).id)
    return conversion(app, media_id)


def sweep(app: App) -> None:
    with app.work() as work:
        conversions.sweep(work)
