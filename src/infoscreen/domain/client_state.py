"""What a report changes in the known state of a client, and whether a person watching would see it.

How well the client is by its state is in `health.py`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict, cast

from infoscreen.domain.device_clocks import off_since
from infoscreen.domain.health import RECONNECTS_TOLERATED, is_alive

VISIBLE = (
    "process_status",
    "screen_health",
    "current_event_id",
    "expected_event_id",
    "mqtt_reconnect_count",
    "tv_state",
    "tv_result",
)


class StateChange(TypedDict, total=False):
    """The columns of `client_states` that a report speaks of; what it does not name stays as it is."""

    last_alive: datetime
    last_health: datetime
    process_status: str
    process_status_since: datetime
    current_process: str
    process_pid: int
    current_event_id: int | None
    current_event_since: datetime
    expected_event_id: int | None
    event_mismatch_since: datetime | None
    boot_id: str
    screen_on: bool
    screen_health: str
    last_frame_update: datetime
    mqtt_reconnect_count: int
    mqtt_last_disconnect_at: datetime
    mqtt_reconnects: list[str]
    clock_skew_seconds: int
    clock_off_since: datetime | None
    messages: int  # how many more were received
    tv_state: str
    tv_method: str
    tv_result: str
    tv_error: str | None
    tv_intent_id: str
    tv_reported_at: datetime
    screenshot_at: datetime
    screenshot_hash: str
    screenshot_type: str
    screenshot_same_since: datetime
    picture_health: str
    priority_screenshot_at: datetime
    priority_screenshot_type: str


class KnownState(TypedDict):
    """The part of the stored state that decides what a report changes."""

    last_alive: datetime | None
    last_health: datetime | None
    boot_id: str | None
    process_status: str | None
    current_event_id: int | None
    expected_event_id: int | None
    event_mismatch_since: datetime | None
    screen_health: str | None
    mqtt_reconnect_count: int | None
    mqtt_reconnects: list[str] | None
    clock_off_since: datetime | None
    tv_state: str | None
    tv_result: str | None


# Told by one kind of message each, so that no other can have told something newer.
_OF_ONE_KIND = ("tv_", "screenshot_", "priority_screenshot_")


def is_overtaken(known: KnownState, at: datetime, now: datetime) -> bool:
    """Whether something is stored already that the client told after `at`, by another listener.

    A stored time that has not come yet is from before the server's clock was set back, and says nothing.
    """
    last = known["last_alive"]
    return last is not None and at < last <= now


def without_overtaken(change: StateChange) -> StateChange:
    """What is left of a change that came too late."""
    return cast("StateChange", {name: value for name, value in change.items() if name.startswith(_OF_ONE_KIND)})


def with_durations(known: KnownState, change: StateChange, at: datetime) -> StateChange:
    """The change, and since when process status, shown and wrong event hold: each moves only when its fact changes.

    The device only counts its reconnects; when they were is kept here, as many as the rule about them asks for.
    """
    complete = change.copy()
    if "process_status" in change and change["process_status"] != known["process_status"]:
        complete["process_status_since"] = at
    if "current_event_id" in change or "expected_event_id" in change:
        since = known["event_mismatch_since"] or at
        complete["event_mismatch_since"] = since if _shows_wrong_event(known, change) else None
    if came_back := _new_reconnects(known, change):
        reconnects = [*(known["mqtt_reconnects"] or ()), *[at.isoformat()] * came_back]
        complete["mqtt_reconnects"] = reconnects[-RECONNECTS_TOLERATED - 1 :]
    if "current_event_id" in change and change["current_event_id"] != known["current_event_id"]:
        complete["current_event_since"] = at
    if "clock_skew_seconds" in change:
        complete["clock_off_since"] = off_since(known["clock_off_since"], change["clock_skew_seconds"], at)
    return complete


def _new_reconnects(known: KnownState, change: StateChange) -> int:
    """How often the device has come back to the broker since it last told; at most as many as matter."""
    before, told = known["mqtt_reconnect_count"], change.get("mqtt_reconnect_count")
    if before is None or told is None:
        return 0
    # A device that has started anew counts from nothing.
    return min(told - before if told >= before else told, RECONNECTS_TOLERATED + 1)


def _shows_wrong_event(known: KnownState, change: StateChange) -> bool:
    expected = change.get("expected_event_id", known["expected_event_id"])
    shown = change.get("current_event_id", known["current_event_id"])
    if expected is None:
        return False
    if shown is None and "current_event_id" not in change:
        # Nothing stored is either "shows nothing" or "never said": only a report that says so tells them apart.
        return known["event_mismatch_since"] is not None
    return shown != expected


def is_visible(known: KnownState, change: StateChange, at: datetime, grace_seconds: int) -> bool:
    """Whether the change is worth telling: alive again, or another process status, event or screen health."""
    if "last_alive" in change and not is_alive(known["last_alive"], at, grace_seconds):
        return True
    before, told = cast("Mapping[str, object]", known), cast("Mapping[str, object]", change)
    return any(name in told and told[name] != before[name] for name in VISIBLE)
