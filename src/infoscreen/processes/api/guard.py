"""What every request passes: no changes from foreign pages, bodies of known kinds, security headers on the answer."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from infoscreen.processes.api.deps import SAFE_METHODS
from infoscreen.processes.api.problems import problem

# Mantine writes styles into the page; scripts come from files only. A frame shows the substitution plan to who sets it.
CONTENT_SECURITY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; frame-src http: https:"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# The largest request is a list of ten thousand uuids, in bytes.
LONGEST_JSON = 1024 * 1024
# Where a multipart body may be larger: it is read as it comes in. Anywhere else it would be read whole into the memory,
# of strangers too.
UPLOADS = re.compile(r"/api/(eventmedia|holidays/upload|clients/[^/]+/screenshot)(/|\Z)")
BODY_KINDS = ("application/json", "multipart/form-data")


class Guard:
    """ASGI middleware; plain, so that streams pass through it unbuffered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = _refusal(scope)
        if refusal:
            status, code = refusal
            await problem(Request(scope), status, code)(scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)


def _refusal(scope: Scope) -> tuple[int, str] | None:
    if scope["method"] in SAFE_METHODS:
        return None
    headers = Headers(scope=scope)
    if _is_foreign(headers):
        return 403, "foreign_origin"
    length = headers.get("content-length", "0")
    is_small = not (_is_multipart(headers) and UPLOADS.match(scope["path"]))
    if is_small and "transfer-encoding" in headers:
        return 411, "length_required"
    if is_small and (not length.isdecimal() or int(length) > LONGEST_JSON):
        return 413, "too_large"
    has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    if has_body and not headers.get("content-type", "").lower().startswith(BODY_KINDS):
        return 415, "unsupported_media_type"
    return None


def _is_multipart(headers: Headers) -> bool:
    return headers.get("content-type", "").lower().startswith("multipart/form-data")


def _is_foreign(headers: Headers) -> bool:
    if headers.get("sec-fetch-site") == "cross-site":
        return True
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc != headers.get("host")
    except ValueError:
        return True
