"""Explanations: facts for programs, and a sentence for people beside each."""

from typing import Literal

from pydantic import Field

from infoscreen.processes.api.schemas.base import ApiModel, ApiTime
from infoscreen.processes.api.schemas.events import StoredEventType


class FindingAnswer(ApiModel):
    """One rule that was looked at."""

    code: str
    holds: bool = Field(description="Whether the rule lets the event be shown.")
    sentence: str


class CandidateAnswer(ApiModel):
    """An event with an occurrence on the day of the instant, skipped or not."""

    event_id: int
    title: str
    type: StoredEventType
    start_time: ApiTime
    end_time: ApiTime
    is_shown: bool
    sentence: str
    findings: list[FindingAnswer]


class NextAnswer(ApiModel):
    event_id: int
    title: str
    start_time: ApiTime


class LeftOutAnswer(ApiModel):
    """An event whose recurrence rule cannot be read, so that nobody knows when it would be on."""

    event_id: int
    title: str
    sentence: str


class GroupTvAnswer(ApiModel):
    """What the TVs of the group should be at the instant."""

    desired_state: Literal["on", "off"]
    code: str
    sentence: str


class GroupExplanationAnswer(ApiModel):
    group_id: int
    group_name: str
    at: ApiTime
    sentence: str
    shown: list[int] = Field(description="Ids of the events that are on.")
    candidates: list[CandidateAnswer]
    left_out: list[LeftOutAnswer]
    next: NextAnswer | None
    tv: GroupTvAnswer


class TvOrderAnswer(ApiModel):
    """What the screen's TV was told."""

    desired_state: Literal["on", "off"]
    reason: Literal["active_event", "no_active_event", "operator_override"]
    until: ApiTime | None
    sentence: str


class ClientExplanationAnswer(ApiModel):
    uuid: str
    group: GroupExplanationAnswer
    is_alive: bool
    last_alive: ApiTime | None
    says_event_id: int | None
    says_title: str | None = Field(description="The title of that event; null where it is gone.")
    is_as_planned: bool | None = Field(
        description="Whether it says it shows one of the events that are on; null: unknown."
    )
    tv_told: TvOrderAnswer | None
    tv_reported: str | None
    sentence: str
    sentences: list[str]
