"""A message as large as it fits: headings, paragraphs and bullets, light on dark blue."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw

from infoscreen_device.config import Size
from infoscreen_device.player.canvas import BOLD, MEDIUM, WHITE, Font, fitting, font, gradient, rounded
from infoscreen_device.player.html_text import Block, Word, read_html
from infoscreen_device.player.scene import MessageScene

TOP, BOTTOM, ACCENT, BODY = (30, 47, 122), (19, 26, 66), (116, 143, 252), (233, 237, 255)
# Font sizes of the body in 720ths of the height, tried from the largest.
SIZES = (112, 100, 88, 76, 68, 60, 54, 48, 42, 38, 34, 30, 27, 24, 21, 18, 16)
HEADING_SCALE = 1.4
LINE_HEIGHT = 1.3
CENTRED_UP_TO = 200


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side in one size; `space_above` keeps blocks apart."""

    words: tuple[Word, ...]
    size: float
    is_heading: bool
    has_bullet: bool
    indent: float
    space_above: float

    @property
    def height(self) -> float:
        return self.size * LINE_HEIGHT


def draw_message(scene: MessageScene, size: Size) -> Image.Image:
    picture = gradient(size, TOP, BOTTOM)
    unit = size[1] / 720
    rounded(picture, (0, 0, 14 * unit, size[1]), 0, ACCENT)
    margin = 90 * unit
    room = (size[0] - 2 * margin, size[1] - 2 * 60 * unit)
    blocks = read_html(scene.html)
    lines = _fitted(blocks, room, unit)
    _write(picture, lines, ((margin, max(60 * unit, (size[1] - _height(lines)) / 2)), room), _is_centred(blocks))
    return picture


def _is_centred(blocks: list[Block]) -> bool:
    letters = sum(len(word.text) + 1 for block in blocks for word in block.words)
    return letters <= CENTRED_UP_TO and not any(block.kind == "bullet" for block in blocks)


def _fitted(blocks: list[Block], room: tuple[float, float], unit: float) -> list[Line]:
    """Lines in the largest size that fits; in the smallest one, as many as there is room for."""

    def lines_at(body: int, share: float = 1) -> list[Line]:
        return [line for block in blocks for line in _lines(block, body * unit, room[0] * share)]

    fits_from = bisect_left(SIZES, True, key=lambda body: _height(lines_at(body)) <= room[1])
    body = SIZES[min(fits_from, len(SIZES) - 1)]
    lines = lines_at(body)
    if _is_centred(blocks):
        # Narrower as long as it stays as many lines: no last line of one lonely word.
        narrower = (lines_at(body, share) for share in (0.5, 0.6, 0.7, 0.8, 0.9))
        lines = next((each for each in narrower if len(each) == len(lines)), lines)
    while _height(lines) > room[1]:
        lines.pop()
    return lines


def _height(lines: list[Line]) -> float:
    return sum(line.height + line.space_above for line in lines)


def _lines(block: Block, body: float, width: float) -> Iterator[Line]:
    is_heading, is_bullet = block.kind == "heading", block.kind == "bullet"
    size = body * HEADING_SCALE if is_heading else body
    indent = 1.1 * size if is_bullet else 0
    for number, words in enumerate(_wrapped(block.words, size, width - indent, is_heading)):
        above = size * (0.35 if number == 0 else 0)
        yield Line(words, size, is_heading, is_bullet and number == 0, indent, above)


def _wrapped(words: list[Word], size: float, width: float, is_heading: bool) -> Iterator[tuple[Word, ...]]:
    line: list[Word] = []
    used = 0.0
    for word in _broken(words, size, width, is_heading):
        length = _font(word, size, is_heading).getlength(f"{word.text} ")
        if line and used + length > width + size * 0.2:
            yield tuple(line)
            line, used = [], 0.0
        line.append(word)
        used += length
    yield tuple(line)


def _broken(words: list[Word], size: float, width: float, is_heading: bool) -> Iterator[Word]:
    """Words longer than a line, in pieces."""
    for word in words:
        rest, with_font = word.text, _font(word, size, is_heading)
        while with_font.getlength(rest) > width:
            cut = max(1, fitting(rest, with_font, width))
            yield Word(rest[:cut], word.bold)
            rest = rest[cut:]
        yield Word(rest, word.bold)


def _font(word: Word, size: float, is_heading: bool) -> Font:
    return font(size, BOLD if word.bold or is_heading else MEDIUM)


def _write(
    picture: Image.Image, lines: list[Line], area: tuple[tuple[float, float], tuple[float, float]], centred: bool
) -> None:
    (left, y), (width, _) = area
    pen = ImageDraw.Draw(picture)
    for line in lines:
        y += line.space_above
        fonts = [_font(word, line.size, line.is_heading) for word in line.words]
        lengths = [each.getlength(f"{word.text} ") for each, word in zip(fonts, line.words, strict=True)]
        x = left + (width - sum(lengths)) / 2 if centred else left + line.indent
        if line.has_bullet:
            radius = line.size * 0.13
            middle = y + line.height * 0.52
            rounded(picture, (left + radius, middle - radius, left + 3 * radius, middle + radius), radius, ACCENT)
        for word, with_font, length in zip(line.words, fonts, lengths, strict=True):
            colour = WHITE if word.bold or line.is_heading else BODY
            pen.text((x, y + line.height / 2), word.text, font=with_font, fill=colour, anchor="lm")
            x += length
        y += line.height
