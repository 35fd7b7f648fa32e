"""What an event that is being planned would be."""

from pydantic import Field

from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime, Day, Id, WholeSecond
from infoscreen.processes.api.schemas.events import Rule, StoredEventType
from infoscreen.services.event_previews import Draft, Meeting, Preview


class EventDraft(ApiRequest):
    """When an event would be; what it shows does not matter here."""

    start_time: WholeSecond
    end_time: WholeSecond
    recurrence_rule: Rule | None = None
    recurrence_end: WholeSecond | None = None
    skip_holidays: bool = False
    academic_period_id: Id | None = None
    group_id: Id | None = Field(default=None, description="Where other events are looked for.")
    event_id: Id | None = Field(default=None, description="The stored event that this one changes.")
    occurrence_day: Day | None = Field(
        default=None, description="It only replaces what the series `eventId` has on this local date."
    )

    def draft(self) -> Draft:
        """The same for the services."""
        return Draft(
            start=self.start_time,
            end=self.end_time,
            rule=self.recurrence_rule,
            recurrence_end=self.recurrence_end,
            skip_holidays=self.skip_holidays,
            academic_period_id=self.academic_period_id,
            group_id=self.group_id,
            event_id=self.event_id,
            day=self.occurrence_day,
        )


class ShowingAnswer(ApiModel):
    start: ApiTime = Field(alias="startTime")
    end: ApiTime = Field(alias="endTime")


class MeetingAnswer(ApiModel):
    """Another event that runs in the group at the same time: when they first meet, and how often."""

    event_id: int
    subject: str
    type: StoredEventType
    start_time: ApiTime
    end_time: ApiTime
    times: int


class EventPreview(ApiModel):
    showings: list[ShowingAnswer] = Field(description="The next five from now on, without skipped ones and holidays.")
    holidays: list[ApiTime] = Field(description="Starts before the last of these that holidays leave out.")
    conflicts: list[MeetingAnswer] = Field(description="A series is looked at for three months.")


def event_preview(preview: Preview) -> EventPreview:
    """The answer."""
    return EventPreview(
        showings=[ShowingAnswer.model_validate(span) for span in preview.showings],
        holidays=list(preview.holidays),
        conflicts=[_meeting(each) for each in preview.meetings],
    )


def _meeting(meeting: Meeting) -> MeetingAnswer:
    first = meeting.first
    return MeetingAnswer(
        event_id=first.event.id,
        subject=first.event.subject,
        type=first.event.type,
        start_time=first.start,
        end_time=first.end,
        times=meeting.times,
    )
