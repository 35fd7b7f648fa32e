"""`GET /api/stream`: notices from the other processes, passed on to open pages as server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from infoscreen.domain.access import Actor
from infoscreen.processes.api.deps import logged_in
from infoscreen.services.ports import Notice

# A page that reads slower than this many notices behind is told to fetch everything again.
MOST_WAITING = 500
PING_SECONDS = 15

router = APIRouter(prefix="/api", tags=["live"])


class Hub:
    """Hands every notice to every open stream; called from the broker's thread, read by the server's loop."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[Notice]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to pass notices on, in this loop."""
        self._loop = loop

    def tell(self, notice: Notice) -> None:
        """Pass a notice on; callable from any thread."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._spread, notice)

    def _spread(self, notice: Notice) -> None:
        for queue in self._queues:
            if queue.full():
                queue.get_nowait()
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
async def stream(request: Request, _actor: Annotated[Actor, Depends(logged_in)]) -> EventSourceResponse:
    """Server-sent events named `notice`, each `{"kind": …, "ids": […]}`: what changed, for pages to fetch again."""
    hub: Hub = request.app.state.hub

    async def events() -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent(event="ready", data="{}")
        async for notice in hub.listen():
            data = orjson.dumps({"kind": notice.kind, "ids": notice.ids}).decode()
            yield ServerSentEvent(event="notice", data=data)

    return EventSourceResponse(events(), ping=PING_SECONDS)
