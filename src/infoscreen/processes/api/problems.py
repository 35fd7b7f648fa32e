"""Every failure becomes one shape: `{"error": sentence, "code": …, "details": …}`. Here errors get their status."""

from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from infoscreen.domain import errors
from infoscreen.domain.academic_calendar import PeriodBlocked
from infoscreen.domain.enrollments import TooManyAttempts
from infoscreen.domain.logins import TooManyLogins
from infoscreen.domain.power_switches import PowerSwitchFailed
from infoscreen.processes.api.schemas.current import current_row
from infoscreen.processes.api.sentences import sentence

log = structlog.get_logger()

RETRY_AFTER_SECONDS = 5
# The first class that fits counts.
STATUS: Sequence[tuple[type[errors.InfoscreenError], int]] = (
    (errors.NotFound, 404),
    (errors.NotLoggedIn, 401),
    (errors.NotAllowed, 403),
    (errors.Invalid, 422),
    (errors.Conflict, 409),
    (errors.TooLarge, 413),
    (errors.UnsupportedKind, 415),
    (TooManyAttempts, 429),
    (TooManyLogins, 429),
    (PowerSwitchFailed, 502),
    (errors.DiskFull, 507),
    (errors.Unavailable, 503),
)
STARLETTE_CODES = {404: "not_found", 405: "method_not_allowed", 400: "malformed", 413: "too_large"}


def install(api: FastAPI) -> None:
    """Answer every kind of failure in the product's own shape."""
    api.add_exception_handler(errors.InfoscreenError, _refused)
    api.add_exception_handler(RequestValidationError, _not_valid)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(DataError, _too_long)
    api.add_exception_handler(OperationalError, _database_away)
    api.add_exception_handler(InterfaceError, _database_away)
    api.add_exception_handler(Exception, _unexpected)


def problem(
    request: Request, status: int, code: str, params: dict[str, Any] | None = None, details: Any = None
) -> JSONResponse:
    """One error answer; `params` may say in how many seconds to try again (`retry_after`)."""
    body = {"error": sentence(request, code, params), "code": code, "details": details}
    seconds = (params or {}).get("retry_after", RETRY_AFTER_SECONDS)
    return JSONResponse(body, status, headers={"Retry-After": str(seconds)} if status in (429, 503) else None)


def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.InfoscreenError)  # noqa: S101 - registered for this class
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 500)
    params, details = error.params, jsonable_encoder(error.params) or None
    if isinstance(error, errors.Invalid):
        details = {name: sentence(request, field.code, field.params) for name, field in error.fields.items()}
    if isinstance(error, errors.StaleVersion):
        details = current_row(error.current)
    if isinstance(error, PeriodBlocked):
        reasons = [sentence(request, blocker.code, blocker.params) for blocker in error.blockers]
        params, details = {**params, "reasons": " ".join(reasons)}, {"blockers": reasons}
    return problem(request, status, error.code, params, details)


def _not_valid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
    mistakes = error.errors()
    if any(mistake["type"] == "json_invalid" for mistake in mistakes):
        return problem(request, 400, "malformed")
    details = {_field(mistake["loc"]): _field_sentence(request, mistake) for mistake in mistakes}
    return problem(request, 422, "invalid_fields", details=details)


def _field(location: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in location if part not in ("body", "query", "path")) or "body"


def _field_sentence(request: Request, mistake: Any) -> str:
    kind, context = mistake["type"], mistake.get("ctx", {})
    if kind in ("missing", "control_character", "opening_hours_wrong"):
        return sentence(request, kind)
    if kind == "extra_forbidden":
        return sentence(request, "unknown_field")
    if kind.endswith("too_short"):
        return sentence(request, "too_short")
    if kind.endswith("too_long"):
        return sentence(request, "too_long", context)
    if kind.startswith(("greater_than", "less_than")):
        return sentence(request, "out_of_range")
    return sentence(request, "wrong_type")


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
    return problem(request, error.status_code, STARLETTE_CODES.get(error.status_code, "malformed"))


def _too_long(request: Request, error: Exception) -> JSONResponse:
    log.warning("value_refused_by_database", error=str(error))
    return problem(request, 422, "out_of_range")


def _database_away(request: Request, error: Exception) -> JSONResponse:
    log.error("database_unavailable", error=str(error))
    return problem(request, 503, "database_unavailable")


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("request_failed", path=request.url.path, exc_info=error)
    return problem(request, 500, "internal_error")
