"""The one file of a multipart request, read as it comes in: never whole in memory, not on disk before it is wanted.

Short fields beside it are kept as text.
"""

from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

import anyio.from_thread
import anyio.to_thread
from anyio import CapacityLimiter
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from infoscreen.domain.errors import FieldError, Invalid, TooLarge

Answer = TypeVar("Answer")
# Slow senders wait in threads of their own, so that they cannot take those of all other requests.
UPLOADS_AT_ONCE = 10
# Boundaries and the headers of the parts come on top of the file, in bytes.
ROOM_FOR_HEADERS = 64 * 1024


async def take_upload(request: Request, take_in: Callable[[], Answer]) -> Answer:
    """Take in an upload in a thread that waits for its sender."""
    uploads: CapacityLimiter | None = getattr(request.app.state, "uploads", None)
    if uploads is None:
        uploads = request.app.state.uploads = CapacityLimiter(UPLOADS_AT_ONCE)
    return await anyio.to_thread.run_sync(take_in, limiter=uploads)


class FilePart:
    """The first file in a field, `file` by default; to be read in a worker thread: reading waits for the network."""

    def __init__(self, request: Request, wanted: str = "file") -> None:
        self.name = ""
        self._wanted = wanted
        self.fields: dict[str, str] = {}
        self._field: str | None = None
        self._field_bytes = 0
        self._stream = request.stream()
        self._parser = _parser(request, self)
        self._ready: deque[bytes] = deque()
        self._header: list[bytes] = [b"", b""]
        self._headers: dict[str, bytes] = {}
        self._is_wanted = False
        self._was_found = False
        self._has_ended = False

    def find(self) -> None:
        """Read on until the file begins; raises `Invalid` when there is none."""
        while not self._was_found:
            if not self._read_on():
                raise self.without_file()

    def chunks(self) -> Iterator[bytes]:
        """The file's content; raises `Invalid` when the request ends before the file does."""
        while True:
            while self._ready:
                yield self._ready.popleft()
            if self._has_ended:
                return
            if not self._read_on():
                raise self.without_file()

    def finish(self) -> None:
        """Read on to the end, for the fields that come after the file. Raises `TooLarge` for more than those."""
        while self._read_on():
            pass

    def without_file(self) -> Invalid:
        """That the file is missing, or ended early."""
        return Invalid(**{self._wanted: FieldError("no_file_given")})

    def _read_on(self) -> bool:
        try:
            received = anyio.from_thread.run(_next, self._stream)
            self._parser.write(received)
        except (ClientDisconnect, MultipartParseError):
            raise self.without_file() from None
        return bool(received)

    def on_part_begin(self) -> None:
        self._headers, self._header = {}, [b"", b""]

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header[0] += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1] += data[start:end]

    def on_header_end(self) -> None:
        name, value = self._header
        self._headers[name.decode("latin-1").lower()] = value
        self._header = [b"", b""]

    def on_headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition", b""))
        is_file = options.get(b"name") == self._wanted.encode() and b"filename" in options
        self._is_wanted = is_file and not self._was_found
        if self._is_wanted:
            self._was_found = True
            self.name = options[b"filename"].decode("utf-8", "replace")
        elif b"filename" not in options:
            self._field = options.get(b"name", b"").decode("utf-8", "replace")
            self.fields[self._field] = ""

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._is_wanted:
            self._ready.append(data[start:end])
            return
        self._field_bytes += end - start
        if self._field_bytes > ROOM_FOR_HEADERS:
            raise TooLarge
        if self._field is not None:
            self.fields[self._field] += data[start:end].decode("utf-8", "replace")

    def on_part_end(self) -> None:
        self._field = None
        self._has_ended = self._has_ended or self._is_wanted
        self._is_wanted = False


def _parser(request: Request, part: FilePart) -> MultipartParser:
    _, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if not boundary:
        raise part.without_file()
    return MultipartParser(
        boundary,
        {
            "on_part_begin": part.on_part_begin,
            "on_part_data": part.on_part_data,
            "on_part_end": part.on_part_end,
            "on_header_field": part.on_header_field,
            "on_header_value": part.on_header_value,
            "on_header_end": part.on_header_end,
            "on_headers_finished": part.on_headers_finished,
        },
    )


async def _next(stream: AsyncIterator[bytes]) -> bytes:
    """The next bytes that come in, empty at the end."""
    async for received in stream:
        if received:
            return received
    return b""
