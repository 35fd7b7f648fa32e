"""Answers about screenshots."""

from infoscreen.processes.api.schemas.base import ApiModel, ApiTime


class ScreenshotAnswer(ApiModel):
    """One kept picture: `kind` is periodic, event_start or event_stop."""

    name: str
    kind: str
    taken_at: ApiTime
    url: str


class ScreenshotsAnswer(ApiModel):
    """The recent pictures of a client, the newest first."""

    screenshots: list[ScreenshotAnswer]
