"""Files with secrets: readable by their owner only, on disk before anybody relies on them, whole or not at all."""

import contextlib
import os
import secrets
from pathlib import Path

MODE = 0o600


def write_private(path: Path, text: str, *, mode: int = MODE) -> None:
    """Write a file so that after a power cut it is the old one or the new one. OSError when that cannot be done."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), mode)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Without this a new name itself may be gone after a power cut."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
