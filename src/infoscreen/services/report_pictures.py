"""Turns a picture as a device sent it into the JPEG that is kept; of the original file only the pixels survive."""

import binascii
from io import BytesIO

from PIL import Image

from infoscreen.services.refusals import Reason, Unreadable

PIXELS_AT_MOST = 40_000_000
# What devices send is JPEG or PNG; the others are as harmless to read. Formats that call programs are left out.
ACCEPTED = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
QUALITY = 85


def to_jpeg(data: str) -> bytes:
    """Decode base64 and the picture in it, and encode it anew. Raises `Unreadable` and nothing else."""
    try:
        return _encoded(binascii.a2b_base64(data, strict_mode=True))
    except Exception as error:  # decoders raise whatever a broken file provokes
        raise Unreadable(Reason.BAD_PICTURE) from error


def _encoded(content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=ACCEPTED) as picture:
        # The header tells the size; the pixels, which a small file can hold in gigabytes, are not unpacked yet.
        if picture.width * picture.height > PIXELS_AT_MOST:
            raise Unreadable(Reason.BAD_PICTURE)
        jpeg = BytesIO()
        picture.convert("RGB").save(jpeg, "JPEG", quality=QUALITY)
        return jpeg.getvalue()
