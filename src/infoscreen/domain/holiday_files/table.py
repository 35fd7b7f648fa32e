"""Tables of holidays: CSV with a header (comma or semicolon, quotes), TXT without one (key, name, start, end)."""

import csv
import re
from collections.abc import Mapping, Sequence

from infoscreen.domain.errors import FieldError, Invalid
from infoscreen.domain.holiday_files.lines import Line, date_of, decoded, holiday_of, is_dated
from infoscreen.domain.holidays import Holiday, folded

# How columns are called, folded and without punctuation.
COLUMNS = {
    "name": ("name", "bezeichnung", "titel", "title", "ferien", "holiday"),
    "start": ("startdate", "start", "beginn", "von", "from"),
    "end": ("enddate", "end", "ende", "bis", "to"),
    "region": ("region", "bundesland"),
}
TXT_COLUMNS = {"name": 1, "start": 2, "end": 3}
# Excel begins a CSV with this line when it is told to name the separator.
SEPARATOR_LINE = re.compile(r"sep=([,;])", re.IGNORECASE)


def read(numbered: Sequence[tuple[int, bytes]]) -> list[Line]:
    """What each line of a table says; raises `Invalid` for a text that is none."""
    lines = [(number, decoded(line)) for number, line in numbered]
    named = SEPARATOR_LINE.fullmatch(lines[0][1].strip()) if lines else None
    lines = lines[1:] if named else lines
    if not lines:
        raise Invalid(file=FieldError("no_holiday_file"))
    first = lines[0][1]
    separator = named[1] if named else max(",;", key=first.count)
    columns = _columns(_cells(first, separator) or [])
    if columns:
        return [Line(number, _holiday(line, separator, columns)) for number, line in lines[1:]]
    if any(_is_txt(_cells(line, separator) or []) for _, line in lines):
        return [Line(number, _holiday(line, separator, TXT_COLUMNS)) for number, line in lines]
    raise Invalid(file=FieldError("no_holiday_file"))


def _cells(line: str, separator: str) -> list[str] | None:
    """The cells of a line by itself, so that a quote that is never closed takes no other line with it."""
    try:
        return next(csv.reader([line], delimiter=separator, skipinitialspace=True, strict=True), None)
    except csv.Error:
        return None


def _columns(header: Sequence[str]) -> Mapping[str, int] | None:
    """Where the columns are; None where the line is no header."""
    titles = [re.sub(r"\W|_", "", folded(title)) for title in header]
    found = {
        column: titles.index(name) for column, names in COLUMNS.items() for name in reversed(names) if name in titles
    }
    return found if {"name", "start", "end"} <= found.keys() else None


def _is_txt(cells: Sequence[str]) -> bool:
    return len(cells) >= len(TXT_COLUMNS) + 1 and all(is_dated(cells[TXT_COLUMNS[name]]) for name in ("start", "end"))


def _holiday(line: str, separator: str, columns: Mapping[str, int]) -> Holiday | FieldError:
    cells = _cells(line, separator)
    if cells is None or len(cells) <= max(columns[name] for name in ("name", "start", "end")):
        return FieldError("line_unreadable")
    dates = {name: date_of(cells[columns[name]]) for name in ("start", "end")}
    if dates["start"] is None or dates["end"] is None:
        wrong = next(name for name, day in dates.items() if day is None)
        return FieldError("line_without_date", text=cells[columns[wrong]][:40])
    region = cells[columns["region"]] if columns.get("region", len(cells)) < len(cells) else ""
    return holiday_of(cells[columns["name"]], dates["start"], dates["end"], region)
