"""Follows the event list and the clock: fetches what a list needs, keeps what is shown now, tells when it changes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from infoscreen_device.backoff import delay_after
from infoscreen_device.config import DeviceConfig
from infoscreen_device.media_cache import MediaCache, MediaUnavailableError
from infoscreen_device.player.scene import Scene
from infoscreen_device.player.screen import Deck, DeckFile, event_due, fallback, next_look, scene_of
from infoscreen_device.player.slides import BrokenSlidesError
from infoscreen_device.player.studio import Studio
from infoscreen_device.waiting import wait_at_most
from infoscreen_wire.payloads.to_device import PublishedEvent, SlideFile
from infoscreen_wire.plan import due

# Waiting is by the monotonic clock; a jump of the wall clock is seen after this many seconds.
LONGEST_WAIT = 10.0
MOST_FILES = 50

Trigger = Literal["event_start", "event_stop"]
DeckKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on the screen since when; `event` is None for the fallback; `trigger` is why it came there."""

    event: PublishedEvent | None
    scene: Scene
    since: datetime
    trigger: Trigger | None = None


class Player:
    """One screen. `on_shown` hears of every change of the picture, `on_problem` of content that cannot be shown."""

    def __init__(
        self,
        config: DeviceConfig,
        media: MediaCache,
        studio: Studio,
        on_shown: Callable[[Shown], None],
        on_problem: Callable[[PublishedEvent, str], None],
    ) -> None:
        self._config = config
        self._media = media
        self._studio = studio
        self._on_shown = on_shown
        self._on_problem = on_problem
        self._events: tuple[PublishedEvent, ...] = ()
        self._decks: dict[DeckKey, Deck] = {}
        self._fetching: dict[DeckKey, asyncio.Task[None]] = {}
        self._started: dict[str, PublishedEvent] = {}
        self._changed = asyncio.Event()
        now = datetime.now(UTC)
        self.shown = Shown(None, self._fallback(now), now)

    @property
    def expected(self) -> PublishedEvent | None:
        """The event that the list wants on the screen now."""
        return event_due(self._events, datetime.now(UTC))

    def follow(self, events: tuple[PublishedEvent, ...]) -> None:
        """Take over a new list; an event that is gone is off the screen at once."""
        self._events = events
        self._changed.set()

    def distrust(self, event: PublishedEvent) -> None:
        """Fetch an event's files again: what was fetched could not be drawn."""
        self._decks.pop(_deck_key(event), None)
        self._changed.set()

    async def run(self) -> None:
        """Keep the screen right until cancelled."""
        try:
            while True:
                self._changed.clear()
                self._fetch_what_is_missing()
                now = datetime.now(UTC)
                self._look(now)
                wait = (next_look(self._events, now) - datetime.now(UTC)).total_seconds()
                await wait_at_most(self._changed, min(LONGEST_WAIT, max(0.001, wait)))
        finally:
            for task in self._fetching.values():
                task.cancel()

    def _look(self, now: datetime) -> None:
        event = event_due(self._events, now)
        scene = scene_of(event, self._decks.get(_deck_key(event)), now) if event else None
        if scene is None:
            event, scene = None, self._fallback(now)
        if (event, scene) != (self.shown.event, self.shown.scene):
            self.shown = Shown(event, scene, now, self._trigger(event, now))
            self._on_shown(self.shown)

    def _trigger(self, event: PublishedEvent | None, now: datetime) -> Trigger | None:
        """An event starts when it, or a new version of it, is seen first; taking turns starts and stops nothing."""
        active = {each.occurrence_id for each in due(self._events, now)}
        self._started = {key: value for key, value in self._started.items() if key in active}
        if event and self._started.get(event.occurrence_id) != event:
            self._started[event.occurrence_id] = event
            return "event_start"
        before = self.shown.event
        return "event_stop" if before and before.occurrence_id not in active else None

    def _fallback(self, now: datetime) -> Scene:
        hardware = self._config.hardware
        return fallback(self._config.school, hardware.description or hardware.hostname, now.astimezone())

    def _fetch_what_is_missing(self) -> None:
        wanted = {_deck_key(event): event for event in self._events if event.presentation}
        self._decks = {key: deck for key, deck in self._decks.items() if key in wanted}
        for key in [key for key in self._fetching if key not in wanted]:
            self._fetching.pop(key).cancel()
        for key, event in wanted.items():
            if key not in self._decks and key not in self._fetching:
                self._fetching[key] = asyncio.create_task(self._fetch(key, event))

    async def _fetch(self, key: DeckKey, event: PublishedEvent) -> None:
        attempts = 0
        reported = None
        while True:
            try:
                self._decks[key] = await self._deck(event)
                break
            except (MediaUnavailableError, BrokenSlidesError) as error:
                if str(error) != reported:
                    reported = str(error)
                    self._on_problem(event, reported)
                await asyncio.sleep(delay_after(attempts))
                attempts += 1
        del self._fetching[key]
        self._changed.set()

    async def _deck(self, event: PublishedEvent) -> Deck:
        deck = []
        for file in _files(event):
            path = await self._media.fetch(file.url, file.checksum, file.size, self._config.account)
            deck.append(DeckFile(path, await self._studio.page_count(path)))
        if not deck:
            raise MediaUnavailableError("presentation has no files")
        return tuple(deck)


def _files(event: PublishedEvent) -> list[SlideFile]:
    return event.presentation.files[:MOST_FILES] if event.presentation else []


def _deck_key(event: PublishedEvent) -> DeckKey:
    return tuple(file.checksum for file in _files(event))
