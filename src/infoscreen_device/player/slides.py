"""Pages of a PDF as pictures. pdfium may be used by one thread at a time: `studio.py` sees to that."""

from pathlib import Path

import pypdfium2
from PIL import Image

from infoscreen_device.config import Size


class BrokenSlidesError(Exception):
    """A file cannot be read as a PDF with pages."""


def page_count(path: Path) -> int:
    """Number of pages, at least 1."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            pages = len(document)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise BrokenSlidesError("file is no readable PDF") from error
    if pages < 1:
        raise BrokenSlidesError("PDF has no pages")
    return pages


def page_picture(path: Path, index: int, size: Size) -> Image.Image:
    """One page, as large as it can be within `size`; never larger, whatever size the page claims to have."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            page = document[index]
            scale = min(size[0] / page.get_width(), size[1] / page.get_height())
            picture: Image.Image = page.render(scale=scale).to_pil()
    except (pypdfium2.PdfiumError, OSError, IndexError, ZeroDivisionError, ValueError) as error:
        raise BrokenSlidesError(f"page {index + 1} cannot be drawn") from error
    picture.thumbnail(size)
    return picture.convert("RGB")
