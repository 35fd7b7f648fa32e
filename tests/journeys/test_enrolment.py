"""From a code in the dashboard to a screen that is online: enrolment and rotation as a school has them."""

import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from brokers import Peer
from infoscreen_device import env_file
from systems import System
from waiting import eventually

pytestmark = pytest.mark.service

PROGRAM = Path(sys.executable).with_name("infoscreen-device")
QUICK = ("--heartbeat-seconds", "1", "--health-seconds", "1", "--credentials-seconds", "0.5")


def enroll(system: System, code: str, env: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [str(PROGRAM), "enroll", system.base_url, code, "--env", str(env), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@contextmanager
def simulated(env: Path) -> Iterator[None]:
    """The device that the file speaks of, at work as a process of its own."""
    with env.with_suffix(".log").open("ab") as log:
        child = subprocess.Popen([PROGRAM, "simulate", "--env", env, *QUICK], stdout=log, stderr=log)
    try:
        yield
    finally:
        child.terminate()
        child.wait(10)


def new_code(system: System, **wish: Any) -> str:
    answer = system.http.post("/api/enrollments", json=wish).raise_for_status()
    code: str = answer.json()["code"]
    return code


def rotation(system: System, uuid: str) -> str:
    state: str = system.http.get(f"/api/clients/{uuid}/broker-account").json()["rotation"]["state"]
    return state


def is_let_in(system: System, username: str, password: str) -> bool:
    with Peer(system.mqtt_port, username, password) as peer:
        return not peer.is_refused


def test_a_device_enrols_with_a_code_comes_online_and_gets_a_new_password(system: System, tmp_path: Path) -> None:
    group = system.make_group("Aula")
    env, code = tmp_path / ".env", new_code(system, description="Aula links", groupId=group)
    env.write_text("# ours\nTZ=Europe/Vienna\n")

    told = enroll(system, code, env)
    assert told.returncode == 0, told.stderr
    assert "lets it in" in told.stdout
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    account = env_file.account(env)
    assert account.password not in told.stdout + told.stderr + system.log()
    assert code not in system.log()
    assert env_file.read(env)["TZ"] == "Europe/Vienna"

    again = enroll(system, code, env)
    assert (again.returncode, again.stderr.count("\n")) == (3, 1)
    refused = enroll(system, code, tmp_path / "other.env")
    assert refused.returncode == 4
    assert "This code is not valid" in refused.stderr

    with simulated(env):
        client = eventually(lambda: alive_client(system, account.uuid), 30)
        assert (client["description"], client["groupId"]) == ("Aula links", group)
        assert client["hostname"]
        system.http.post(f"/api/clients/{account.uuid}/broker-account/rotate").raise_for_status()
        eventually(lambda: rotation(system, account.uuid) == "done", 40)
    assert not is_let_in(system, account.username, account.password)

    # The next start finds the new password beside the .env, which still holds the first one.
    system.http.post(f"/api/clients/{account.uuid}/broker-account/rotate").raise_for_status()
    with simulated(env):
        eventually(lambda: rotation(system, account.uuid) == "done", 40)


def alive_client(system: System, uuid: str) -> Any:
    client = system.http.get(f"/api/clients/{uuid}").json()
    return client if client.get("isAlive") else None


def test_a_server_that_is_not_there_is_told_in_a_sentence(system: System, tmp_path: Path) -> None:
    gone = subprocess.run(
        [PROGRAM, "enroll", "http://127.0.0.1:9", "3333-3333-3333", "--env", tmp_path / ".env"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert gone.returncode == 5
    assert "cannot be reached" in gone.stderr
    assert "Traceback" not in gone.stderr
