"""The file in which a device remembers its commands: a line for each step, on disk before anything is done.

Each line is the whole record, the last one of an id counts. `execution_started` is written before every execution and
never twice for an id, so these lines are also the count of what has been carried out.
"""

import contextlib
import os
from datetime import datetime
from pathlib import Path

import structlog
from pydantic import ValidationError

from infoscreen_device.commands import Record, is_forgotten
from infoscreen_device.private_files import MODE, sync_directory, write_private

log = structlog.get_logger()

# A file that has grown to this many lines without need is written anew.
LINES_LIMIT = 500


class Journal:
    """A device's commands by id. Without a file they live as long as the object."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lines = 0
        self.records: dict[str, Record] = {}
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._read(path)

    def keep(self, record: Record) -> None:
        """Remember a step; it is on disk when this returns. OSError when it is not: then nothing may be carried out."""
        self._append(record, durable=True)
        self.records[record.command_id] = record

    def note(self, record: Record) -> None:
        """Remember what may be lost: that the broker has taken an acknowledgement, or a refusal on a full disk."""
        self.records[record.command_id] = record
        with contextlib.suppress(OSError):
            self._append(record, durable=False)

    def forget(self, now: datetime) -> None:
        """Drop what is older than a day; `now` is the corrected time."""
        old = [key for key, record in self.records.items() if is_forgotten(record, now)]
        for key in old:
            del self.records[key]
        if self._path and (old or self._lines > LINES_LIMIT + len(self.records)):
            self._write_anew(self._path)

    def _append(self, record: Record, *, durable: bool) -> None:
        if self._path is None:
            return
        is_new = not self._path.exists()
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, MODE)
        try:
            _write_line(descriptor, record)
            if durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if is_new:
            sync_directory(self._path.parent)
        self._lines += 1

    def _read(self, path: Path) -> None:
        """A line that was cut off by a power failure is no step: nothing has relied on it yet."""
        try:
            content = path.read_bytes() if path.exists() else b""
        except OSError as error:
            log.error("commands cannot be remembered", file=str(path), error=str(error))
            return
        lines = content.splitlines()
        self._lines, broken = len(lines), 0
        for line in lines:
            try:
                record = Record.model_validate_json(line)
            except ValidationError:
                broken += 1
            else:
                self.records[record.command_id] = record
        if broken:
            log.warning("lines of remembered commands cannot be read", file=str(path), lines=broken)
        if broken or (content and not content.endswith(b"\n")):
            self._write_anew(path)

    def _write_anew(self, path: Path) -> None:
        """Also ends a line that was cut off, which the next one would be written behind."""
        lines = [record.model_dump_json() + "\n" for record in self.records.values()]
        try:
            write_private(path, "".join(lines))
        except OSError as error:
            log.error("remembered commands cannot be tidied", file=str(path), error=str(error))
        else:
            self._lines = len(lines)


def _write_line(descriptor: int, record: Record) -> None:
    """In one piece; what a full disk has cut off is taken back, so that the next line starts a line."""
    line = record.model_dump_json().encode() + b"\n"
    written = os.write(descriptor, line)
    if written < len(line):
        os.ftruncate(descriptor, os.fstat(descriptor).st_size - written)
        raise OSError("no space for a line")
