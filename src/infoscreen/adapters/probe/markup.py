"""SVG and HTML: by parsing them."""

from html.parser import HTMLParser
from pathlib import Path
from xml.parsers import expat

from infoscreen.domain.media import Kind

# Text of this size is no picture and no page any more, in bytes.
LARGEST = 16 * 1024 * 1024
BEGINNING = 64 * 1024
SVG_ROOT = "http://www.w3.org/2000/svg svg"
HTML_BEGINNINGS = ("html", "head", "body")


class _NotThis(Exception):
    """The file is something else."""


def kind(path: Path, head: bytes) -> Kind | None:
    """SVG or HTML, if the text is one of them."""
    if path.stat().st_size > LARGEST or b"\0" in head:
        return None
    text = path.read_bytes()
    if _is_svg(text):
        return Kind.SVG
    return Kind.HTML if _is_html(text) else None


def _is_svg(text: bytes) -> bool:
    parser = expat.ParserCreate(namespace_separator=" ")
    opened: list[str] = []

    def refuse(*_: object) -> None:
        raise _NotThis

    def note(name: str, _attributes: dict[str, str]) -> None:
        if not opened and name != SVG_ROOT:
            raise _NotThis
        opened[:] = [name]

    # Entities could stand for files and for gigabytes; drawings do not need them.
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = note
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, _NotThis, ValueError):
        return False
    return bool(opened)


def _is_html(text: bytes) -> bool:
    try:
        beginning = text.decode("utf-8-sig").lstrip()
    except UnicodeDecodeError:
        return False
    reader = _Beginning()
    try:
        reader.feed(beginning[:BEGINNING])
    except AssertionError:  # how the parser says that a declaration is malformed
        return False
    return reader.is_page is True


class _Beginning(HTMLParser):
    """Notes whether the first thing that tells is that of a page."""

    is_page: bool | None = None

    def handle_decl(self, decl: str) -> None:
        self._note(decl.lower().startswith("doctype html"))

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag in HTML_BEGINNINGS)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._note(False)

    def _note(self, is_page: bool) -> None:
        if self.is_page is None:
            self.is_page = is_page
