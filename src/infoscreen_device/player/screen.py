"""PURE: what belongs on a screen at an instant, and when to look again. All screens of a group come to the same answer.

The page is counted from the event's start, not from when this device began to show it, so screens side by side agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from pathlib import Path

from infoscreen_device.player.scene import (
    FallbackScene,
    MessageScene,
    Scene,
    SlideScene,
    VideoScene,
    WebsiteScene,
)
from infoscreen_wire.payloads.to_device import PresentationBlock, PublishedEvent
from infoscreen_wire.plan import due, next_change, turn

# Several active events take turns of this length.
TURN_SECONDS = 30
# An interval from outside must not become a date that no calendar has.
LONGEST_SLIDE_SECONDS = 24 * 60 * 60
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = (
    *("Jänner", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)


@dataclass(frozen=True, slots=True)
class DeckFile:
    """One fetched PDF of a presentation and how many pages it has."""

    path: Path
    pages: int


Deck = tuple[DeckFile, ...]


def event_due(events: Sequence[PublishedEvent], now: datetime) -> PublishedEvent | None:
    """The event whose turn it is at `now`."""
    return turn(due(events, now), now, TURN_SECONDS)


def scene_of(event: PublishedEvent, deck: Deck | None, now: datetime) -> Scene | None:
    """The picture of an event at `now`; None while a presentation's files are not here."""
    if event.presentation:
        return _slide(event, event.presentation, deck, now) if deck else None
    if event.website:
        return WebsiteScene(event.title, event.website.url, event.event_type == "webuntis")
    if event.video:
        video = event.video
        minute = max(0, int((now - event.start).total_seconds() // 60))
        return VideoScene(event.title, video.duration, video.resolution, video.loop, video.muted, minute)
    if event.message:
        return MessageScene(event.message.content)
    return MessageScene(f"<h1>{escape(event.title)}</h1>")


def _slide(event: PublishedEvent, block: PresentationBlock, deck: Deck, now: datetime) -> SlideScene:
    pages = sum(file.pages for file in deck)
    number = page_number(block, event.start, pages, now)
    index = number
    for file in deck:
        if index < file.pages:
            break
        index -= file.pages
    return SlideScene(file.path, index, number + 1, pages, block.page_progress)


def page_number(block: PresentationBlock, start: datetime, pages: int, now: datetime) -> int:
    """Index of the page shown at `now`, from 0; the pages go round until the event ends."""
    if not block.auto_advance:
        return 0
    return int((now - start).total_seconds() // _interval(block)) % pages


def fallback(school: str, device: str, local_now: datetime) -> FallbackScene:
    date = f"{WEEKDAYS[local_now.weekday()]}, {local_now.day}. {MONTHS[local_now.month - 1]}"
    return FallbackScene(school, device, f"{local_now:%H:%M}", date)


def next_look(events: Sequence[PublishedEvent], now: datetime) -> datetime:
    """The next instant at which the screen may have to change: a start or end, a turn, a page, at least each minute."""
    instants = [now.replace(second=0, microsecond=0) + timedelta(minutes=1)]
    change = next_change(events, now)
    if change is not None:
        instants.append(change)
    if len(due(events, now)) > 1:
        instants.append(now + timedelta(seconds=TURN_SECONDS - now.timestamp() % TURN_SECONDS))
    event = event_due(events, now)
    if event and event.presentation and event.presentation.auto_advance:
        interval = _interval(event.presentation)
        instants.append(now + timedelta(seconds=interval - (now - event.start).total_seconds() % interval))
    return min(instants)


def _interval(block: PresentationBlock) -> int:
    return min(max(1, block.slide_interval), LONGEST_SLIDE_SECONDS)
