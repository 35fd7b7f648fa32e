"""`/api/academic_periods` and `/api/holidays`: the school's calendar."""

from typing import Annotated

from fastapi import APIRouter, Query

from infoscreen.processes.api.deps import UserWork
from infoscreen.processes.api.schemas.academic_calendar import (
    HolidayAnswer,
    HolidaysAnswer,
    PeriodAnswer,
    PeriodsAnswer,
)
from infoscreen.processes.api.schemas.base import Id
from infoscreen.services import academic_calendar

router = APIRouter(prefix="/api", tags=["academic calendar"])


@router.get("/academic_periods")
def list_periods(
    work: UserWork, include_archived: Annotated[bool, Query(alias="includeArchived")] = False
) -> PeriodsAnswer:
    """Periods by start date; the archived ones only where asked for."""
    periods = academic_calendar.list_periods(work, archived=include_archived)
    return PeriodsAnswer(periods=[PeriodAnswer.model_validate(period) for period in periods])


@router.get("/holidays")
def list_holidays(
    work: UserWork, academic_period_id: Annotated[Id | None, Query(alias="academicPeriodId")] = None
) -> HolidaysAnswer:
    """Holidays by start date, of one period or all."""
    holidays = academic_calendar.list_holidays(work, academic_period_id)
    return HolidaysAnswer(holidays=[HolidayAnswer.model_validate(holiday) for holiday in holidays])
