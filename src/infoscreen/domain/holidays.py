"""Holidays of one period: which belong together, and which cannot stand side by side."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from infoscreen.domain.academic_calendar import Period
from infoscreen.domain.errors import Conflict, FieldError

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days without school; both dates belong to it. `id` is None before it is stored."""

    name: str
    start: date
    end: date
    region: str | None
    id: int | None = None

    @property
    def kind(self) -> tuple[str, str]:
        """What must be the same for two holidays to be one: name and region without case, spaces and accents."""
        return folded(self.name), folded(self.region or "")

    def overlaps(self, other: "Holiday") -> bool:
        """Whether both have a day in common."""
        return self.start <= other.end and other.start <= self.end

    def touches(self, other: "Holiday") -> bool:
        """Whether they overlap or one begins on the day after the other's end."""
        return self.start <= other.end + ONE_DAY and other.start <= self.end + ONE_DAY


class HolidaysOverlap(Conflict):
    """Another holiday, or the same one of another region, has some of these days."""

    code = "holidays_overlap"


class Outcome(StrEnum):
    """What became of a holiday that was to be added."""

    INSERTED = "inserted"
    MERGED = "merged"  # with one of the same name and region
    SKIPPED = "skipped"  # it is there already


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The text without letter case, white space and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not _is_folded_away(character)).casefold()


def _is_folded_away(character: str) -> bool:
    return character.isspace() or unicodedata.combining(character) > 0


def mistakes(holiday: Holiday, period: Period) -> dict[str, FieldError]:
    """Which of a holiday's dates are wrong for its period."""
    if holiday.end < holiday.start:
        return {"endDate": FieldError("ends_before_start")}
    outside = FieldError("outside_period", name=period.name, start=period.start, end=period.end)
    dates = {"startDate": holiday.start, "endDate": holiday.end}
    return {name: outside for name, day in dates.items() if not period.covers(day)}


class HolidayCalendar:
    """The holidays of one period, to which others are added; `holidays` is what there is after that."""

    def __init__(self, known: Iterable[Holiday] = ()) -> None:
        self.holidays = list(known)

    def add(self, new: Holiday) -> tuple[Outcome, Holiday]:
        """Put a holiday to the others, and tell which one has its days now; raises `HolidaysOverlap`.

        Days and name that are there already are skipped; a region that is only now told is noted. One that says no
        region says nothing new about the same days and name either.
        """
        twin = next((known for known in self.holidays if _is_twin(known, new)), None)
        if twin is not None:
            return self._note_region(twin, new.region)
        for known in self.holidays:
            if known.overlaps(new) and known.kind != new.kind:
                raise HolidaysOverlap(name=known.name, region=known.region or "–", start=known.start, end=known.end)
        if same := self._same_as(new):
            return Outcome.MERGED, self._join(same, new)
        self.holidays.append(new)
        return Outcome.INSERTED, new

    def _note_region(self, twin: Holiday, region: str | None) -> tuple[Outcome, Holiday]:
        if twin.region or not region:
            return Outcome.SKIPPED, twin
        named = replace(twin, region=region)
        self.holidays.remove(twin)
        return Outcome.MERGED, self._join(self._same_as(named), named)

    def _same_as(self, new: Holiday) -> list[Holiday]:
        return [known for known in self.holidays if known.kind == new.kind and known.touches(new)]

    def _join(self, same: list[Holiday], new: Holiday) -> Holiday:
        """Make one of them all: a changed row that is put back stays itself, else the oldest row grows."""
        kept = new if new.id is not None else min((*same, new), key=lambda known: known.id or 2**31)
        start = min(holiday.start for holiday in (*same, new))
        end = max(holiday.end for holiday in (*same, new))
        whole = replace(kept, start=start, end=end)
        self.holidays = [known for known in self.holidays if known not in same] + [whole]
        return whole


def _is_twin(known: Holiday, new: Holiday) -> bool:
    if (known.start, known.end) != (new.start, new.end) or known.kind[0] != new.kind[0]:
        return False
    return known.kind == new.kind or not known.region or not new.region
