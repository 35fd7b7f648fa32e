"""Answers that are files: whole or in byte ranges (RFC 9110 §14), for those who may fetch them."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.responses import StreamingResponse

from infoscreen.domain.byte_ranges import (
    ByteRange,
    if_range_holds,
    is_unchanged,
    multipart_end,
    multipart_length,
    part_head,
    wanted_ranges,
)
from infoscreen.domain.signed_addresses import is_signed
from infoscreen.processes.api.deps import BEARER, CurrentApp, SessionToken, calling_device, logged_in
from infoscreen.processes.api.problems import problem

CHUNK = 256 * 1024
# What people upload as a page or a drawing may hold scripts: it is shown, but as nobody's, and nothing of it runs.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
ACTIVE_KINDS = ("image/svg+xml", "text/html")


def may_fetch(request: Request, app: CurrentApp, token: SessionToken) -> None:
    """Let pass a signed address, a device with its token, or a person who is logged in; raises `NotLoggedIn`."""
    if is_signed(app.config.secret_key.encode(), request.scope["path"], request.query_params, app.clock()):
        return
    if request.headers.get("authorization", "").startswith(BEARER):
        calling_device(request, app)
    else:
        logged_in(app, token)


MayFetch = Depends(may_fetch)


def file_answer(
    request: Request, path: Path, mime_type: str, sha256: str, *, download_name: str | None = None
) -> Response:
    """The file as the request asks for it; its content never changes, its sha256 is the validator."""
    size, etag = path.stat().st_size, f'"{sha256}"'
    headers = _headers(mime_type, etag, download_name)
    if is_unchanged(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        # Ranges are defined for GET only (§14.2).
        return Response(headers=headers | {"Content-Length": str(size)}, media_type=mime_type)
    holds = if_range_holds(request.headers.get("if-range"), etag)
    ranges = wanted_ranges(request.headers.get("range"), size) if holds else None
    if ranges is None:
        return _streamed(path, [ByteRange(0, size - 1)], 200, mime_type, headers | {"Content-Length": str(size)})
    if not ranges:
        refused = problem(request, 416, "range_not_satisfiable")
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    if len(ranges) == 1:
        one = {"Content-Range": ranges[0].content_range(size), "Content-Length": str(ranges[0].length)}
        return _streamed(path, ranges, 206, mime_type, headers | one)
    return _multipart(path, ranges, mime_type, size, headers)


def _headers(mime_type: str, etag: str, download_name: str | None) -> dict[str, str]:
    headers = {"Accept-Ranges": "bytes", "ETag": etag, "Cache-Control": "private, max-age=3600"}
    if download_name is not None:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(download_name, safe='')}"
    if mime_type.startswith(ACTIVE_KINDS):
        headers["Content-Security-Policy"] = SANDBOX
    return headers


def _streamed(
    path: Path, ranges: list[ByteRange], status: int, mime_type: str, headers: dict[str, str]
) -> StreamingResponse:
    return StreamingResponse(_bytes(path, ranges[0]), status, headers, media_type=mime_type)


def _multipart(
    path: Path, ranges: list[ByteRange], mime_type: str, size: int, headers: dict[str, str]
) -> StreamingResponse:
    boundary = secrets.token_hex(16)

    def body() -> Iterator[bytes]:
        for part in ranges:
            yield part_head(boundary, mime_type, part, size)
            yield from _bytes(path, part)
        yield multipart_end(boundary)

    headers = headers | {"Content-Length": str(multipart_length(boundary, mime_type, ranges, size))}
    return StreamingResponse(body(), 206, headers, media_type=f"multipart/byteranges; boundary={boundary}")


def _bytes(path: Path, wanted: ByteRange) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(wanted.first)
        left = wanted.length
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
