"""`/api/holidays`: the days without school, by hand and from files."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from infoscreen.domain.access import Role
from infoscreen.domain.errors import FieldError, Invalid, NotAllowed
from infoscreen.domain.holiday_files import read_holidays
from infoscreen.domain.holidays import Outcome
from infoscreen.domain.media import FileTooLarge
from infoscreen.processes.api.deps import AdminWork, CurrentActor, CurrentApp, UserWork
from infoscreen.processes.api.multipart import FilePart, take_upload
from infoscreen.processes.api.schemas.base import Id, Problem, Success
from infoscreen.processes.api.schemas.holidays import (
    AddedHolidayAnswer,
    HolidayAnswer,
    HolidayChange,
    HolidayImportAnswer,
    HolidaysAnswer,
    NewHoliday,
    import_answer,
)
from infoscreen.services import holidays

router = APIRouter(prefix="/api/holidays", tags=["academic calendar"])

# Ten years of a country's holidays are some ten kilobytes.
LARGEST_FILE = 1024 * 1024
UPLOAD_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file", "academicPeriodId"],
                "properties": {
                    "file": {"type": "string", "format": "binary"},
                    "academicPeriodId": {"type": "integer"},
                },
            }
        }
    },
}


@router.get("")
def list_holidays(
    work: UserWork, academic_period_id: Annotated[Id | None, Query(alias="academicPeriodId")] = None
) -> HolidaysAnswer:
    """Holidays by start date, of one period or all."""
    found = holidays.list_holidays(work, academic_period_id)
    return HolidaysAnswer(holidays=[HolidayAnswer.model_validate(holiday) for holiday in found])


@router.post("", status_code=201, responses={200: {"model": AddedHolidayAnswer, "description": "Merged or there"}})
def add_holiday(request: NewHoliday, work: AdminWork, response: Response) -> AddedHolidayAnswer:
    """Add a holiday to a period: 201 for a new one; 200 where one of the same name and region grew or has the days.

    Days that another holiday has are a conflict that names it.
    """
    row, outcome = holidays.add_holiday(work, request.academic_period_id, request.holiday())
    if outcome is not Outcome.INSERTED:
        response.status_code = 200
    return AddedHolidayAnswer(**HolidayAnswer.model_validate(row).model_dump(), outcome=outcome)


@router.post(
    "/upload", openapi_extra={"requestBody": UPLOAD_BODY}, responses={413: {"model": Problem}, 415: {"model": Problem}}
)
async def upload_holidays(request: Request, actor: CurrentActor, app: CurrentApp) -> HolidayImportAnswer:
    """Import holidays into a period, from CSV with a header, TXT without one, or iCalendar.

    A line that cannot be taken is told with its number and the reason; a file of another kind is refused.
    """
    if not actor.role.includes(Role.ADMIN):
        raise NotAllowed

    def take_in() -> HolidayImportAnswer:
        part = FilePart(request)
        part.find()
        content = b"".join(_limited(part.chunks()))
        part.finish()
        period_id, lines = _period_id(part), read_holidays(content)
        with app.work(actor) as work:
            return import_answer(request, holidays.import_holidays(work, period_id, lines))

    return await take_upload(request, take_in)


@router.put("/{holiday_id}")
def change_holiday(holiday_id: Id, request: HolidayChange, work: AdminWork) -> HolidayAnswer:
    """Change some fields of a holiday; it becomes one with others of the same name that it touches now."""
    return HolidayAnswer.model_validate(holidays.change_holiday(work, holiday_id, request.given()))


@router.delete("/{holiday_id}")
def delete_holiday(holiday_id: Id, work: AdminWork) -> Success:
    """Delete a holiday."""
    holidays.delete_holiday(work, holiday_id)
    return Success()


def _limited(chunks: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST_FILE:
            raise FileTooLarge(megabytes=LARGEST_FILE // 1024**2)
        yield chunk


def _period_id(part: FilePart) -> int:
    text = part.fields.get("academicPeriodId", "").strip()
    if not text:
        raise Invalid(academicPeriodId=FieldError("missing"))
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise Invalid(academicPeriodId=FieldError("no_such_period"))
    return int(text)
