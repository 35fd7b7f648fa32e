"""The text of a message's HTML as blocks of words, for drawing; tags that only colour or embed are left out."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

from infoscreen_device.player.canvas import printable

HTML_LIMIT = 20_000
TEXT_LIMIT = 3_000
TAG_BEGINS = re.compile("<[a-zA-Z/!?]")

BlockKind = Literal["heading", "paragraph", "bullet"]


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    bold: bool = False


@dataclass(slots=True)
class Block:
    kind: BlockKind
    words: list[Word] = field(default_factory=list)


KIND_BY_TAG: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3"), "heading"),
    **dict.fromkeys(("p", "div", "h4", "h5", "h6", "ul", "ol", "tr", "table", "blockquote", "section"), "paragraph"),
    "li": "bullet",
}
BOLD_TAGS = frozenset({"b", "strong", "th"})
SILENT_TAGS = frozenset({"script", "style", "title"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = [Block("paragraph")]
        self._bold = 0
        self._silent = 0
        self._left = TEXT_LIMIT

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in KIND_BY_TAG:
            self._begin(KIND_BY_TAG[tag])
        elif tag == "br":
            self._begin(self.blocks[-1].kind if self.blocks[-1].kind == "heading" else "paragraph")
        self._bold += tag in BOLD_TAGS
        self._silent += tag in SILENT_TAGS

    def handle_endtag(self, tag: str) -> None:
        if tag in KIND_BY_TAG:
            self._begin("paragraph")
        self._bold = max(0, self._bold - (tag in BOLD_TAGS))
        self._silent = max(0, self._silent - (tag in SILENT_TAGS))

    def handle_data(self, data: str) -> None:
        if self._silent or self._left <= 0:
            return
        text = printable(data, self._left)
        self._left -= len(text)
        self.blocks[-1].words += [Word(each, self._bold > 0) for each in text.split()]

    def _begin(self, kind: BlockKind) -> None:
        if self.blocks[-1].words:
            self.blocks.append(Block(kind))
        else:
            self.blocks[-1].kind = kind


def read_html(html: str) -> list[Block]:
    """The blocks that hold text, in order; at most 3,000 characters of it."""
    reader = _Reader()
    reader.feed(_without_open_tag(html[:HTML_LIMIT]))
    reader.close()
    return [block for block in reader.blocks if block.words]


def _without_open_tag(html: str) -> str:
    """Without a tag that does not end: it is no text, and the parser looks for its end again and again, for seconds."""
    begin = TAG_BEGINS.search(html, html.rfind(">") + 1)
    return html[: begin.start()] if begin else html
