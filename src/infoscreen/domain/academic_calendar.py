"""Academic periods: what makes one valid, which one counts on a day, and what stands in the way of putting it away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from infoscreen.domain.errors import Conflict, FieldError, Invalid


class PeriodType(StrEnum):
    """How a school divides its time; periods of one type do not overlap."""

    SCHULJAHR = "schuljahr"
    SEMESTER = "semester"
    TRIMESTER = "trimester"


@dataclass(frozen=True, slots=True)
class Period:
    """A period's name and days; both dates belong to it. `id` is None before it is stored."""

    id: int | None
    name: str
    period_type: str
    start: date
    end: date

    def covers(self, day: date) -> bool:
        """Whether a day belongs to the period."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why a period cannot be archived or deleted, as the code and the values of a sentence."""

    code: str
    params: dict[str, Any]


class PeriodNameTaken(Conflict):
    """Another period that is not archived has this name."""

    code = "period_name_taken"


class PeriodsOverlap(Conflict):
    """Another period of the same type has some of these days."""

    code = "periods_overlap"


class PeriodLeavesOutHolidays(Conflict):
    """With these dates some holidays of the period would lie outside it."""

    code = "period_leaves_out_holidays"


class PeriodIsArchived(Conflict):
    """An archived period and its holidays stay as they are until it is restored."""

    code = "period_is_archived"


class PeriodBlocked(Conflict):
    """Something stands in the way; `blockers` has each reason."""

    def __init__(self, blockers: Sequence[Blocker], name: str) -> None:
        super().__init__(name=name)
        self.blockers = blockers


class PeriodNotArchivable(PeriodBlocked):
    """The period is still needed."""

    code = "period_not_archivable"


class PeriodNotDeletable(PeriodBlocked):
    """The period is not archived, or something belongs to it."""

    code = "period_not_deletable"


def check_period(period: Period, others: Iterable[Period]) -> None:
    """Raise what is wrong with a new or changed period; `others` are those that are not archived.

    `Invalid` for its dates, `PeriodNameTaken` (letter case aside), `PeriodsOverlap` within its type.
    """
    if period.end < period.start:
        raise Invalid(endDate=FieldError("ends_before_start"))
    for other in others:
        if other.id == period.id:
            continue
        if other.name.casefold() == period.name.casefold():
            raise PeriodNameTaken(name=other.name)
        if other.period_type == period.period_type and other.start <= period.end and period.start <= other.end:
            raise PeriodsOverlap(name=other.name, start=other.start, end=other.end)


def covering(periods: Iterable[Period], day: date) -> Period | None:
    """The period that counts on a day: of those that cover it the one that starts last."""
    return max((period for period in periods if period.covers(day)), key=_latest_start, default=None)


def _latest_start(period: Period) -> tuple[date, int]:
    return period.start, period.id or 0


def archive_blockers(*, is_active: bool, running_series: Sequence[str]) -> list[Blocker]:
    """Why a period cannot be archived: it is active, or series (by subject) still have occurrences."""
    blockers = [Blocker("blocked_by_being_active", {})] if is_active else []
    if running_series:
        blockers.append(Blocker("blocked_by_series", _counted(running_series)))
    return blockers


def delete_blockers(*, is_archived: bool, events: Sequence[str], media: Sequence[str]) -> list[Blocker]:
    """Why a period cannot be deleted for good: it is not archived, or events or media (by name) belong to it."""
    blockers = [] if is_archived else [Blocker("blocked_by_not_being_archived", {})]
    if events:
        blockers.append(Blocker("blocked_by_events", _counted(events)))
    if media:
        blockers.append(Blocker("blocked_by_media", _counted(media)))
    return blockers


# So many names stand in a sentence; the number tells the rest.
NAMED = 3


def _counted(names: Sequence[str]) -> dict[str, Any]:
    return {"count": len(names), "names": ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")}
