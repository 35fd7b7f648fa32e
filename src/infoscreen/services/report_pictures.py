"""Turns a picture as a device sent it into the JPEG that is kept; of the original file only the pixels survive."""

import binascii
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageStat

from infoscreen.domain.pictures import Luminance
from infoscreen.services.refusals import Reason, Unreadable

PIXELS_AT_MOST = 40_000_000
# What devices send is JPEG or PNG; the others are as harmless to read. Formats that call programs are left out.
ACCEPTED = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
QUALITY = 85
# No TV shows more than 4K; what is larger is kept as large as that.
KEPT_AT_MOST = (3840, 3840)
# Sharp where a list shows it 112 pixels wide; brightness needs no more pixels either.
THUMBNAIL_AT = (240, 240)
THUMBNAIL_QUALITY = 75


@dataclass(frozen=True, slots=True)
class Developed:
    """A picture as it is kept, the same small, its sha256 (hex) and how bright it is."""

    jpeg: bytes
    thumbnail: bytes
    hash: str
    luminance: Luminance


def from_base64(data: str) -> Developed:
    """Decode base64 and develop the picture in it. Raises `Unreadable` and nothing else."""
    try:
        content = binascii.a2b_base64(data, strict_mode=True)
    except ValueError as error:  # characters beyond ASCII too
        raise Unreadable(Reason.BAD_PICTURE) from error
    return develop(content)


def develop(content: bytes) -> Developed:
    """Decode a picture file and encode it anew. Raises `Unreadable` and nothing else."""
    try:
        return _developed(content)
    except Exception as error:  # decoders raise whatever a broken file provokes
        raise Unreadable(Reason.BAD_PICTURE) from error


def _developed(content: bytes) -> Developed:
    with Image.open(BytesIO(content), formats=ACCEPTED) as picture:
        # The header tells the size; the pixels, which a small file can hold in gigabytes, are not unpacked yet.
        if picture.width * picture.height > PIXELS_AT_MOST:
            raise Unreadable(Reason.BAD_PICTURE)
        picture.draft("RGB", KEPT_AT_MOST)
        picture.thumbnail(KEPT_AT_MOST, reducing_gap=2.0)
        kept = picture.convert("RGB")
        jpeg = _as_jpeg(kept, QUALITY)
        kept.thumbnail(THUMBNAIL_AT)
        return Developed(jpeg, _as_jpeg(kept, THUMBNAIL_QUALITY), sha256(jpeg).hexdigest(), _luminance(kept))


def _as_jpeg(picture: Image.Image, quality: int) -> bytes:
    jpeg = BytesIO()
    picture.save(jpeg, "JPEG", quality=quality)
    return jpeg.getvalue()


def _luminance(picture: Image.Image) -> Luminance:
    measured = ImageStat.Stat(picture.convert("L"))
    return Luminance(measured.mean[0], measured.stddev[0])
