"""A file is what its content says, whatever it is called, and nothing it claims can hurt."""

import io
import shutil
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from factories import decks
from infoscreen.adapters.probe import FileProbe
from infoscreen.domain.media import Kind, MediaFacts, UnreadableMedia, WrongKind

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect/></svg>'
HTML = b"\xef\xbb\xbf<!-- menu -->\n<!DOCTYPE html><html><body>Montag: Suppe</body></html>"
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")


def _examine(tmp_path: Path, name: str, content: bytes) -> MediaFacts:
    file = tmp_path / "content"
    file.write_bytes(content)
    return FileProbe().examine(file, name)


def _thumbnail(tmp_path: Path, kind: Kind, content: bytes) -> Image.Image:
    file = tmp_path / "content"
    file.write_bytes(content)
    jpeg = FileProbe().thumbnail(file, kind)
    assert jpeg
    return Image.open(io.BytesIO(jpeg), formats=["JPEG"])


@pytest.mark.parametrize(
    ("name", "content", "facts"),
    [
        ("a.pdf", decks.pdf(3), MediaFacts(Kind.PDF, page_count=3, width=160, height=90)),
        ("a.pptx", decks.pptx("eins", "zwei"), MediaFacts(Kind.PPTX, page_count=2)),
        ("a.odp", decks.odp("eins", "zwei"), MediaFacts(Kind.ODP, page_count=2)),
        ("a.ppt", decks.ole("Current User", "PowerPoint Document"), MediaFacts(Kind.PPT)),
        ("a.png", decks.picture("PNG"), MediaFacts(Kind.PNG, width=640, height=360)),
        ("a.jpeg", decks.picture("JPEG"), MediaFacts(Kind.JPEG, width=640, height=360)),
        ("a.gif", decks.picture("GIF"), MediaFacts(Kind.GIF, width=640, height=360)),
        ("a.webp", decks.picture("WEBP"), MediaFacts(Kind.WEBP, width=640, height=360)),
        ("a.svg", SVG, MediaFacts(Kind.SVG)),
        ("a.html", HTML, MediaFacts(Kind.HTML)),
        ("a", decks.pdf(), MediaFacts(Kind.PDF, page_count=1, width=160, height=90)),
    ],
)
def test_a_file_is_known_by_its_content(tmp_path: Path, name: str, content: bytes, facts: MediaFacts) -> None:
    found = _examine(tmp_path, name, content)
    assert (found.kind, found.page_count) == (facts.kind, facts.page_count)
    if facts.kind is not Kind.PDF:
        assert (found.width, found.height) == (facts.width, facts.height)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", decks.picture()),
        ("a.png", decks.pdf()),
        ("a.pptx", decks.zipped({"word/document.xml": b"<x/>"})),
        ("a.odp", decks.pptx("eins")),
        ("a.ppt", decks.ole("WordDocument")),
        ("a.doc", decks.ole("WordDocument")),
        ("a.ppt", decks.ole("EncryptedPackage")),
        ("a.svg", HTML),
        ("a.svg", b"<svg/>"),
        ("a.html", b"just a text"),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.mp4", b"\0" * 400),
        ("a.exe", b"MZ" + b"\0" * 400),
        ("a", b""),
    ],
)
def test_what_is_not_what_it_is_called_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(WrongKind):
        _examine(tmp_path, name, content)


def _bomb_of_zeros() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/presentation.xml", b"<x/>")
        archive.writestr("[Content_Types].xml", b"<x/>")
    # The directory claims four gigabytes for the last part.
    return content.getvalue().replace(struct.pack("<I", 4), struct.pack("<I", 0xFFFFFFF0))


def _png_of(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\nand nothing more"),
        ("a.png", decks.picture("PNG")[:60]),
        ("a.png", _png_of(60_000, 60_000)),
        ("a.pptx", decks.pptx("eins")[:300]),
        ("a.pptx", _bomb_of_zeros()),
    ],
)
def test_broken_files_and_bombs_are_unreadable(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(UnreadableMedia):
        _examine(tmp_path, name, content)


def test_a_deck_of_countless_parts_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMedia):
        _examine(tmp_path, "a.pptx", decks.zipped({f"ppt/{number}": b"" for number in range(10_001)}))


def test_a_drawing_with_entities_is_no_drawing(tmp_path: Path) -> None:
    content = (
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
    )
    with pytest.raises(WrongKind):
        _examine(tmp_path, "a.svg", content)


def test_an_ole_directory_that_runs_in_a_ring_ends(tmp_path: Path) -> None:
    ring = bytearray(decks.ole("Other"))
    ring[512 + 4 : 512 + 8] = struct.pack("<I", 1)
    with pytest.raises(WrongKind):
        _examine(tmp_path, "a.ppt", bytes(ring))


@pytest.mark.parametrize(
    ("content", "protected"),
    [
        (decks.ole("EncryptedPackage"), True),
        (decks.ole("PowerPoint Document", "EncryptedSummary"), True),
        (decks.ole("PowerPoint Document"), False),
        (decks.odp("eins", encrypted=True), True),
        (decks.odp("eins"), False),
        (decks.pptx("eins"), False),
    ],
)
def test_a_password_is_noticed(tmp_path: Path, content: bytes, protected: bool) -> None:
    file = tmp_path / "content"
    file.write_bytes(content)
    assert FileProbe().is_protected(file) is protected


def test_a_presentation_with_a_password_is_still_one(tmp_path: Path) -> None:
    assert _examine(tmp_path, "a.pptx", decks.ole("EncryptedPackage")).kind is Kind.PPTX


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (Kind.PDF, decks.pdf()),
        (Kind.PNG, decks.picture("PNG", (1000, 100))),
        (Kind.JPG, decks.picture("JPEG", (900, 1600))),
        (Kind.GIF, decks.picture("GIF")),
    ],
)
def test_a_thumbnail_is_a_small_jpeg(tmp_path: Path, kind: Kind, content: bytes) -> None:
    assert max(_thumbnail(tmp_path, kind, content).size) == 480


def test_what_cannot_be_drawn_has_no_thumbnail(tmp_path: Path) -> None:
    file = tmp_path / "content"
    file.write_bytes(decks.picture("PNG")[:60])
    assert FileProbe().thumbnail(file, Kind.PNG) is None
    assert FileProbe().thumbnail(file, Kind.SVG) is None
    assert FileProbe().thumbnail(file, Kind.MP4) is None


@needs_ffmpeg
@pytest.mark.parametrize("kind", [Kind.MP4, Kind.WEBM, Kind.AVI, Kind.MKV, Kind.MOV])
def test_a_video_is_measured_and_pictured(tmp_path: Path, kind: Kind) -> None:
    content = decks.video(tmp_path / f"made.{kind.value}")
    facts = _examine(tmp_path, f"a.{kind.value}", content)
    assert (facts.kind, facts.width, facts.height) == (kind, 64, 36)
    assert facts.duration == pytest.approx(1, abs=0.3)
    assert _thumbnail(tmp_path, kind, content).size == (64, 36)


@needs_ffmpeg
def test_a_video_that_is_cut_off_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMedia):
        _examine(tmp_path, "a.mp4", decks.video(tmp_path / "made.mp4")[:500])


def test_without_ffprobe_a_video_has_no_measures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _program: None)
    content = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + b"\0" * 100
    assert _examine(tmp_path, "a.mp4", content) == MediaFacts(Kind.MP4)
