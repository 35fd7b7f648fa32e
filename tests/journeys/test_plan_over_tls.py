"""The whole system with TLS: nothing of it is reached without, and a renewal of everything disturbs nobody."""

import json
import os
import socket
import ssl
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from systems import Device, System
from waiting import eventually

pytestmark = pytest.mark.service


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    running = System(tmp_path_factory.mktemp("tls") / "data", environment={"MQTT_TLS_ENABLED": "true"})
    running.start()
    running.log_in()
    yield running
    running.stop()


def pki(system: System, *arguments: str) -> dict[str, Any]:
    """What a command of an operator answers."""
    program = str(Path(sys.executable).with_name("infoscreen"))
    command = [program, "pki", *arguments, "--data-dir", str(system.data_dir), "--json"]
    environment = os.environ | {"MQTT_TLS_ENABLED": "true"}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def shows_newest(system: System) -> bool:
    """Whether a new connection is shown the certificate that counts, and finds it good."""
    context = ssl.create_default_context(cafile=system.data_dir / "pki/current/ca.crt")
    with (
        socket.create_connection(("127.0.0.1", system.mqtt_port), 10) as raw,
        context.wrap_socket(raw, server_hostname="127.0.0.1") as connection,
    ):
        shown = connection.getpeercert(binary_form=True)
    assert shown
    newest = x509.load_pem_x509_certificate((system.data_dir / "pki/current/server.crt").read_bytes())
    return x509.load_der_x509_certificate(shown) == newest


def plan(system: System, group_id: int, url: str) -> None:
    now = datetime.now(UTC)
    event = {
        "subject": "Schulhomepage",
        "groupId": group_id,
        "startTime": (now - timedelta(minutes=5)).isoformat(),
        "endTime": (now + timedelta(hours=1)).isoformat(),
        "type": "website",
        "websiteUrl": url,
    }
    system.http.post("/api/events", json=event).raise_for_status()


def shows(device: Device, group_id: int, url: str) -> bool:
    events = device.last(f"infoscreen/events/{group_id}") or []
    return url in [event["website"]["url"] for event in events]


def test_what_is_planned_reaches_a_device_before_and_after_everything_was_renewed(system: System) -> None:
    group_id = system.make_group("Aula")
    with system.device(str(uuid.uuid4()), group_id) as device:
        assert (device.account["tls"], device.account["port"]) == (True, system.mqtt_port)
        plan(system, group_id, "https://before.example/")
        eventually(lambda: shows(device, group_id, "https://before.example/"), timeout=30)
        disconnects = system.log().count("broker_disconnected")
        # The device was set up by hand: nobody but the operator knows what it trusts.
        for step in ([], ["--ca"], ["--ca", "--anyway"], ["--ca"], ["--back"]):
            pki(system, "rotate", *step)
            eventually(lambda: shows_newest(system), timeout=30)
        plan(system, group_id, "https://after.example/")
        eventually(lambda: shows(device, group_id, "https://after.example/"), timeout=30)
        assert device.connections == 1
        assert system.log().count("broker_disconnected") == disconnects
