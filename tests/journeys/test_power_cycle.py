"""A screen that hangs is brought back by its plug: from the order to steady health, with nothing faked but the plug."""

import json

import pytest

from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from listening import example
from power_switches.http_plugs import Gen2Shelly
from systems import Device, System
from waiting import eventually

pytestmark = pytest.mark.service

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"


def report(device: Device, boot_id: str) -> None:
    """Health, as a screen sends it every few seconds."""
    message = example("health") | {"boot_id": boot_id}
    device.client.publish(topics.report(UUID, ReportKind.HEALTH), json.dumps(message), 0)


def test_a_hung_screen_is_brought_back_by_its_plug(system: System) -> None:
    plug = Gen2Shelly("the plug's password")
    address = f"/api/clients/{UUID}"
    with system.device(UUID, system.make_group("Aula")) as device:
        system.http.put(
            f"{address}/power-switch",
            json={
                "driver": "shelly_http",
                "address": plug.settings.address,
                "outlet": "1",
                "secret": "the plug's password",
                "offSeconds": 3,
            },
        ).raise_for_status()
        assert system.http.get(f"{address}/power-switch/state").json() == {"isOn": True}
        report(device, "boot-1")
        command = system.http.post(f"{address}/power_cycle").raise_for_status().json()["command"]

        def told() -> dict[str, object]:
            answer: dict[str, object] = system.http.get(f"/api/clients/commands/{command['commandId']}").json()
            return answer

        eventually(lambda: not plug.outlets.on["1"], 60)
        eventually(lambda: plug.outlets.on["1"], 60)
        eventually(lambda: told()["status"] in ("execution_started", "awaiting_reconnect"), 60)

        def is_completed() -> bool:
            report(device, "boot-2")
            return told()["status"] == "completed"

        eventually(is_completed, 120)
    steps = [step["toStatus"] for step in told()["transitions"]]  # type: ignore[attr-defined]
    assert steps == [
        "queued",
        "publish_in_progress",
        "published",
        "execution_started",
        "awaiting_reconnect",
        "recovered",
        "completed",
    ]
    assert [on for _, on in plug.outlets.switched] == [False, True]
    assert "the plug's password" not in system.log()
    plug.stop()
