"""Events and their occurrences."""

from datetime import UTC, datetime
from typing import Annotated, Literal, Self, cast

from pydantic import AfterValidator, Field, StringConstraints

from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime, Id, Subject, WholeSecond, written
from infoscreen.services.events import EventOccurrence
from infoscreen_wire.payloads.to_device import occurrence_id

EventType = Literal["presentation", "video", "website", "webuntis", "message"]
StoredEventType = Literal["presentation", "video", "website", "webuntis", "message", "other"]
Text = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(written)]
Url = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000), AfterValidator(written)]
Rule = Annotated[str, StringConstraints(max_length=1_000)]


class _EventContent(ApiRequest):
    """What every event has, also an occurrence that is detached from its series."""

    description: Text | None = None
    event_media_id: Id | None = None
    website_url: Url | None = None
    message_content: Text | None = None
    slideshow_interval: Annotated[int, Field(ge=1, le=86_400)] | None = None
    page_progress: bool | None = None
    auto_progress: bool | None = None
    autoplay: bool | None = None
    loop: bool | None = None
    volume: Annotated[float, Field(ge=0, le=1)] | None = None
    muted: bool | None = None
    skip_holidays: bool = False
    academic_period_id: Id | None = None
    is_active: bool = True


class _Recurrence(ApiRequest):
    recurrence_rule: Rule | None = Field(
        default=None, description="An RFC 5545 RRULE, DAILY to YEARLY, without DTSTART."
    )
    recurrence_end: WholeSecond | None = Field(default=None, description="No occurrence starts after it.")
    recurrence_exception: Annotated[str, StringConstraints(max_length=60_000)] | None = Field(
        default=None, description="Skipped starts in UTC, `yyyyMMddTHHmmssZ`, with commas between them."
    )


class NewEvent(_EventContent, _Recurrence):
    subject: Subject
    group_id: Id
    start_time: WholeSecond
    end_time: WholeSecond
    type: EventType


# A default only makes the field optional; it is never stored.
NOT_GIVEN = datetime(1970, 1, 1, tzinfo=UTC)


class Detachment(_EventContent):
    """Fields of the detached occurrence that differ from its series; `version` is the series' one."""

    subject: Subject = ""
    group_id: Id = 0
    start_time: WholeSecond = NOT_GIVEN
    end_time: WholeSecond = NOT_GIVEN
    type: StoredEventType = "other"
    version: int | None = None


class EventChange(Detachment, _Recurrence):
    """Fields that are left out stay as they are."""


class EventAnswer(ApiModel):
    id: int
    subject: str
    description: str | None
    group_id: int
    start_time: ApiTime
    end_time: ApiTime
    type: StoredEventType
    event_media_id: int | None
    website_url: str | None
    message_content: str | None
    slideshow_interval: int | None
    page_progress: bool | None
    auto_progress: bool | None
    autoplay: bool | None
    loop: bool | None
    volume: float | None
    muted: bool | None
    recurrence_rule: str | None
    recurrence_end: ApiTime | None
    recurrence_exception: str | None = Field(description="What is skipped: by people, and because of holidays.")
    recurrence_id: int | None = Field(description="The series that this event was detached from.")
    detached_start: ApiTime | None = Field(description="Where in that series it was.")
    skip_holidays: bool
    academic_period_id: int | None
    is_active: bool
    created_by: int | None
    created_at: ApiTime
    updated_by: int | None
    updated_at: ApiTime | None
    version: int


class EventsAnswer(ApiModel):
    events: list[EventAnswer]


class OccurrenceAnswer(ApiModel):
    occurrence_id: str
    event_id: int
    group_id: int
    subject: str
    type: StoredEventType
    start_time: ApiTime
    end_time: ApiTime
    is_recurring: bool
    recurrence_id: int | None = Field(description="The series that this event was detached from.")
    skip_holidays: bool
    version: int

    @classmethod
    def of(cls, found: EventOccurrence) -> Self:
        """One occurrence of an event."""
        event = found.event
        return cls(
            occurrence_id=occurrence_id(event.id, found.start),
            event_id=event.id,
            group_id=event.group_id,
            subject=event.subject,
            type=cast("StoredEventType", event.type),
            start_time=found.start,
            end_time=found.end,
            is_recurring=event.recurrence_rule is not None,
            recurrence_id=event.recurrence_id,
            skip_holidays=event.skip_holidays,
            version=event.version,
        )


class OccurrencesAnswer(ApiModel):
    occurrences: list[OccurrenceAnswer]


class SkippedAnswer(ApiModel):
    skipped: list[ApiTime] = Field(description="Starts.")
