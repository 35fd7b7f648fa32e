"""Academic periods and holidays."""

from datetime import date
from typing import Literal

from infoscreen.processes.api.schemas.base import ApiModel, ApiTime


class PeriodAnswer(ApiModel):
    id: int
    name: str
    display_name: str | None
    start_date: date
    end_date: date
    period_type: Literal["schuljahr", "semester", "trimester"]
    is_active: bool
    is_archived: bool
    archived_at: ApiTime | None
    archived_by: int | None
    version: int


class PeriodsAnswer(ApiModel):
    periods: list[PeriodAnswer]


class HolidayAnswer(ApiModel):
    id: int
    name: str
    start_date: date
    end_date: date
    region: str | None
    academic_period_id: int | None


class HolidaysAnswer(ApiModel):
    holidays: list[HolidayAnswer]
