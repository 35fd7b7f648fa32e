"""What a screen's TV is told, and what it says it did."""

from typing import Annotated, Literal

from pydantic import Field

from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime

LONGEST_MINUTES = 7 * 24 * 60


class PowerOverrideRequest(ApiRequest):
    desired_state: Literal["on", "off"]
    minutes: Annotated[int, Field(ge=1, le=LONGEST_MINUTES, description="How long it holds; a week at most.")]


class TvReportAnswer(ApiModel):
    """What the screen said last that its TV did with an intent."""

    observed_state: Literal["on", "off", "unknown"]
    method: Literal["cec", "dpms", "relay", "mock"] | None
    result: Literal["applied", "failed", "ignored_stale"] | None
    error: str | None
    intent_id: str | None
    reported_at: ApiTime | None


class ClientPowerAnswer(ApiModel):
    """What the TV is told (null: nothing, it stays as it is), and what was heard of it."""

    desired_state: Literal["on", "off"] | None
    reason: Literal["active_event", "no_active_event", "operator_override"] | None
    intent_id: str | None
    since: ApiTime | None
    until: ApiTime | None = Field(description="When an override ends; null for what the group is told.")
    reported: TvReportAnswer | None
