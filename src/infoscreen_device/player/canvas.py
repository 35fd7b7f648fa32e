"""What every drawing is made of: the font, smooth shapes, gradients, and text that fits."""

from functools import lru_cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from infoscreen_device.config import Size

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]
Font = ImageFont.FreeTypeFont

REGULAR, MEDIUM, BOLD = 400, 500, 700
WHITE: Colour = (255, 255, 255)
# Shapes are drawn this much larger and scaled down, because Pillow draws hard edges.
SMOOTH = 4
_FONT_FILE = resources.files("infoscreen_device.player") / "fonts" / "InterVariable.woff2"


@lru_cache(maxsize=256)
def font(size: float, weight: int = REGULAR) -> Font:
    """The font (Inter) at a size in pixels and a weight of 100 to 900."""
    with resources.as_file(_FONT_FILE) as path:
        loaded = ImageFont.truetype(str(path), max(8, round(size)))
    loaded.set_variation_by_axes([min(32, max(14, size)), weight])
    return loaded


def printable(text: str, limit: int = 3000) -> str:
    """One line without control characters, cut at `limit`; what lies beyond the font (emoji) would show as boxes."""
    kept = "".join(each if each.isprintable() else " " for each in text[:limit] if ord(each) <= 0xFFFF)
    return " ".join(kept.replace("\ufe0f", "").split())


def gradient(size: Size, top: Colour, bottom: Colour) -> Image.Image:
    """A vertical gradient as a new picture."""
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), mask)


def rounded(picture: Image.Image, box: Box, radius: float, colour: Colour, opacity: float = 1.0) -> None:
    """A filled rectangle with smooth round corners."""
    left, top, right, bottom = (round(edge) for edge in box)
    width, height = max(1, right - left), max(1, bottom - top)
    mask = Image.new("L", (width * SMOOTH, height * SMOOTH), 0)
    corners = (0, 0, width * SMOOTH - 1, height * SMOOTH - 1)
    ImageDraw.Draw(mask).rounded_rectangle(corners, radius * SMOOTH, fill=round(255 * opacity))
    picture.paste(colour, (left, top), mask.resize((width, height), Image.Resampling.LANCZOS))


def circle(
    picture: Image.Image, centre: tuple[float, float], radius: float, colour: Colour, opacity: float = 1
) -> None:
    x, y = centre
    rounded(picture, (x - radius, y - radius, x + radius, y + radius), radius, colour, opacity)


def polygon(picture: Image.Image, points: list[tuple[float, float]], colour: Colour) -> None:
    """A filled polygon with smooth edges."""
    mask = Image.new("L", (picture.width * 2, picture.height * 2), 0)
    ImageDraw.Draw(mask).polygon([(x * 2, y * 2) for x, y in points], fill=255)
    picture.paste(colour, (0, 0), mask.resize(picture.size, Image.Resampling.LANCZOS))


def shortened(text: str, with_font: Font, width: float) -> str:
    """The text, or its beginning and an ellipsis, within `width`."""
    if with_font.getlength(text) <= width:
        return text
    return text[: fitting(text, with_font, width - with_font.getlength("…"))].rstrip() + "…"


def fitting(text: str, with_font: Font, width: float) -> int:
    """How many characters from the beginning fit into `width`, by halving."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if with_font.getlength(text[:middle]) <= width else (low, middle - 1)
    return low
