"""Counts and times requests by endpoint, never by address: whatever strangers ask for, the figures stay few."""

import time

from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"

REQUESTS = Counter("infoscreen_http_requests", "Requests by endpoint and status.", ["method", "route", "status"])
SECONDS = Histogram("infoscreen_http_seconds", "Time until the answer begins, by endpoint.", ["method", "route"])


class RequestFigures:
    """ASGI middleware, outermost, so that refusals count too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.monotonic()

        async def send_and_note(message: Message) -> None:
            if message["type"] == "http.response.start":
                method = scope["method"] if scope["method"] in METHODS else OTHER
                route = getattr(scope.get("route"), "path", OTHER)
                REQUESTS.labels(method, route, str(message["status"])).inc()
                SECONDS.labels(method, route).observe(time.monotonic() - begun)
            await send(message)

        await self._app(scope, receive, send_and_note)
