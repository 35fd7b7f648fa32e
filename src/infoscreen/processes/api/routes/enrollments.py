"""`/api/enrollments`: one-time codes for devices. `/api/enroll`: a device comes with one, without any login."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Response

from infoscreen.domain.enrollments import EnrollmentRefused
from infoscreen.processes.api.account_answers import NO_STORE, account_answer
from infoscreen.processes.api.deps import AdminWork, CallerAddress, CurrentApp
from infoscreen.processes.api.schemas.base import Problem, Success
from infoscreen.processes.api.schemas.broker_accounts import BrokerAccountAnswer
from infoscreen.processes.api.schemas.enrollments import (
    EnrollmentCode,
    EnrollmentRequest,
    EnrollRequest,
    OpenEnrollment,
    OpenEnrollments,
)
from infoscreen.services import enrollments
from infoscreen.services.enrollments import Wish

router = APIRouter(prefix="/api", tags=["clients"])

TOO_MANY: dict[int | str, dict[str, Any]] = {429: {"model": Problem, "description": "Too many wrong codes"}}


@router.post("/enrollments", status_code=201)
def open_enrollment(request: EnrollmentRequest, response: Response, work: AdminWork) -> EnrollmentCode:
    """Make a one-time code, with which one device gets its account by itself."""
    wish = Wish(request.description, request.group_id, request.client_uuid)
    code, enrollment = enrollments.open_enrollment(work, wish, timedelta(minutes=request.valid_minutes))
    response.headers.update(NO_STORE)
    return EnrollmentCode(id=enrollment.id, code=code, expires_at=enrollment.expires_at)


@router.get("/enrollments")
def list_enrollments(work: AdminWork) -> OpenEnrollments:
    """Codes that still hold; the codes themselves are not kept."""
    return OpenEnrollments(enrollments=[OpenEnrollment.model_validate(each) for each in enrollments.list_open(work)])


@router.delete("/enrollments/{enrollment_id}")
def withdraw_enrollment(enrollment_id: int, work: AdminWork) -> Success:
    """Make a code void that no device has used."""
    enrollments.withdraw(work, enrollment_id)
    return Success()


@router.post("/enroll", status_code=201, responses=TOO_MANY)
def enroll(request: EnrollRequest, address: CallerAddress, response: Response, app: CurrentApp) -> BrokerAccountAnswer:
    """Give a device its account for a one-time code. A wrong, a used and an expired code are answered alike.

    Until it has reported in, the same device may ask with the same code for ten minutes, and gets a new password: the
    first answer may have been lost.
    """
    with app.reading() as work:
        enrollments.check_attempts(work, address)
    hardware = request.model_dump(exclude={"code", "uuid"}, exclude_none=True)
    try:
        with app.work() as work:
            credentials = enrollments.enroll(work, request.code, request.uuid, hardware)
    except EnrollmentRefused:
        with app.work() as work:
            enrollments.note_failure(work, address)
        raise
    response.headers.update(NO_STORE)
    return account_answer(credentials, app.config.broker)
