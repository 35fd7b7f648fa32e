"""Heartbeat and health of a device, from what is on its screen and how its connection is."""

import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from infoscreen_device.player.player import Shown
from infoscreen_wire.payloads.from_device import (
    ActualState,
    BrokerConnection,
    ExpectedState,
    Health,
    HealthMetrics,
    Heartbeat,
    ProcessHealth,
    ProcessStatus,
    ScreenHealth,
)

PROCESS = "display_manager"


@dataclass(frozen=True, slots=True)
class Process:
    """What shows the picture, and how often it has been started again since the machine booted."""

    pid: int
    status: ProcessStatus
    restart_count: int = 0


@dataclass(frozen=True, slots=True)
class Boot:
    """One start of a device: its id is new each time, so that the server can tell a restart."""

    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    started: float = field(default_factory=time.monotonic)

    @property
    def uptime(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started


@dataclass(frozen=True, slots=True)
class State:
    """A device at one instant; `expected_event_id` is what the list says, `shown` what the player has put there."""

    now: datetime
    shown: Shown
    screen_on: bool
    process: Process
    screen_health: ScreenHealth
    expected_event_id: int | None
    reconnect_count: int
    last_disconnect_at: datetime | None

    @property
    def shown_event_id(self) -> int | None:
        return self.shown.event.id if self.shown.event else None


def heartbeat(state: State, boot: Boot) -> Heartbeat:
    return Heartbeat(
        timestamp=state.now,
        current_process=PROCESS,
        process_pid=state.process.pid,
        process_status=state.process.status,
        current_event_id=state.shown_event_id,
        boot_id=boot.id,
    )


def health(state: State, boot: Boot) -> Health:
    return Health(
        timestamp=state.now,
        expected_state=ExpectedState(event_id=state.expected_event_id),
        actual_state=ActualState(process=PROCESS, pid=state.process.pid, status=state.process.status),
        health_metrics=HealthMetrics(
            screen_on=state.screen_on, last_frame_update=state.shown.since, screen_health=state.screen_health
        ),
        broker_connection=BrokerConnection(
            broker_reachable=True, reconnect_count=state.reconnect_count, last_disconnect_at=state.last_disconnect_at
        ),
        boot_id=boot.id,
    )


def process_health(state: State) -> ProcessHealth:
    """The part of a screenshot message that says which process showed which event."""
    event = state.shown.event
    return ProcessHealth(
        event_id=state.shown_event_id,
        event_type=event.event_type if event else None,
        current_process=PROCESS,
        process_pid=state.process.pid,
        process_status=state.process.status,
        restart_count=state.process.restart_count,
    )
