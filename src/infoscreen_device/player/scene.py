"""What can be on a screen, as plain values: two equal scenes are the same picture."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SlideScene:
    """One page of a PDF; `number` of `pages` counts over all files of the event, from 1."""

    file: Path
    page_index: int
    number: int
    pages: int
    progress_bar: bool


@dataclass(frozen=True, slots=True)
class MessageScene:
    html: str


@dataclass(frozen=True, slots=True)
class WebsiteScene:
    title: str
    url: str
    is_webuntis: bool


@dataclass(frozen=True, slots=True)
class VideoScene:
    """`duration` in seconds, `resolution` as width x height; what is not known is None.

    `minute` of the event, from 0: a picture of something that plays does not stay the same.
    """

    title: str
    duration: float | None
    resolution: str | None
    loop: bool
    muted: bool
    minute: int = 0


@dataclass(frozen=True, slots=True)
class FallbackScene:
    """The quiet screen when nothing is due or what is due cannot be shown; times are the device's local ones."""

    school: str
    device: str
    clock: str
    date: str


@dataclass(frozen=True, slots=True)
class BlackScene:
    """Nothing: the display is on, and no picture comes."""


Scene = BlackScene | SlideScene | MessageScene | WebsiteScene | VideoScene | FallbackScene
