"""iCalendar (RFC 5545): all-day entries are holidays, and DTEND is the day after the last one.

Entries are read one by one, so that a broken one spoils no other; of each only what says its days and its name.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Event

from infoscreen.domain.errors import FieldError
from infoscreen.domain.holiday_files.lines import Line, decoded, holiday_of
from infoscreen.domain.holidays import ONE_DAY, Holiday

READ = (b"DTSTART", b"DTEND", b"DURATION", b"SUMMARY", b"RRULE", b"RDATE", b"STATUS")
LONGEST_LINE = 4_000


def is_calendar(numbered: Sequence[tuple[int, bytes]]) -> bool:
    """Whether a file begins as a calendar does."""
    return bool(numbered) and numbered[0][1].strip().upper() == b"BEGIN:VCALENDAR"


def read(numbered: Sequence[tuple[int, bytes]]) -> list[Line]:
    """What each entry says, by the number of its first line."""
    return [Line(number, _holiday(block)) for number, block in _entries(_unfolded(numbered))]


def _unfolded(numbered: Sequence[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Content lines: one that begins with white space goes on with the line before it, even within a letter."""
    held: tuple[int, list[bytes]] | None = None
    for number, line in numbered:
        if line[:1] in (b" ", b"\t") and held:
            held[1].append(line[1:])
            continue
        if held:
            yield held[0], b"".join(held[1])
        held = number, [line]
    if held:
        yield held[0], b"".join(held[1])


def _entries(lines: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, list[bytes]]]:
    """The wanted lines of each VEVENT, without those of its alarms; one that is not ended ends where another begins."""
    block: list[bytes] = []
    begun, depth = 0, 0
    for number, line in lines:
        word = line.strip().upper()
        if word == b"BEGIN:VEVENT":
            if begun:
                yield begun, block
            block, begun, depth = [], number, 0
        elif begun and word == b"END:VEVENT":
            yield begun, block
            begun = 0
        elif begun and word.startswith((b"BEGIN:", b"END:")):
            depth += 1 if word.startswith(b"BEGIN:") else -1
        elif begun and depth == 0 and word.startswith(READ):
            block.append(line[:LONGEST_LINE])
    if begun:
        yield begun, block


def _holiday(block: Sequence[bytes]) -> Holiday | FieldError:
    text = "\r\n".join(["BEGIN:VEVENT", *(decoded(line) for line in block), "END:VEVENT", ""])
    try:
        event = Event.from_ical(text)
        days = _days(event)
        name, status = (str(_first(event.get(name)) or "") for name in ("SUMMARY", "STATUS"))
    except Exception:  # noqa: BLE001 - whatever the library finds wrong with an entry, it is told as unreadable
        return FieldError("line_unreadable")
    if status.upper() == "CANCELLED":
        return FieldError("line_is_cancelled")
    if "RRULE" in event or "RDATE" in event:
        return FieldError("line_recurs")
    if isinstance(days, FieldError):
        return days
    return holiday_of(name, *days, "")


def _days(event: Any) -> tuple[date, date] | FieldError:
    begin, end, duration = (_first(event.get(name)) for name in ("DTSTART", "DTEND", "DURATION"))
    if begin is None:
        return FieldError("line_without_date", text="")
    if isinstance(begin.dt, datetime) or (end is not None and isinstance(end.dt, datetime)):
        return FieldError("line_not_all_day")
    start: date = begin.dt
    if end is not None:
        # RFC 5545 §3.6.1: the end is not part of the event; some programs write the start again for one day.
        return start, max(start, end.dt - ONE_DAY) if end.dt >= start else end.dt
    length: timedelta = duration.dt if duration is not None else ONE_DAY
    return start, start + max(length, ONE_DAY) - ONE_DAY


def _first(value: Any) -> Any:
    """A property that an entry has twice counts once."""
    return value[0] if isinstance(value, list) else value
