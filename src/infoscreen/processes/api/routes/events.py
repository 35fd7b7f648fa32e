"""`/api/events`: what is planned."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query

from infoscreen.processes.api.deps import EditorWork, UserWork
from infoscreen.processes.api.schemas.base import Day, GivenTime, Id, Success
from infoscreen.processes.api.schemas.event_previews import EventDraft, EventPreview, event_preview
from infoscreen.processes.api.schemas.events import (
    Detachment,
    EventAnswer,
    EventChange,
    EventsAnswer,
    NewEvent,
    OccurrenceAnswer,
    OccurrencesAnswer,
    SkippedAnswer,
)
from infoscreen.services import event_exceptions, event_previews, events
from infoscreen.services.event_schedules import skipped_starts
from infoscreen.services.events import Event
from infoscreen.services.work import Work

router = APIRouter(prefix="/api/events", tags=["events"])
OccurrenceDay = Annotated[Day, Path(description="The occurrence's local date, in the school's time zone.")]
GroupFilter = Annotated[Id | None, Query(alias="groupId")]


@router.get("")
def list_events(
    work: UserWork,
    start: GivenTime | None = None,
    end: GivenTime | None = None,
    group_id: GroupFilter = None,
    academic_period_id: Annotated[Id | None, Query(alias="academicPeriodId")] = None,
    recurrence_id: Annotated[Id | None, Query(alias="recurrenceId")] = None,
) -> EventsAnswer:
    """Events as they are stored, series not expanded; with `recurrenceId`, what was detached from that series."""
    found = events.list_events(work, start, end, group_id, academic_period_id, recurrence_id)
    return EventsAnswer(events=_answers(work, found))


@router.post("", status_code=201)
def create_event(request: NewEvent, work: EditorWork) -> EventAnswer:
    """Make an event; what is not given comes from the settings."""
    return _answer(work, events.create_event(work, request.given()))


@router.post("/preview")
def preview_event(request: EventDraft, work: UserWork) -> EventPreview:
    """What an event would be: its next showings, and what else runs in its group then; nothing is stored."""
    return event_preview(event_previews.preview_event(work, request.draft()))


@router.get("/occurrences")
def list_occurrences(
    work: UserWork, start: GivenTime, end: GivenTime, group_id: GroupFilter = None
) -> OccurrencesAnswer:
    """Every occurrence in a range of at most 400 days."""
    found = events.list_occurrences(work, start, end, group_id)
    return OccurrencesAnswer(occurrences=[OccurrenceAnswer.of(each) for each in found])


@router.get("/{event_id}")
def get_event(event_id: Id, work: UserWork) -> EventAnswer:
    """One event."""
    return _answer(work, events.get_event(work, event_id))


@router.put("/{event_id}")
def change_event(event_id: Id, request: EventChange, work: EditorWork) -> EventAnswer:
    """Change some fields of an event; a series changes as a whole."""
    return _answer(work, events.change_event(work, event_id, request.given(), request.version))


@router.delete("/{event_id}")
def delete_event(event_id: Id, work: EditorWork, *, detached: bool = False) -> Success:
    """Delete a single event or a whole series; with `detached` also what was detached from it."""
    events.delete_event(work, event_id, detached=detached)
    return Success()


@router.post("/{event_id}/occurrences/{day}/detach", status_code=201)
def detach_occurrence(event_id: Id, day: OccurrenceDay, request: Detachment, work: EditorWork) -> EventAnswer:
    """Make one occurrence of a series an event of its own, with the given fields changed."""
    return _answer(work, event_exceptions.detach_occurrence(work, event_id, day, request.given(), request.version))


@router.delete("/{event_id}/occurrences/{day}")
def skip_occurrence(event_id: Id, day: OccurrenceDay, work: EditorWork, version: int | None = None) -> EventAnswer:
    """Leave out one occurrence of a series; answers with the series."""
    return _answer(work, event_exceptions.skip_occurrence(work, event_id, day, version))


@router.get("/{event_id}/occurrences/skipped")
def list_skipped_occurrences(event_id: Id, work: UserWork) -> SkippedAnswer:
    """What people left out of a series, in order; holidays and detached occurrences are not among it."""
    return SkippedAnswer(skipped=list(event_exceptions.skipped_occurrences(work, event_id)))


@router.post("/{event_id}/occurrences/{day}/restore")
def restore_occurrence(event_id: Id, day: OccurrenceDay, work: EditorWork, version: int | None = None) -> EventAnswer:
    """Take a skipped occurrence back into its series; answers with the series."""
    return _answer(work, event_exceptions.restore_occurrence(work, event_id, day, version))


def _answer(work: Work, event: Event) -> EventAnswer:
    return _answers(work, [event])[0]


def _answers(work: Work, found: Sequence[Event]) -> list[EventAnswer]:
    skipped = skipped_starts(work, found)
    return [
        EventAnswer.model_validate(event).model_copy(update={"recurrence_exception": skipped[event.id]})
        for event in found
    ]
