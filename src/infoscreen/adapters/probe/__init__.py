"""What a file is by its content, a small picture of it, and whether it asks for a password: the port `MediaProbe`.

A module per family of kinds; each looks for its own signs and returns None for what is not its own.
"""

from pathlib import Path

from infoscreen.adapters.probe import documents, markup, office, pictures, videos
from infoscreen.domain.media import PICTURES, VIDEOS, Kind, MediaFacts, agreed_kind


class FileProbe:
    """Looks into files with Pillow, PDFium, ffprobe and the parsers of the standard library."""

    def examine(self, path: Path, name: str) -> MediaFacts:
        """What a file is by its content; raises `WrongKind` or `UnreadableMedia`."""
        kind = agreed_kind(name, _content_kind(path, name))
        if kind in VIDEOS:
            return videos.facts(path, kind)
        if kind is Kind.PDF:
            return documents.facts(path)
        if kind in PICTURES and kind is not Kind.SVG:
            return pictures.facts(path, kind)
        return MediaFacts(kind, page_count=office.slide_count(path, kind))

    def thumbnail(self, path: Path, kind: Kind) -> bytes | None:
        """A small JPEG of what the file shows, None where there is none."""
        if kind in VIDEOS:
            return videos.thumbnail(path)
        if kind is Kind.PDF:
            return documents.thumbnail(path)
        return pictures.thumbnail(path) if kind in PICTURES and kind is not Kind.SVG else None

    def is_protected(self, path: Path) -> bool:
        """Whether an office document asks for a password."""
        return office.is_protected(path)


def _content_kind(path: Path, name: str) -> Kind | None:
    with path.open("rb") as file:
        head = file.read(8192)
    families = (documents.kind(head), pictures.kind(head), videos.kind(head), office.kind(path, head, name))
    return next((kind for kind in families if kind), None) or markup.kind(path, head)
