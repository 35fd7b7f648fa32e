"""`GET /api/stream`: notices from the other processes, passed on to open pages as server-sent events.

A thousand screens may change many times a second; no page has to hear of it more often than it can draw.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from sse_starlette import EventSourceResponse, ServerSentEvent

from infoscreen.bootstrap import App
from infoscreen.domain.access import Actor
from infoscreen.domain.errors import NotLoggedIn
from infoscreen.processes.api.deps import CurrentApp, SessionToken, logged_in
from infoscreen.services import users
from infoscreen.services.notices import Notice, NoticeKind

# The first change is told at once; what follows within this time is told together, one notice per kind, in seconds.
GATHER_SECONDS = 0.3
# Of more rows than this it is only told that some changed.
MOST_IDS = 200
# To a page that reads so slowly that this many notices wait it is told that anything may have changed.
MOST_WAITING = 500
PING_SECONDS = 15
# A stream that goes on after its session ended tells nothing for longer than this, in seconds.
CHECK_LOGIN_EVERY = 2.0

router = APIRouter(prefix="/api", tags=["live"])


class Hub:
    """Hands every notice to every open stream; called from the broker's thread, read by the server's loop."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[Notice]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gathered: dict[NoticeKind, frozenset[int | str] | None] = {}
        self._next_at = 0.0

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to pass notices on, in this loop."""
        self._loop = loop

    def tell(self, notice: Notice) -> None:
        """Pass a notice on; callable from any thread."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._gather, notice, self._loop)

    def refresh(self) -> None:
        """Tell every page to fetch everything again: what was announced while the broker was away is lost."""
        for kind in NoticeKind:
            self.tell(Notice(kind))

    def _gather(self, notice: Notice, loop: asyncio.AbstractEventLoop) -> None:
        if not self._gathered:
            loop.call_at(max(self._next_at, loop.time()), self._spread, loop)
        known = self._gathered.get(notice.kind, frozenset())
        together = known.union(notice.ids) if known is not None and notice.ids else None
        self._gathered[notice.kind] = together if together and len(together) <= MOST_IDS else None

    def _spread(self, loop: asyncio.AbstractEventLoop) -> None:
        gathered, self._gathered = self._gathered, {}
        self._next_at = loop.time() + GATHER_SECONDS
        for kind, ids in gathered.items():
            notice = Notice(kind, tuple(sorted(ids or (), key=str)))
            for queue in self._queues:
                if queue.full():
                    _tell_of_everything(queue)
                else:
                    queue.put_nowait(notice)

    async def listen(self) -> AsyncIterator[Notice]:
        """Every notice from now on."""
        queue: asyncio.Queue[Notice] = asyncio.Queue(MOST_WAITING)
        self._queues.add(queue)
        try:
            while True:
                yield await queue.get()
        finally:
            self._queues.discard(queue)


@router.get("/stream")
async def stream(
    request: Request, app: CurrentApp, token: SessionToken, _actor: Annotated[Actor, Depends(logged_in)]
) -> EventSourceResponse:
    """Server-sent events named `notice`, each `{"kind": …, "ids": […]}`: what changed, for pages to fetch again."""
    hub: Hub = request.app.state.hub

    async def events() -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent(event="ready", data="{}")
        checked_at = time.monotonic()
        async for notice in hub.listen():
            if time.monotonic() - checked_at > CHECK_LOGIN_EVERY:
                if not await run_in_threadpool(_is_logged_in, app, token):
                    return
                checked_at = time.monotonic()
            data = orjson.dumps({"kind": notice.kind, "ids": notice.ids}).decode()
            yield ServerSentEvent(event="notice", data=data)

    return EventSourceResponse(events(), ping=PING_SECONDS)


def _tell_of_everything(queue: asyncio.Queue[Notice]) -> None:
    """In place of what waits: no change may be lost for good, not even to a notebook that was asleep."""
    while not queue.empty():
        queue.get_nowait()
    for kind in NoticeKind:
        queue.put_nowait(Notice(kind))


def _is_logged_in(app: App, token: str) -> bool:
    try:
        with app.reading() as work:
            users.find_login(work, token)
    except NotLoggedIn:
        return False
    return True
