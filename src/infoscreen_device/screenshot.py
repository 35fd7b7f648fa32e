"""The dashboard message (version 2): a picture of the screen with what was on it and why it was taken."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime

from infoscreen_device.config import DeviceConfig
from infoscreen_device.health import Boot, State, process_health
from infoscreen_wire.payloads.from_device import (
    Capture,
    CaptureType,
    Dashboard,
    DashboardContent,
    DashboardMetadata,
    DashboardRuntime,
    DashboardSender,
    Screenshot,
    SystemInfo,
    Transport,
)

PRODUCER = "infoscreen-device"


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of the screen, the reason for it and the instant it shows."""

    jpeg: bytes
    capture: CaptureType
    captured_at: datetime


def dashboard(config: DeviceConfig, picture: Picture, state: State, boot: Boot) -> Dashboard:
    is_priority = picture.capture != "periodic"
    return Dashboard(
        message=DashboardSender(client_id=config.account.uuid, status="alive"),
        content=DashboardContent(screenshot=_screenshot(config.account.uuid, picture)),
        runtime=DashboardRuntime(
            system_info=SystemInfo(hostname=config.hardware.hostname, ip=config.hardware.ip, uptime=boot.uptime),
            process_health=process_health(state),
        ),
        metadata=DashboardMetadata(
            schema_version="2.0",
            producer=PRODUCER,
            published_at=state.now,
            capture=Capture(
                type=picture.capture,
                captured_at=picture.captured_at,
                age_s=max(0.0, (state.now - picture.captured_at).total_seconds()),
                triggered=is_priority,
                send_immediately=is_priority,
            ),
            transport=Transport(qos=0, publisher=PRODUCER),
        ),
    )


def _screenshot(uuid: str, picture: Picture) -> Screenshot:
    return Screenshot(
        filename=f"{uuid}_{picture.captured_at:%Y%m%dT%H%M%S%f}_{picture.capture}.jpg",
        data=b64encode(picture.jpeg).decode(),
        timestamp=picture.captured_at,
        size=len(picture.jpeg),
    )
