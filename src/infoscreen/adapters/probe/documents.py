"""PDF: by its header, read with PDFium, which must not be used by two threads at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

from infoscreen.adapters.probe.pictures import as_thumbnail
from infoscreen.domain.media import Kind, MediaFacts, UnreadableMedia

# Readers accept a header anywhere in the first 1,024 bytes; the standard's place is the very beginning.
HEADER_WITHIN = 1024
# Pixels of the longer side when a page is drawn, whatever size the page says it has.
DRAWN_SIDE = 960
_PDFIUM = threading.Lock()


def kind(head: bytes) -> Kind | None:
    """PDF, if it begins like one."""
    return Kind.PDF if b"%PDF-" in head[:HEADER_WITHIN] else None


def facts(path: Path) -> MediaFacts:
    """Number of pages and the first one's size in points; raises `UnreadableMedia` when broken or with a password."""
    with _opened(path) as pdf:
        width, height = pdf[0].get_size()
        return MediaFacts(Kind.PDF, page_count=len(pdf), width=round(width), height=round(height))


def thumbnail(path: Path) -> bytes | None:
    """The first page; None when it cannot be drawn."""
    try:
        with _opened(path) as pdf:
            page = pdf[0]
            return as_thumbnail(page.render(scale=DRAWN_SIDE / max(*page.get_size(), 1)).to_pil())
    except UnreadableMedia:
        return None


@contextmanager
def _opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    with _PDFIUM:
        try:
            with pypdfium2.PdfDocument(path) as pdf:
                if len(pdf) == 0:
                    raise UnreadableMedia
                yield pdf
        except pypdfium2.PdfiumError as error:
            raise UnreadableMedia from error
