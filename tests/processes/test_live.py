"""What open pages are told: at once what happens alone, together what happens together, everything in the end."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable

import pytest

from infoscreen.processes.api import live
from infoscreen.processes.api.live import Hub
from infoscreen.services.notices import Notice, NoticeKind

CLIENTS = NoticeKind.CLIENTS


class Page:
    """An open page, and what it was told."""

    def __init__(self, hub: Hub) -> None:
        self.told: list[Notice] = []
        self._hub = hub
        self._news = asyncio.Event()

    async def follow(self) -> None:
        async for notice in self._hub.listen():
            self.told.append(notice)
            self._news.set()

    def ids(self, kind: NoticeKind = CLIENTS) -> set[int | str]:
        return {each for notice in self.told if notice.kind is kind for each in notice.ids}

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not holds():
                await self._news.wait()
                self._news.clear()


def with_a_page(test: Callable[[Hub, Page], Awaitable[None]]) -> None:
    async def run() -> None:
        hub = Hub()
        hub.open(asyncio.get_running_loop())
        page = Page(hub)
        following = asyncio.create_task(page.follow())
        await asyncio.sleep(0)
        await test(hub, page)
        following.cancel()

    asyncio.run(run())


def test_a_single_change_is_told_at_once() -> None:
    async def test(hub: Hub, page: Page) -> None:
        hub.tell(Notice(CLIENTS, ("a",)))
        for _ in range(5):
            await asyncio.sleep(0)
        assert page.told[0] == Notice(CLIENTS, ("a",))

    with_a_page(test)


def test_two_hundred_changes_a_second_are_a_few_notices_and_none_is_lost() -> None:
    async def test(hub: Hub, page: Page) -> None:
        uuids = {f"client-{number}" for number in range(live.MOST_IDS)}

        def devices() -> None:
            for uuid in sorted(uuids):
                hub.tell(Notice(CLIENTS, (uuid,)))
                time.sleep(0.005)

        begun = time.monotonic()
        thread = threading.Thread(target=devices)
        thread.start()
        await page.until(lambda: page.ids() == uuids)
        thread.join()
        lasted = time.monotonic() - begun
        assert len(page.told) <= lasted / live.GATHER_SECONDS + 2

    with_a_page(test)


def test_kinds_are_told_apart() -> None:
    async def test(hub: Hub, page: Page) -> None:
        hub.tell(Notice(CLIENTS, ("a",)))
        hub.tell(Notice(NoticeKind.ALERTS, (7,)))
        hub.tell(Notice(CLIENTS, ("b",)))
        await page.until(lambda: page.ids(NoticeKind.ALERTS) == {7} and page.ids() == {"a", "b"})

    with_a_page(test)


def test_that_all_may_have_changed_is_not_lost_among_single_ones() -> None:
    async def test(hub: Hub, page: Page) -> None:
        for notice in (Notice(CLIENTS, ("a",)), Notice(CLIENTS), Notice(CLIENTS, ("b",))):
            hub.tell(notice)
        await page.until(lambda: bool(page.told))
        assert page.told == [Notice(CLIENTS)]

    with_a_page(test)


def test_of_very_many_changes_only_that_there_are_some_is_told() -> None:
    async def test(hub: Hub, page: Page) -> None:
        hub.tell(Notice(CLIENTS, tuple(range(live.MOST_IDS + 1))))
        await page.until(lambda: bool(page.told))
        assert page.told[0] == Notice(CLIENTS)

    with_a_page(test)


def test_a_page_that_does_not_read_for_long_misses_nothing_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "MOST_WAITING", len(NoticeKind) + 1)
    monkeypatch.setattr(live, "GATHER_SECONDS", 0.0)

    async def run() -> None:
        hub = Hub()
        hub.open(asyncio.get_running_loop())
        page = hub.listen()
        asleep = asyncio.ensure_future(anext(page))
        await asyncio.sleep(0)
        hub.tell(Notice(NoticeKind.ALERTS, (7,)))
        assert await asleep == Notice(NoticeKind.ALERTS, (7,))
        hub.tell(Notice(NoticeKind.ALERTS, (8,)))
        for number in range(30 * live.MOST_WAITING):
            hub.tell(Notice(CLIENTS, (number,)))
            await asyncio.sleep(0)
        told = [await anext(page) for _ in NoticeKind]
        assert {notice.kind for notice in told if not notice.ids} == set(NoticeKind)

    asyncio.run(run())
