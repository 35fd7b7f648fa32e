"""Holidays, and what an import of them did."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from starlette.requests import Request

from infoscreen.domain.holidays import Holiday, Outcome
from infoscreen.processes.api.schemas.academic_calendar import EARLIEST, Day
from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, Id, Name, written
from infoscreen.processes.api.sentences import sentence
from infoscreen.services.holidays import HolidayImport


def _none_if_blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


Region = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), AfterValidator(written)]
RegionOrNone = Annotated[Region | None, BeforeValidator(_none_if_blank)]


class NewHoliday(ApiRequest):
    name: Name
    start_date: Day
    end_date: Day
    region: RegionOrNone = None
    academic_period_id: Id

    def holiday(self) -> Holiday:
        """The holiday as the rules see it."""
        return Holiday(self.name, self.start_date, self.end_date, self.region)


class HolidayChange(ApiRequest):
    name: Name = ""
    start_date: Day = EARLIEST
    end_date: Day = EARLIEST
    region: RegionOrNone = None
    academic_period_id: Id = 1


class HolidayAnswer(ApiModel):
    id: int
    name: str
    start_date: date
    end_date: date
    region: str | None
    academic_period_id: int | None


class AddedHolidayAnswer(HolidayAnswer):
    """The holiday that has these days now: a new one, one that grew, or the one that was there already."""

    outcome: Outcome


class HolidaysAnswer(ApiModel):
    holidays: list[HolidayAnswer]


class LineConflictAnswer(ApiModel):
    """A line of the file that was not taken: its number, the reason as a sentence and as a stable code."""

    line: int
    reason: str
    code: str


class HolidayImportAnswer(ApiModel):
    """Each line counts once: inserted, merged, skipped or in conflict. `updated`: earlier holidays that changed."""

    inserted: int
    updated: int
    merged: int
    skipped: int
    conflicts: list[LineConflictAnswer]


def import_answer(request: Request, result: HolidayImport) -> HolidayImportAnswer:
    """What an import did, in the request's language."""
    return HolidayImportAnswer(
        inserted=result.inserted,
        updated=result.updated,
        merged=result.merged,
        skipped=result.skipped,
        conflicts=[
            LineConflictAnswer(
                line=conflict.line, reason=sentence(request, conflict.code, dict(conflict.params)), code=conflict.code
            )
            for conflict in result.conflicts
        ],
    )
