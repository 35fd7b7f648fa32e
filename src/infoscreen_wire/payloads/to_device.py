"""What the server sends to devices: acknowledged discovery, the event list, the plan, commands and TV power intents."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from infoscreen_wire.payloads.base import Count, FrozenMessage, Message, UtcTime, Uuid, as_utc


class DiscoveryAck(Message):
    """The server knows the device and tells it the time."""

    status: Literal["ok"] = "ok"
    server_time: UtcTime


class SlideFile(Message):
    name: str
    url: str
    checksum: str
    size: int


class PresentationBlock(Message):
    type: Literal["slideshow"] = "slideshow"
    files: list[SlideFile]
    slide_interval: int
    auto_advance: bool
    page_progress: bool
    auto_progress: bool


class WebsiteBlock(Message):
    type: Literal["browser"] = "browser"
    url: str


class VideoBlock(Message):
    """What is not known about a video is null, never left out."""

    type: Literal["media"] = "media"
    url: str
    autoplay: bool
    loop: bool
    volume: float
    muted: bool
    mime_type: str | None
    size: int | None
    accept_ranges: Literal["bytes"] = "bytes"
    duration: float | None
    resolution: str | None
    bitrate: int | None
    qualities: list[str] = Field(default_factory=list)
    thumbnails: list[str] = Field(default_factory=list)
    checksum: str | None


class MessageBlock(Message):
    type: Literal["html"] = "html"
    content: str


EventType = Literal["presentation", "video", "website", "webuntis", "message", "other"]
CONTENT_BLOCKS = ("presentation", "website", "video", "message")


class PublishedEvent(Message):
    """One event of a group's list; exactly one content block, or none for the type `other`."""

    id: Count
    occurrence_id: str
    title: str
    start: UtcTime
    end: UtcTime
    group_id: int
    event_type: EventType
    recurrence_rule: str | None
    recurrence_end: UtcTime | None
    presentation: PresentationBlock | None = None
    website: WebsiteBlock | None = None
    video: VideoBlock | None = None
    message: MessageBlock | None = None

    def to_wire(self) -> dict[str, Any]:
        """The published form: content blocks of other kinds are left out, everything else is there, null included."""
        wire = self.model_dump(mode="json")
        return {key: value for key, value in wire.items() if key not in CONTENT_BLOCKS or value is not None}


def occurrence_id(event_id: int, start: datetime) -> str:
    """Name of one occurrence: `{event}@{start in UTC}`, the same for as long as the occurrence keeps its start."""
    return f"{event_id}@{as_utc(start):%Y%m%dT%H%M%SZ}"


class PlannedMedia(Message):
    """A file that a device should have before it is due."""

    url: str
    checksum: str
    size: int


class Plan(Message):
    """What is due in a group until `valid_until`; a device keeps the one with the highest (epoch, revision)."""

    schema_version: Literal["1.0"] = "1.0"
    epoch: int
    revision: int
    group_id: int
    issued_at: UtcTime
    valid_until: UtcTime
    occurrences: list[dict[str, Any]]
    media: list[PlannedMedia]


CommandAction = Literal["reboot_host", "shutdown_host", "restart_app"]


class Command(FrozenMessage):
    """One remote command (frozen v1)."""

    schema_version: Literal["1.0"]
    command_id: Uuid
    client_uuid: Uuid
    action: CommandAction
    issued_at: UtcTime
    expires_at: UtcTime
    requested_by: Annotated[int, Field(ge=1)] | None
    reason: Annotated[str, StringConstraints(max_length=2_000)] | None


class LegacyRestart(FrozenMessage):
    """The only thing the oldest devices understand."""

    action: Literal["restart"] = "restart"


class _PowerIntent(Message):
    schema_version: Literal["1.0"] = "1.0"
    intent_id: Uuid
    desired_state: Literal["on", "off"]
    issued_at: UtcTime
    expires_at: UtcTime
    poll_interval_sec: int
    active_event_ids: list[int]
    event_window_start: UtcTime | None
    event_window_end: UtcTime | None


class GroupPowerIntent(_PowerIntent):
    """What the TVs of a group should be."""

    group_id: int
    reason: Literal["active_event", "no_active_event"]


class ClientPowerIntent(_PowerIntent):
    """What one TV should be, whatever its group says."""

    client_uuid: Uuid
    reason: Literal["operator_override"]
