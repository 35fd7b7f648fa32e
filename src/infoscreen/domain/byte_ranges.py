"""Byte ranges of RFC 9110 §14: what a `Range` header asks for, and what a 206 answer consists of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# More parts than a player ever asks for would only make the server work (RFC 9110 §17.15): such a request gets it all.
MOST_RANGES = 16
_SPEC = re.compile(r"(\d{1,19})-(\d{0,19})|-(\d{1,19})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class ByteRange:
    """From the first to the last byte, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes these are."""
        return self.last - self.first + 1

    def content_range(self, size: int) -> str:
        """The `Content-Range` of a content of this size."""
        return f"bytes {self.first}-{self.last}/{size}"


def wanted_ranges(header: str | None, size: int) -> list[ByteRange] | None:
    """The ranges of a content that a `Range` header asks for, in order and without overlaps.

    None: all of it is to be sent (no header, another unit, or not readable, §14.2). Empty: not satisfiable, 416.
    """
    unit, _, specs = (header or "").partition("=")
    if unit.strip().lower() != "bytes":
        return None
    found = [_SPEC.fullmatch(spec.strip()) for spec in specs.split(",") if spec.strip()]
    if not found or len(found) > MOST_RANGES or not all(found):
        return None
    if any(spec and spec[2] and int(spec[2]) < int(spec[1]) for spec in found):
        return None
    satisfiable = [_within(spec, size) for spec in found if spec]
    return _merged([given for given in satisfiable if given is not None])


def _within(spec: re.Match[str], size: int) -> ByteRange | None:
    first, last, suffix = spec.groups()
    if suffix is not None:
        return ByteRange(max(0, size - int(suffix)), size - 1) if int(suffix) and size else None
    if int(first) >= size:
        return None
    return ByteRange(int(first), min(int(last), size - 1) if last else size - 1)


def _merged(ranges: list[ByteRange]) -> list[ByteRange]:
    merged: list[ByteRange] = []
    for given in sorted(ranges):
        if merged and given.first <= merged[-1].last + 1:
            merged[-1] = ByteRange(merged[-1].first, max(merged[-1].last, given.last))
        else:
            merged.append(given)
    return merged


def if_range_holds(header: str | None, etag: str) -> bool:
    """Whether `If-Range` lets the ranges count: only for the same strong validator; dates are not kept (§13.1.5)."""
    return header is None or header.strip() == etag


def is_unchanged(if_none_match: str | None, etag: str) -> bool:
    """Whether the caller already has this content, 304 (§13.1.2)."""
    known = [tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")]
    return etag in known or known == ["*"]


def part_head(boundary: str, mime_type: str, part: ByteRange, size: int) -> bytes:
    """What stands before each part of a `multipart/byteranges` body (§14.6)."""
    lines = ("", f"--{boundary}", f"Content-Type: {mime_type}", f"Content-Range: {part.content_range(size)}", "", "")
    return "\r\n".join(lines).encode()


def multipart_end(boundary: str) -> bytes:
    """What stands after the last part."""
    return f"\r\n--{boundary}--\r\n".encode()


def multipart_length(boundary: str, mime_type: str, parts: Sequence[ByteRange], size: int) -> int:
    """The `Content-Length` of a `multipart/byteranges` body."""
    heads = sum(len(part_head(boundary, mime_type, part, size)) + part.length for part in parts)
    return heads + len(multipart_end(boundary))
