"""What all kinds of files share: text from bytes, dates in three forms, and a holiday made of what a line says."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from infoscreen.domain.errors import FieldError
from infoscreen.domain.holidays import Holiday

LONGEST_TEXT = 100
REPLACEMENT = "\ufffd"
DATE_FORMS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.ASCII),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or the first one of a calendar entry, by its number: a holiday, or why it is none."""

    number: int
    read: Holiday | FieldError


def decoded(line: bytes) -> str:
    """A line's text: UTF-8, or Windows-1252 where it is no UTF-8; what neither knows becomes U+FFFD."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def is_dated(text: str) -> bool:
    """Whether a text has the form of a date, there or not."""
    return any(form.fullmatch(text.strip()) for form in DATE_FORMS)


def date_of(text: str) -> date | None:
    """The date that is written as 2026-10-27, 27.10.2026 or 20261027; None for anything else."""
    for form in DATE_FORMS:
        if found := form.fullmatch(text.strip()):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None


def holiday_of(name: str, start: date, end: date, region: str) -> Holiday | FieldError:
    """A holiday with its texts cleaned, or which of them cannot be used."""
    name, region = " ".join(name.split()), " ".join(region.split())
    if not name:
        return FieldError("line_without_name")
    if len(name) > LONGEST_TEXT or len(region) > LONGEST_TEXT:
        return FieldError("line_text_too_long", max_length=LONGEST_TEXT)
    if any(_is_odd(character) for character in name + region):
        return FieldError("line_has_odd_characters")
    return Holiday(name, start, end, region or None)


def _is_odd(character: str) -> bool:
    # Without format characters a name cannot be all invisible, nor turn the text around it (U+202E).
    return character == REPLACEMENT or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co")
