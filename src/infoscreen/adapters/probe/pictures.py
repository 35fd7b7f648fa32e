"""Pictures: by their first bytes, opened with Pillow, which is held to the one format and to a number of pixels."""

import io
from pathlib import Path

import filetype
from PIL import Image, ImageOps, UnidentifiedImageError

from infoscreen.domain.media import Kind, MediaFacts, UnreadableMedia

# A 100-megapixel picture takes 400 MB when opened; no screen shows so much.
MOST_PIXELS = 100_000_000
THUMBNAIL_SIDE = 480
FORMATS = {Kind.JPG: "JPEG", Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.GIF: "GIF", Kind.WEBP: "WEBP"}
_BROKEN = (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError)


def kind(head: bytes) -> Kind | None:
    """The kind of picture that begins like this."""
    found = filetype.image_match(head)
    return Kind(found.extension) if found and found.extension in ("jpg", "png", "gif", "webp") else None


def facts(path: Path, kind: Kind) -> MediaFacts:
    """Width and height in pixels; raises `UnreadableMedia` when broken or larger than a screen can show."""
    try:
        with Image.open(path, formats=[FORMATS[kind]]) as picture:
            width, height = picture.size
            _refuse_bombs(picture)
            picture.verify()
    except _BROKEN as error:
        raise UnreadableMedia from error
    return MediaFacts(kind, width=width, height=height)


def thumbnail(path: Path) -> bytes | None:
    """The picture itself, the first frame of an animation; None when only its head can be read."""
    try:
        with Image.open(path, formats=list(FORMATS.values())) as picture:
            _refuse_bombs(picture)
            picture.draft("RGB", (2 * THUMBNAIL_SIDE, 2 * THUMBNAIL_SIDE))
            return as_thumbnail(ImageOps.exif_transpose(picture))
    except _BROKEN:
        return None


def as_thumbnail(picture: Image.Image) -> bytes:
    """A picture as a small JPEG on white."""
    small = picture.convert("RGBA")
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    white = Image.new("RGBA", small.size, "white")
    white.alpha_composite(small)
    jpeg = io.BytesIO()
    white.convert("RGB").save(jpeg, "JPEG", quality=82)
    return jpeg.getvalue()


def _refuse_bombs(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError("too many pixels")
