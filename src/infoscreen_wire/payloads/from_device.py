"""What a device sends: the models of every topic below `infoscreen/{uuid}/` that the server reads, and of discovery."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from infoscreen_wire.payloads.base import Count, FrozenMessage, Message, ShortText, UtcTime, Uuid


class Discovery(Message):
    """A device announces itself; only the uuid is required."""

    uuid: Uuid
    hostname: ShortText | None = None
    ip: ShortText | None = None
    type: ShortText | None = None
    hardware_token: ShortText | None = None
    os_version: ShortText | None = None
    software_version: ShortText | None = None
    macs: list[ShortText] | None = Field(default=None, max_length=32)
    model: ShortText | None = None
    recovery_class: Literal["software_only", "managed_poe_available", "manual_only"] | None = None
    watchdog_enabled: bool | None = None
    boot_source: ShortText | None = None


ProcessStatus = Literal["running", "crashed", "starting", "stopped"]
ScreenHealth = Literal["OK", "BLACK", "FROZEN", "UNKNOWN"]


class Heartbeat(Message):
    """Proof of life; the device's own time is required by the contract and trusted for nothing."""

    timestamp: UtcTime
    current_process: ShortText | None = None
    process_pid: Count | None = None
    process_status: ProcessStatus | None = None
    current_event_id: Count | None = None
    boot_id: ShortText | None = None


class ExpectedState(Message):
    event_id: Count | None = None


class ActualState(Message):
    process: ShortText | None = None
    pid: Count | None = None
    status: ProcessStatus | None = None


class HealthMetrics(Message):
    screen_on: bool | None = None
    last_frame_update: UtcTime | None = None
    screen_health: ScreenHealth | None = None


class BrokerConnection(Message):
    broker_reachable: bool | None = None
    reconnect_count: Count | None = None
    last_disconnect_at: UtcTime | None = None


class Health(Message):
    """What a device does and how its screen looks, every 5 s; any block may be missing."""

    timestamp: UtcTime | None = None
    expected_state: ExpectedState | None = None
    actual_state: ActualState | None = None
    health_metrics: HealthMetrics | None = None
    broker_connection: BrokerConnection | None = None
    boot_id: ShortText | None = None


CaptureType = Literal["periodic", "event_start", "event_stop"]


def capture_type(value: object) -> CaptureType:
    """Why a picture was taken; whatever else is said counts as periodic."""
    return value if value == "event_start" or value == "event_stop" else "periodic"


class DashboardSender(Message):
    client_id: Uuid
    status: ShortText | None = None


class Screenshot(Message):
    filename: ShortText | None = None
    data: str
    timestamp: UtcTime | None = None
    size: Count | None = None


class DashboardContent(Message):
    screenshot: Screenshot | None = None


class SystemInfo(Message):
    hostname: ShortText | None = None
    ip: ShortText | None = None
    uptime: float | None = None


class ProcessHealth(Message):
    event_id: Count | None = None
    event_type: ShortText | None = None
    current_process: ShortText | None = None
    process_pid: Count | None = None
    process_status: ProcessStatus | None = None
    restart_count: Count | None = None


class DashboardRuntime(Message):
    system_info: SystemInfo = SystemInfo()
    process_health: ProcessHealth = ProcessHealth()


class Capture(Message):
    type: Annotated[CaptureType, BeforeValidator(capture_type)] = "periodic"
    captured_at: UtcTime | None = None
    age_s: float | None = None
    triggered: bool | None = None
    send_immediately: bool | None = None


class Transport(Message):
    qos: Count = 0
    publisher: ShortText | None = None


class DashboardMetadata(Message):
    schema_version: Literal["2.0"]
    producer: ShortText | None = None
    published_at: UtcTime | None = None
    capture: Capture = Capture()
    transport: Transport = Transport()


class Dashboard(Message):
    """Screenshot and state together, version 2; older shapes do not validate and are counted as parse failures."""

    message: DashboardSender
    content: DashboardContent
    runtime: DashboardRuntime = DashboardRuntime()
    metadata: DashboardMetadata


class LegacyScreenshot(Message):
    """The older screenshot message, still accepted on `screenshot`."""

    data: str
    timestamp: UtcTime | None = None
    screenshot_type: Annotated[CaptureType, BeforeValidator(capture_type)] = "periodic"


LOG_MESSAGE_LIMIT = 4_000
LOG_CONTEXT_LIMIT = 16 * 1024


class Log(Message):
    """One log line; its level is the topic's. The server cuts what is too long instead of refusing it."""

    timestamp: UtcTime | None = None
    message: str
    context: dict[str, Any] = Field(default_factory=dict)


ACK_CODE_LIMIT = 128
ACK_MESSAGE_LIMIT = 4_000
AckStatus = Literal["accepted", "execution_started", "completed", "failed"]


class CommandAck(FrozenMessage):
    """One step of a command's life, as a device must send it (frozen v1)."""

    command_id: Uuid
    status: AckStatus
    error_code: Annotated[str, StringConstraints(max_length=ACK_CODE_LIMIT)] | None
    error_message: Annotated[str, StringConstraints(max_length=ACK_MESSAGE_LIMIT)] | None

    @model_validator(mode="after")
    def _a_failure_says_why(self) -> "CommandAck":
        if self.status == "failed" and not (self.error_code and self.error_message):
            raise ValueError("a failed acknowledgement needs error_code and error_message")
        return self


def _trimmed_lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _short_text(length: int) -> BeforeValidator:
    return BeforeValidator(lambda value: value[:length] if isinstance(value, str) and value else None)


class ReceivedCommandAck(Message):
    """The same message as the server reads it: it needs the id and the status and ignores what else there is."""

    command_id: Uuid
    status: Annotated[AckStatus, BeforeValidator(_trimmed_lower)]
    error_code: Annotated[str | None, _short_text(ACK_CODE_LIMIT)] = None
    error_message: Annotated[str | None, _short_text(ACK_MESSAGE_LIMIT)] = None


class ServiceFailed(Message):
    """systemd on the device gave up on a unit."""

    event: Literal["service_failed"]
    unit: Annotated[str, StringConstraints(min_length=1, max_length=128)]
    client_uuid: Uuid
    failed_at: UtcTime


class PowerState(Message):
    """What the TV did with an intent."""

    schema_version: Literal["1.0"]
    intent_id: ShortText
    client_uuid: Uuid
    observed_state: Literal["on", "off", "unknown"]
    method: Literal["cec", "dpms", "relay", "mock"]
    result: Literal["applied", "failed", "ignored_stale"]
    error: str | None = None
    reported_at: UtcTime
