"""Cards for what a virtual device cannot really play (website, video), which say so, and the quiet fallback screen."""

import hashlib
import math
from urllib.parse import urlsplit

from PIL import Image, ImageDraw

from infoscreen_device.config import Size
from infoscreen_device.player.canvas import (
    BOLD,
    MEDIUM,
    WHITE,
    Colour,
    circle,
    font,
    gradient,
    polygon,
    printable,
    rounded,
    shortened,
)
from infoscreen_device.player.scene import FallbackScene, VideoScene, WebsiteScene

INK, GREY, PALE, LINE = (33, 37, 41), (104, 112, 123), (241, 243, 247), (222, 226, 232)
WEBUNTIS = (232, 89, 12)
SITE_COLOURS: tuple[Colour, ...] = ((59, 91, 219), (12, 133, 153), (9, 146, 104), (174, 62, 201), (194, 37, 92))
MOON, NIGHT, DEEP = (190, 200, 230), (24, 33, 62), (9, 12, 26)


def draw_website(scene: WebsiteScene, size: Size) -> Image.Image:
    """A browser's frame with the address, and the site's name instead of the page."""
    unit = size[1] / 720
    address, host = _address(scene.url)
    colour = WEBUNTIS if scene.is_webuntis else SITE_COLOURS[hashlib.sha256(host.encode()).digest()[0] % 5]
    picture = gradient(size, WHITE, _tinted(colour))
    pen = ImageDraw.Draw(picture)
    _address_bar(picture, address, unit)
    middle = size[0] / 2
    circle(picture, (middle, 290 * unit), 84 * unit, colour)
    letter = "W" if scene.is_webuntis else host.removeprefix("www.")[:1].upper()
    pen.text((middle, 292 * unit), letter, font=font(92 * unit, BOLD), fill=WHITE, anchor="mm")
    name = printable(scene.title) or host
    for y, text, height, weight, ink in (
        (436, name, 50, BOLD, INK),
        (498, "WebUntis · " + host if scene.is_webuntis else host, 30, MEDIUM, GREY),
        (676, "Virtuelles Gerät: zeigt die Adresse statt der Seite", 19, MEDIUM, GREY),
    ):
        face = font(height * unit, weight)
        pen.text((middle, y * unit), shortened(text, face, size[0] * 0.86), font=face, fill=ink, anchor="mm")
    return picture


def _tinted(colour: Colour) -> Colour:
    red, green, blue = (round(255 - (255 - part) * 0.22) for part in colour)
    return red, green, blue


def _address(url: str) -> tuple[str, str]:
    """What a browser would show of an address, and its host."""
    try:
        parts = urlsplit(printable(url))
        host = parts.hostname or "?"
    except ValueError:
        return printable(url, 200), "?"
    return f"{host}{parts.path}".rstrip("/"), host


def _address_bar(picture: Image.Image, address: str, unit: float) -> None:
    pen = ImageDraw.Draw(picture)
    rounded(picture, (0, 0, picture.width, 68 * unit), 0, PALE)
    rounded(picture, (0, 67 * unit, picture.width, 68 * unit), 0, LINE)
    for number, colour in enumerate(((250, 82, 82), (250, 176, 5), (64, 192, 87))):
        circle(picture, ((34 + 28 * number) * unit, 34 * unit), 8 * unit, colour)
    rounded(picture, (130 * unit, 13 * unit, picture.width - 34 * unit, 55 * unit), 21 * unit, WHITE)
    _padlock(picture, 158 * unit, 35 * unit, unit)
    face = font(21 * unit, MEDIUM)
    text = shortened(address, face, picture.width - 230 * unit)
    pen.text((180 * unit, 34 * unit), text, font=face, fill=INK, anchor="lm")


def _padlock(picture: Image.Image, x: float, y: float, unit: float) -> None:
    rounded(picture, (x - 5 * unit, y - 10 * unit, x + 5 * unit, y + 4 * unit), 5 * unit, GREY)
    rounded(picture, (x - 3 * unit, y - 8 * unit, x + 3 * unit, y + 4 * unit), 3 * unit, WHITE)
    rounded(picture, (x - 8 * unit, y - 2 * unit, x + 8 * unit, y + 9 * unit), 2 * unit, GREY)


def draw_video(scene: VideoScene, size: Size) -> Image.Image:
    """A poster with the title and what is known about the video."""
    unit = size[1] / 720
    picture = gradient(size, (52, 58, 70), (14, 16, 22))
    pen = ImageDraw.Draw(picture)
    middle, y = size[0] / 2, 270 * unit
    circle(picture, (middle, y), 96 * unit, WHITE, 0.16)
    circle(picture, (middle, y), 78 * unit, WHITE)
    reach = 40 * unit
    polygon(picture, [(middle - reach * 0.62, y - reach), (middle - reach * 0.62, y + reach), (middle + reach, y)], INK)
    for height, text, letter, weight, ink in (
        (450, printable(scene.title), 52, BOLD, WHITE),
        (518, " · ".join(_facts(scene)), 28, MEDIUM, (190, 196, 206)),
        (676, "Virtuelles Gerät: Standbild statt Wiedergabe", 19, MEDIUM, (140, 147, 158)),
    ):
        face = font(letter * unit, weight)
        pen.text((middle, height * unit), shortened(text, face, size[0] * 0.86), font=face, fill=ink, anchor="mm")
    return picture


def _facts(scene: VideoScene) -> list[str]:
    facts = ["Video"]
    if scene.duration is not None and math.isfinite(scene.duration) and scene.duration >= 0:
        minutes, seconds = divmod(round(scene.duration), 60)
        facts.append(f"{minutes}:{seconds:02d} min")
    if scene.resolution:
        facts.append(printable(scene.resolution, 20).replace("x", " × "))
    running = [f"seit {scene.minute} min"] * (scene.minute > 0)
    return facts + ["Schleife"] * scene.loop + ["stumm"] * scene.muted + running


def draw_fallback(scene: FallbackScene, size: Size) -> Image.Image:
    """The time and the date, and small below them whose screen this is."""
    unit = size[1] / 720
    picture = gradient(size, NIGHT, DEEP)
    pen = ImageDraw.Draw(picture)
    middle = size[0] / 2
    pen.text((middle, 300 * unit), scene.clock, font=font(210 * unit, 300), fill=WHITE, anchor="mm")
    pen.text((middle, 452 * unit), scene.date, font=font(44 * unit), fill=MOON, anchor="mm")
    face = font(24 * unit, MEDIUM)
    half = size[0] * 0.42
    school, device = (shortened(printable(text), face, half) for text in (scene.school, scene.device))
    pen.text((48 * unit, 668 * unit), school, font=face, fill=MOON, anchor="lm")
    pen.text((size[0] - 48 * unit, 668 * unit), device, font=face, fill=(120, 131, 166), anchor="rm")
    return picture
