"""Names of the streams in an OLE compound file ([MS-CFB]), as far as telling PPT from DOC and XLS needs it."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER_SIZE = 512
ENTRY_SIZE = 128
LAST_SECTOR = 0xFFFFFFFA
# The directory of a deck takes some ten sectors; a chain that goes on longer is a ring or a trap.
MOST_SECTORS = 4096


def stream_names(path: Path) -> set[str]:
    """The names in the directory, empty when it cannot be read."""
    with path.open("rb") as file:
        try:
            directory = b"".join(_directory(file))
            return {_name(directory[at : at + ENTRY_SIZE]) for at in range(0, len(directory), ENTRY_SIZE)}
        except (struct.error, OverflowError):
            return set()


def _directory(file: BinaryIO) -> Iterator[bytes]:
    header = file.read(HEADER_SIZE)
    size = 4096 if struct.unpack_from("<H", header, 0x1E)[0] == 12 else 512
    table = struct.unpack_from("<109I", header, 0x4C)
    sector: int = struct.unpack_from("<I", header, 0x30)[0]
    for _ in range(MOST_SECTORS):
        if sector >= LAST_SECTOR:
            return
        yield _sector(file, sector, size)
        sector = _next(file, table, sector, size)


def _next(file: BinaryIO, table: tuple[int, ...], sector: int, size: int) -> int:
    """The sector that follows in its chain; what lies beyond the header's part of the table ends it."""
    block, at = divmod(sector, size // 4)
    if block >= len(table) or table[block] >= LAST_SECTOR:
        return LAST_SECTOR
    following: int = struct.unpack_from("<I", _sector(file, table[block], size), 4 * at)[0]
    return following


def _sector(file: BinaryIO, number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    return file.read(size)


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
