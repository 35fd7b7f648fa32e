"""Hourly sums for charts."""

from infoscreen.processes.api.schemas.base import ApiModel, ApiTime


class HistoryPoint(ApiModel):
    """An hour from its beginning; `availability` (0 to 1) is null where nobody watched."""

    hour: ApiTime
    messages: int
    errors: int
    warnings: int
    availability: float | None


class HistoryAnswer(ApiModel):
    """Every hour asked for, the oldest first; the last is the present one."""

    hours: int
    points: list[HistoryPoint]
