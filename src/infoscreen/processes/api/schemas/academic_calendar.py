"""Academic periods."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError
from starlette.requests import Request

from infoscreen.domain.academic_calendar import PeriodType
from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime, Id, Name, visible
from infoscreen.processes.api.sentences import sentence
from infoscreen.services.academic_calendar import PeriodUsage

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
# So many events and media are named; the counts tell the rest.
LISTED = 100


def _in_reach(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise PydanticCustomError("less_than", "not between 2000 and 2199")
    return day


# A day of the school's calendar, between 2000 and 2199.
Day = Annotated[date, AfterValidator(_in_reach)]
DisplayName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50), AfterValidator(visible)
]


class NewPeriod(ApiRequest):
    name: Name
    display_name: DisplayName | None = None
    start_date: Day
    end_date: Day
    period_type: PeriodType = PeriodType.SCHULJAHR

    def fields(self) -> dict[str, Any]:
        """Every field by its inner name."""
        return self.model_dump()


class PeriodChange(ApiRequest):
    name: Name = ""
    display_name: DisplayName | None = None
    start_date: Day = EARLIEST
    end_date: Day = EARLIEST
    period_type: PeriodType = PeriodType.SCHULJAHR
    version: int | None = None


class ChosenPeriod(ApiRequest):
    id: Id


class PeriodAnswer(ApiModel):
    id: int
    name: str
    display_name: str | None
    start_date: date
    end_date: date
    period_type: PeriodType
    is_active: bool
    is_archived: bool
    archived_at: ApiTime | None
    archived_by: int | None
    version: int


class PeriodsAnswer(ApiModel):
    periods: list[PeriodAnswer]


class OnePeriodAnswer(ApiModel):
    period: PeriodAnswer


class PeriodOrNone(ApiModel):
    period: PeriodAnswer | None


class LinkedEvent(ApiModel):
    id: int
    subject: str
    group_id: int
    start_time: ApiTime
    recurrence_rule: str | None


class LinkedMedia(ApiModel):
    id: int
    name: str


class PeriodUsageAnswer(ApiModel):
    """At most a hundred events and media, and how many there are; `blockers` are sentences."""

    events: list[LinkedEvent]
    event_count: int
    media: list[LinkedMedia]
    media_count: int
    blockers: list[str]


def usage_answer(request: Request, usage: PeriodUsage) -> PeriodUsageAnswer:
    """A period's usage in the request's language."""
    return PeriodUsageAnswer(
        events=[LinkedEvent.model_validate(event) for event in usage.events[:LISTED]],
        event_count=len(usage.events),
        media=[LinkedMedia.model_validate(medium) for medium in usage.media[:LISTED]],
        media_count=len(usage.media),
        blockers=[sentence(request, blocker.code, blocker.params) for blocker in usage.blockers],
    )
