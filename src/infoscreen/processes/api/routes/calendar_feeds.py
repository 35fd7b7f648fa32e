"""`/api/calendar`: a group's plan in people's own calendar programs."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from infoscreen.domain.byte_ranges import is_unchanged
from infoscreen.processes.api.deps import CurrentApp, UserWork
from infoscreen.processes.api.schemas.base import Id, Success
from infoscreen.processes.api.schemas.calendar_feeds import (
    CalendarFeedAnswer,
    CalendarFeedsAnswer,
    NewCalendarFeedAnswer,
)
from infoscreen.services import calendar_feeds

router = APIRouter(prefix="/api/calendar", tags=["calendar"])

CALENDAR = "text/calendar; charset=utf-8"
AS_CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {"description": "The plan (RFC 5545)", "content": {"text/calendar": {"schema": {"type": "string"}}}},
    304: {"description": "Unchanged since the last time"},
}


@router.get("")
def list_calendars(work: UserWork) -> CalendarFeedsAnswer:
    """The caller's own subscriptions, without their addresses."""
    found = calendar_feeds.list_feeds(work)
    return CalendarFeedsAnswer(calendars=[CalendarFeedAnswer.model_validate(each) for each in found])


@router.get("/{group_id}.ics", response_class=Response, responses=AS_CALENDAR)
def read_calendar(
    group_id: Id,
    request: Request,
    app: CurrentApp,
    token: Annotated[str, Query(description="The secret of a subscription of this group.")] = "",
) -> Response:
    """A group's plan for a calendar program: series with their rules, exceptions and skipped holidays.

    From a year ago on; what is switched off is not in it.
    """
    with app.reading() as work:
        plan = calendar_feeds.read_plan(work, group_id, token)
    if plan.is_due_for_note:
        with app.work() as work:
            calendar_feeds.note_read(work, group_id, token, plan)
    headers = {
        "ETag": f'"{plan.etag}"',
        "Last-Modified": format_datetime(plan.changed_at.astimezone(UTC).replace(microsecond=0), usegmt=True),
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'inline; filename="infoscreen-{group_id}.ics"',
    }
    if _has_it(request, headers["ETag"], plan.changed_at):
        return Response(status_code=304, headers=headers)
    return Response(plan.content, headers=headers, media_type=CALENDAR)


@router.post("/{group_id}", status_code=201)
def subscribe(group_id: Id, work: UserWork) -> NewCalendarFeedAnswer:
    """Make or renew the caller's address of a group's plan; the one before it ends."""
    found, token = calendar_feeds.subscribe(work, group_id)
    path = f"{router.prefix}/{group_id}.ics?{urlencode({'token': token})}"
    answer = CalendarFeedAnswer.model_validate(found)
    return NewCalendarFeedAnswer(**dict(answer), path=path)


@router.delete("/{group_id}")
def unsubscribe(group_id: Id, work: UserWork) -> Success:
    """End the caller's address of a group's plan."""
    calendar_feeds.unsubscribe(work, group_id)
    return Success()


def _has_it(request: Request, etag: str, changed_at: datetime) -> bool:
    """Whether the program has this content already; the ETag decides where it sends both (RFC 9110 §13.2.2)."""
    if "if-none-match" in request.headers:
        return is_unchanged(request.headers["if-none-match"], etag)
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return changed_at.replace(microsecond=0) <= since
    except (ValueError, TypeError):
        return False
