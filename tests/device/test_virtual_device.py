"""A virtual device on a real broker: what the server hears from it, and what it takes without falling over."""

import base64
import io
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from device.broker import Mosquitto, Server
from device.conftest import RunDevice
from device.files import Files
from device.samples import UUID, power_intent, slideshow, wire_event
from infoscreen_wire import topics
from infoscreen_wire.payloads.from_device import Dashboard, Discovery, Health, Heartbeat, PowerState
from infoscreen_wire.topics import ReportKind
from waiting import eventually

pytestmark = pytest.mark.service


def picture(dashboard: dict[str, Any]) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(dashboard["content"]["screenshot"]["data"])))


def shown_event(server: Server) -> int | None:
    """The event of the newest heartbeat."""
    newest: int | None = server.reports(ReportKind.HEARTBEAT)[-1]["current_event_id"]
    return newest


def heartbeats_from_now(server: Server, count: int = 3) -> None:
    before = len(server.reports(ReportKind.HEARTBEAT))
    eventually(lambda: len(server.reports(ReportKind.HEARTBEAT)) >= before + count)


def test_it_announces_itself_until_it_is_acknowledged(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infoscreen_device.link.delay_after", lambda _: 0.2)
    with run_device(mosquitto.port):
        eventually(lambda: len(server.on(topics.DISCOVERY)) >= 3)
        server.acknowledge()
        heartbeats_from_now(server)
        announced = len(server.on(topics.DISCOVERY))
        heartbeats_from_now(server, 5)
        assert len(server.on(topics.DISCOVERY)) == announced
    discovery = Discovery.model_validate_json(server.on(topics.DISCOVERY)[0])
    assert (discovery.uuid, discovery.hostname, discovery.model) == (UUID, "pi-aula-1", "Raspberry Pi 5")
    assert (discovery.software_version, discovery.recovery_class) == (version("infoscreen"), "software_only")


@pytest.mark.parametrize("mqtt_311", [False, True])
def test_a_message_event_is_shown_and_its_screenshot_arrives(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, mqtt_311: bool
) -> None:
    server.put_into_group(12)
    with run_device(mosquitto.port, mqtt_311=mqtt_311):
        heartbeats_from_now(server)
        server.publish_events(12, [wire_event(42)])
        eventually(lambda: ("event_start", 42) in server.captures(), 3)
        eventually(lambda: shown_event(server) == 42)
        server.publish_events(12, [])
        eventually(lambda: ("event_stop", None) in server.captures(), 3)
    start = next(
        each for each in server.reports(ReportKind.DASHBOARD) if each["metadata"]["capture"]["type"] == "event_start"
    )
    sent = Dashboard.model_validate(start)
    assert sent.runtime.process_health.event_type == "message"
    assert sent.runtime.system_info.hostname == "pi-aula-1"
    assert sent.metadata.capture.send_immediately
    assert picture(start).size == (1280, 720)
    assert sent.content.screenshot
    assert sent.content.screenshot.size == len(base64.b64decode(sent.content.screenshot.data))


def test_every_report_is_what_the_contract_says(mosquitto: Mosquitto, server: Server, run_device: RunDevice) -> None:
    server.put_into_group(12)
    server.publish_events(12, [wire_event(42)])
    with run_device(mosquitto.port):
        eventually(lambda: server.reports(ReportKind.HEALTH) and shown_event(server) == 42)
        heartbeats_from_now(server)
    heartbeat = Heartbeat.model_validate(server.reports(ReportKind.HEARTBEAT)[-1])
    health = Health.model_validate(server.reports(ReportKind.HEALTH)[-1])
    assert heartbeat.process_status == "running"
    assert abs((heartbeat.timestamp - datetime.now(UTC)).total_seconds()) < 5
    assert health.expected_state
    assert health.expected_state.event_id == 42
    assert health.actual_state
    assert (health.actual_state.process, health.actual_state.status) == ("display_manager", "running")
    assert health.boot_id == heartbeat.boot_id
    assert server.reports(ReportKind.HEARTBEAT)[-1]["timestamp"].endswith("Z")
    assert server.reports(ReportKind.HEALTH)[-1]["timestamp"].endswith("Z")


def test_a_presentation_is_fetched_with_the_device_token_and_its_page_is_on_the_screenshot(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, files: Files, deck: Path
) -> None:
    file = files.put("/deck.pdf?signature=0f3c", deck.read_bytes())
    server.put_into_group(12)
    server.publish_events(12, [wire_event(7, presentation=slideshow(file, auto_advance=False))])
    with run_device(mosquitto.port):
        eventually(lambda: ("event_start", 7) in server.captures())
    red, green, blue = picture(server.reports(ReportKind.DASHBOARD)[-1]).convert("RGB").getpixel((640, 360))  # type: ignore[misc]
    assert (red > 200, green < 80, blue < 80) == (True, True, True)
    assert files.asked == [("/deck.pdf?signature=0f3c", "Bearer the-token")]


def test_a_presentation_that_is_not_there_is_reported_and_the_fallback_is_shown(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, files: Files, deck: Path
) -> None:
    file = files.put("/deck.pdf", deck.read_bytes())
    files.put("/deck.pdf", b"gone", status=404)
    server.put_into_group(12)
    server.publish_events(12, [wire_event(7, presentation=slideshow(file))])
    with run_device(mosquitto.port):
        problem = eventually(lambda: server.reports(ReportKind.LOG_ERROR))[0]
        heartbeats_from_now(server)
        assert shown_event(server) is None
        assert server.reports(ReportKind.HEALTH)[-1]["expected_state"]["event_id"] == 7
        files.put("/deck.pdf", deck.read_bytes())
        eventually(lambda: ("event_start", 7) in server.captures(), 20)
    assert "404" in problem["message"]
    assert problem["context"]["event_id"] == 7


def test_its_tv_follows_the_groups_intent_and_its_own_and_it_says_so(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice
) -> None:
    server.answers = True
    server.put_into_group(12)
    server.publish(topics.group_power_intent(12), power_intent("off"), retain=True)

    def seen() -> list[str]:
        return [PowerState.model_validate(each).observed_state for each in server.reports(ReportKind.POWER_STATE)]

    with run_device(mosquitto.port):
        eventually(lambda: seen() == ["off"], 20)
        eventually(lambda: server.reports(ReportKind.HEALTH)[-1]["health_metrics"]["screen_on"] is False)
        server.publish(topics.client_power_intent(UUID), power_intent("on", uuid=UUID), retain=True)
        eventually(lambda: seen() == ["off", "on"])
        server.publish(topics.client_power_intent(UUID), "", retain=True)
        eventually(lambda: seen() == ["off", "on", "off"])
        server.put_into_group(13)
        server.publish(topics.group_power_intent(13), power_intent("on", group=13), retain=True)
        eventually(lambda: seen() == ["off", "on", "off", "on"])
        eventually(lambda: server.reports(ReportKind.HEALTH)[-1]["health_metrics"]["screen_on"] is True)


def test_a_device_that_is_moved_shows_the_new_group_and_hears_the_old_one_no_more(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice
) -> None:
    server.publish_events(12, [wire_event(1)])
    server.publish_events(13, [wire_event(2)])
    server.put_into_group(12)
    with run_device(mosquitto.port):
        eventually(lambda: server.reports(ReportKind.HEARTBEAT) and shown_event(server) == 1)
        server.put_into_group(13)
        eventually(lambda: shown_event(server) == 2)
        server.publish_events(12, [wire_event(3)])
        heartbeats_from_now(server)
        assert shown_event(server) == 2
        server.publish(topics.group_id(UUID), b"", retain=True)
        eventually(lambda: shown_event(server) is None)


def test_it_comes_back_by_itself_when_the_broker_was_killed(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice
) -> None:
    server.put_into_group(12)
    server.publish_events(12, [wire_event(1)])
    with run_device(mosquitto.port):
        eventually(lambda: server.reports(ReportKind.HEARTBEAT) and shown_event(server) == 1)
        server.acknowledge()
        mosquitto.kill()
        mosquitto.start()
        # The broker remembers nothing: what is heard after this comes from a device that subscribed again.
        eventually(lambda: server.reports(ReportKind.HEALTH)[-1]["broker_connection"]["reconnect_count"] == 1, 30)
        server.publish_events(12, [wire_event(2)])
        eventually(lambda: shown_event(server) == 2)
    assert server.reports(ReportKind.HEALTH)[-1]["broker_connection"]["last_disconnect_at"]


POISON = {
    "bad utf-8": b"\xff\xfe",
    "no json": "events",
    "deep nesting": "[" * 100_000 + "]" * 100_000,
    "no list": {"id": 1},
    "entries of wrong types": [1, None, "x", [], {"id": "one"}],
    "too large": "[" + " " * 300_000 + "]",
    "a year without a calendar": [wire_event(5) | {"start": "0001-01-01T00:00:00+14:00"}],
    "an endless slide": [wire_event(5, presentation=slideshow(interval=10**30))],
    "an id for no database": [wire_event(10**30)],
    "an endless video": [
        wire_event(
            5,
            video={
                "url": "http://[",
                "autoplay": True,
                "loop": True,
                "volume": 1e300,
                "muted": False,
                "mime_type": None,
                "size": None,
                "duration": "Infinity",
                "resolution": "x" * 9999,
                "bitrate": None,
                "checksum": None,
            },
        )
    ],
    "an address that is none": [wire_event(5, website={"type": "browser", "url": "http://[::bad\u0000"})],
    "a word without end": [wire_event(5, message={"type": "html", "content": "<p" * 9_000 + "W" * 90_000})],
}


@pytest.mark.parametrize("poison", POISON)
def test_a_poisoned_list_never_stops_it(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice, poison: str
) -> None:
    server.put_into_group(12)
    with run_device(mosquitto.port):
        heartbeats_from_now(server)
        server.publish_events(12, POISON[poison])
        server.publish(topics.group_id(UUID), b"\xff12", retain=False)
        server.publish(topics.discovery_ack(UUID), b"\xff")
        heartbeats_from_now(server)
        server.publish_events(12, [wire_event(2)])
        eventually(lambda: ("event_start", 2) in server.captures(), 60)
    assert len({each["boot_id"] for each in server.reports(ReportKind.HEARTBEAT)}) == 1


def test_one_bad_entry_does_not_hide_the_others_of_a_list(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice
) -> None:
    server.put_into_group(12)
    server.publish_events(12, [{"id": 1}, wire_event(2)])
    with run_device(mosquitto.port):
        eventually(lambda: ("event_start", 2) in server.captures())


def test_an_event_ends_by_the_devices_own_clock_and_a_changed_one_is_shown_anew(
    mosquitto: Mosquitto, server: Server, run_device: RunDevice
) -> None:
    begin = datetime.now(UTC) - timedelta(seconds=50)
    server.put_into_group(12)
    server.publish_events(12, [wire_event(1, begin, minutes=0.95)])
    with run_device(mosquitto.port):
        eventually(lambda: ("event_start", 1) in server.captures())
        changed = {"type": "html", "content": "<p>Doch Unterricht</p>"}
        server.publish_events(12, [wire_event(1, begin, minutes=0.95, message=changed)])
        eventually(lambda: server.captures().count(("event_start", 1)) == 2)
        eventually(lambda: ("event_stop", None) in server.captures())
        assert datetime.now(UTC) >= begin + timedelta(minutes=0.95)
