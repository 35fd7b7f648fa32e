"""What a message on a screen may contain: plain text becomes paragraphs, HTML loses everything that could run."""

import html
import re

import nh3

TAGS = {"p", "br", "b", "strong", "i", "em", "u", "h1", "h2", "h3", "ul", "ol", "li", "span", "div", "a", "hr"}
_MARKUP = re.compile(r"<[a-zA-Z/!]")


def to_safe_html(content: str) -> str:
    """The message as sanitised HTML."""
    return nh3.clean(content if _MARKUP.search(content) else paragraphs(content), tags=TAGS)


def paragraphs(text: str) -> str:
    """Plain text as HTML; what looks like markup in it stays text."""
    blocks = [html.escape(block, quote=False) for block in re.split(r"\n\s*\n", text.strip()) if block]
    return "".join(f"<p>{block}</p>".replace("\n", "<br>") for block in blocks)
