"""`/api/academic_periods`: school years, semesters and trimesters."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request

from infoscreen.processes.api.deps import AdminWork, UserWork
from infoscreen.processes.api.schemas.academic_calendar import (
    ChosenPeriod,
    NewPeriod,
    OnePeriodAnswer,
    PeriodAnswer,
    PeriodChange,
    PeriodOrNone,
    PeriodsAnswer,
    PeriodUsageAnswer,
    usage_answer,
)
from infoscreen.processes.api.schemas.base import Id, Success
from infoscreen.services import academic_calendar

router = APIRouter(prefix="/api/academic_periods", tags=["academic calendar"])


def _one(period: object) -> OnePeriodAnswer:
    return OnePeriodAnswer(period=PeriodAnswer.model_validate(period))


def _one_or_none(period: object | None) -> PeriodOrNone:
    return PeriodOrNone(period=PeriodAnswer.model_validate(period) if period else None)


@router.get("")
def list_periods(
    work: UserWork,
    include_archived: Annotated[bool, Query(alias="includeArchived")] = False,
    archived_only: Annotated[bool, Query(alias="archivedOnly")] = False,
) -> PeriodsAnswer:
    """Periods by start date; the archived ones only where asked for."""
    periods = academic_calendar.list_periods(work, archived=include_archived, only_archived=archived_only)
    return PeriodsAnswer(periods=[PeriodAnswer.model_validate(period) for period in periods])


@router.post("", status_code=201)
def create_period(request: NewPeriod, work: AdminWork) -> OnePeriodAnswer:
    """Make a period; it is not active. A name that is taken or days that another of its type has are a conflict."""
    return _one(academic_calendar.create_period(work, request.fields()))


@router.get("/active")
def active_period(work: UserWork) -> PeriodOrNone:
    """The active period, or none."""
    return _one_or_none(academic_calendar.get_active_period(work))


@router.post("/active")
def choose_active_period(request: ChosenPeriod, work: AdminWork) -> OnePeriodAnswer:
    """Make a period the only active one."""
    return _one(academic_calendar.activate_period(work, request.id))


@router.get("/for_date")
def period_for_date(work: UserWork, day: Annotated[date, Query(alias="date")]) -> PeriodOrNone:
    """The period that covers a day: the one that starts last where several do, never an archived one."""
    return _one_or_none(academic_calendar.period_on(work, day))


@router.get("/{period_id}")
def get_period(period_id: Id, work: UserWork) -> OnePeriodAnswer:
    """One period, archived or not."""
    return _one(academic_calendar.get_period(work, period_id))


@router.put("/{period_id}")
def change_period(period_id: Id, request: PeriodChange, work: AdminWork) -> OnePeriodAnswer:
    """Change some fields of a period that is not archived; its holidays must stay inside it."""
    return _one(academic_calendar.change_period(work, period_id, request.given(), request.version))


@router.delete("/{period_id}")
def delete_period(period_id: Id, work: AdminWork) -> Success:
    """Delete an archived period and its holidays for good; a conflict with reasons while anything belongs to it."""
    academic_calendar.delete_period(work, period_id)
    return Success()


@router.get("/{period_id}/usage")
def period_usage(request: Request, period_id: Id, work: UserWork) -> PeriodUsageAnswer:
    """What belongs to a period, and what stands in the way of archiving it (of deleting it, when it is archived)."""
    return usage_answer(request, academic_calendar.period_usage(work, period_id))


@router.post("/{period_id}/activate")
def activate_period(period_id: Id, work: AdminWork) -> OnePeriodAnswer:
    """Make a period the only active one."""
    return _one(academic_calendar.activate_period(work, period_id))


@router.post("/{period_id}/archive")
def archive_period(period_id: Id, work: AdminWork) -> OnePeriodAnswer:
    """Put a period away. While it is active or a series of it goes on, it is a conflict with reasons."""
    return _one(academic_calendar.archive_period(work, period_id))


@router.post("/{period_id}/restore")
def restore_period(period_id: Id, work: AdminWork) -> OnePeriodAnswer:
    """Bring an archived period back, not active."""
    return _one(academic_calendar.restore_period(work, period_id))
