"""Presentations: OOXML and OpenDocument are zips with certain parts, PPT is an OLE file with a certain stream."""

import re
import zipfile
from pathlib import Path

from infoscreen.adapters.probe.ole import MAGIC as OLE_MAGIC
from infoscreen.adapters.probe.ole import stream_names
from infoscreen.domain.media import Kind, UnreadableMedia, claimed_kind

ZIP_MAGIC = b"PK\x03\x04"
ODP_MIME_TYPE = b"application/vnd.oasis.opendocument.presentation"
# A large deck has some hundred parts and some hundred megabytes; beyond this it is a bomb.
MOST_PARTS = 10_000
MOST_UNPACKED = 2 * 1024 * 1024 * 1024
LARGEST_PART_READ = 64 * 1024 * 1024
_PPTX_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")


def kind(path: Path, head: bytes, name: str) -> Kind | None:
    """The kind of presentation a file is; raises `UnreadableMedia` for a zip that is broken or a bomb."""
    if head.startswith(ZIP_MAGIC):
        return _zip_kind(path)
    if not head.startswith(OLE_MAGIC):
        return None
    names = stream_names(path)
    if "EncryptedPackage" in names:
        # Office wraps a PPTX with a password in an OLE file; what is inside only the name tells.
        return Kind.PPTX if claimed_kind(name) is Kind.PPTX else None
    return Kind.PPT if "PowerPoint Document" in names else None


def is_protected(path: Path) -> bool:
    """Whether the document asks for a password."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(OLE_MAGIC):
        return bool({"EncryptedPackage", "EncryptedSummary"} & stream_names(path))
    if head.startswith(ZIP_MAGIC):
        with _opened(path) as archive:
            return b"encryption-data" in _part(archive, "META-INF/manifest.xml")
    return False


def slide_count(path: Path, kind: Kind) -> int | None:
    """How many slides there are, None where only a conversion tells."""
    if kind not in (Kind.PPTX, Kind.ODP) or not zipfile.is_zipfile(path):
        return None
    with _opened(path) as archive:
        if kind is Kind.PPTX:
            return sum(1 for part in archive.namelist() if _PPTX_SLIDE.fullmatch(part)) or None
        return _part(archive, "content.xml").count(b"<draw:page ") or None


def _zip_kind(path: Path) -> Kind | None:
    with _opened(path) as archive:
        names = set(archive.namelist())
        if {"[Content_Types].xml", "ppt/presentation.xml"} <= names:
            return Kind.PPTX
        return Kind.ODP if _part(archive, "mimetype").strip() == ODP_MIME_TYPE else None


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableMedia from error
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        archive.close()
        raise UnreadableMedia
    return archive


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part's content as far as it is read at all, empty where there is none."""
    try:
        with archive.open(name) as part:
            return part.read(LARGEST_PART_READ)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as error:
        raise UnreadableMedia from error
