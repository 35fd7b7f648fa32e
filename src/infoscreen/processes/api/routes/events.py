"""`/api/events`: what is planned."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from infoscreen.processes.api.deps import EditorWork, UserWork
from infoscreen.processes.api.schemas.base import GivenTime, Id, Success
from infoscreen.processes.api.schemas.events import (
    EventAnswer,
    EventChange,
    EventsAnswer,
    NewEvent,
    OccurrenceAnswer,
    OccurrencesAnswer,
)
from infoscreen.services import events

router = APIRouter(prefix="/api/events", tags=["events"])
GroupFilter = Annotated[Id | None, Query(alias="groupId")]


@router.get("")
def list_events(
    work: UserWork,
    start: GivenTime | None = None,
    end: GivenTime | None = None,
    group_id: GroupFilter = None,
    academic_period_id: Annotated[Id | None, Query(alias="academicPeriodId")] = None,
) -> EventsAnswer:
    """Events as they are stored, series not expanded."""
    found = events.list_events(work, start, end, group_id, academic_period_id)
    return EventsAnswer(events=[EventAnswer.model_validate(event) for event in found])


@router.post("", status_code=201)
def create_event(request: NewEvent, work: EditorWork) -> EventAnswer:
    """Make an event; what is not given comes from the settings."""
    return EventAnswer.model_validate(events.create_event(work, request.given()))


@router.get("/occurrences")
def list_occurrences(
    work: UserWork, start: GivenTime, end: GivenTime, group_id: GroupFilter = None
) -> OccurrencesAnswer:
    """Every occurrence in a range of at most 400 days."""
    found = events.list_occurrences(work, start, end, group_id)
    return OccurrencesAnswer(occurrences=[_occurrence(each) for each in found])


@router.get("/{event_id}")
def get_event(event_id: Id, work: UserWork) -> EventAnswer:
    """One event."""
    return EventAnswer.model_validate(events.get_event(work, event_id))


@router.put("/{event_id}")
def change_event(event_id: Id, request: EventChange, work: EditorWork) -> EventAnswer:
    """Change some fields of an event; a series changes as a whole."""
    return EventAnswer.model_validate(events.change_event(work, event_id, request.given(), request.version))


@router.delete("/{event_id}")
def delete_event(event_id: Id, work: EditorWork) -> Success:
    """Delete a single event or a whole series."""
    events.delete_event(work, event_id)
    return Success()


def _occurrence(each: events.EventOccurrence) -> OccurrenceAnswer:
    start: datetime = each.start
    return OccurrenceAnswer.of(EventAnswer.model_validate(each.event), start, each.end)
