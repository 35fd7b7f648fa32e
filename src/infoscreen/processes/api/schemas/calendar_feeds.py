"""Calendar subscriptions: who has which, and the address in the one answer that has it."""

from pydantic import Field

from infoscreen.processes.api.schemas.base import ApiModel, ApiTime


class CalendarFeedAnswer(ApiModel):
    """The caller's own subscription of a group's plan."""

    group_id: int
    created_at: ApiTime
    last_used_at: ApiTime | None = Field(description="When a calendar program last fetched it, to the hour.")


class CalendarFeedsAnswer(ApiModel):
    calendars: list[CalendarFeedAnswer]


class NewCalendarFeedAnswer(CalendarFeedAnswer):
    """A new address; its token is in this one answer and nowhere else."""

    path: str = Field(
        description="The address below the server's own, with its token.",
        examples=["/api/calendar/12.ics?token=…"],
    )
