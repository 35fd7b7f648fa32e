"""Accounts of processes beside a broker of its own get new passwords by the timer's script; all come back."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from brokers import DEPLOYED, Peer
from service_systems import ServiceSystem
from waiting import eventually

pytestmark = pytest.mark.service

AULA = "9b8d1856-ff34-4864-a726-12de072d0f77"


@pytest.fixture
def system(tmp_path: Path) -> Iterator[ServiceSystem]:
    running = ServiceSystem(tmp_path / "data")
    try:
        running.start()
        running.log_in()
        yield running
    finally:
        running.stop()


def is_let_in(system: ServiceSystem, username: str, password: str) -> bool:
    with Peer(system.mqtt_port, username, password) as peer:
        return not peer.is_refused


def test_the_timers_script_renews_every_account_and_every_process_comes_back_by_itself(system: ServiceSystem) -> None:
    before = {file.name: file.read_text().strip() for file in system.secrets.iterdir()}
    owner = 1234 if os.geteuid() == 0 else os.geteuid()
    for file in system.secrets.iterdir():
        os.chown(file, owner, -1)
    processes = system.children()
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        [DEPLOYED / "rotate-accounts", system.secrets],
        env=system.environment | {"PATH": path, "PAUSE_SECONDS": "3"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    after = {file.name: file.read_text().strip() for file in system.secrets.iterdir()}
    assert not set(before.values()) & set(after.values())
    for file in system.secrets.iterdir():
        assert (file.stat().st_mode & 0o777, file.stat().st_uid) == (0o600, owner)
    eventually(system.answers_well, timeout=60)
    with system.device(AULA, system.make_group("Aula")) as device:
        device.client.publish(f"infoscreen/{AULA}/heartbeat", json.dumps({"timestamp": "2026-11-26T08:00:00Z"}))
        eventually(lambda: system.http.get(f"/api/clients/{AULA}").json()["isAlive"], timeout=60)
    assert system.children() == processes
    for username, password in before.items():
        assert not is_let_in(system, username, password)
    # The account that no process of the system uses shows that the newest passwords hold.
    eventually(partial(is_let_in, system, "infoscreen-server-health-1", after["infoscreen-server-health-1"]))
    assert not [secret for secret in after.values() if secret in system.log() + done.stdout + done.stderr]
