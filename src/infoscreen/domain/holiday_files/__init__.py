"""Reads files with holidays: CSV with a header, TXT without one, iCalendar. Nothing in a file is believed.

A line that cannot be read is told with its number and never spoils the others; a file of another kind is refused.
"""

from infoscreen.domain.errors import FieldError, Invalid
from infoscreen.domain.holiday_files import ical, table
from infoscreen.domain.holiday_files.lines import Line

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MOST_LINES = 20_000
MOST_ENTRIES = 2_000


def read_holidays(content: bytes) -> list[Line]:
    """What the file's lines say, empty ones left out; raises `Invalid` for a file of another kind or one too long."""
    lines = content.removeprefix(BYTE_ORDER_MARK).splitlines()
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if len(numbered) > MOST_LINES:
        raise Invalid(file=FieldError("holiday_file_too_long", entries=MOST_ENTRIES))
    read = ical.read if ical.is_calendar(numbered) else table.read
    found = read(numbered)
    if len(found) > MOST_ENTRIES:
        raise Invalid(file=FieldError("holiday_file_too_long", entries=MOST_ENTRIES))
    return found
